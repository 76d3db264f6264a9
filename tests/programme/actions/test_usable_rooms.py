"""No session is put where the room is closed, given back by then, or the time is over: one rule for all ways there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp.actions import successors
from tagwerk.barcamp.rules import Policy
from tagwerk.events.actions import switch_room
from tagwerk.events.models import Room, Slot
from tagwerk.events.rules import RoomUse
from tagwerk.kit.refusals import Refusal
from tagwerk.programme.actions import cancel, move, restore, schedule
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind
from tagwerk.site.desk_targets import free_targets
from tests.town import Town, back_by, planned, someone_proposes, with_barcamp


def given_back(town: Town, room: Room, slot: Slot) -> Room:
    """Let a room be ours only until a minute before the end of a slot."""
    return switch_room(town.event, room.pk, RoomUse(until=slot.end - timedelta(minutes=1)))


def closed(town: Town, room: Room, _slot: Slot) -> Room:
    return switch_room(town.event, room.pk, RoomUse(is_open=False))


@pytest.mark.parametrize("shut", [given_back, closed])
def test_nothing_is_put_moved_or_offered_where_a_room_may_not_be_used(town: Town, shut: object) -> None:
    session = planned(town)
    slot, room = town.slots[-1], shut(town, town.rooms[2], town.slots[-1])  # type: ignore[operator]
    with pytest.raises(Refusal, match="place-closed"):
        move(session, slot, room)
    with pytest.raises(Refusal, match="place-closed"):
        schedule(town.event, slot, room, title="Vortrag")
    assert (slot.pk, room.pk) not in {(card.slot_id, card.room_id) for card in free_targets(town.event, session)}
    waiting = with_barcamp(town, policy=Policy.CREW)
    back_by(waiting, someone_proposes(waiting, "Nachrücker", "Bela"), 1)
    assert not successors(town.event, slot, [room])
    assert successors(town.event, slot, [town.rooms[1]])


def test_a_room_may_be_used_until_the_minute_it_is_given_back(town: Town) -> None:
    room = switch_room(town.event, town.rooms[2].pk, RoomUse(until=town.slots[-1].end))
    move(planned(town), town.slots[-1], room)


def test_a_barcamp_session_is_not_put_into_a_break(town: Town) -> None:
    with pytest.raises(Refusal, match="place-closed"):
        schedule(town.event, town.breaks[0], town.rooms[0], title="Session", kind=Kind.BARCAMP)


def test_a_cancelled_session_does_not_come_back_into_a_closed_room_or_when_it_is_over(town: Town) -> None:
    session = planned(town)
    cancel(session)
    room = session.placement.room_id or 0
    switch_room(town.event, room, RoomUse(is_open=False))
    with pytest.raises(Refusal, match="place-closed"):
        restore(session)
    switch_room(town.event, room, RoomUse())
    past = timezone.now() - timedelta(hours=1)
    Slot.objects.filter(pk=session.placement.slot_id).update(start=past, end=past + timedelta(minutes=45))
    with pytest.raises(Refusal, match="slot-over"):
        restore(session)
    assert Session.objects.get(pk=session.pk).is_cancelled
