"""Times: UTC inside, the event's zone on the page; both nights of the clock change are right."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.dates import NotOnTheClock, Span, TwiceOnTheClock, in_utc, next_quarter

BERLIN = ZoneInfo("Europe/Berlin")
AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)
MINUTES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
THE_HOUR = st.builds(time, st.just(2), st.integers(0, 59))
MOMENTS = st.datetimes(datetime(2026, 10, 24), datetime(2027, 4, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(THE_HOUR)
def test_the_repeated_hour_has_to_say_which_one_it_means(clock: time) -> None:
    with pytest.raises(TwiceOnTheClock):
        in_utc(AUTUMN, clock, BERLIN)
    first, second = (in_utc(AUTUMN, clock, BERLIN, fold=fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)
    assert first == datetime.combine(AUTUMN, time(0, clock.minute), UTC)


@given(THE_HOUR, st.sampled_from([None, 0, 1]))
def test_the_skipped_hour_does_not_exist(clock: time, fold: int | None) -> None:
    with pytest.raises(NotOnTheClock):
        in_utc(SPRING, clock, BERLIN, fold=fold)


@given(st.sampled_from([AUTUMN, SPRING]), MINUTES.filter(lambda clock: clock.hour != 2))
def test_every_other_time_of_these_nights_comes_back_as_it_was(day: date, clock: time) -> None:
    moment = in_utc(day, clock, BERLIN)
    assert moment.tzinfo is UTC
    assert moment.astimezone(BERLIN).replace(tzinfo=None, fold=0) == datetime.combine(day, clock)


@pytest.mark.parametrize(("day", "minutes"), [(AUTUMN, 240), (SPRING, 120)])
def test_a_night_is_as_long_as_it_really_is(day: date, minutes: int) -> None:
    span = Span(in_utc(day, time(1), BERLIN), in_utc(day, time(4), BERLIN))
    assert span.minutes == minutes
    assert Span(span.start.astimezone(BERLIN), span.end.astimezone(BERLIN)).minutes == minutes


@given(MOMENTS, MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(hours=5)))
def test_two_spans_overlap_exactly_when_they_share_a_moment(one: datetime, other: datetime, length: timedelta) -> None:
    first, second = Span(one, one + length), Span(other, other + length)
    assert first.overlaps(second) == second.overlaps(first) == (abs(one - other) < length)
    assert not first.overlaps(Span(first.end, first.end + length))


@given(MOMENTS)
def test_the_next_quarter_is_at_most_a_quarter_away(moment: datetime) -> None:
    quarter = next_quarter(moment)
    assert timedelta(0) <= quarter - moment < timedelta(minutes=15)
    assert (quarter.minute % 15, quarter.second, quarter.microsecond) == (0, 0, 0)
    assert next_quarter(quarter) == quarter


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo"])
def test_years_at_the_end_of_the_calendar_are_none(year: int, zone: str) -> None:
    for clock in (time(0, 30), time(23, 30)):
        with pytest.raises(NotOnTheClock):
            in_utc(date(year, 1, 1), clock, ZoneInfo(zone))
