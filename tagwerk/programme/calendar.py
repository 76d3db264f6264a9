"""Sessions as a calendar that other programs subscribe to (RFC 5545 and 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from tagwerk.programme.cards import SessionCard

OFTEN = timedelta(minutes=5)
"""How often a calendar should look again; most look less often."""


@dataclass(frozen=True)
class Entry:
    """A session in a calendar: its card, its version and since when that stands, its address.

    `is_sure` is false for what somebody is only interested in.
    """

    card: SessionCard
    sequence: int
    changed_at: datetime
    url: str
    is_sure: bool = True


def calendar(name: str, host: str, place: str, entries: Iterable[Entry]) -> bytes:
    """Give the calendar as text in UTF-8; `host` makes the entries' names unique in the world, for all time."""
    book = Calendar()
    book.add("prodid", "-//Tagwerk//Tagwerk//DE")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    for label in ("name", "x-wr-calname"):
        book.add(label, name)
    book.add("refresh-interval", OFTEN)
    book["refresh-interval"].params["VALUE"] = "DURATION"
    book["x-published-ttl"] = f"PT{OFTEN.seconds // 60}M"  # the name that older programs look for
    entries = list(entries)
    for entry in entries:
        book.add_component(_event(entry, host, place))
    if entries:
        days = [entry.card.start.date() for entry in entries]
        book.add_missing_timezones(first_date=min(days), last_date=max(days) + timedelta(days=1))
    return bytes(book.to_ical())


def _event(entry: Entry, host: str, place: str) -> Event:
    card, event = entry.card, Event()
    event.add("uid", f"{card.code.lower()}@{host}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", card.start)
    event.add("dtend", card.end)
    name = f"{card.topic_number} {card.title}" if card.topic_number else card.title
    # Many calendars hide what is marked as cancelled, others show it like any other entry: so the name says it.
    event.add("summary", _("Fällt aus: %(name)s") % {"name": name} if card.is_cancelled else name)
    event.add("location", ", ".join(part for part in (card.room_name, place) if part))
    if said := "\n\n".join(part for part in (card.host_name, card.description, entry.url) if part):
        event.add("description", said)
    event.add("url", entry.url)
    if card.online_url:
        event.add("conference", vUri(card.online_url, params={"VALUE": "URI", "FEATURE": "VIDEO"}))
    event.add("status", "CANCELLED" if card.is_cancelled else "CONFIRMED" if entry.is_sure else "TENTATIVE")
    event.add("transp", "OPAQUE" if entry.is_sure and not card.is_cancelled else "TRANSPARENT")
    return event
