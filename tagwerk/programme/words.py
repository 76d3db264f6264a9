"""Says in the reader's language what became of a session."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tagwerk.kit.day_words import in_words
from tagwerk.programme.models import Notice
from tagwerk.programme.notice_rules import Difference, Whereabouts


@dataclass(frozen=True)
class Spot:
    """When and in which room, in the event's zone."""

    start: datetime
    room: str


def moved(name: str, before: Spot, now: Spot) -> str:
    """Say where a session is instead of where it was."""
    values = {
        "name": name,
        "room": now.room,
        "time": _time(now.start, before.start),
        "old_room": before.room,
        "old_time": _time(before.start, now.start),
    }
    if now.start == before.start:
        return _("%(name)s in %(room)s statt %(old_room)s") % values
    if now.room == before.room:
        return _("%(name)s um %(time)s statt %(old_time)s, %(room)s") % values
    return _("%(name)s um %(time)s, %(room)s (statt %(old_time)s, %(old_room)s)") % values


def _time(start: datetime, other: datetime) -> str:
    """Give the time, with its day where the other one is on another day."""
    return in_words(start, "H:i" if start.date() == other.date() else "d.m. H:i")


def notice_line(notice: Notice, rooms: dict[int, str]) -> str:
    """Say what those who come have to know; `rooms` are the names by number."""
    event, name = notice.event, f"„{notice.session.title}“"
    if notice.kind == Difference.CANCELLED:
        return _("Fällt aus: %(name)s") % {"name": name}
    if notice.kind == Difference.SPEAKER:
        hosts = {"name": name, "host": notice.after["host"], "old": notice.before["host"]}
        return _("%(name)s mit %(host)s (angekündigt: %(old)s)") % hosts
    spots = []
    for stored in (notice.before, notice.after):
        where = Whereabouts.read(stored)
        spots.append(Spot(where.start.astimezone(event.timezone), rooms.get(where.room or 0, "")))
    before, after = spots
    if notice.kind == Difference.MOVED:
        return moved(name, before, after)
    values = {"name": name, "time": f"{after.start:%H:%M}", "room": after.room}
    return _("Findet doch statt: %(name)s um %(time)s, %(room)s") % values
