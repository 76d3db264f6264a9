"""What can happen to topics."""

from dataclasses import dataclass
from typing import Any, ClassVar

from tagwerk.live.changes import CREW, Fact


@dataclass(frozen=True, kw_only=True)
class TopicFact(Fact):
    """Something happened to the topic with this spoken number."""

    number: int

    def numbers(self) -> dict[str, Any]:
        """Give the spoken number."""
        return {"number": self.number}


@dataclass(frozen=True, kw_only=True)
class TopicProposed(TopicFact):
    """Somebody brought a topic or a wish."""

    kind: ClassVar[str] = "topic.proposed"


@dataclass(frozen=True, kw_only=True)
class TopicEdited(TopicFact):
    """The words of a topic changed."""

    kind: ClassVar[str] = "topic.edited"


@dataclass(frozen=True, kw_only=True)
class TopicAdopted(TopicFact):
    """A wish found its host."""

    kind: ClassVar[str] = "topic.adopted"


@dataclass(frozen=True, kw_only=True)
class TopicBacked(TopicFact):
    """The interest in a topic rose or fell; only the newest count needs to arrive.

    `interest` is exact and for the crew (of it so many `devices`, the others raised a hand); `shown` is what
    everybody sees (None: nothing). `remote` is for the crew too: how many of them take part from elsewhere (None:
    as before).
    """

    kind: ClassVar[str] = "topic.count"
    is_replaceable: ClassVar[bool] = True
    is_wordless: ClassVar[bool] = True
    interest: int
    devices: int
    shown: int | None
    enough: bool
    remote: int | None = None


@dataclass(frozen=True, kw_only=True)
class TopicBackedQuietly(TopicBacked):
    """The interest changed by less than everybody sees: only the crew hears of it."""

    audience: ClassVar[str] = CREW


@dataclass(frozen=True, kw_only=True)
class TopicQualified(TopicFact):
    """A topic has enough interest."""

    kind: ClassVar[str] = "topic.qualified"


@dataclass(frozen=True, kw_only=True)
class TopicPlanned(TopicFact):
    """A topic became a session and stands in the programme; `together`: one of many that are announced in one go."""

    kind: ClassVar[str] = "topic.planned"
    session: str
    slot: int
    room: int
    together: bool = False

    def numbers(self) -> dict[str, Any]:
        """Name the session and its place."""
        return {**super().numbers(), "session": self.session, "slot": self.slot, "room": self.room}


@dataclass(frozen=True, kw_only=True)
class TopicSketched(TopicFact):
    """The likely place of a topic changed, or it has none any more; nothing is announced yet."""

    kind: ClassVar[str] = "topic.sketched"
    slot: int | None
    room: int | None

    def numbers(self) -> dict[str, Any]:
        """Name the likely place."""
        return {**super().numbers(), "slot": self.slot, "room": self.room}


@dataclass(frozen=True, kw_only=True)
class RulesChanged(Fact):
    """The crew changed how the barcamp is run: among it how much interest is enough, and what counts are shown."""

    kind: ClassVar[str] = "barcamp.rules"
    threshold: int
    counts: str

    def numbers(self) -> dict[str, Any]:
        """Give what open pages show differently from now on."""
        return {"threshold": self.threshold, "counts": self.counts}


@dataclass(frozen=True, kw_only=True)
class PlanPublished(Fact):
    """The crew announced the plan: so many sessions are fixed for all."""

    kind: ClassVar[str] = "plan.published"
    sessions: int

    def numbers(self) -> dict[str, Any]:
        """Count the sessions."""
        return {"sessions": self.sessions}


@dataclass(frozen=True, kw_only=True)
class PlanWithdrawn(Fact):
    """The crew took the announcement of a plan back; what it announced is likely again."""

    kind: ClassVar[str] = "plan.withdrawn"


@dataclass(frozen=True, kw_only=True)
class TopicUnplanned(TopicFact):
    """A topic that was given a place waits again: the crew took that back."""

    kind: ClassVar[str] = "topic.unplanned"
    slot: int
    room: int | None

    def numbers(self) -> dict[str, Any]:
        """Name the place that is free again."""
        return {**super().numbers(), "slot": self.slot, "room": self.room}


@dataclass(frozen=True, kw_only=True)
class TopicUnplaced(TopicFact):
    """No place was found for a topic with enough interest; the reason is shown."""

    kind: ClassVar[str] = "topic.unplaced"


@dataclass(frozen=True, kw_only=True)
class TopicClosed(TopicFact):
    """A topic was withdrawn, parked or declined, or came back from there."""

    kind: ClassVar[str] = "topic.closed"
    state: str

    def numbers(self) -> dict[str, Any]:
        """Name the new state."""
        return {**super().numbers(), "state": self.state}


