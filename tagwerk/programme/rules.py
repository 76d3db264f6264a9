"""Decisions about the programme on plain values: what stands where, what may move, which places are best."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tagwerk.events.rules import RoomUse, is_usable
from tagwerk.kit.dates import Span


class Kind(StrEnum):
    """What a session is."""

    TALK = "talk"
    KEYNOTE = "keynote"
    PANEL = "panel"
    WORKSHOP = "workshop"
    BARCAMP = "barcamp"
    STAND = "stand"
    ENERGIZER = "energizer"
    BREAK = "break"
    MARKET = "market"


BESIDE_MARKET = (Kind.MARKET, Kind.STAND, Kind.BREAK)
"""What may happen while the market is open alone."""


def may_be_parallel(one: str, other: str) -> bool:
    """Tell whether two kinds of sessions may happen at the same time: visiting hours of the market leave room to visit it."""
    return (one != Kind.MARKET or other in BESIDE_MARKET) and (other != Kind.MARKET or one in BESIDE_MARKET)


class Level(StrEnum):
    """What a session expects of those who come."""

    BEGINNER = "beginner"
    ADVANCED = "advanced"


class Aid(StrEnum):
    """What is done so that all can follow a session."""

    CAPTIONS = "captions"
    SIGN_LANGUAGE = "sign_language"
    STEP_FREE = "step_free"
    LOOP = "loop"


class Part(StrEnum):
    """What somebody does in a session."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    PANELLIST = "panellist"
    HOST = "host"


