"""What the crew decides about topics: admit, park, decline, reopen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.actions.planning import cancel_sessions, offer_free_place, qualify, qualify_if_ready
from tagwerk.barcamp.actions.returning import give_places_back
from tagwerk.barcamp.actions.successors import send_back
from tagwerk.barcamp.changes import TopicAdmitted, TopicClosed
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import ASIDE, OPEN_FOR_INTEREST, State
from tagwerk.events.models import Event
from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.changes import Fact

LONGEST_REASON = 140


@action
def admit(event: Event, code: str, *, actor: str) -> Topic:
    """Let a topic into the plan whatever its interest: it is planned at once, or waits for the announcement."""
    hold(event.stream)
    topic = topic_at(event, code)
    if topic.state not in (State.OPEN, State.QUALIFIED):
        raise Refusal("not-open", _("Dieses Thema lässt sich gerade nicht einplanen."))
    before = {"state": topic.state, "session": topic.session.code if topic.session else ""}
    topic.is_admitted = True
    topic.save(update_fields=["is_admitted"])
    qualify(topic, actor=actor)
    fact = TopicAdmitted(
        code=topic.code,
        number=topic.number,
        touches=(f"topic:{topic.code}",),
        before=before,
        after={"state": topic.state},
    )
    tell(event.stream, fact, actor=actor)
    return topic


@action
def take_admission_back(event: Event, code: str, before: Mapping[str, Any], *, actor: str) -> Topic:
    """Let a topic that was let in wait for interest again, as it did `before`."""
    hold(event.stream)
    topic = topic_at(event, code)
    topic.is_admitted = False
    topic.save(update_fields=["is_admitted"])
    if topic.state == State.PLANNED:
        send_back(event, code, before, actor=actor)
    elif before["state"] == State.OPEN:
        topic.likely_slot = topic.likely_room = None
        topic.save(update_fields=["likely_slot", "likely_room"])
        _enter(topic, State.OPEN, "", actor)
    offer_free_place(event, actor=actor)
    return topic_at(event, code)


@action
def park(event: Event, code: str, *, actor: str) -> Topic:
    """Put a topic aside into the parking lot."""
    return _close(event, code, State.PARKED, "", actor)


@action
def decline(event: Event, code: str, reason: str, *, actor: str) -> Topic:
    """Decline a topic; the reason is shown to its host. Raises `Invalid` without one."""
    line = readable(reason, "reason")
    if not line or len(line) > LONGEST_REASON:
        sentence = _(
            "Bitte nennen Sie den Grund in höchstens 140 Zeichen; die Person, die das Thema angeboten hat, sieht ihn."
        )
        raise Invalid("no-reason", sentence, errors={"reason": sentence})
    return _close(event, code, State.DECLINED, line, actor)


@action
def reopen(event: Event, code: str, *, actor: str) -> Topic:
    """Bring a parked or declined topic back into the list; what the crew had let in is let in again."""
    topic = _aside(event, code)
    stands = topic.session is not None and not topic.session.is_cancelled
    back = State.PLANNED if stands else State.WANTED if topic.is_wish else State.OPEN
    _enter(topic, back, "", actor)
    if topic.is_admitted and back == State.OPEN:
        qualify(topic, actor=actor)
    qualify_if_ready(topic, actor=actor)
    return topic


@action
def take_decision_back(event: Event, code: str, before: Mapping[str, Any], *, actor: str) -> Topic:
    """Let a topic that was put aside stand where it stood `before`, with its sessions where they are still free."""
    topic = _aside(event, code)
    sessions = before.get("sessions", [])
    _enter(topic, State.QUALIFIED if sessions else State(before["state"]), "", actor)
    if sessions:
        give_places_back(topic, sessions, actor=actor)
    elif topic.state == State.QUALIFIED:
        qualify(topic, actor=actor)
    qualify_if_ready(topic, actor=actor)
    return topic_at(event, code)


@action
def put_aside_again(event: Event, code: str, before: Mapping[str, Any], *, actor: str) -> Topic:
    """Put a topic that was brought back aside again, with the reason that everybody saw."""
    return _close(event, code, State(before["state"]), before.get("note", ""), actor)


@action
def follow_restored(stream: int, fact: Fact, actor: str) -> None:
    """Bring a topic back into the programme with its session; follows `SessionRestored`.

    A host who withdrew is not brought back by anybody else, and what was merged has to be split first: then the
    session stays cancelled, too.
    """
    either = Q(session__code=fact.code) | Q(repeat__code=fact.code)
    topic = Topic.objects.filter(either, event__realm=stream).first()
    if topic is None or topic.state == State.PLANNED:
        return
    if topic.state == State.WITHDRAWN:
        raise Refusal("topic-withdrawn", _("Dieses Thema wurde zurückgezogen und kann nicht mehr stattfinden."))
    if topic.state == State.MERGED:
        raise Refusal("topic-merged", _("Dieses Thema ging in ein anderes auf. Bitte trennen Sie die beiden zuerst."))
    _enter(topic, State.PLANNED, "", actor)


def _close(event: Event, code: str, state: State, note: str, actor: str) -> Topic:
    hold(event.stream)
    topic = topic_at(event, code)
    if topic.state not in OPEN_FOR_INTEREST:
        raise Refusal("topic-closed", _("Dieses Thema steht nicht mehr zur Wahl."))
    cancelled = cancel_sessions(topic, note=note, actor=actor) if topic.state == State.PLANNED else []
    _enter(topic, state, note, actor, cancelled)
    offer_free_place(topic.event, actor=actor)
    return topic


def _aside(event: Event, code: str) -> Topic:
    hold(event.stream)
    topic = topic_at(event, code)
    if topic.state not in ASIDE:
        raise Refusal("not-aside", _("Dieses Thema ist schon in der Liste."))
    return topic


def _enter(topic: Topic, state: State, note: str, actor: str, cancelled: Sequence[str] = ()) -> Topic:
    before, reason = topic.state, topic.note
    topic.state, topic.note = state, note
    topic.save(update_fields=["state", "note"])
    fact = TopicClosed(
        code=topic.code,
        number=topic.number,
        state=state,
        touches=(f"topic:{topic.code}",),
        before={"state": before, "sessions": list(cancelled), "note": reason},
        after={"state": state},
    )
    tell(topic.event.stream, fact, actor=actor)
    return topic
