"""Writes sessions as a calendar that other programs subscribe to (RFC 5545 and 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Timezone

from tagwerk.exchange.ready import Ready
from tagwerk.exchange.schedule import ScheduleTalk, State

MEDIA_TYPE = "text/calendar; charset=utf-8"
OFTEN = "PT5M"
"""How often a calendar should look again; most look less often."""
FOLD = 75  # octets of a line


@dataclass(frozen=True, slots=True)
class Book:
    """A calendar: its name, the zone in which its times are told, its address, a colour as a word of CSS."""

    name: str
    zone: ZoneInfo
    url: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session in a calendar.

    `uid` is its own in the world and for all time; `sequence` rises with each change, `changed_at` says since when it
    stands like this. `is_sure` is false for what somebody is only interested in. Texts may have several lines.
    """

    uid: str
    name: str
    start: datetime
    end: datetime
    changed_at: datetime
    sequence: int = 0
    place: str = ""
    description: str = ""
    url: str = ""
    online_url: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False
    is_sure: bool = True


def schedule_ics(ready: Ready, *, track: str | None = None, guid: str | None = None) -> bytes:
    """Give the whole programme, the sessions of a theme (by slug) or one session (by guid) as a calendar.

    Cancelled sessions stay in it as cancelled, so that they vanish from calendars that have them.
    """
    schedule = ready.schedule
    talks = [
        talk
        for talk in schedule.talks
        if (track is None or talk.track == track) and (guid is None or talk.guid == guid)
    ]
    known = ready.tracks.get(track or "")
    name = f"{schedule.title}: {known.name}" if known else schedule.title
    return calendar(Book(name, ready.zone, schedule.url), [entry_of(ready, talk) for talk in talks])


def entry_of(ready: Ready, talk: ScheduleTalk, *, is_sure: bool = True) -> Entry:
    """Give a session of a programme as an entry."""
    schedule = ready.schedule
    host = urlsplit(schedule.url).hostname or "localhost"
    parts = [", ".join(ready.names(talk)), talk.plain_summary or talk.abstract, talk.url]
    return Entry(
        uid=f"{(talk.code or talk.guid).lower()}@{host}",
        name=talk.title,
        start=talk.start,
        end=talk.end,
        changed_at=talk.changed_at or schedule.changed_at or talk.start,
        sequence=talk.sequence,
        place=", ".join(part for part in (talk.room, schedule.place) if part),
        description="\n\n".join(part for part in parts if part),
        url=talk.url,
        online_url=talk.online_url,
        categories=(ready.tracks[talk.track].name,) if talk.track else (),
        is_cancelled=talk.state == State.CANCELLED,
        is_sure=is_sure,
    )


def calendar(book: Book, entries: Iterable[Entry]) -> bytes:
    """Give a calendar as text in UTF-8; an entry whose times cannot be told is left out."""
    listed = [entry for entry in entries if entry.start.tzinfo and entry.end.tzinfo]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tagwerk//Tagwerk//DE", "METHOD:PUBLISH"]
    lines += [f"{label}:{_text(book.name)}" for label in ("NAME", "X-WR-CALNAME")]
    lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{OFTEN}", f"X-PUBLISHED-TTL:{OFTEN}"]
    lines += [f"URL:{book.url}"] if book.url else []
    lines += [f"COLOR:{book.color}"] if book.color else []
    if listed and book.zone.key != "UTC":
        days = [entry.start.astimezone(book.zone).date() for entry in listed]
        lines += _zone(book.zone.key, min(days).replace(month=1, day=1), max(days) + timedelta(days=7))
    for entry in listed:
        lines += _event(entry, book.zone)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


@lru_cache(maxsize=32)
def _zone(key: str, first: date, last: date) -> tuple[str, ...]:
    """Give the clock changes of a zone, as calendars want them beside the times."""
    zone = Timezone.from_tzinfo(ZoneInfo(key), key, first, last)
    return tuple(zone.to_ical().decode().replace("\r\n ", "").strip().split("\r\n"))


def _event(entry: Entry, zone: ZoneInfo) -> list[str]:
    # Many calendars hide what is marked as cancelled, others show it like any other entry: so the name says it.
    name = _("Fällt aus: %(name)s") % {"name": entry.name} if entry.is_cancelled else entry.name
    changed = _universal(entry.changed_at)
    status = "CANCELLED" if entry.is_cancelled else "CONFIRMED" if entry.is_sure else "TENTATIVE"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(entry.uid)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"DTSTART{_local(entry.start, zone)}",
        f"DTEND{_local(entry.end, zone)}",
        f"SUMMARY:{_text(name)}",
    ]
    texts = {"LOCATION": entry.place, "DESCRIPTION": entry.description}
    lines += [f"{label}:{_text(text)}" for label, text in texts.items() if text]
    lines += [f"CATEGORIES:{','.join(map(_text, entry.categories))}"] if entry.categories else []
    lines += [f"URL:{entry.url}"] if entry.url else []
    lines += [f"CONFERENCE;VALUE=URI;FEATURE=VIDEO:{entry.online_url}"] if entry.online_url else []
    lines += [f"STATUS:{status}", f"TRANSP:{'OPAQUE' if status == 'CONFIRMED' else 'TRANSPARENT'}", "END:VEVENT"]
    return lines


def _local(moment: datetime, zone: ZoneInfo) -> str:
    if zone.key == "UTC":
        return f":{_universal(moment)}"
    return f";TZID={zone.key}:{moment.astimezone(zone):%Y%m%dT%H%M%S}"


def _universal(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}Z"


def _text(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line at 75 octets, never within a letter."""
    if len(line) <= FOLD and line.isascii():
        return line
    raw, parts = line.encode(), []
    room = FOLD
    while len(raw) > room:
        end = room
        while raw[end] & 0xC0 == 0x80:  # noqa: PLR2004 - a byte within a letter of UTF-8
            end -= 1
        parts.append(raw[:end])
        raw, room = raw[end:], FOLD - 1
    return b"\r\n ".join([*parts, raw]).decode()
