"""Which times a slot may have, and what time of day it is on another date."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.events.reshaping_rules import SlotFault, Timed, at_the_same_clock, distance, slot_fault
from tagwerk.kit.dates import NotOnTheClock

BERLIN = ZoneInfo("Europe/Berlin")
TEN = datetime(2027, 3, 11, 10, tzinfo=BERLIN)


def slot(number: int, begin: int, minutes: int, *, holds: bool = True) -> Timed:
    start = TEN + timedelta(minutes=begin)
    return Timed(number, start, start + timedelta(minutes=minutes), holds)


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (slot(0, 45, 45), None),
        (slot(0, 0, 0), SlotFault.TIMES),
        (slot(0, 0, -15), SlotFault.TIMES),
        (slot(0, 60, 25 * 60), SlotFault.LONG),
        (slot(0, 30, 30), SlotFault.OVERLAP),
        (slot(0, 30, 30, holds=False), None),
        (slot(1, 15, 45), None),
    ],
)
def test_which_times_a_slot_may_have(wanted: Timed, fault: SlotFault | None) -> None:
    others = [slot(1, 0, 45), slot(2, 30, 45, holds=False), slot(3, 120, 45)]
    found = slot_fault(wanted, others)
    assert (found[0] if found else None) == fault
    if fault == SlotFault.OVERLAP:
        assert found == (fault, others[0])


@given(st.integers(-400, 400), st.integers(0, 23), st.integers(0, 59))
def test_the_clock_shows_the_same_on_another_date_or_the_time_is_refused(days: int, hour: int, minute: int) -> None:
    moment = datetime(2027, 3, 11, hour, minute, tzinfo=BERLIN)
    try:
        moved = at_the_same_clock(moment.astimezone(UTC), days, BERLIN).astimezone(BERLIN)
    except NotOnTheClock:
        assert hour == 2
        return
    assert (moved.hour, moved.minute) == (hour, minute)
    assert distance(date(2027, 3, 11), moved.date()) == days


def test_half_past_two_does_not_exist_in_the_night_of_the_clock_change() -> None:
    with pytest.raises(NotOnTheClock):
        at_the_same_clock(datetime(2027, 3, 27, 2, 30, tzinfo=BERLIN), 1, BERLIN)