class State(StrEnum):
    """Where a placed session stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Away(StrEnum):
    """Why a host cannot hold a session: not in the house, or at a stand."""

    AWAY = "away"
    STAND = "stand"


class Recording(StrEnum):
    """Whether what somebody says may be shown afterwards; "" is not said yet."""

    YES = "yes"
    NO = "no"


class Licence(StrEnum):
    """Under which conditions others may use a recording, by the names of SPDX in small letters."""

    CC_BY = "cc-by-4.0"
    CC_BY_SA = "cc-by-sa-4.0"
    HERE = "here"  # only on our own pages


FREEZE = timedelta(minutes=30)
LAST_CALL = timedelta(minutes=15)
ALWAYS = RoomUse()


def last_call(start: datetime) -> datetime:
    """Give until when topics for the free places of a slot can be brought."""
    return start - LAST_CALL


@dataclass(frozen=True)
class Cell:
    """A place in the grid: a room in a slot, by their numbers."""

    slot: int
    room: int


@dataclass(frozen=True)
class SlotTime:
    """A slot by number and time."""

    number: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class RoomSize:
    """A room by number, seats and features, and how it may be used."""

    number: int
    capacity: int
    features: frozenset[str]
    use: RoomUse = ALWAYS


@dataclass(frozen=True)
class Wish:
    """What a session that looks for a place brings along.

    `people` is who wants to come (marks), `hosts` who must not be in two places, `needs` what the room must have,
    `barred` the slots in which it must not stand.
    """

    people: frozenset[int]
    hosts: frozenset[str]
    needs: frozenset[str]
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Target:
    """A free place for a session and its price.

    `affected` is how many of its people would miss something else there, `missing_seats` how many find no seat.
    """

    cell: Cell
    affected: int
    missing_seats: int


@dataclass(frozen=True)
class Offer:
    """A session beside a full one: its number, the seats of its room, and how many may come, at most and at least."""

    number: int
    seats: int
    people: int
    is_full: bool
    least: int = 0


def best_offer(offers: Iterable[Offer]) -> int | None:
    """Give the session to which people go when another of the same time is full; None when there is no seat.

    One in which even all who may come leave a seat goes before one in which that is not sure; then it is the one with
    the most seats for each who may come, of equals the larger room. Where those who surely come fill it, it is none.
    """
    free = [offer for offer in offers if not offer.is_full and offer.seats > offer.least]
    best = max(free, key=_room_to_spare, default=None)
    return best.number if best else None


def _room_to_spare(offer: Offer) -> tuple[bool, float, int]:
    return offer.seats > offer.people, offer.seats / max(offer.people, 1), offer.seats


DISRUPTION = "\u26a0 "  # the sign that begins a notice of a disruption, in every language
DASH = " \u2013 "


def disruption(what: str, where_to: str, next_news: str) -> str:
    """Compose the notice of a disruption: what happened, where to go, when there is news; blanks are left out."""
    return DISRUPTION + DASH.join(part for part in (what, where_to, next_news) if part)


def disruption_lines(text: str) -> list[str]:
    """Give the lines of a notice of a disruption as the wall shows them; none for any other notice."""
    return text.removeprefix(DISRUPTION).split(DASH) if text.startswith(DISRUPTION) else []


def phase_of(start: datetime, end: datetime, now: datetime) -> str:
    """Tell where a moment stands to a session: `later`, `now` or `past`."""
    if now < start:
        return "later"
    return "now" if now < end else "past"


def is_frozen(start: datetime, now: datetime) -> bool:
    """Tell whether a session runs or starts within 30 minutes: the planner never moves it, only people do."""
    return start - now <= FREEZE


@dataclass(frozen=True)
class Absent:
    """Hosts (as marks) who hold no session on a day from `start` to `end`; None: from its beginning, to its end."""

    hosts: frozenset[str]
    day: int
    start: datetime | None
    end: datetime | None

    def bars(self, hosts: Iterable[str], day: int, span: Span) -> bool:
        """Tell whether one of these hosts is not free for something at that time; touching ends do not count."""
        begins = self.start is None or self.start < span.end
        return (
            day == self.day and begins and (self.end is None or span.start < self.end) and bool(self.hosts & {*hosts})
        )


def may_be_moved(start: datetime, now: datetime, *, is_pinned: bool) -> bool:
    """Tell whether a plan may move a session: it is not pinned, and neither runs nor starts within 30 minutes."""
    return not is_pinned and not is_frozen(start, now)


def best_targets(
    wish: Wish,
    slots: Iterable[SlotTime],
    rooms: Collection[RoomSize],
    taken: Collection[tuple[Cell, Wish]],
    *,
    now: datetime,
) -> list[Target]:
    """Give the free places with the lowest price first.

    A place is possible when its slot has not begun and is not barred, the room may be used then and has what is needed, and no host
    of the session is busy elsewhere at that time. Few affected people come first, then few missing seats, then the earlier slot.
    """
    found: list[tuple[int, int, datetime, int, Target]] = []
    for slot in slots:
        if slot.start <= now or slot.number in wish.barred:
            continue
        parallel = [other for cell, other in taken if cell.slot == slot.number]
        if any(other.hosts & wish.hosts for other in parallel):
            continue
        elsewhere = frozenset[int]().union(*(other.people for other in parallel))
        affected = len(wish.people & elsewhere)
        used = {cell.room for cell, _other in taken if cell.slot == slot.number}
        for room in rooms:
            if room.number in used or not wish.needs <= room.features or not is_usable(room.use, slot.end):
                continue
            missing = max(0, len(wish.people) - room.capacity)
            target = Target(Cell(slot.number, room.number), affected, missing)
            found.append((affected, missing, slot.start, abs(room.capacity - len(wish.people)), target))
    return [target for *_price, target in sorted(found, key=lambda row: row[:4])]


@dataclass(frozen=True)
class Visit:
    """A session that somebody wants to go to; `other` is the code of its second chance, where it is offered twice."""

    code: str
    title: str
    start: datetime
    end: datetime
    other: str = ""


def overlapping(visits: Sequence[Visit]) -> dict[str, str]:
    """Name for each visit the title of one at the same time; what has a free second chance is in nobody's way."""
    clashes = {one.code: [other for other in visits if _is_parallel(one, other)] for one in visits}
    replaceable = {one.code for one in visits if one.other in clashes and clashes[one.code] and not clashes[one.other]}
    found: dict[str, str] = {}
    for one in visits:
        others = [other for other in clashes[one.code] if other.code not in replaceable]
        if others and one.code not in replaceable:
            found[one.code] = others[0].title
    return found


def _is_parallel(one: Visit, other: Visit) -> bool:
    return one.code not in (other.code, other.other) and one.start < other.end and other.start < one.end
