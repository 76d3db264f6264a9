"""The one door for files: tells the format by its content, reads it and checks it."""

from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from tagwerk.exchange.columns import FIELDS
from tagwerk.exchange.problems import Problem, Problems
from tagwerk.exchange.reading import pretalx
from tagwerk.exchange.reading.documents import Document, loaded, part, parts, said
from tagwerk.exchange.reading.gathering import Gathering, Setting
from tagwerk.exchange.reading.limits import LARGEST, MOST_ROWS, Unreadable, sentence
from tagwerk.exchange.reading.raw_xml import tree
from tagwerk.exchange.reading.schedule_json import read_json
from tagwerk.exchange.reading.schedule_xml import read_xml
from tagwerk.exchange.reading.table_rows import read_rows
from tagwerk.exchange.reading.tables import table
from tagwerk.exchange.ready import Ready, prepare
from tagwerk.exchange.schedule import Schedule
from tagwerk.kit.day_words import in_words

SPACES = b" \t\r\n\xef\xbb\xbf\xff\xfe\0"


@dataclass(frozen=True)
class Reading:
    """What a file says: its format, the programme, checked (None: nothing could be read), and every problem."""

    format: str
    ready: Ready | None
    problems: tuple[Problem, ...]

    @property
    def schedule(self) -> Schedule | None:
        """Give the programme; None when nothing could be read."""
        return self.ready.schedule if self.ready else None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Give what is left out."""
        return tuple(problem for problem in self.problems if problem.kind == "error")


def read(data: bytes, setting: Setting | None = None, *, name: str = "") -> Reading:
    """Read a file of any known format; `name` is shown with problems that concern the whole of it.

    Never raises for what is in the file: that is told as problems.
    """
    setting, problems = setting or Setting(), Problems()
    where = name or _("Datei")
    try:
        kind, schedule = _read(data, setting, problems)
    except Unreadable as fault:
        problems.error(where, fault.name, sentence(fault))
        return Reading("", None, problems.all())
    ready = prepare(schedule)
    problems.extend(ready.problems)
    _beyond(ready, setting, problems)
    if not ready.schedule.talks and not ready.schedule.people:
        problems.error(where, "nothing", _("Die Datei enthält keinen lesbaren Programmpunkt."))
    return Reading(kind, ready, problems.all())


def _read(data: bytes, setting: Setting, problems: Problems) -> tuple[str, Schedule]:
    gather = partial(Gathering, setting, problems)
    if len(data) > LARGEST:
        raise Unreadable("too_large")
    first = data.lstrip(SPACES)[:1]
    if not first:
        raise Unreadable("empty")
    if first == b"<":
        root = tree(data.removeprefix(b"\xef\xbb\xbf").lstrip())
        if root.tag != "schedule":
            raise Unreadable("unknown")
        conference = root.first("conference")
        url = conference.said("base_url") or conference.said("url") if conference else ""
        zone = conference.said("time_zone_name") if conference else ""
        return "schedule.xml", read_xml(root, gather(url=url, zone=zone))
    if first in {b"{", b"["}:
        return _read_json(loaded(data), gather)
    strangers, rows = table(data, ("title", "name"), FIELDS)
    if strangers:
        shown = ", ".join(f"„{name[:40]}“" for name in strangers[:20])
        message = _("Diese Spalten sind unbekannt und werden nicht gelesen: %(columns)s") % {"columns": shown}
        problems.warning(_("Kopfzeile"), "unknown_columns", message)
    return "CSV", read_rows(rows, gather())


def _read_json(document: object, gather: partial[Gathering]) -> tuple[str, Schedule]:
    if conference := part(document, "schedule", "conference"):
        body = part(document, "schedule")
        url = said(conference, "url") or said(body, "base_url", "url")
        is_flat = isinstance(body.get("events"), list)
        found = gather(url=url, zone=said(conference, "time_zone_name"))
        return f"schedule.json v{2 if is_flat else 1}", read_json(_as_document(document), found)
    listed = document if isinstance(document, list) else parts(document, "results")
    if not listed or len(listed) > MOST_ROWS:
        raise Unreadable("unknown" if not listed else "too_deep")
    found = gather()
    rows = list(pretalx.rows(listed, found.language))
    if not any("title" in row or "name" in row for row in rows):
        raise Unreadable("unknown")
    return "pretalx", read_rows(rows, found)


def _as_document(document: object) -> Document:
    return document if isinstance(document, dict) else {}


def _beyond(ready: Ready, setting: Setting, problems: Problems) -> None:
    """Name what the event does not have: rooms, and days."""
    for room in ready.schedule.rooms:
        if setting.rooms is not None and room.name not in setting.rooms:
            message = _("Diesen Raum gibt es in der Veranstaltung nicht.")
            problems.warning(_("Raum „%(name)s“") % {"name": room.name}, "room_not_here", message)
    for day in ready.schedule.days:
        if setting.days and day.date not in setting.days:
            where = _("Tag %(day)s") % {"day": in_words(day.date, "d.m.Y")}
            problems.warning(where, "day_not_here", _("Diesen Tag gibt es in der Veranstaltung nicht."))
