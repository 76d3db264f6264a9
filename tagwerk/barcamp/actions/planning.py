"""Brings topics with enough interest into the programme; what is announced stays where it is."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.settling import Reasons, settle_at
from tagwerk.barcamp.changes import TopicQualified, TopicUnplaced
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.problem import Draft, draft
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.sentences import sentence
from tagwerk.timetable.solve import Plan, solve

SWAPS = 2000


@dataclass(frozen=True)
class Placed:
    """A topic that found its place: codes and numbers."""

    topic: str
    session: str
    slot: int
    room: int
    reasons: Reasons


@dataclass(frozen=True)
class Outcome:
    """What planning did (or, as a preview, would do)."""

    placed: list[Placed] = field(default_factory=list)
    unplaced: dict[str, Reasons] = field(default_factory=dict)
    objective: str = "seated"
    value: int = 0
    bound: int | None = None
    seconds: float = 0.0

    def plain(self) -> dict[str, Any]:
        """Give the outcome as the API shows it; planning what waits moves nothing."""
        reasons = {placed.topic: placed.reasons for placed in self.placed} | self.unplaced
        return {
            "placements": [
                {"topic": p.topic, "session": p.session, "slot": p.slot, "room": p.room} for p in self.placed
            ],
            "moved": [],
            "reasons": {topic: sentence(said) for topic, said in reasons.items()},
            "objective": {"name": self.objective, "value": self.value},
            "bound": self.bound,
            "seconds": round(self.seconds, 4),
        }


def no_barcamp() -> Refusal:
    """Give the refusal for an event without a barcamp."""
    return Refusal("no-barcamp", _("Diese Veranstaltung hat kein Barcamp."))


def qualify_if_ready(topic: Topic, *, actor: str) -> None:
    """Plan a topic that has what its event asks for."""
    barcamp = topic.event.barcamp
    if rules.qualifies(barcamp.policy, topic.state, topic.counted, barcamp.threshold):
        qualify(topic, actor=actor)


def qualify(topic: Topic, *, actor: str) -> None:
    """Say that a topic has enough interest, and plan it where plans are told at once."""
    topic.state = State.QUALIFIED
    topic.save(update_fields=["state"])
    tell(topic.event.stream, TopicQualified(code=topic.code, number=topic.number), actor=actor)
    offer_free_place(topic.event, actor=actor)
    topic.refresh_from_db()


def offer_free_place(event: Event, *, actor: str) -> None:
    """Offer a place that became free to what waits, where plans are told at once."""
    if event.barcamp.publish_mode == PublishMode.AT_ONCE:
        plan(event, actor=actor)


@action
def plan(event: Event, *, apply: bool = True, actor: str = "") -> Outcome:
    """Find places for all topics that wait for one.

    Sessions that stand somewhere stay there. With `apply` the plan is stored and told; without, it is only
    computed. Raises `Refusal` when the event has no barcamp.
    """
    hold(event.stream)
    if not Barcamp.objects.filter(event=event).exists():
        raise no_barcamp()
    problem = draft(event)
    if not problem.waiting:
        return Outcome()
    # A single topic goes to the best place at once; several are worth a few swaps, still in milliseconds.
    solved = solve(problem.problem, moves=SWAPS if len(problem.waiting) > 1 else 0)
    settle = _Settling(problem, solved, apply, actor)
    for position, topic in problem.waiting.items():
        settle(position, topic)
    return settle.outcome


class _Settling:
    """Takes the solver's word topic by topic; stores and tells it where the plan is to be applied."""

    def __init__(self, problem: Draft, solved: Plan, apply: bool, actor: str) -> None:  # noqa: FBT001 - private
        self.problem, self.solved, self.apply, self.actor = problem, solved, apply, actor
        self.outcome = Outcome(value=solved.seated, bound=solved.bound, seconds=solved.seconds)

    def __call__(self, position: int, topic: Topic) -> None:
        reasons = [asdict(reason) for reason in self.solved.reasons.get(position, [])]
        where = self.solved.placements[position]
        if where is None:
            self._leave(topic, reasons)
            return
        slot, room = self.problem.slots[where[0]], self.problem.rooms[where[1]]
        session = settle_at(topic, slot, room, reasons, self.actor) if self.apply else ""
        self.outcome.placed.append(Placed(topic.code, session, slot.pk, room.pk, reasons))

    def _leave(self, topic: Topic, reasons: Reasons) -> None:
        self.outcome.unplaced[topic.code] = reasons
        if self.apply and topic.reasons != reasons:
            topic.reasons = reasons
            topic.save(update_fields=["reasons"])
            tell(topic.event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=self.actor)
