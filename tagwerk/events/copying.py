"""Copies the frame of an event to practise with: days, slots and rooms, moved so that they are about to begin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tagwerk.events.actions import found
from tagwerk.events.models import Day, Event, OnlineRoom, Room, Slot
from tagwerk.events.rules import Phase
from tagwerk.kit.writer import action

FEWEST_PEOPLE = 250  # the crowd of a rehearsal fits in, however small the event


@dataclass(frozen=True)
class Frame:
    """A copied event, with its slots and rooms by the numbers of those that they are copies of."""

    event: Event
    slots: dict[int, Slot]
    rooms: dict[int, Room]


@action
def copy_frame(event: Event, slug: str, first_open: datetime) -> Frame:
    """Make a rehearsal of an event whose first open slot begins at `first_open` (aware); nobody is in it."""
    copy = found(
        slug,
        event.name,
        expected_people=max(event.realm.minting_budget // 2, FEWEST_PEOPLE),
        motto=event.motto,
        place=event.place,
        zone=event.zone,
        address_form=event.address_form,
        accent=event.accent,
        phase=Phase.LIVE,
        rehearsal_of=event,
    )
    by = _distance(event, first_open)
    rooms = {room.pk: _copy_room(room, copy, by) for room in event.rooms.all()}
    for online in event.online_rooms.all():
        _copy_online_room(online, copy, rooms)
    slots = {slot.pk: slot_copy for day in event.days.all() for slot, slot_copy in _copy_day(day, copy, by)}
    return Frame(copy, slots, rooms)


@action
def remove(event: Event) -> None:
    """Delete an event with its frame, for good; its programme has to be cleared before."""
    event.delete()


def _distance(event: Event, first_open: datetime) -> timedelta:
    slots = Slot.objects.filter(day__event=event)
    first = slots.filter(is_open=True).first() or slots.first()
    return first_open - first.start if first else timedelta(0)


def _copy_room(room: Room, copy: Event, by: timedelta) -> Room:
    return Room.objects.create(
        event=copy,
        name=room.name,
        capacity=room.capacity,
        features=room.features,
        kind=room.kind,
        is_open=room.is_open,
        available_until=room.available_until + by if room.available_until else None,
        position=room.position,
    )


def _copy_online_room(online: OnlineRoom, copy: Event, rooms: dict[int, Room]) -> None:
    OnlineRoom.objects.create(
        event=copy,
        room=rooms[online.room_id] if online.room_id else None,
        name=online.name,
        url=online.url,
        dial_in=online.dial_in,
        note=online.note,
        rank=online.rank,
    )


def _copy_day(day: Day, copy: Event, by: timedelta) -> list[tuple[Slot, Slot]]:
    slots = list(day.slots.all())
    first = slots[0].start if slots else datetime.combine(day.date, datetime.min.time(), copy.timezone)
    moved = (first + by).astimezone(copy.timezone).date()
    row = Day.objects.create(
        event=copy,
        date=moved,
        mode=day.mode,
        capacity_on_site=day.capacity_on_site,
        capacity_remote=day.capacity_remote,
    )
    return [(slot, _copy_slot(slot, row, by)) for slot in slots]


def _copy_slot(slot: Slot, day: Day, by: timedelta) -> Slot:
    return Slot.objects.create(
        day=day, start=slot.start + by, end=slot.end + by, is_open=slot.is_open, is_anchored=slot.is_anchored
    )
