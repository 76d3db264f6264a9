"""Puts a topic into its place in the programme: its session, its placement, and the word about it."""

from tagwerk.barcamp import rules
from tagwerk.barcamp.changes import TopicPlanned
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.placing import Reasons
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.together import LONGEST_HOSTS, marks_of, names_of, needs_of
from tagwerk.events.models import Room, Slot
from tagwerk.live.actions import tell
from tagwerk.programme.actions import add_session, place
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind
from tagwerk.programme.rules import State as SessionState


def settle_at(topic: Topic, slot: Slot, room: Room, reasons: Reasons, *, actor: str, together: bool = False) -> Session:
    """Let a topic stand at a place from now on, and tell it; gives its session.

    `together` says that many are announced in one go, so that pages get the programme once, afterwards.
    Raises `Refusal` when the place is taken or a host would be in two places.
    """
    # What stands already is offered twice, and this is the second place.
    field = "repeat" if topic.state == State.PLANNED else "session"
    standing: Session | None = getattr(topic, field)
    before = {"state": topic.state, "session": standing.code if standing else ""}
    session = standing or add_session(topic.event, kind=Kind.BARCAMP)
    session.title, session.description = topic.title, topic.description
    session.host_name, session.hosts = names_of(topic)[:LONGEST_HOSTS], marks_of(topic)
    session.needs = sorted(needs_of(topic))
    session.reasons = rules.reasons_for_everybody(topic.event.barcamp.counts, reasons)
    session.state, session.note = SessionState.PLANNED, ""  # it may come back from a cancellation
    session.searching_since = None
    session.save()
    session.placement = place(session, slot, room)
    setattr(topic, field, session)
    topic.state, topic.reasons = State.PLANNED, reasons
    topic.likely_slot = topic.likely_room = None
    topic.save(update_fields=[field, "state", "reasons", "likely_slot", "likely_room"])
    fact = TopicPlanned(
        code=topic.code,
        number=topic.number,
        session=session.code,
        slot=slot.pk,
        room=room.pk,
        together=together,
        touches=(f"session:{session.code}", f"cell:{slot.pk}:{room.pk}"),
        before=before,
        after={"state": State.PLANNED, "session": session.code},
    )
    tell(topic.event.stream, fact, actor=actor)
    return session
