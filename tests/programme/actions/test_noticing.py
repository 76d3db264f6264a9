"""Notices come from differences of the plan: each once, none for what was taken back, at most one a minute."""

from datetime import timedelta

from django.utils import timezone

from tagwerk.events.actions import shift
from tagwerk.events.models import Event
from tagwerk.programme import actions
from tagwerk.programme.actions import give_notices, has_changed, note_plan
from tagwerk.programme.models import CalendarEntry, Notice, Session
from tests.programme.test_actions import talk
from tests.town import Town, at

NOW = timezone.now
SECOND = timedelta(seconds=1)


def later(event: Event, seconds: float) -> list[str]:
    """Look at the plan and tell what is due so many seconds from now."""
    moment = NOW() + seconds * SECOND
    if has_changed(event):
        note_plan(event, moment - 10 * SECOND)
    return [f"{notice.kind} {notice.session.code}" for notice in give_notices(event, moment)]


def version(session: Session) -> int:
    return CalendarEntry.objects.get(session=session).sequence


def moved(town: Town, session: Session, slot: int, room: int) -> None:
    session.refresh_from_db()
    actions.move(session, town.slots[slot], town.rooms[room])


def test_a_move_is_told_once_from_where_people_knew_it(town: Town) -> None:
    session = talk(town, 0, 0)
    assert has_changed(town.event)
    assert later(town.event, 0) == []
    assert not has_changed(town.event)
    moved(town, session, 1, 1)
    moved(town, session, 1, 2)
    assert later(town.event, 20) == [f"moved {session.code}"]
    (notice,) = Notice.objects.all()
    assert (notice.before["room"], notice.after["room"]) == (town.rooms[0].pk, town.rooms[2].pk)
    assert version(session) == 1, "calendars saw one change, whatever was done in between"
    assert later(town.event, 200) == []
    (told,) = town.told("session.notices")
    assert f'"sessions":["{session.code}"]' in told.words["public"]["de"]


def test_what_was_taken_back_in_time_is_no_news_but_calendars_may_have_seen_it(town: Town) -> None:
    session = talk(town, 0, 0)
    later(town.event, 0)
    moved(town, session, 1, 1)
    note_plan(town.event, NOW())
    moved(town, session, 0, 0)
    assert later(town.event, 20) == []
    assert version(session) == 2
    assert Notice.objects.count() == 0


def test_a_burst_of_moves_makes_one_notice_and_the_next_comes_a_minute_later(town: Town) -> None:
    first, second = talk(town, 0, 0), talk(town, 1, 1)
    later(town.event, 0)
    moved(town, first, 0, 1)
    note_plan(town.event, NOW())
    assert give_notices(town.event, NOW() + SECOND) == [], "it may be moved on at once"
    moved(town, second, 1, 2)
    assert sorted(later(town.event, 20)) == sorted(f"moved {session.code}" for session in (first, second))
    moved(town, first, 0, 2)
    assert later(town.event, 60) == []
    assert later(town.event, 81) == [f"moved {first.code}"]


def test_cancelled_and_restored_are_told_and_a_shift_moves_all(town: Town) -> None:
    session = talk(town, 0, 0)
    later(town.event, 0)
    actions.cancel(session)
    assert later(town.event, 20) == [f"cancelled {session.code}"]
    session.refresh_from_db()
    actions.restore(session)
    assert later(town.event, 90) == [f"restored {session.code}"]
    shift(town.event, timedelta(minutes=10))
    assert later(town.event, 180) == [f"moved {session.code}"]
    assert version(session) == 3


def test_what_is_over_is_no_news(town: Town) -> None:
    session = talk(town, 0, 0)
    later(town.event, 0)
    moved(town, session, 1, 1)
    note_plan(town.event, at(11))
    assert give_notices(town.event, at(23)) == []
    assert not CalendarEntry.objects.filter(differs_since__isnull=False).exists()
