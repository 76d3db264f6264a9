"""Copies what stands fixed in a programme, and clears a programme for good."""

from collections.abc import Mapping

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.writer import action
from tagwerk.programme.actions.sessions import add_session
from tagwerk.programme.models import Placement, Session
from tagwerk.programme.rules import Kind


@action
def copy_fixed(event: Event, copy: Event, slots: Mapping[int, Slot], rooms: Mapping[int, Room]) -> None:
    """Put what stands fixed in an event's programme (welcome, talks, breaks) into its copy; tells nobody."""
    fixed = Session.objects.of(event).filter(placement__is_active=True).exclude(kind=Kind.BARCAMP)
    for session in fixed.in_order():
        words = {name: getattr(session, name) for name in ("kind", "title", "description", "host_name", "needs")}
        place = session.placement
        Placement.objects.create(
            session=add_session(copy, **words),
            slot=slots[place.slot_id],
            room=rooms[place.room_id] if place.room_id else None,
            is_pinned=place.is_pinned,
        )


@action
def clear(event: Event) -> None:
    """Delete everything that stands in an event's programme, for good."""
    Session.objects.filter(event=event).delete()
