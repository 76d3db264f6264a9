"""What can happen to sessions and notices."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from tagwerk.live.changes import CREW, Fact


@dataclass(frozen=True, kw_only=True)
class SessionFact(Fact):
    """Something happened to a session that stands at `slot` and `room`."""

    slot: int | None
    room: int | None

    def numbers(self) -> dict[str, Any]:
        """Name the place."""
        return {"slot": self.slot, "room": self.room}


@dataclass(frozen=True, kw_only=True)
class SessionScheduled(SessionFact):
    """A session was put into the programme by hand."""

    kind: ClassVar[str] = "session.scheduled"


@dataclass(frozen=True, kw_only=True)
class SessionMoved(SessionFact):
    """A session stands elsewhere now."""

    kind: ClassVar[str] = "session.moved"
    from_slot: int
    from_room: int | None

    def numbers(self) -> dict[str, Any]:
        """Name the place and the one before."""
        return {**super().numbers(), "from_slot": self.from_slot, "from_room": self.from_room}


@dataclass(frozen=True)
class Relocation:
    """A session that stands at `slot` and `room` now, and where it stood before."""

    code: str
    slot: int
    room: int | None
    from_slot: int
    from_room: int | None


@dataclass(frozen=True, kw_only=True)
class SessionsRearranged(Fact):
    """Several sessions stand elsewhere now, all at once: two swapped, or the plan was made anew."""

    kind: ClassVar[str] = "sessions.rearranged"
    moves: tuple[Relocation, ...]

    def numbers(self) -> dict[str, Any]:
        """Name each session, its place and the one before."""
        return {"moves": [asdict(move) for move in self.moves]}


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(SessionFact):
    """A session does not take place."""

    kind: ClassVar[str] = "session.cancelled"


@dataclass(frozen=True, kw_only=True)
class SessionRestored(SessionFact):
    """A cancelled session takes place after all."""

    kind: ClassVar[str] = "session.restored"


@dataclass(frozen=True, kw_only=True)
class HostMissing(SessionFact):
    """Nobody is there to hold a session (`reason`: cannot, silent or crew): somebody is asked to take over."""

    kind: ClassVar[str] = "session.host_missing"
    reason: str

    def numbers(self) -> dict[str, Any]:
        """Say why."""
        return {**super().numbers(), "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class HostFound(SessionFact):
    """Somebody holds the session after all; `instead` names whom they stand in for, in the crew's words only."""

    kind: ClassVar[str] = "session.host_found"
    instead: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionPinned(SessionFact):
    """The crew pinned a session to its place, or let it loose; nobody else needs to know."""

    kind: ClassVar[str] = "session.pinned"
    audience: ClassVar[str] = CREW
    pinned: bool

    def numbers(self) -> dict[str, Any]:
        """Say whether it is pinned now."""
        return {**super().numbers(), "pinned": self.pinned}


@dataclass(frozen=True, kw_only=True)
class SessionsPinned(Fact):
    """The crew pinned all that stands in some slots to its place, or let it loose; nobody else needs to know."""

    kind: ClassVar[str] = "sessions.pinned"
    audience: ClassVar[str] = CREW
    pinned: bool
    slots: tuple[int, ...]

    def numbers(self) -> dict[str, Any]:
        """Say where, and whether they are pinned now."""
        return {"pinned": self.pinned, "slots": list(self.slots)}


@dataclass(frozen=True, kw_only=True)
class SessionFull(SessionFact):
    """No seat is left in a session, or there is one again."""

    kind: ClassVar[str] = "session.full"
    full: bool

    def numbers(self) -> dict[str, Any]:
        """Say whether it is full now."""
        return {**super().numbers(), "full": self.full}


@dataclass(frozen=True, kw_only=True)
class SessionSummedUp(SessionFact):
    """Somebody said what a session brought, or took it back."""

    kind: ClassVar[str] = "session.insight"


@dataclass(frozen=True, kw_only=True)
class NoticesGiven(Fact):
    """Those who come to one of the `sessions` (codes) have news: `Notice` says which."""

    kind: ClassVar[str] = "session.notices"
    is_wordless: ClassVar[bool] = True
    sessions: tuple[str, ...]

    def numbers(self) -> dict[str, Any]:
        """Name the sessions."""
        return {"sessions": list(self.sessions)}


@dataclass(frozen=True, kw_only=True)
class HostTimesSaid(Fact):
    """The crew said when a host is not free, or took it back (`withdrawn`); what stands already stays there."""

    kind: ClassVar[str] = "host.times"
    audience: ClassVar[str] = CREW
    withdrawn: bool

    def numbers(self) -> dict[str, Any]:
        """Say whether it was taken back."""
        return {"withdrawn": self.withdrawn}


@dataclass(frozen=True, kw_only=True)
class Announced(Fact):
    """A notice went to everybody."""

    kind: ClassVar[str] = "announcement"


@dataclass(frozen=True, kw_only=True)
class AnnouncementWithdrawn(Fact):
    """A notice was taken back."""

    kind: ClassVar[str] = "announcement.withdrawn"


@dataclass(frozen=True, kw_only=True)
class SessionEdited(SessionFact):
    """What is said of a public session changed: its words, who takes part, an embargo that is over."""

    kind: ClassVar[str] = "session.edited"


@dataclass(frozen=True, kw_only=True)
class DraftChanged(Fact):
    """A session that is not public was written, given a place for the next release, or left out; for the crew."""

    kind: ClassVar[str] = "draft.changed"
    audience: ClassVar[str] = CREW


@dataclass(frozen=True, kw_only=True)
class SpeakerEdited(Fact):
    """Somebody who speaks was entered, edited or deleted; for the crew. Their public sessions tell it themselves."""

    kind: ClassVar[str] = "speaker.edited"
    audience: ClassVar[str] = CREW


@dataclass(frozen=True, kw_only=True)
class ProgrammeHidden(Fact):
    """Prepared sessions that were public went back among the drafts; `slots` are those in which they stood."""

    kind: ClassVar[str] = "programme.hidden"
    sessions: tuple[str, ...]
    slots: tuple[int, ...] = ()

    def numbers(self) -> dict[str, Any]:
        """Name the sessions that are gone."""
        return {"sessions": list(self.sessions)}


@dataclass(frozen=True, kw_only=True)
class ProgrammeReleased(Fact):
    """Prepared sessions became public, or went back among the drafts; `sessions` are those that are new or gone."""

    kind: ClassVar[str] = "programme.released"
    sessions: tuple[str, ...]

    def numbers(self) -> dict[str, Any]:
        """Name the sessions."""
        return {"sessions": list(self.sessions)}
