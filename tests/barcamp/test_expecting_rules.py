"""How many will come, as a range that is honest; and rooms that are exchanged only when that is clearly better."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp.expecting_rules import (
    CLEAR,
    SAID,
    Expected,
    Place,
    Sitting,
    better_rooms,
    cheapest,
    expected,
    unseated,
)

PEOPLE = st.integers(0, 300)
# What hosts reported of thirteen sessions of an unconference in 2025: at least and at most so many people were there,
# so many had said they would come, so many had shown interest (the figures are published with SchellingBoard).
PUBLISHED = (
    (40, 60, 52, 57),
    (12, 12, 18, 43),
    (35, 35, 35, 40),
    (30, 40, 45, 36),
    (15, 15, 13, 28),
    (15, 20, 12, 27),
    (10, 10, 13, 27),
    (5, 8, 7, 24),
    (18, 18, 12, 22),
    (15, 15, 16, 19),
    (25, 25, 8, 16),
    (20, 20, 15, 12),
    (6, 6, 8, 9),
)


def test_the_range_holds_at_least_ten_of_the_thirteen_published_sessions() -> None:
    held = 0
    for least, most, coming, interested in PUBLISHED:
        # Who both came and was interested is not published: the narrowest range that is possible is tested.
        people = expected(coming, max(0, interested - coming))
        held += people.low <= most and least <= people.high
    assert held == 11


@given(PEOPLE, PEOPLE, PEOPLE)
def test_a_range_is_one_and_holds_who_said_so(coming: int, undecided: int, hands: int) -> None:
    people = expected(coming, undecided, hands)
    assert 0 <= people.low <= people.high == coming + undecided + hands
    assert people.low <= max(coming, people.high // 4 + 1)
    assert people.high >= coming, "everybody who said so may come"
    assert coming == 0 or people.low >= coming * 2 // 3


@given(PEOPLE, PEOPLE, PEOPLE, st.integers(0, 2))
def test_one_more_never_means_fewer(coming: int, undecided: int, hands: int, which: int) -> None:
    more = [coming, undecided, hands]
    more[which] += 1
    before, after = expected(coming, undecided, hands), expected(*more)
    assert after.low >= before.low
    assert after.high == before.high + 1


@given(st.integers(0, 60), st.integers(0, 60))
def test_somebody_who_decides_makes_the_range_narrower_never_wider(coming: int, undecided: int) -> None:
    before, after = expected(coming, undecided + 1), expected(coming + 1, undecided)
    assert after.high == before.high
    assert after.low >= before.low


@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 100))
def test_who_finds_no_seat_is_an_average_over_the_range(low: int, more: int, seats: int) -> None:
    people = Expected(low, low + more)
    short = [max(0, number - seats) for number in range(low, low + more + 1)]
    assert unseated(people, seats) == 100 * sum(short) // len(short)


@given(st.integers(1, 5), st.integers(0, 2), st.data())
def test_the_cheapest_assignment_is_the_cheapest(rows: int, spare: int, data: st.DataObject) -> None:
    row = st.lists(st.integers(0, 50), min_size=rows + spare, max_size=rows + spare)
    costs = data.draw(st.lists(row, min_size=rows, max_size=rows))
    found = cheapest(costs)
    assert len(set(found)) == rows
    ways = permutations(range(rows + spare), rows)
    assert sum(costs[n][c] for n, c in enumerate(found)) == min(
        sum(costs[n][c] for n, c in enumerate(way)) for way in ways
    )


ROOMS = [Place(1, 60), Place(2, 40), Place(3, 30)]


def sitting(number: int, low: int, high: int, room: int, *needs: str, coming: int | None = None) -> Sitting:
    return Sitting(number, Expected(low, high), room, frozenset(needs), low if coming is None else coming)


def test_a_full_session_and_an_empty_hall_change_places() -> None:
    (swap,) = better_rooms([sitting(4, 35, 60, 3), sitting(9, 8, 15, 1)], ROOMS[::2])
    assert swap.rooms == {4: 1, 9: 3}
    assert swap.gain == 17


def test_a_free_room_is_used_where_that_is_enough() -> None:
    (move,) = better_rooms([sitting(4, 35, 60, 3), sitting(9, 50, 60, 1)], ROOMS)
    assert move.rooms == {4: 2}


def test_three_go_round_when_two_are_not_enough() -> None:
    around = [sitting(1, 36, 40, 3), sitting(2, 56, 60, 2), sitting(3, 4, 6, 1)]
    (ring,) = better_rooms(around, ROOMS)
    assert ring.rooms == {1: 2, 2: 1, 3: 3}


def test_two_exchanges_that_have_nothing_to_do_with_each_other_are_two() -> None:
    rooms = [Place(1, 100, frozenset({"a"})), Place(2, 20, frozenset({"a"})), Place(3, 90), Place(4, 30)]
    people = [sitting(1, 5, 10, 1, "a"), sitting(2, 60, 80, 2, "a"), sitting(3, 5, 10, 3), sitting(4, 60, 80, 4)]
    first, second = better_rooms(people, rooms)
    assert {frozenset(first.rooms), frozenset(second.rooms)} == {frozenset({1, 2}), frozenset({3, 4})}
    assert first.gain >= second.gain


@pytest.mark.parametrize(
    "people",
    [
        [],
        [sitting(4, 35, 60, 3, "hybrid"), sitting(9, 8, 15, 1)],  # only its room has what it needs
        [sitting(4, 26, 34, 3), sitting(9, 8, 15, 1)],  # hardly better
        [sitting(4, 35, 60, 3, coming=SAID - 1), sitting(9, 8, 15, 1, coming=0)],  # nobody said anything yet
        [sitting(4, 35, 60, 7), sitting(9, 8, 15, 1)],  # it stands in a room that is out of the game
    ],
)
def test_without_a_clear_gain_all_stay(people: list[Sitting]) -> None:
    assert better_rooms(people, ROOMS[::2]) == []


SITTINGS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), min_size=1, max_size=5)


@given(SITTINGS, st.lists(st.integers(5, 90), min_size=5, max_size=6))
def test_an_exchange_brings_what_it_says_and_nothing_flaps(ranges: list[tuple[int, int]], seats: list[int]) -> None:
    rooms = [Place(number, size) for number, size in enumerate(seats)]
    before = [sitting(n, low, low + more, n, coming=SAID) for n, (low, more) in enumerate(ranges)]
    found = better_rooms(before, rooms)
    goes = {number: room for exchange in found for number, room in exchange.rooms.items()}
    assert len(goes) == sum(len(exchange.rooms) for exchange in found)
    after = [sitting(s.number, s.people.low, s.people.high, goes.get(s.number, s.room), coming=SAID) for s in before]
    assert len({s.room for s in after}) == len(after), "never two in one room"
    saved = sum(unseated(s.people, seats[s.room]) for s in before) - sum(
        unseated(s.people, seats[s.room]) for s in after
    )
    assert saved >= 100 * sum(exchange.gain for exchange in found)
    assert all(exchange.gain >= CLEAR for exchange in found)
    assert better_rooms(after, rooms) == [], "what was just exchanged is not exchanged again"
