"""Compares the plan with what calendars saw and with what people were told; what differs is told to those who come."""

from datetime import datetime
from typing import Any

from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.changes import NoticesGiven
from tagwerk.programme.models import CalendarEntry, Notice, Session
from tagwerk.programme.notice_rules import Whereabouts, difference, is_time_to_tell
from tagwerk.programme.rules import Kind


def has_changed(event: Event) -> bool:
    """Tell whether calendars have not seen the plan as it stands."""
    seen = dict(_entries(event).values_list("session_id", "seen"))
    return any(seen.get(number) != now for number, now in _standing(event).items())


@action
def note_plan(event: Event, now: datetime) -> None:
    """Note where every session stands now: the version of what changed rises."""
    hold(event.stream)
    entries = {entry.session_id: entry for entry in _entries(event)}
    for number, seen in _standing(event).items():
        entry = entries.get(number)
        if entry is None:
            CalendarEntry.objects.create(session_id=number, seen=seen, told=seen, changed_at=now)
        elif entry.seen != seen:
            entry.seen, entry.changed_at = seen, now
            entry.sequence += 1
            differs = difference(Whereabouts.read(entry.told), Whereabouts.read(seen))
            entry.differs_since = (entry.differs_since or now) if differs else None
            entry.save()


@action
def give_notices(event: Event, now: datetime) -> list[Notice]:
    """Tell those who come what is different from what they were told; gives what was told, often nothing yet."""
    hold(event.stream)
    entries = list(_entries(event).filter(differs_since__isnull=False).select_related("session"))
    last = Notice.objects.filter(event=event).order_by("-told_at").values_list("told_at", flat=True).first()
    since = [entry.differs_since for entry in entries if entry.differs_since]
    if not is_time_to_tell(since, [entry.changed_at for entry in entries], last, now):
        return []
    told = [notice for entry in entries if (notice := _notice(event, entry, now))]
    Notice.objects.bulk_create(told)
    for entry in entries:
        entry.told, entry.differs_since = entry.seen, None
    CalendarEntry.objects.bulk_update(entries, ["told", "differs_since"])
    if told:
        tell(event.stream, NoticesGiven(sessions=tuple(notice.session.code for notice in told)))
    return told


def _notice(event: Event, entry: CalendarEntry, now: datetime) -> Notice | None:
    """Give what those who come have to know; None for what is over."""
    before, after = Whereabouts.read(entry.told), Whereabouts.read(entry.seen)
    kind = difference(before, after)
    if kind is None or max(before.end, after.end) < now:
        return None
    return Notice(
        event=event, session=entry.session, kind=kind, before=before.stored(), after=after.stored(), told_at=now
    )


def _entries(event: Event) -> Any:
    return CalendarEntry.objects.filter(session__event=event)


def _standing(event: Event) -> dict[int, dict[str, Any]]:
    """Give what a calendar shows of each session with a place."""
    sessions = Session.objects.of(event).filter(placement__isnull=False).exclude(kind=Kind.BREAK)
    return {session.pk: _seen(session) for session in sessions}


def _seen(session: Session) -> dict[str, Any]:
    slot, room = session.placement.slot, session.placement.room
    host = "" if session.kind == Kind.BARCAMP else session.host_name
    where = Whereabouts(slot.start, slot.end, room.pk if room else None, session.is_cancelled, host)
    return where.stored() | {"title": session.title, "room_name": room.name if room else ""}
