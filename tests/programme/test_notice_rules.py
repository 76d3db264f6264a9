"""Who has to hear what of a changed plan: differences, not edits, and never more than one notice a minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.programme.notice_rules import (
    CALM,
    PATIENCE,
    PAUSE,
    Difference,
    Whereabouts,
    difference,
    is_time_to_tell,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOURS = st.integers(0, 5).map(lambda hour: NOON + timedelta(hours=hour))
PLACES = st.builds(
    lambda start, room, gone: Whereabouts(start, start + timedelta(minutes=45), room, gone),
    HOURS,
    st.none() | st.integers(1, 3),
    st.booleans(),
)
SECONDS = st.integers(0, 200).map(lambda seconds: timedelta(seconds=seconds))


@given(PLACES)
def test_what_is_stored_is_read_again(place: Whereabouts) -> None:
    assert Whereabouts.read(place.stored() | {"title": "more"}) == place


@given(PLACES, PLACES)
def test_there_is_news_where_a_person_would_stand_at_the_wrong_door(told: Whereabouts, now: Whereabouts) -> None:
    found = difference(told, now)
    same_door = (told.start, told.room) == (now.start, now.room)
    if told.is_cancelled and now.is_cancelled:
        assert found is None
    elif told.is_cancelled != now.is_cancelled:
        assert found == (Difference.CANCELLED if now.is_cancelled else Difference.RESTORED)
    else:
        assert found == (None if same_door else Difference.MOVED)


@given(st.lists(SECONDS, min_size=1, max_size=5), SECONDS, st.none() | SECONDS)
def test_a_notice_waits_for_calm_but_not_for_ever_and_not_within_a_minute(
    waiting: list[timedelta], calm: timedelta, last: timedelta | None
) -> None:
    told = None if last is None else NOON - last
    is_time = is_time_to_tell([NOON - wait for wait in waiting], [NOON - calm], told, NOON)
    settled = calm >= CALM or max(waiting) >= PATIENCE
    assert is_time == (settled and (last is None or last >= PAUSE))


def test_without_differences_there_is_nothing_to_tell() -> None:
    assert not is_time_to_tell([], [], None, NOON)
