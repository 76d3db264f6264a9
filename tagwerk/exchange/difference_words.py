"""Says differences between two versions in sentences."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tagwerk.exchange.difference import Difference, Part, Spot, Value, What
from tagwerk.exchange.schedule import Role
from tagwerk.kit.day_words import in_words

SENTENCES = {
    What.TITLE: gettext_lazy("Die Veranstaltung heißt jetzt „%(after)s“ statt „%(before)s“"),
    What.MOTTO: gettext_lazy("Motto: %(after)s statt %(before)s"),
    What.PLACE: gettext_lazy("Ort: %(after)s statt %(before)s"),
    What.DAY_ADDED: gettext_lazy("Neuer Tag: %(day)s"),
    What.DAY_GONE: gettext_lazy("Der %(day)s gehört nicht mehr dazu"),
    What.ROOM_ADDED: gettext_lazy("Neuer Raum: %(title)s"),
    What.ROOM_GONE: gettext_lazy("Der Raum %(title)s entfällt"),
    What.ROOM_CHANGED: gettext_lazy("Raum %(title)s: Name, Plätze oder Ausstattung geändert"),
    What.TRACK_ADDED: gettext_lazy("Neuer Themenstrang: %(title)s"),
    What.TRACK_GONE: gettext_lazy("Der Themenstrang %(title)s entfällt"),
    What.TRACK_RENAMED: gettext_lazy("Der Themenstrang %(before)s heißt jetzt %(after)s"),
    What.PERSON_CHANGED: gettext_lazy("%(title)s: Angaben zur Person geändert"),
    What.ADDED: gettext_lazy("Neu: „%(title)s“, %(after)s"),
    What.GONE: gettext_lazy("„%(title)s“ steht nicht mehr im Programm, bisher %(before)s"),
    What.CANCELLED: gettext_lazy("„%(title)s“ fällt aus, bisher %(before)s"),
    What.RESTORED: gettext_lazy("„%(title)s“ findet doch statt: %(after)s"),
    What.MOVED: gettext_lazy("„%(title)s“: %(after)s statt %(before)s"),
    What.LENGTH: gettext_lazy("„%(title)s“: %(after)s statt %(before)s"),
    What.RENAMED: gettext_lazy("„%(before)s“ heißt jetzt „%(after)s“"),
    What.PEOPLE: gettext_lazy("„%(title)s“: mit %(after)s statt mit %(before)s"),
    What.KIND: gettext_lazy("„%(title)s“: Art der Session geändert"),
    What.TRACK: gettext_lazy("„%(title)s“: Themenstrang %(after)s statt %(before)s"),
    What.TEXT: gettext_lazy("„%(title)s“: Text geändert"),
    What.LANGUAGE: gettext_lazy("„%(title)s“: Sprache %(after)s statt %(before)s"),
    What.FEATURES: gettext_lazy("„%(title)s“: Barrierefreiheit geändert"),
    What.LINKS: gettext_lazy("„%(title)s“: Links geändert"),
    What.RECORDING: gettext_lazy("„%(title)s“: Angaben zur Aufzeichnung geändert"),
}
ROLES = {
    Role.MODERATOR: gettext_lazy("Moderation"),
    Role.PANELLIST: gettext_lazy("auf dem Podium"),
    Role.CONTRIBUTOR: gettext_lazy("Mitwirkung"),
    Role.HOST: gettext_lazy("bringt das Thema ein"),
    Role.GUEST: gettext_lazy("Gast"),
}


def sentence(difference: Difference, zone: ZoneInfo) -> str:
    """Say one difference in a sentence without a full stop, with local times, in the language of the moment."""
    before, after = difference.before, difference.after
    in_full = difference.what in {What.CANCELLED, What.RESTORED}
    shown = {
        "title": difference.title,
        "before": _said(before, None if in_full else after, zone),
        "after": _said(after, None if in_full else before, zone),
    }
    if difference.what in {What.DAY_ADDED, What.DAY_GONE}:
        shown["day"] = in_words(date.fromisoformat(difference.title), "j. F Y")
    return str(SENTENCES[difference.what]) % shown


def _said(value: Value, other: Value, zone: ZoneInfo) -> str:
    if isinstance(value, Spot):
        return _spot(value, other if isinstance(other, Spot) else None, zone)
    if isinstance(value, tuple):
        return ", ".join(_part(one) if isinstance(one, Part) else one for one in value) or _("niemandem")
    return value or _("nichts")


def _part(part: Part) -> str:
    return f"{part.name} ({ROLES[part.role]})" if part.role in ROLES else part.name


def _spot(spot: Spot, other: Spot | None, zone: ZoneInfo) -> str:
    """Say where and when, but only what is different about the two; the day only where it is another."""
    start, end = spot.start.astimezone(zone), spot.end.astimezone(zone)
    room = spot.room or _("im ganzen Haus")
    if other is None:
        return _("%(day)s, %(clock)s, %(room)s") % {"day": _day(start), "clock": _clock(start, end), "room": room}
    was = other.start.astimezone(zone)
    parts = [_day(start)] if was.date() != start.date() else []
    if (other.start, other.end) != (spot.start, spot.end):
        parts.append(_clock(start, end))
    if other.room != spot.room:
        parts.append(room)
    return ", ".join(parts or [_clock(start, end)])


def _day(moment: datetime) -> str:
    return in_words(moment, "D j. N")


def _clock(start: datetime, end: datetime) -> str:
    return f"{start:%H:%M}–{end:%H:%M}"
