"""The plan is announced to everybody, and taken back if need be."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.planning import plan_second_places
from tagwerk.barcamp.actions.rounds import enter_round_phase
from tagwerk.barcamp.actions.settling import settle_at
from tagwerk.barcamp.actions.sketching import sketch, sketch_one, tell_likely
from tagwerk.barcamp.changes import PlanPublished, PlanWithdrawn, TopicUnplaced
from tagwerk.barcamp.lost import has_lost_places
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import RoundPhase, State
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.models import Change, Stream
from tagwerk.programme.actions import cancel, take_out
from tagwerk.programme.models import Session


@action
def publish(event: Event, *, actor: str = "") -> int:
    """Announce the plan: what was likely stands from now on; gives the revision.

    Who found no place is told so: they move up when a place becomes free. A round goes on to its sessions.
    Raises `Refusal` when nothing has a place.
    """
    hold(event.stream)
    first = Stream.objects.get(pk=event.stream).revision + 1
    if has_lost_places(event):
        sketch(event, actor=actor)
    waiting = [topic for topic in Topic.objects.of(event).waiting_for_a_place().order_by("number") if topic.likely_slot]
    earlier = {session.code: session.note for topic in waiting for session in topic.sessions}
    announced = [(topic.code, code) for topic in waiting if (code := _announce(topic, actor))]
    again = [(place.topic, place.session) for place in plan_second_places(event, together=True, actor=actor).placed]
    if not announced and not again:
        raise Refusal("nothing-to-announce", _("Es gibt noch nichts zu verkünden: Kein Thema hat einen Platz."))
    round_ = current_round(event)
    codes = [topic for topic, _session in announced]
    fact = PlanPublished(
        sessions=len(announced) + len(again),
        touches=tuple(f"session:{session}" for _topic, session in announced + again),
        before={
            "topics": codes,
            "again": [topic for topic, _session in again if topic not in codes],
            "earlier": {code: note for code, note in earlier.items() if code in dict(announced).values()},
            "phase": round_.phase if round_ else "",
        },
        after={"parts": [first, Stream.objects.get(pk=event.stream).revision]},
    )
    revision = tell(event.stream, fact, actor=actor)
    if round_ and round_.phase != RoundPhase.RUNNING:
        enter_round_phase(event, RoundPhase.RUNNING, actor=actor)
    _tell_left_over(event, actor)
    return revision


@action
def unpublish(event: Event, change: Change, *, actor: str = "") -> int:
    """Take the announcement of a plan back: its sessions are likely again; gives the revision.

    A session that was known before, as cancelled, stays so.
    """
    hold(event.stream)
    before = change.before
    for topic in Topic.objects.of(event).filter(code__in=before["again"]):
        _take_off(topic, change, actor)
        topic.save(update_fields=["repeat"])
    taken_back = []
    for topic in Topic.objects.of(event).filter(code__in=before["topics"], state=State.PLANNED):
        place = topic.sessions[0].placement
        topic.likely_slot, topic.likely_room, topic.state = place.slot, place.room, State.QUALIFIED
        _take_off(topic, change, actor)
        topic.save(update_fields=["likely_slot", "likely_room", "state", "session", "repeat"])
        taken_back.append(topic)
    tell_likely(taken_back, actor=actor)
    revision = tell(event.stream, PlanWithdrawn(), actor=actor)
    round_ = current_round(event)
    if round_ and before["phase"] and round_.phase == RoundPhase.RUNNING:
        enter_round_phase(event, before["phase"], actor=actor)
    return revision


def _announce(topic: Topic, actor: str) -> str:
    """Let a topic stand where it is likely; gives the code of its session.

    What cannot stand there is given another place, or waits (empty): one topic never holds up the plan of all.
    """
    for _attempt in range(2):
        if topic.likely_slot is None or topic.likely_room is None:
            break
        with suppress(Refusal), transaction.atomic():
            place = topic.likely_slot, topic.likely_room
            return settle_at(topic, *place, topic.reasons, actor=actor, together=True).code
        topic = Topic.objects.of(topic.event).get(pk=topic.pk)
        sketch_one(topic)
    topic.likely_slot = topic.likely_room = None
    topic.save(update_fields=["likely_slot", "likely_room"])
    return ""


def _take_off(topic: Topic, change: Change, actor: str) -> None:
    """Take out of the programme what an announcement brought there for a topic; the caller saves the topic."""
    earlier = change.before["earlier"]
    for field in ("session", "repeat"):
        session: Session | None = getattr(topic, field)
        if session is None or f"session:{session.code}" not in change.touches:
            continue
        if session.code in earlier:
            cancel(session, note=earlier[session.code], actor=actor)
        else:
            setattr(topic, field, None)
            take_out(session)


def _tell_left_over(event: Event, actor: str) -> None:
    round_ = current_round(event)
    left = Topic.objects.of(event).waiting_for_a_place()
    if round_:
        left = left | Topic.objects.of(event).filter(state=State.OPEN, pitches__round=round_)
    for topic in left.distinct().order_by("number"):
        tell(event.stream, TopicUnplaced(code=topic.code, number=topic.number), actor=actor)
