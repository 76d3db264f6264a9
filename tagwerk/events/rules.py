"""Decisions about events on plain values: phases, what is open when, how a day is divided."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any


class Phase(StrEnum):
    """Where an event stands between save-the-date and archive."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    REGISTRATION_OPEN = "registration_open"
    REGISTRATION_CLOSED = "registration_closed"
    LIVE = "live"
    FOLLOW_UP = "follow_up"
    DOCUMENTED = "documented"
    ARCHIVED = "archived"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """How people take part in a day."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


class Feature(StrEnum):
    """What a room offers and a topic may need."""

    STEP_FREE = "step_free"
    HYBRID = "hybrid"
    PROJECTOR = "projector"
    SIGN_LANGUAGE = "sign_language"
    LOOP = "loop"


class RoomKind(StrEnum):
    """What a place for sessions is: a room with a door, or a table for a handful of people."""

    ROOM = "room"
    TABLE = "table"


@dataclass(frozen=True)
class RoomUse:
    """How a room is used for sessions: open or not, as a room or a table, and until when it is rented."""

    is_open: bool = True
    kind: str = RoomKind.ROOM
    until: datetime | None = None

    def plain(self) -> dict[str, object]:
        """Give the use for the ledger."""
        until = self.until.isoformat() if self.until else None
        return {"open": self.is_open, "kind": str(self.kind), "until": until}


def is_usable(use: RoomUse, end: datetime) -> bool:
    """Tell whether sessions may be held in a room until `end`: it is open for them, and ours so long."""
    return use.is_open and (use.until is None or end <= use.until)


def room_use(plain: Mapping[str, Any]) -> RoomUse:
    """Give the use that stands in the ledger."""
    until = datetime.fromisoformat(plain["until"]) if plain["until"] else None
    return RoomUse(plain["open"], plain["kind"], until)


def kind_of_name(name: str) -> RoomKind:
    """Guess from its name what a place is: who says "Tisch 3" means a table."""
    return RoomKind.TABLE if name.casefold().startswith(("tisch", "table", "stehtisch")) else RoomKind.ROOM


class Wall(StrEnum):
    """What all walls of the house show: what the hour asks for, or what the crew put there."""

    AUTO = "auto"
    STAGE = "stage"
    PLAN = "plan"
    QR = "qr"
    BLACK = "black"


QR_SHOWN = timedelta(seconds=60)


def wall_at(wall: str, until: datetime | None, now: datetime) -> Wall:
    """Tell what the crew wants on the walls at a moment: after `until` they follow the hour again by themselves."""
    return Wall.AUTO if until is not None and until <= now else Wall(wall)


_ASIDE = (Phase.POSTPONED, Phase.CANCELLED)
STEPS: Mapping[Phase, tuple[Phase, ...]] = {
    Phase.DRAFT: (Phase.ANNOUNCED,),
    Phase.ANNOUNCED: (Phase.REGISTRATION_OPEN, Phase.LIVE, *_ASIDE),
    Phase.REGISTRATION_OPEN: (Phase.REGISTRATION_CLOSED, Phase.LIVE, *_ASIDE),
    Phase.REGISTRATION_CLOSED: (Phase.REGISTRATION_OPEN, Phase.LIVE, *_ASIDE),
    Phase.LIVE: (Phase.FOLLOW_UP, *_ASIDE),
    Phase.FOLLOW_UP: (Phase.LIVE, Phase.DOCUMENTED),
    Phase.DOCUMENTED: (Phase.ARCHIVED,),
    Phase.ARCHIVED: (),
    Phase.POSTPONED: (Phase.ANNOUNCED, Phase.CANCELLED),
    Phase.CANCELLED: (),
}
LONGEST_SLUG = 60
TAKING_PART = (Phase.ANNOUNCED, Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED, Phase.LIVE)


def next_phases(phase: str) -> tuple[Phase, ...]:
    """Give the phases that may follow."""
    return STEPS[Phase(phase)]


def is_public(phase: str) -> bool:
    """Tell whether everybody may see the event; a draft exists for its crew only."""
    return phase != Phase.DRAFT


def takes_part(phase: str) -> bool:
    """Tell whether people may bring topics and show interest."""
    return phase in TAKING_PART


def rehearsal_slug(slug: str, is_taken: Callable[[str], bool]) -> str:
    """Give the address of an event's rehearsal: `<event>-probe`, or with a number behind it when that is taken."""
    stem = slug[: LONGEST_SLUG - len("-probe-99")]
    wished = (f"{stem}-probe{end}" for end in ("", *(f"-{number}" for number in range(2, 100))))
    return next(address for address in wished if not is_taken(address))


def shift_to(first_open: datetime, last_end: datetime, now: datetime, target: datetime) -> timedelta:
    """Give by how much a demo event moves so that its first open slot begins at `target`.

    Zero while its last slot is not over (all aware datetimes).
    """
    return timedelta(0) if last_end > now else target - first_open


class Front(StrEnum):
    """What an event's first page says of it outside of its days."""

    COMING = "coming"
    OVER = "over"
    CALLED_OFF = "called_off"


SOON = timedelta(hours=6)  # before an event begins it is on already, for those who come early


def front_of(phase: str, days: Collection[date], now: datetime, begins: datetime | None = None) -> Front | None:
    """Tell what the first page says before and after the event; None on its days, when the hour says it.

    `begins` is when its first slot does, `now` the moment, both in its zone; a first day without slots begins at midnight.
    """
    if phase in _ASIDE:
        return Front.CALLED_OFF
    is_over = bool(days) and now.date() > max(days)
    if is_over or phase in (Phase.FOLLOW_UP, Phase.DOCUMENTED, Phase.ARCHIVED):
        return Front.OVER
    if not days:
        return None if phase == Phase.LIVE else Front.COMING
    midnight = datetime.combine(min(days), time.min, now.tzinfo)
    first = begins if begins and begins.date() <= min(days) else midnight
    return Front.COMING if now + SOON < first else None
