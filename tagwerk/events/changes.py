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
    """A room was opened for sessions, or closed; for the crew, who plan with it."""

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
