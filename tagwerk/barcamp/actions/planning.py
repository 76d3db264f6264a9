"""Brings topics with enough interest into the programme; what is announced stays where it is."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.settling import settle_at
from tagwerk.barcamp.actions.sketching import sketch, sketch_one
from tagwerk.barcamp.changes import TopicQualified, TopicUnplaced
from tagwerk.barcamp.models import Barcamp, Pitch, Topic
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
        _plan_late(topic, actor)
        topic.refresh_from_db()


def _plan_late(topic: Topic, actor: str) -> None:
    """Plan a topic that qualifies after the announcement: only such a one may have the rooms kept for it.

    Who was pitched for this announcement and left over is not late, unless the crew lets the topic in.
    """
    event = topic.event
    if event.barcamp.publish_mode == rules.PublishMode.AT_ONCE:
        plan(event, actor=actor)
        return
    hold(event.stream)
    is_late = topic.is_admitted or not Pitch.objects.held().filter(topic=topic).exists()
    alone = list(Topic.objects.of(event).filter(pk=topic.pk))
    _plan(event, alone, reserve=0 if is_late else kept_rooms(event), actor=actor)
    plan_second_places(event, actor=actor)


def kept_rooms(event: Event) -> int:
    """Give how many rooms of each afternoon slot are kept for late topics."""
    return rules.kept_rooms(event.barcamp.publish_mode, event.barcamp.reserve_rooms)


def offer_free_place(event: Event, *, actor: str) -> None:
    """Offer a place that became free to what waits, where plans are told at once."""
    if event.barcamp.publish_mode == rules.PublishMode.AT_ONCE:
        plan(event, actor=actor)


def cancel_sessions(topic: Topic, *, note: str = "", actor: str) -> list[str]:
    """Cancel what stands for a topic, be it once or twice, and has not begun; gives the codes."""
    now = timezone.now()
    coming = [s for s in topic.sessions if not s.is_cancelled and not s.placement.slot.has_begun(now)]
    for session in coming:
        cancel(session, note=note, actor=actor)
    return [session.code for session in coming]


@action
def plan(event: Event, *, apply: bool = True, actor: str = "") -> Outcome:
    """Find places for all topics that wait for one, beside the rooms kept for late ones.

    Sessions that stand somewhere stay there. With `apply` the plan is stored and told; without, it is only
    computed. While topics are gathered the places are only likely ones: nothing but `publish` announces them.
    Raises `Refusal` when the event has no barcamp.
    """
    hold(event.stream)
    if not Barcamp.objects.filter(event=event).exists():
        raise no_barcamp()
    if apply and is_gathering(event):
        sketch(event, actor=actor)
        return _likely(event)
    waiting = list(Topic.objects.of(event).waiting_for_a_place())
    outcome = _plan(event, waiting, reserve=kept_rooms(event), apply=apply, actor=actor)
    if apply:
        plan_second_places(event, actor=actor)
    return outcome


def plan_second_places(event: Event, *, together: bool = False, actor: str) -> Outcome:
    """Find the second place of topics that are offered twice and stand once; the rooms kept for late ones stay free."""
    waiting = list(Topic.objects.of(event).waiting_for_a_second_place())
    return _plan(event, waiting, reserve=kept_rooms(event), together=together, actor=actor)


def _likely(event: Event) -> Outcome:
    """Give the likely places as a plan that has no sessions yet."""
    outcome = Outcome()
    for topic in Topic.objects.of(event).waiting_for_a_place():
        if topic.likely_slot_id and topic.likely_room_id:
            place = Placed(topic.code, "", topic.likely_slot_id, topic.likely_room_id, topic.reasons)
            outcome.placed.append(place)
        else:
            outcome.unplaced[topic.code] = topic.reasons
    return outcome


def _plan(
    event: Event, waiting: list[Topic], *, reserve: int, apply: bool = True, together: bool = False, actor: str
) -> Outcome:
    if not waiting:
        return Outcome()
    search = find_places(event, waiting, reserve=reserve)
    outcome = Outcome(value=search.seated, bound=search.bound, seconds=search.seconds)
    for place in search.places:
        if place.slot is None or place.room is None:
            _leave(place, outcome, apply=apply, actor=actor)
            continue
        code = ""
        if apply:
            code = settle_at(place.topic, place.slot, place.room, place.reasons, actor=actor, together=together).code
        outcome.placed.append(Placed(place.topic.code, code, place.slot.pk, place.room.pk, place.reasons))
    return outcome


def _leave(place: Place, outcome: Outcome, *, apply: bool, actor: str) -> None:
    topic, reasons = place.topic, place.reasons
    outcome.unplaced[topic.code] = reasons
    if apply and topic.reasons != reasons:
        topic.reasons = reasons
        topic.save(update_fields=["reasons"])
        tell(topic.event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
