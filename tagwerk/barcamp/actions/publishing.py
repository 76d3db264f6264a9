"""The plan is announced to everybody, and taken back if need be."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.planning import plan_second_places
from tagwerk.barcamp.actions.rounds import enter_round_phase
from tagwerk.barcamp.actions.settling import settle_at
from tagwerk.barcamp.actions.sketching import sketch, tell_likely
from tagwerk.barcamp.changes import PlanPublished, PlanWithdrawn, TopicUnplaced
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.problem import standing_in
from tagwerk.barcamp.rules import RoundPhase, State
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.models import Change
from tagwerk.programme.actions.sessions import session_key


@action
def publish(event: Event, *, actor: str = "") -> int:
    """Announce the plan: what was likely stands from now on; gives the revision.

    Who found no place is told so: they move up when a place becomes free. A round goes on to its sessions.
    """
    hold(event.stream)
    if _has_lost_places(event):
        sketch(event, actor=actor)
    waiting = list(Topic.objects.of(event).waiting_for_a_place().order_by("number"))
    placed = [(t, t.likely_slot, t.likely_room) for t in waiting if t.likely_slot and t.likely_room]
    if not placed:
        raise Refusal("nothing-to-announce", _("Es gibt noch nichts zu verkünden: Kein Thema hat einen Platz."))
    codes = [topic.code for topic, _slot, _room in placed]
    keys = [
        session_key(settle_at(topic, slot, room, topic.reasons, actor=actor, together=True))
        for topic, slot, room in placed
    ]
    round_ = current_round(event)
    fact = PlanPublished(
        sessions=len(placed),
        touches=tuple(keys),
        before={"topics": codes, "phase": round_.phase if round_ else ""},
    )
    revision = tell(event.stream, fact, actor=actor)
    if round_ and round_.phase != RoundPhase.RUNNING:
        enter_round_phase(event, RoundPhase.RUNNING, actor=actor)
    plan_second_places(event, actor=actor)
    _tell_left_over(event, actor)
    return revision


@action
def unpublish(event: Event, change: Change, *, actor: str = "") -> int:
    """Take the announcement of a plan back: its sessions are likely again; gives the revision."""
    hold(event.stream)
    topics = Topic.objects.of(event).filter(code__in=change.before["topics"], state=State.PLANNED)
    taken_back = []
    for topic in topics:
        sessions = topic.sessions
        topic.likely_slot, topic.likely_room = sessions[0].placement.slot, sessions[0].placement.room
        topic.state, topic.session, topic.repeat = State.QUALIFIED, None, None
        topic.save(update_fields=["likely_slot", "likely_room", "state", "session", "repeat"])
        for session in sessions:
            session.delete()
        taken_back.append(topic)
    tell_likely(taken_back, actor=actor)
    revision = tell(event.stream, PlanWithdrawn(), actor=actor)
    round_ = current_round(event)
    if round_ and change.before["phase"] and round_.phase == RoundPhase.RUNNING:
        enter_round_phase(event, change.before["phase"], actor=actor)
    return revision


def _has_lost_places(event: Event) -> bool:
    """Tell whether something stands by now where a topic was likely to stand, or its time has come."""
    waiting = Topic.objects.of(event).waiting_for_a_place().filter(likely_slot__isnull=False)
    taken = {(stands.slot.pk, stands.room) for stands in standing_in(event)}
    now = timezone.now()
    return any(
        (topic.likely_slot_id, topic.likely_room_id) in taken or (topic.likely_slot and topic.likely_slot.start <= now)
        for topic in waiting
    )


def _tell_left_over(event: Event, actor: str) -> None:
    round_ = current_round(event)
    left = Topic.objects.of(event).waiting_for_a_place()
    if round_:
        left = left | Topic.objects.of(event).filter(state=State.OPEN, pitches__round=round_)
    for topic in left.distinct().order_by("number"):
        tell(event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
