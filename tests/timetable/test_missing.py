"""Topics without a place: whether places or demands are short, and which demands one would have to give up."""

from hypothesis import given, settings

from tagwerk.timetable.contradiction import Contradiction
from tagwerk.timetable.documents import missing_document
from tagwerk.timetable.missing import missing
from tagwerk.timetable.problem import Problem, Room, Slot, Topic
from tagwerk.timetable.solve import solve
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

HYBRID = frozenset({"hybrid"})
MORNING, HALL, DEN = [Slot("s0"), Slot("s1")], Room("hall", 90, HYBRID), Room("den", 9)


def _kinds(problem: Problem, seconds: float = 5.0) -> list[str]:
    found = missing(problem, solve(problem).placements, seconds)
    assert found is not None
    return sorted(demand.kind for demand in found.demands)


def test_nothing_is_missing_when_all_have_a_place() -> None:
    problem = Problem(MORNING, [HALL], [Topic("a", [0, 1])], must_place_all=False)
    assert missing(problem, [(0, 0)]) is None
    assert missing_document(problem, None) is None


def test_too_many_topics_are_counted() -> None:
    problem = Problem(
        MORNING, [DEN], [Topic(name, [0, 1]) for name in "abc"], must_place_all=False, room_closed=[(1, 0)]
    )
    found = missing(problem, solve(problem).placements)
    assert found is not None
    assert (found.overfull, found.demands, found.text) == (
        2,
        (),
        "2 topics have no place; 3 topics want one of 1 place",
    )
    document = missing_document(problem, found)
    assert document is not None
    assert (document["overfull"], document["contradiction"]) == ({"topics": 3, "places": 1}, [])


def test_too_few_hybrid_rooms_are_named() -> None:
    topics = [Topic(name, [0, 1], needs=HYBRID) for name in "abc"]
    problem = Problem(MORNING, [HALL, DEN], [Topic("z", [0]), *topics], must_place_all=False)
    assert _kinds(problem) == ["must_place", "needs", "needs", "needs"]
    document = missing_document(problem, missing(problem, solve(problem).placements))
    assert document is not None
    demands = document["contradiction"]
    assert isinstance(demands, list)
    assert {topic for demand in demands for topic in demand["topics"]} == {"a", "b", "c"}
    assert demands[0]["text"] == "a place for 'a', 'b', 'c'"


def test_a_host_who_is_away_is_named() -> None:
    away = Problem(MORNING, [DEN], [Topic("a", [1]), Topic("b", [0])], must_place_all=False, room_closed=[(1, 0)])
    assert _kinds(away) == ["must_place", "room_closed", "slots"]
    busy = Problem(MORNING, [HALL, DEN], [Topic(name, [0], host=1) for name in "ab"], must_place_all=False)
    assert _kinds(busy) == ["host", "must_place", "slots", "slots"]


def test_pins_in_the_way_are_named() -> None:
    topics = [Topic("a", [0]), Topic("b", [1]), Topic("c", [0, 1], needs=HYBRID)]
    problem = Problem(MORNING, [HALL, DEN], topics, pins={0: (0, 0), 1: (1, 0)}, must_place_all=False)
    assert _kinds(problem) == ["must_place", "needs", "pin", "pin"]


def test_without_a_contradiction_none_is_named() -> None:
    problem = Problem(MORNING, [HALL], [Topic("a", [0, 1])], must_place_all=False)
    found = missing(problem, [None])
    assert found is not None
    assert found.text == "1 topic has no place; no contradiction was found, a longer search may help"
    crowd = Problem(
        MORNING, [HALL, DEN], [Topic(f"t{n}", [0, 1], needs=HYBRID) for n in range(8)], must_place_all=False
    )
    assert _kinds(crowd, seconds=-1) == []
    named = missing(crowd, solve(crowd).placements)
    assert named is not None
    assert "and 3 more" in named.demands[0].text or len(named.demands[0].topics) < 6


@settings(unhurried, max_examples=40)
@given(problems(most_slots=2, most_rooms=2, most_topics=3))
def test_what_is_named_cannot_be_had_together(problem: Problem) -> None:
    try:
        plan = solve(problem, moves=50)
    except Contradiction:
        return
    found = missing(problem, plan.placements)
    wanted = [demand for demand in found.demands if demand.kind == "must_place"] if found else []
    for demand in wanted:
        assert not any(all(plan[topic] for topic in demand.topics) for plan in judge.plans(problem))
