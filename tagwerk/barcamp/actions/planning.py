"""Brings topics with enough interest into the programme; what is announced stays where it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.settling import settle_at
from tagwerk.barcamp.actions.sketching import sketch_one
from tagwerk.barcamp.changes import TopicQualified, TopicUnplaced
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.placing import Place, Reasons, find_places
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.stage import is_gathering
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions import cancel
from tagwerk.programme.sentences import sentence


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
    if rules.qualifies(barcamp.policy, topic.state, topic.demand, barcamp.threshold):
        qualify(topic, actor=actor)


def qualify(topic: Topic, *, actor: str) -> None:
    """Say that a topic has enough interest: with its place where plans are told at once, else with a likely one."""
    topic.state = State.QUALIFIED
    topic.save(update_fields=["state"])
    gathering = is_gathering(topic.event)
    if gathering:
        sketch_one(topic)
    tell(topic.event.stream, TopicQualified(code=topic.code, number=topic.number), actor=actor)
    if not gathering:
        plan(topic.event, actor=actor)
        topic.refresh_from_db()


def offer_free_place(event: Event, *, actor: str) -> None:
    """Offer a place that became free to what waits, where plans are told at once."""
    if event.barcamp.publish_mode == rules.PublishMode.AT_ONCE:
        plan(event, actor=actor)


def cancel_sessions(topic: Topic, *, note: str = "", actor: str) -> None:
    """Cancel what stands for a topic, be it once or twice."""
    for session in topic.sessions:
        if not session.is_cancelled:
            cancel(session, note=note, actor=actor)


@action
def plan(event: Event, *, apply: bool = True, actor: str = "") -> Outcome:
    """Find places for all topics that wait for one.

    Sessions that stand somewhere stay there. With `apply` the plan is stored and told; without, it is only
    computed. Raises `Refusal` when the event has no barcamp.
    """
    hold(event.stream)
    if not Barcamp.objects.filter(event=event).exists():
        raise no_barcamp()
    outcome = _plan(event, list(Topic.objects.of(event).waiting_for_a_place()), apply=apply, actor=actor)
    if apply:
        plan_second_places(event, actor=actor)
    return outcome


def plan_second_places(event: Event, *, actor: str) -> None:
    """Find the second place of topics that are offered twice and stand once."""
    _plan(event, list(Topic.objects.of(event).waiting_for_a_second_place()), apply=True, actor=actor)


def _plan(event: Event, waiting: list[Topic], *, apply: bool, actor: str) -> Outcome:
    if not waiting:
        return Outcome()
    search = find_places(event, waiting)
    outcome = Outcome(value=search.seated, bound=search.bound, seconds=search.seconds)
    for place in search.places:
        if place.slot is None or place.room is None:
            _leave(place, outcome, apply=apply, actor=actor)
            continue
        code = settle_at(place.topic, place.slot, place.room, place.reasons, actor=actor).code if apply else ""
        outcome.placed.append(Placed(place.topic.code, code, place.slot.pk, place.room.pk, place.reasons))
    return outcome


def _leave(place: Place, outcome: Outcome, *, apply: bool, actor: str) -> None:
    topic, reasons = place.topic, place.reasons
    outcome.unplaced[topic.code] = reasons
    if apply and topic.reasons != reasons:
        topic.reasons = reasons
        topic.save(update_fields=["reasons"])
        tell(topic.event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
