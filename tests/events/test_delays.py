"""What a delay does to a day: breaks give way first, anchors hold, nothing overlaps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.events.delays import (
    SHORTEST_BREAK,
    Held,
    Rented,
    Shift,
    Timed,
    delayed,
    room_anchor,
    slot_anchor,
)

TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def slot(number: int, start: int, end: int, **kind: bool) -> Timed:
    return Timed(number, 1, at(start), at(end), **kind)


# Two sessions with a break between them, lunch, one more session, the closing.
MORNING = [slot(1, 0, 45), slot(2, 45, 60, gives_way=True), slot(3, 60, 105)]
LUNCH = slot(4, 105, 165, gives_way=True, is_anchored=True)
AFTERNOON = [slot(5, 165, 210), slot(6, 210, 240)]


def times(shift: Shift) -> dict[int, tuple[int, int]]:
    return {
        new.number: (round((new.start - TEN).total_seconds() / 60), round((new.end - TEN).total_seconds() / 60))
        for new in shift.changed
    }


def test_what_runs_ends_later_and_the_break_takes_it_up() -> None:
    assert times(delayed(MORNING, [], at(20), 10)) == {1: (0, 55), 2: (55, 60)}


def test_a_break_keeps_five_minutes_and_the_rest_is_late() -> None:
    assert times(delayed(MORNING, [], at(20), 15)) == {1: (0, 60), 2: (60, 65), 3: (65, 110)}


def test_before_the_first_slot_everything_begins_later() -> None:
    assert times(delayed([*MORNING], [], at(-30), 5)) == {1: (5, 50), 2: (50, 60)}


def test_a_gap_between_two_slots_gives_way_as_a_break_does() -> None:
    apart = [slot(1, 0, 45), slot(2, 60, 105), slot(3, 105, 120)]
    assert times(delayed(apart, [], at(20), 15)) == {1: (0, 60), 2: (65, 110), 3: (110, 125)}


def test_an_anchor_holds_and_says_what_is_missing() -> None:
    day = [*MORNING, LUNCH, *AFTERNOON]
    assert delayed(day, [], at(20), 15) == Shift(held=Held(slot_anchor(4), 5), most=10)
    assert times(delayed(day, [], at(20), 10)) == {1: (0, 55), 2: (55, 60)}


def test_an_unpinned_anchor_moves_as_a_whole() -> None:
    day = [*MORNING, LUNCH, *AFTERNOON]
    moved = times(delayed(day, [], at(20), 15, {slot_anchor(4)}))
    assert moved == {1: (0, 60), 2: (60, 65), 3: (65, 110), 4: (110, 170), 5: (170, 215), 6: (215, 245)}


def test_an_anchor_that_runs_ends_when_it_should() -> None:
    shift = delayed([LUNCH, *AFTERNOON], [], at(120), 10)
    assert (shift.held, shift.most) == (Held(slot_anchor(4), 10), 0)
    assert times(delayed([LUNCH, *AFTERNOON], [], at(120), 10, {slot_anchor(4)}))[5] == (175, 220)


def test_a_rented_room_holds_until_somebody_says_otherwise() -> None:
    rented = [Rented(7, at(110), frozenset({3}))]
    assert delayed(MORNING, rented, at(20), 20) == Shift(held=Held(room_anchor(7), 5), most=15)
    assert times(delayed(MORNING, rented, at(20), 20, {room_anchor(7)}))[3] == (70, 115)
    assert times(delayed(MORNING, [Rented(7, at(110), frozenset({9}))], at(20), 20))[3] == (70, 115)


def test_a_room_that_was_ours_no_longer_before_is_not_the_delays_fault() -> None:
    assert delayed(MORNING, [Rented(7, at(90), frozenset({3}))], at(20), 15).held == Held(room_anchor(7), 5)


def test_other_days_and_the_past_stay() -> None:
    tomorrow = replace(slot(9, 24 * 60, 25 * 60), day=2)
    assert set(times(delayed([*MORNING, tomorrow], [], at(50), 10))) == {2, 3}
    assert delayed(MORNING, [], at(200), 10) == Shift()
    assert set(times(delayed([*MORNING, tomorrow], [], at(200), 10))) == {9}


@st.composite
def days(draw: st.DrawFn) -> list[Timed]:
    slots, clock = [], 0
    for number in range(draw(st.integers(1, 8))):
        clock += draw(st.sampled_from([0, 0, 3, 5, 15]))
        length = draw(st.sampled_from([3, 5, 10, 15, 45, 60]))
        kind = {"gives_way": draw(st.booleans()), "is_anchored": draw(st.sampled_from([False, False, True]))}
        slots.append(slot(number, clock, clock + length, **kind))
        clock += length
    return slots


ROOMS = st.lists(
    st.builds(Rented, st.integers(1, 3), st.integers(0, 400).map(at), st.frozensets(st.integers(0, 7))), max_size=2
)
ANCHORS = st.sets(st.integers(0, 7).map(slot_anchor))


@given(days(), ROOMS, st.integers(-10, 300), st.integers(1, 40), ANCHORS)
def test_a_delay_keeps_every_promise(
    day: list[Timed], rented: list[Rented], minute: int, minutes: int, unpinned: set[str]
) -> None:
    now, by = at(minute), timedelta(minutes=minutes)
    shift = delayed(day, rented, now, minutes, unpinned)
    new_times = {new.number: new for new in shift.changed}
    after = [new_times.get(old.number, old) for old in day]
    assert all(one.end <= other.start for one, other in pairwise(after)), "nothing overlaps"
    for old, new in zip(day, after, strict=True):
        length, before = new.end - new.start, old.end - old.start
        assert timedelta(0) <= new.start - old.start <= by
        assert old == new or old.end > now, "what is over stays"
        assert old == new or not old.is_anchored or slot_anchor(old.number) in unpinned, "anchors hold"
        if old.start <= now < old.end:
            assert old == new or (new.start, new.end) == (old.start, old.end + by)
        elif old.gives_way:
            assert length >= min(before, SHORTEST_BREAK)
        else:
            assert length == before, "a session keeps its length"
        for room in rented:
            assert old == new or old.number not in room.slots or new.end <= max(room.until, old.end)


@given(days(), ROOMS, st.integers(-10, 300), st.integers(1, 40))
def test_what_is_offered_instead_fits_and_more_does_not(
    day: list[Timed], rented: list[Rented], minute: int, minutes: int
) -> None:
    shift = delayed(day, rented, at(minute), minutes)
    if shift.held:
        assert shift.held.missing > 0
        assert shift.changed == ()
        assert all(delayed(day, rented, at(minute), more).held for more in range(shift.most + 1, minutes))
        assert not shift.most or delayed(day, rented, at(minute), shift.most).held is None


@given(days(), st.integers(-10, 300), st.integers(1, 40))
def test_without_anchors_a_delay_always_fits(day: list[Timed], minute: int, minutes: int) -> None:
    loose = [replace(one, is_anchored=False) for one in day]
    shift = delayed(loose, [], at(minute), minutes)
    assert shift.held is None
    assert bool(shift.changed) == any(one.end > at(minute) for one in day)
