"""Decisions about the programme: what is frozen, what runs now, which free places are best."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.events.rules import RoomUse, is_usable
from tagwerk.programme.rules import (
    FREEZE,
    Cell,
    Offer,
    RoomSize,
    SlotTime,
    Target,
    Visit,
    Wish,
    best_offer,
    best_targets,
    disruption,
    disruption_lines,
    is_frozen,
    overlapping,
    phase_of,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOBODY = Wish(frozenset(), frozenset(), frozenset())
PEOPLE = st.frozensets(st.integers(1, 6), max_size=4)
HOSTS = st.frozensets(st.sampled_from(["device:1", "device:2", "name:cem"]), max_size=2)
FEATURES = st.frozensets(st.sampled_from(["step_free", "hybrid"]), max_size=2)
WISHES = st.builds(Wish, PEOPLE, HOSTS, FEATURES)
UNTIL = st.sampled_from([NOON + timedelta(minutes=minutes) for minutes in (104, 105, 165)])
USES = st.builds(RoomUse, is_open=st.booleans(), until=st.none() | UNTIL)
ROOMS = st.lists(
    st.builds(RoomSize, st.integers(1, 4), st.integers(0, 5), FEATURES, USES), unique_by=lambda room: room.number
)
CELLS = st.builds(Cell, st.integers(1, 4), st.integers(1, 4))
TAKEN = st.lists(st.tuples(CELLS, WISHES), max_size=6, unique_by=lambda row: row[0])


def slot(number: int) -> SlotTime:
    """Give slots of which the first two have begun."""
    start = NOON + timedelta(hours=number - 2)
    return SlotTime(number, start, start + timedelta(minutes=45))


SLOTS = [slot(number) for number in range(1, 5)]


@given(st.timedeltas(timedelta(minutes=1), timedelta(hours=9)), st.timedeltas(timedelta(hours=-9), timedelta(hours=9)))
def test_every_moment_is_before_in_or_after_a_session(length: timedelta, offset: timedelta) -> None:
    phase = phase_of(NOON, NOON + length, NOON + offset)
    assert phase == ("later" if offset < timedelta(0) else "now" if offset < length else "past")


def test_the_last_half_hour_before_a_session_is_frozen() -> None:
    assert is_frozen(NOON, NOON - FREEZE)
    assert is_frozen(NOON, NOON + timedelta(minutes=1))
    assert not is_frozen(NOON, NOON - FREEZE - timedelta(seconds=1))


@given(WISHES, ROOMS, TAKEN)
def test_every_place_offered_is_free_possible_and_priced_right(
    wish: Wish, rooms: list[RoomSize], taken: list[tuple[Cell, Wish]]
) -> None:
    found = best_targets(wish, SLOTS, rooms, taken, now=NOON)
    sizes = {room.number: room for room in rooms}
    for target in found:
        parallel = [other for other_cell, other in taken if other_cell.slot == target.cell.slot]
        room = sizes[target.cell.room]
        assert target.cell not in [other_cell for other_cell, _other in taken]
        assert slot(target.cell.slot).start > NOON
        assert wish.needs <= room.features
        assert is_usable(room.use, slot(target.cell.slot).end)
        assert not any(other.hosts & wish.hosts for other in parallel)
        assert target.affected == sum(any(person in other.people for other in parallel) for person in wish.people)
        assert target.missing_seats == max(0, len(wish.people) - room.capacity)
    prices = [(target.affected, target.missing_seats, slot(target.cell.slot).start) for target in found]
    assert prices == sorted(prices)


@given(ROOMS, TAKEN)
def test_no_free_place_is_forgotten(rooms: list[RoomSize], taken: list[tuple[Cell, Wish]]) -> None:
    found = {target.cell for target in best_targets(NOBODY, SLOTS, rooms, taken, now=NOON)}
    places = {
        Cell(time.number, room.number)
        for time in SLOTS
        for room in rooms
        if time.start > NOON and is_usable(room.use, time.end)
    }
    assert found == places - {place for place, _other in taken}


def test_of_equal_places_the_room_that_fits_best_comes_first() -> None:
    wish = Wish(frozenset({1, 2, 3}), frozenset(), frozenset())
    rooms = [RoomSize(number, seats, frozenset()) for number, seats in ((1, 90), (2, 4), (3, 2))]
    found = best_targets(wish, [slot(4)], rooms, [], now=NOON)
    assert found == [Target(Cell(4, 2), 0, 0), Target(Cell(4, 1), 0, 0), Target(Cell(4, 3), 0, 1)]


OFFERS = st.lists(
    st.builds(
        lambda number, seats, least, more, is_full: Offer(number, seats, least + more, is_full, least),
        *(st.integers(1, 9), st.integers(0, 80), st.integers(0, 60), st.integers(0, 40), st.booleans()),
    ),
    unique_by=lambda offer: offer.number,
)


@given(OFFERS)
def test_whom_a_full_room_sends_away_finds_a_seat_where_most_are_left_for_each(offers: list[Offer]) -> None:
    free = {offer.number: offer for offer in offers if not offer.is_full and offer.seats > offer.least}
    best = best_offer(offers)
    assert (best is None) == (not free)
    if best is not None:
        sure = {number: offer for number, offer in free.items() if offer.seats > offer.people}
        assert best in sure or not sure, "where there is surely a seat goes first"
        free = sure or free
        shares = {number: offer.seats / max(offer.people, 1) for number, offer in free.items()}
        assert shares[best] == max(shares.values())


def test_of_two_rooms_with_the_same_share_the_larger_one_is_offered() -> None:
    assert best_offer([Offer(1, 20, 10, is_full=False), Offer(2, 40, 20, is_full=False)]) == 2


def test_a_disruption_says_what_where_and_when_there_is_news_and_other_notices_are_none() -> None:
    text = disruption("Beamer in Raum 2 fällt aus", "Bitte in Raum 4", "Nächste Nachricht um 10:40")
    assert disruption_lines(text) == ["Beamer in Raum 2 fällt aus", "Bitte in Raum 4", "Nächste Nachricht um 10:40"]
    assert disruption_lines(disruption("Feueralarm", "", "")) == ["Feueralarm"]
    assert disruption_lines("Der Kaffee ist fertig \N{EN DASH} unten") == []


VISITS = st.lists(
    st.builds(lambda code, hour: (code, hour), st.sampled_from("ABCDEF"), st.integers(0, 3)),
    max_size=6,
    unique_by=lambda row: row[0],
)
PAIRS = {"A": "B", "B": "A"}


def visit(code: str, hour: int, other: str = "") -> Visit:
    start = NOON + timedelta(hours=hour)
    return Visit(code, f"Session {code}", start, start + timedelta(minutes=45), other)


@given(VISITS)
def test_who_wants_two_sessions_at_one_time_is_told_of_both(rows: list[tuple[str, int]]) -> None:
    found = overlapping([visit(code, hour) for code, hour in rows])
    hours = [hour for _code, hour in rows]
    assert set(found) == {code for code, hour in rows if hours.count(hour) > 1}


@given(VISITS)
def test_a_second_chance_only_ever_takes_clashes_away(rows: list[tuple[str, int]]) -> None:
    once = overlapping([visit(code, hour) for code, hour in rows])
    twice = overlapping([visit(code, hour, PAIRS.get(code, "")) for code, hour in rows])
    assert set(twice) <= set(once)


def test_what_can_be_seen_at_another_hour_is_in_nobodys_way() -> None:
    morning, again, other = visit("A", 0, "B"), visit("B", 1, "A"), visit("C", 0)
    assert overlapping([morning, again, other]) == {}
    assert overlapping([morning, again, other, visit("D", 1)]) == {
        "A": "Session C",
        "B": "Session D",
        "C": "Session A",
        "D": "Session B",
    }
