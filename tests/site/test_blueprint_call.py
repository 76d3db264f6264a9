"""A call moves with the first day of its event; what would be over by then is not taken along."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.site.blueprint_call import CallPlan, distance, moved

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
PLAN = CallPlan("", ("talk",), (20,), (), (-90, 540), (-30, 1439))
days = st.dates(date(2026, 1, 1), date(2029, 12, 31))
moments = st.none() | st.tuples(st.integers(-1000, 366), st.integers(0, 1439))


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def test_both_move_with_the_first_day() -> None:
    first = date(2027, 12, 1)
    assert moved(PLAN, first, ZONE, NOW) == (at(2027, 9, 2, 9), at(2027, 11, 1, 23, 59)), "nine o'clock in any season"


def test_a_beginning_that_would_be_over_is_left_out_so_that_nothing_opens_by_itself() -> None:
    assert moved(PLAN, date(2027, 8, 1), ZONE, NOW) == (None, at(2027, 7, 2, 23, 59))


def test_an_end_that_would_be_over_becomes_a_proposal_while_there_is_time() -> None:
    early = CallPlan("", ("talk",), (20,), (), (-200, 540), (-120, 540))
    assert moved(early, date(2027, 8, 1), ZONE, NOW) == (None, at(2027, 7, 4, 23, 59))
    assert moved(early, date(2027, 6, 10), ZONE, NOW) == (None, None)


def test_a_call_that_never_opened_has_no_dates() -> None:
    assert moved(CallPlan("", ("talk",), (20,)), date(2027, 12, 1), ZONE, NOW) == (None, None)


def test_where_the_clock_is_put_forward_between_the_two_it_stays_shut() -> None:
    plan = CallPlan("", ("talk",), (20,), (), (0, 150), (0, 180))
    assert moved(plan, date(2028, 3, 26), ZONE, NOW) == (None, at(2028, 3, 26, 3))


@given(moments, moments, days, days)
def test_whatever_it_was_nothing_is_over_and_it_ends_after_it_begins(
    opens: tuple[int, int] | None, closes: tuple[int, int] | None, first: date, today: date
) -> None:
    now = datetime.combine(today, datetime.min.time(), UTC)
    plan = CallPlan("", ("talk",), (20,), (), opens, closes)
    begins, ends = moved(plan, first, ZONE, now)
    assert all(moment is None or moment > now for moment in (begins, ends))
    assert not (begins and ends) or begins < ends
    assert (opens is None) <= (begins is None)
    assert (closes is None) <= (ends is None)


@given(st.integers(0, 1_000_000).map(lambda number: NOW + timedelta(minutes=number)), days)
def test_moved_to_the_same_day_it_is_the_same_moment(moment: datetime, first: date) -> None:
    plan = CallPlan("", ("talk",), (20,), (), distance(moment, first, ZONE))
    begins, _ends = moved(plan, first, ZONE, moment - timedelta(days=1))
    assert begins in (moment, moment - timedelta(hours=1)), "of an hour that comes twice the first"
