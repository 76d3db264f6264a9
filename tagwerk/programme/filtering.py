"""Filters of the programme: by words, day, room, theme, kind, language; each is part of the address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tagwerk.events.models import Event, Room
from tagwerk.kit.day_words import in_words
from tagwerk.programme.cards import DayRows, SessionCard, SlotRow
from tagwerk.programme.labels import KIND_NAMES, language_name
from tagwerk.programme.models import Participation, Session, Track
from tagwerk.programme.rules import Kind
from tagwerk.programme.search_rules import matches, stems


@dataclass(frozen=True)
class Choice:
    """One value of a filter; `url` chooses it, or takes it back where it is chosen."""

    label: str
    url: str
    is_chosen: bool
    accent: str = ""


@dataclass(frozen=True)
class Filter:
    """A filter with its choices; `label` says what they are."""

    label: str
    choices: list[Choice]


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see; "" stands for everything."""

    words: str = ""
    day: str = ""
    room: str = ""
    track: str = ""
    kind: str = ""
    language: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Wanted":
        """Read it from an address; what is unknown finds nothing, and is never an error."""
        words = said.get("q", "")[:80].replace("\0", "").strip()
        return cls(words, *(said.get(name, "")[:40] for name in ("day", "room", "track", "kind", "language")))

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Wanted()

    def url(self, base: str, **change: str) -> str:
        """Give the address of the programme with one value changed."""
        values = {"q": self.words} | {
            name: getattr(self, name) for name in ("day", "room", "track", "kind", "language")
        }
        query = urlencode({name: value for name, value in (values | change).items() if value})
        return f"{base}?{query}" if query else base

    def fits(self, card: SessionCard, text: str, wanted_stems: list[str]) -> bool:
        """Tell whether a session is among what is wanted; `text` is everything that is said of it."""
        own = {
            "room": str(card.room_id or ""),
            "track": card.theme.slug if card.theme else "",
            "kind": card.kind,
            "language": card.language,
        }
        chosen = all(getattr(self, name) in ("", value) for name, value in own.items())
        number = self.words.lstrip("#")
        if number.isdigit() and card.topic_number is not None:
            return chosen and str(card.topic_number) == number
        return chosen and matches(wanted_stems, text)


def filtered(days: Iterable[DayRows], wanted: Wanted, event: Event) -> list[DayRows]:
    """Give the days with what is wanted; slots and days in which nothing is left are left out."""
    only_day = wanted == Wanted(day=wanted.day)
    texts, sought = _texts(event) if wanted.words else {}, stems(wanted.words)
    found = []
    for day in days:
        if wanted.day not in ("", day.date.isoformat()):
            continue
        kept = list(day.slots)
        if not only_day:
            kept = [row for row in (_kept(row, wanted, texts, sought) for row in kept) if row.sessions or row.fixed]
        if kept:
            found.append(replace(day, slots=kept))
    return found


def _kept(row: SlotRow, wanted: Wanted, texts: Mapping[str, str], sought: list[str]) -> SlotRow:
    def fits(card: SessionCard) -> bool:
        return wanted.fits(card, texts.get(card.code, ""), sought)

    fixed = [card for card in row.fixed if card.kind != Kind.BREAK and fits(card)]
    sessions = [card for card in row.sessions if fits(card)]
    return replace(row, fixed=fixed, sessions=sessions, free_columns=[], late_until=None)


def _texts(event: Event) -> dict[str, str]:
    """Give everything that is said of each public session."""
    sessions = Session.objects.of(event).filter(placement__isnull=False)
    people: dict[int, list[str]] = {}
    rows = Participation.objects.filter(session__event=event, session__placement__isnull=False)
    for row in rows.select_related("speaker"):
        people.setdefault(row.session_id, []).append(f"{row.speaker.name} {row.speaker.organisation}")
    return {session.code: _text(session, people.get(session.pk, [])) for session in sessions}


def _text(session: Session, people: Sequence[str]) -> str:
    room, track = session.placement.room, session.track
    said = (session.title, session.subtitle, session.description, session.plain_summary, session.host_name)
    around = (KIND_NAMES[session.kind], track.name if track else "", room.name if room else "")
    return " ".join(str(part) for part in (*said, *people, *around))


def filters(event: Event, days: Sequence[DayRows], wanted: Wanted, base: str) -> list[Filter]:
    """Give the filters that make a difference: one with a single value is none."""
    cards = [card for day in days for row in day.slots for card in (*row.sessions, *row.fixed)]
    kinds = {card.kind for card in cards} - {Kind.BREAK}
    languages = {card.language for card in cards if card.language}
    themes = {card.theme.slug for card in cards if card.theme}
    dates = {day.date.isoformat(): day.date for day in days}
    tracks = [track for track in Track.objects.filter(event=event) if track.slug in themes]
    rooms = [room for room in Room.objects.filter(event=event) if any(card.room_id == room.pk for card in cards)]
    offers: list[tuple[str, str, list[tuple[str, str, str]]]] = [
        (_("Tag"), "day", [(value, in_words(date, "d.m."), "") for value, date in dates.items()]),
        (_("Themenstrang"), "track", [(track.slug, track.name, track.accent) for track in tracks]),
        (_("Art"), "kind", [(kind, str(KIND_NAMES[kind]), "") for kind in KIND_NAMES if kind in kinds]),
        (_("Raum"), "room", [(str(room.pk), room.name, "") for room in rooms]),
        (_("Sprache"), "language", [(code, language_name(code), "") for code in sorted(languages)]),
    ]
    return [_filter(label, name, values, wanted, base) for label, name, values in offers if len(values) > 1]


def _filter(label: str, name: str, values: list[tuple[str, str, str]], wanted: Wanted, base: str) -> Filter:
    chosen = getattr(wanted, name)
    choices = [
        Choice(text, wanted.url(base, **{name: "" if value == chosen else value}), value == chosen, accent)
        for value, text, accent in values
    ]
    return Filter(label, choices)
