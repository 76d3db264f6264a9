"""Small random problems for property tests."""

from hypothesis import settings
from hypothesis import strategies as st

from tagwerk.timetable.problem import Problem, Room, Slot, Topic

unhurried = settings(deadline=None, max_examples=40)
"""Settings of property tests: machines are slow at times."""

FEATURES = ("hybrid", "step-free")


@st.composite
def problems(draw: st.DrawFn, most_slots: int = 3, most_rooms: int = 3, most_topics: int = 6) -> Problem:
    """Draw a problem with every kind of rule; it need not have a valid plan."""
    slots = draw(st.integers(1, most_slots))
    rooms = draw(st.integers(1, most_rooms))
    topics = draw(st.integers(1, most_topics))
    people = draw(st.integers(0, 5))
    place = st.tuples(st.integers(0, slots - 1), st.integers(0, rooms - 1))
    pair = st.tuples(st.integers(0, topics - 1), st.integers(0, topics - 1)).filter(lambda two: two[0] != two[1])
    pairs = st.lists(pair, max_size=2) if topics > 1 else st.just([])
    return Problem(
        slots=[Slot(f"s{number}") for number in range(slots)],
        rooms=[Room(f"r{number}", draw(st.integers(0, 4)), draw(_features())) for number in range(rooms)],
        topics=[draw(_topics(f"t{number}", slots)) for number in range(topics)],
        wishes=draw(st.lists(st.lists(st.integers(0, topics - 1), max_size=3), min_size=people, max_size=people)),
        present=draw(st.none() | st.lists(_presences(slots), min_size=people, max_size=people)),
        no_overlap=draw(pairs),
        before=draw(pairs),
        pins=draw(st.dictionaries(st.integers(0, topics - 1), place, max_size=1)),
        must_place_all=draw(st.booleans()),
        room_closed=draw(st.lists(place, max_size=2)),
        remote=draw(st.none() | st.lists(st.integers(0, 1), min_size=people, max_size=people)),
    )


def _features() -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(FEATURES), max_size=2)


def _presences(slots: int) -> st.SearchStrategy[str | None]:
    return st.none() | st.text("01", min_size=slots, max_size=slots)


@st.composite
def _topics(draw: st.DrawFn, name: str, slots: int) -> Topic:
    possible = draw(st.just(range(slots)) | st.lists(st.integers(0, slots - 1), max_size=slots, unique=True))
    return Topic(
        id=name,
        slots=sorted(possible),
        host=draw(st.none() | st.integers(0, 3)),
        needs=draw(st.just(frozenset()) | _features()),
        min_capacity=draw(st.sampled_from((0, 0, 0, 2))),
    )


def town(**changes: object) -> dict[str, object]:
    """Return a small valid problem as a JSON document, with some keys changed."""
    document: dict[str, object] = {
        "name": "town",
        "format": 1,
        "slots": [{"id": "s0", "day": 0}, {"id": "s1", "day": "2026-11-21"}],
        "rooms": [{"id": "hall", "capacity": 3, "features": ["hybrid"]}, {"id": "den", "capacity": 1, "features": []}],
        "topics": [
            {"id": "bot", "theme": 1, "host": 0, "needs": ["hybrid"], "slots": [0, 1]},
            {"id": "lora", "theme": None, "host": 1, "needs": [], "slots": [0, 1], "min_capacity": 1},
            {"id": "data", "theme": 2, "host": None, "needs": [], "slots": [1]},
        ],
        "wishes": [[0, 1], [1], [2, 0], [0, 0]],
        "present": ["11", "10", "11", None],
        "no_overlap": [[0, 2]],
        "before": [[1, 2]],
        "pins": {},
        "must_place_all": True,
        "room_closed": [[1, 1]],
    }
    return document | changes
