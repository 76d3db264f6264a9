"""Brings topics with enough interest into the programme; what is announced stays where it is."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.changes import TopicPlanned, TopicQualified, TopicUnplaced
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.problem import Draft, draft
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions import add_session, place
from tagwerk.programme.rules import Kind
from tagwerk.programme.sentences import sentence
from tagwerk.timetable.reasons import Reason
from tagwerk.timetable.solve import Plan, solve

Reasons = list[dict[str, Any]]


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
    if topic.event.barcamp.publish_mode == PublishMode.AT_ONCE:
        plan(topic.event, actor=actor)
        topic.refresh_from_db()


@action
def plan(event: Event, *, apply: bool = True, actor: str = "") -> Outcome:
    """Find places for all topics that wait for one.

    Sessions that stand somewhere stay there. With `apply` the plan is stored and told; without, it is only
    computed. Raises `Refusal` when the event has no barcamp.
    """
    hold(event.stream)
    if not Barcamp.objects.filter(event=event).exists():
        raise Refusal("no-barcamp", _("Diese Veranstaltung hat kein Barcamp."))
    problem = draft(event)
    if not problem.waiting:
        return Outcome()
    solved = solve(problem.problem)
    outcome = Outcome(objective="seated", value=solved.seated, bound=solved.bound, seconds=solved.seconds)
    for position, topic in problem.waiting.items():
        _settle(problem, solved, position, topic, outcome, apply=apply, actor=actor)
    return outcome


def _settle(
    problem: Draft, solved: Plan, position: int, topic: Topic, outcome: Outcome, *, apply: bool, actor: str
) -> None:
    reasons = [_plain(reason) for reason in solved.reasons.get(position, [])]
    where = solved.placements[position]
    if where is None:
        outcome.unplaced[topic.code] = reasons
        if apply and topic.reasons != reasons:
            topic.reasons = reasons
            topic.save(update_fields=["reasons"])
            tell(topic.event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
        return
    slot, room = problem.slots[where[0]], problem.rooms[where[1]]
    session = _schedule(problem, topic, where, reasons, actor) if apply else ""
    outcome.placed.append(Placed(topic.code, session, slot.pk, room.pk, reasons))


def _schedule(problem: Draft, topic: Topic, where: tuple[int, int], reasons: Reasons, actor: str) -> str:
    slot, room = problem.slots[where[0]], problem.rooms[where[1]]
    session = topic.session or add_session(topic.event, kind=Kind.BARCAMP)
    session.title, session.description = topic.title, topic.description
    session.host_name, session.hosts = topic.host_name, problem.marks[topic.pk]
    session.needs, session.reasons = topic.needs, reasons
    session.save()
    session.placement = place(session, slot, room)
    topic.session, topic.state, topic.reasons = session, State.PLANNED, reasons
    topic.save(update_fields=["session", "state", "reasons"])
    fact = TopicPlanned(
        code=topic.code,
        number=topic.number,
        session=session.code,
        slot=slot.pk,
        room=room.pk,
        touches=(f"session:{session.code}", f"cell:{slot.pk}:{room.pk}"),
    )
    tell(topic.event.stream, fact, actor=actor)
    return session.code


def _plain(reason: Reason) -> dict[str, Any]:
    return asdict(reason)