@dataclass(frozen=True, kw_only=True)
class TopicAdmitted(TopicFact):
    """The crew let a topic in; what became of it was told before, this is what can be taken back."""

    kind: ClassVar[str] = "topic.admitted"
    audience: ClassVar[str] = CREW


@dataclass(frozen=True, kw_only=True)
class RoundPhaseChanged(Fact):
    """A pitch round began or entered another phase: phones, desk and walls change together."""

    kind: ClassVar[str] = "round.phase"
    round: int
    phase: str

    def numbers(self) -> dict[str, Any]:
        """Name round and phase."""
        return {"round": self.round, "phase": self.phase}


@dataclass(frozen=True, kw_only=True)
class StageStepped(Fact):
    """Something happened on stage; `code` is the topic there now, `coming` the spoken numbers that follow."""

    kind: ClassVar[str] = "stage.step"
    step: int
    number: int | None
    coming: tuple[int, ...]

    def numbers(self) -> dict[str, Any]:
        """Give the step, who is on stage, and who follows."""
        return {"step": self.step, "number": self.number, "coming": list(self.coming)}


@dataclass(frozen=True, kw_only=True)
class HandsCounted(TopicFact):
    """Raised hands were counted for a topic, or guessed by eye; for the crew, everybody else hears the count."""

    kind: ClassVar[str] = "topic.hands"
    audience: ClassVar[str] = CREW
    hands: int
    estimate: int

    def numbers(self) -> dict[str, Any]:
        """Give what stands now: hands counted, and the guess."""
        return {**super().numbers(), "hands": self.hands, "estimate": self.estimate}


@dataclass(frozen=True, kw_only=True)
class TopicMerged(TopicFact):
    """A topic went into another one; its people and its host go along."""

    kind: ClassVar[str] = "topic.merged"
    into: str
    into_number: int

    def numbers(self) -> dict[str, Any]:
        """Name the topic that both are now."""
        return {**super().numbers(), "into": self.into, "into_number": self.into_number}


@dataclass(frozen=True, kw_only=True)
class TopicSplit(TopicMerged):
    """Two topics that were merged stand on their own again."""

    kind: ClassVar[str] = "topic.split"


@dataclass(frozen=True, kw_only=True)
class TopicThemed(TopicFact):
    """The crew put a topic under a theme, or under none."""

    kind: ClassVar[str] = "topic.theme"


@dataclass(frozen=True, kw_only=True)
class TopicsPaired(TopicFact):
    """The crew said that two topics never meet (`apart`) or that one comes `before` the other, or took that back."""

    kind: ClassVar[str] = "topics.paired"
    audience: ClassVar[str] = CREW
    other: str
    other_number: int
    pair: str
    paired: bool

    def numbers(self) -> dict[str, Any]:
        """Name the other topic, how they go together, and whether that holds now."""
        pair = {"other": self.other, "other_number": self.other_number, "pair": self.pair}
        return {**super().numbers(), **pair, "paired": self.paired}


@dataclass(frozen=True, kw_only=True)
class ComingCounted(Fact):
    """Somebody said that they come to a session, or do not after all: `coming` have said so; for the crew."""

    kind: ClassVar[str] = "session.coming"
    audience: ClassVar[str] = CREW
    is_replaceable: ClassVar[bool] = True
    is_wordless: ClassVar[bool] = True
    coming: int

    def numbers(self) -> dict[str, Any]:
        """Count them."""
        return {"coming": self.coming}


@dataclass(frozen=True, kw_only=True)
class TopicTwice(TopicFact):
    """A topic is offered twice, or once after all."""

    kind: ClassVar[str] = "topic.twice"
    twice: bool

    def numbers(self) -> dict[str, Any]:
        """Tell whether it is offered twice."""
        return {**super().numbers(), "twice": self.twice}


@dataclass(frozen=True, kw_only=True)
class PlanSearched(Fact):
    """A search for a better plan began or ended; nobody but the crew needs to know."""

    kind: ClassVar[str] = "plan.searched"
    audience: ClassVar[str] = CREW
    is_wordless: ClassVar[bool] = True
    state: str
    task: str

    def numbers(self) -> dict[str, Any]:
        """Say how it stands."""
        return {"state": self.state, "task": self.task}


@dataclass(frozen=True, kw_only=True)
class PlanApplied(Fact):
    """What a search found stands from now on; what moved and what is new is told by its own changes."""

    kind: ClassVar[str] = "plan.applied"
    audience: ClassVar[str] = CREW
    is_wordless: ClassVar[bool] = True
