"""Decisions about events: which phase may follow, who sees it, how far the demo moves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.events.rules import (
    STEPS,
    Front,
    Phase,
    Wall,
    front_of,
    is_public,
    next_phases,
    shift_to,
    takes_part,
    wall_at,
)

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(list(Phase)))
def test_every_phase_is_known_to_every_decision(phase: Phase) -> None:
    assert set(next_phases(phase)) <= set(Phase)
    assert phase not in next_phases(phase)
    assert is_public(phase) == (phase != Phase.DRAFT)
    assert not takes_part(phase) or is_public(phase)


def test_every_phase_can_be_reached_from_a_draft() -> None:
    reached, todo = set[Phase](), [Phase.DRAFT]
    while todo:
        phase = todo.pop()
        reached.add(phase)
        todo += [after for after in STEPS[phase] if after not in reached]
    assert reached == set(Phase)


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.FOLLOW_UP, Phase.DOCUMENTED, Phase.ARCHIVED, Phase.CANCELLED])
def test_before_and_after_nobody_takes_part(phase: Phase) -> None:
    assert not takes_part(phase)


def test_what_is_archived_or_cancelled_stays_so() -> None:
    assert next_phases(Phase.ARCHIVED) == next_phases(Phase.CANCELLED) == ()


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)), MOMENTS, MOMENTS)
def test_a_demo_moves_only_when_it_is_over_and_then_exactly_to_its_target(
    first: datetime, length: timedelta, now: datetime, target: datetime
) -> None:
    by = shift_to(first, first + length, now, target)
    if first + length > now:
        assert by == timedelta(0)
    else:
        assert first + by == target


@given(st.sampled_from(list(Wall)), st.none() | MOMENTS, MOMENTS)
def test_a_wall_shows_what_the_crew_wants_until_its_time_is_over(
    wall: Wall, until: datetime | None, now: datetime
) -> None:
    assert wall_at(wall, until, now) == (Wall.AUTO if until and until <= now else wall)


DATES = st.dates(date(2026, 11, 1), date(2026, 11, 30))


@given(st.sampled_from(list(Phase)), st.sets(DATES, max_size=3), DATES)
def test_the_first_page_says_what_the_event_is_outside_of_its_days(phase: Phase, days: set[date], today: date) -> None:
    front = front_of(phase, days, datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    if phase in (Phase.POSTPONED, Phase.CANCELLED):
        assert front == Front.CALLED_OFF
    elif phase in (Phase.FOLLOW_UP, Phase.DOCUMENTED, Phase.ARCHIVED):
        assert front == Front.OVER
    elif days:
        before, after = today < min(days), today > max(days)
        assert front == (Front.COMING if before else Front.OVER if after else None)
    else:
        assert front == (None if phase == Phase.LIVE else Front.COMING)


def test_on_the_evening_before_the_first_page_says_what_begins_in_the_morning() -> None:
    days, nine = [date(2026, 11, 12), date(2026, 11, 13)], datetime(2026, 11, 12, 9, tzinfo=UTC)
    for before in (timedelta(days=1), timedelta(hours=13), timedelta(hours=6, minutes=1)):
        assert front_of(Phase.LIVE, days, nine - before, nine) == Front.COMING
    for before in (timedelta(hours=6), timedelta(hours=2), timedelta(0), timedelta(days=-1)):
        assert front_of(Phase.LIVE, days, nine - before, nine) is None
    second = nine + timedelta(days=1)
    assert front_of(Phase.LIVE, days, datetime(2026, 11, 11, 18, tzinfo=UTC), second) is None, (
        "a first day without slots"
    )
    assert front_of(Phase.FOLLOW_UP, days, nine - timedelta(days=1), nine) == Front.OVER


def test_what_begins_soon_after_midnight_is_on_already() -> None:
    days, eve = [date(2026, 11, 12)], datetime(2026, 11, 11, 17, 59, tzinfo=UTC)
    assert front_of(Phase.LIVE, days, eve) == Front.COMING
    assert front_of(Phase.LIVE, days, eve + timedelta(minutes=1)) is None
    assert front_of(Phase.LIVE, days, eve + timedelta(days=1, hours=6)) is None
    assert front_of(Phase.LIVE, days, eve + timedelta(days=1, hours=6, minutes=1)) == Front.OVER
