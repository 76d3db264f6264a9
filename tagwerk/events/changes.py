"""What can happen to an event as a whole."""

from dataclasses import dataclass
from typing import Any, ClassVar

from tagwerk.live.changes import CREW, Fact


@dataclass(frozen=True, kw_only=True)
class EventPhaseChanged(Fact):
    """The event entered another phase."""

    kind: ClassVar[str] = "event.phase"
    phase: str

    def numbers(self) -> dict[str, Any]:
        """Name the new phase."""
        return {"phase": self.phase}


@dataclass(frozen=True, kw_only=True)
class DayChanged(Fact):
    """A day's capacity or mode changed."""

    kind: ClassVar[str] = "day.changed"
    day: int

    def numbers(self) -> dict[str, Any]:
        """Name the day."""
        return {"day": self.day}


@dataclass(frozen=True, kw_only=True)
class RoomSwitched(Fact):
    """A room was opened for sessions or closed, made a table or a room, or rented for longer; for the crew."""

    kind: ClassVar[str] = "room.switched"
    audience: ClassVar[str] = CREW
    room: int
    is_open: bool

    def numbers(self) -> dict[str, Any]:
        """Name the room and whether it is open."""
        return {"room": self.room, "open": self.is_open}


@dataclass(frozen=True, kw_only=True)
class WallsSwitched(Fact):
    """The crew put something on all walls, or let them follow the hour again."""

    kind: ClassVar[str] = "walls"
    wall: str

    def numbers(self) -> dict[str, Any]:
        """Name what the walls show."""
        return {"wall": self.wall}


@dataclass(frozen=True, kw_only=True)
class SlotsShifted(Fact):
    """Everything from a moment on is so many minutes later (earlier, when that was taken back)."""

    kind: ClassVar[str] = "slots.shifted"
    minutes: int
    slots: tuple[int, ...]

    def numbers(self) -> dict[str, Any]:
        """Give the delay and the slots whose times changed."""
        return {"minutes": self.minutes, "slots": list(self.slots)}


@dataclass(frozen=True, kw_only=True)
class SlotAnchored(Fact):
    """The crew anchored a slot to its time, or let it loose; nobody else needs to know."""

    kind: ClassVar[str] = "slot.anchored"
    audience: ClassVar[str] = CREW
    slot: int
    anchored: bool

    def numbers(self) -> dict[str, Any]:
        """Name the slot and say whether it holds now."""
        return {"slot": self.slot, "anchored": self.anchored}


@dataclass(frozen=True, kw_only=True)
class FrameChanged(Fact):
    """Something around the programme was said anew: texts, duties, the house, partners; its words are not in the ledger."""

    kind: ClassVar[str] = "event.changed"
    audience: ClassVar[str] = CREW
    part: str

    def numbers(self) -> dict[str, Any]:
        """Name the part."""
        return {"part": self.part}


@dataclass(frozen=True, kw_only=True)
class FrameReshaped(Fact):
    """A day, a slot, a room or the look of the event was added, changed or removed; pages fetch themselves anew.

    `before` and `after` say how it was and is: `{"was": …}`, null where there was (or is) none.
    """

    kind: ClassVar[str] = "frame.changed"
    part: str
    number: int | None = None

    def numbers(self) -> dict[str, Any]:
        """Name what changed."""
        return {"part": self.part, "number": self.number}
