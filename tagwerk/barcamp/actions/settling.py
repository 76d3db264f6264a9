"""Puts one topic into one place: its session is made (or comes back), stored and told."""

from typing import Any

from tagwerk.barcamp import rules
from tagwerk.barcamp.changes import TopicPlanned
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.problem import marks_of, needs_of
from tagwerk.barcamp.rules import State
from tagwerk.events.models import Room, Slot
from tagwerk.live.actions import tell
from tagwerk.programme.actions import add_session, place
from tagwerk.programme.rules import Kind
from tagwerk.programme.rules import State as SessionState

Reasons = list[dict[str, Any]]


def settle_at(topic: Topic, slot: Slot, room: Room, reasons: Reasons, actor: str) -> str:
    """Give a topic its place in the programme and tell it; gives the session's code.

    Raises `Refusal` when the place is taken or a host would be in two places.
    """
    session = topic.session or add_session(topic.event, kind=Kind.BARCAMP)
    session.title, session.description = topic.title, topic.description
    session.host_name, session.hosts = topic.host_name, marks_of(topic)
    session.needs = sorted(needs_of(topic))
    session.reasons = rules.reasons_for_everybody(topic.event.barcamp.counts, reasons)
    session.state, session.note = SessionState.PLANNED, ""  # it may come back from a cancellation
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
