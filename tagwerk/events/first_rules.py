"""Decisions about an event in the making: its address, its rooms as they are pasted, its day as a rhythm of slots."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time

from tagwerk.events.rules import LONGEST_SLUG, RoomKind, kind_of_name
from tagwerk.kit.text import folded

RESERVED = frozenset(
    "accessibility accounts api demo en healthz imprint join metrics privacy readyz static".split()  # noqa: SIM905
)
LARGEST_ROOM = 100_000
LONGEST_ROOM_NAME = 60
MOST_ROOMS = 60
MOST_SLOTS = 48

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_SEATS = re.compile(r"(?<=[ :(–-])(\d{1,9}) ?(?:Plätze|Plaetze|Personen|seats)? ?\)?$", re.IGNORECASE)
LONGEST_PIECE = 200


def slug_of(name: str) -> str:
    """Give a name as a part of an address: small letters, digits and dashes; may be empty."""
    plain = folded(name.translate(_UMLAUTS))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")


def is_slug(slug: str) -> bool:
    """Tell whether a text may be an event's part of the address."""
    return bool(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)) and len(slug) <= LONGEST_SLUG and slug not in RESERVED


def free_slug(wish: str, is_taken: Callable[[str], bool]) -> str:
    """Give the wished address, or with a number behind it when that is taken."""
    stem = wish[: LONGEST_SLUG - len("-999")].strip("-")
    wished = (wish if number == 1 else f"{stem}-{number}" for number in range(1, 1000))
    return next(slug for slug in wished if is_slug(slug) and not is_taken(slug))


@dataclass(frozen=True)
class RoomWish:
    """A room as somebody pasted it."""

    name: str
    seats: int
    kind: RoomKind


@dataclass(frozen=True)
class Pasted:
    """Rooms that could be read, and the pieces of text that could not."""

    rooms: tuple[RoomWish, ...]
    unread: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


def pasted_rooms(text: str) -> Pasted:
    """Read rooms from a list such as "Saal 120, Raum 2 30": by comma, semicolon or line, the seats at the end.

    Tabs between name and seats, as a spreadsheet gives them, and words behind the seats are understood.
    """
    rooms: list[RoomWish] = []
    unread: list[str] = []
    doubled: list[str] = []
    known: set[str] = set()
    for piece in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", text))):
        room = _room(" ".join(piece.split()))
        if room is None or len(rooms) >= MOST_ROOMS:
            unread.append(piece)
        elif folded(room.name) in known:
            doubled.append(room.name)
        else:
            known.add(folded(room.name))
            rooms.append(room)
    return Pasted(tuple(rooms), tuple(unread), tuple(doubled))


def _room(piece: str) -> RoomWish | None:
    found = _SEATS.search(piece) if len(piece) <= LONGEST_PIECE else None
    if not found or not 0 < int(found[1]) <= LARGEST_ROOM:
        return None
    name = piece[: found.start()].rstrip(" :(–-")
    return RoomWish(name, int(found[1]), kind_of_name(name)) if 0 < len(name) <= LONGEST_ROOM_NAME else None


@dataclass(frozen=True)
class Rhythm:
    """How a day goes, in minutes; a time of None means that there is no such thing."""

    begin: time
    end: time
    length: int = 45
    pause: int = 15
    lunch: time | None = None
    lunch_minutes: int = 60
    pitch_minutes: int = 0  # 0: no pitch round
    planning_minutes: int = 15
    closing_minutes: int = 0  # 0: no closing together


@dataclass(frozen=True)
class Stretch:
    """A part of a day, in minutes since midnight: a slot for sessions, or something for everybody."""

    start: int
    end: int
    what: str = "session"  # or pitch, planning, lunch, closing

    @property
    def is_anchored(self) -> bool:
        """Tell whether no delay moves it: what others wait for, a kitchen or a train."""
        return self.what in ("lunch", "closing")

    @property
    def clock(self) -> tuple[time, time]:
        """Give both ends as times of day."""
        return _clock(self.start), _clock(self.end)


def stretches(rhythm: Rhythm) -> list[Stretch]:
    """Divide a day: pitch round and planning first, then sessions around lunch, the closing last.

    Sessions that would reach into lunch begin after it; empty when no session fits.
    """
    begin, end = _minutes(rhythm.begin), _minutes(rhythm.end)
    found: list[Stretch] = []
    if rhythm.pitch_minutes:
        found.append(Stretch(begin, begin + rhythm.pitch_minutes, "pitch"))
        found.append(Stretch(found[-1].end, found[-1].end + rhythm.planning_minutes, "planning"))
        begin = found[-1].end
    last = end - rhythm.closing_minutes
    sessions = list(_sessions(rhythm, begin, last))
    lunch = _lunch(rhythm)
    if lunch and begin <= lunch.start and lunch.end <= last:
        found.append(lunch)
    if rhythm.closing_minutes:
        found.append(Stretch(last, end, "closing"))
    return sorted(found + sessions, key=lambda stretch: stretch.start) if sessions else []


def _sessions(rhythm: Rhythm, begin: int, last: int) -> Iterator[Stretch]:
    lunch = _lunch(rhythm)
    start, count = begin, 0
    while start + rhythm.length <= last and count < MOST_SLOTS:
        if lunch and start < lunch.end and start + rhythm.length > lunch.start:
            start = lunch.end
            continue
        yield Stretch(start, start + rhythm.length)
        start += rhythm.length + rhythm.pause
        count += 1


def _lunch(rhythm: Rhythm) -> Stretch | None:
    if rhythm.lunch is None:
        return None
    start = _minutes(rhythm.lunch)
    return Stretch(start, start + rhythm.lunch_minutes, "lunch")


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
