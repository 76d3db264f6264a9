"""Turns an event's barcamp into a timetabling problem: what stands is pinned, what waits is free."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.rules import Feature, Mode
from tagwerk.kit.text import folded
from tagwerk.programme.models import Session
from tagwerk.timetable import problem as timetable


@dataclass(frozen=True)
class Draft:
    """A problem and what its positions mean; `waiting` maps positions to the topics without a place."""

    problem: timetable.Problem
    slots: list[Slot]
    rooms: list[Room]
    waiting: dict[int, Topic]
    marks: dict[int, list[str]]


def marks_of(topic: Topic) -> list[str]:
    """Give the marks of a topic's host."""
    return rules.host_marks(topic.host_id, folded(topic.host_name))


def needs_of(topic: Topic) -> frozenset[str]:
    """Give what a topic's room must have; who takes part remotely needs a hybrid room."""
    remote = {Feature.HYBRID.value} if topic.mode != Mode.ON_SITE else set()
    return frozenset(topic.needs) | remote


def draft(event: Event) -> Draft:
    """Describe what has to be planned now, from the database as it stands."""
    now = timezone.now()
    slots = list(Slot.objects.filter(day__event=event, is_open=True, start__gt=now).select_related("day__event"))
    rooms = list(event.rooms.filter(is_open=True))
    standing = _standing(event)
    waiting = list(Topic.objects.of(event).waiting_for_a_place().order_by("-counted", "number"))
    slot_at = {slot.pk: position for position, slot in enumerate(slots)}
    room_at = {room.pk: position for position, room in enumerate(rooms)}
    inside = [s for s in standing if s.placement.slot_id in slot_at and s.placement.room_id in room_at]
    pins = {
        position: (slot_at[session.placement.slot_id], room_at[session.placement.room_id or 0])
        for position, session in enumerate(inside)
    }
    marks = {topic.pk: marks_of(topic) for topic in waiting}
    everybody = [session.hosts for session in inside] + [marks[topic.pk] for topic in waiting]
    topics = [_pinned(session) for session in inside]
    topics += [_waiting(topic, _possible(event, topic, slots, standing, marks[topic.pk])) for topic in waiting]
    positions = {_topic_of(session): position for position, session in enumerate(inside)}
    positions |= {topic.pk: len(inside) + position for position, topic in enumerate(waiting)}
    return Draft(
        problem=timetable.Problem(
            slots=[timetable.Slot(str(slot.pk), slot.day_id) for slot in slots],
            rooms=[timetable.Room(str(room.pk), room.capacity, frozenset(room.features)) for room in rooms],
            topics=topics,
            wishes=_wishes(event, positions),
            no_overlap=_never_parallel(everybody),
            pins=pins,
            must_place_all=False,
        ),
        slots=slots,
        rooms=rooms,
        waiting={len(inside) + position: topic for position, topic in enumerate(waiting)},
        marks=marks,
    )


def _standing(event: Event) -> list[Session]:
    return list(Session.objects.of(event).filter(placement__is_active=True).select_related("topic"))


def _topic_of(session: Session) -> int:
    topic = getattr(session, "topic", None)
    return topic.pk if topic else -session.pk


def _pinned(session: Session) -> timetable.Topic:
    return timetable.Topic(id=session.title, slots=())


def _waiting(topic: Topic, slots: list[int]) -> timetable.Topic:
    return timetable.Topic(id=str(topic), slots=slots, host=topic.host_id, needs=needs_of(topic))


def _possible(event: Event, topic: Topic, slots: list[Slot], standing: list[Session], marks: list[str]) -> list[int]:
    """Give the slots in which the host is there and not busy with anything that stands."""
    busy = [s.placement.slot.span for s in standing if rules.clashes(marks, s.hosts)]
    return [
        position
        for position, slot in enumerate(slots)
        if rules.fits(topic.when, slot.start.astimezone(event.timezone).hour)
        and not any(span.overlaps(slot.span) for span in busy)
    ]


def _wishes(event: Event, positions: dict[int, int]) -> list[list[int]]:
    """Give the wishes of each verified device as positions."""
    rows = Interest.objects.filter(topic__event=event, device__is_verified=True, device__revoked_at__isnull=True)
    wishes: dict[int, list[int]] = defaultdict(list)
    for device, topic in rows.order_by("device_id").values_list("device_id", "topic_id"):
        if topic in positions:
            wishes[device].append(positions[topic])
    return list(wishes.values())


def _never_parallel(marks: list[list[str]]) -> list[tuple[int, int]]:
    hosted: dict[str, list[int]] = defaultdict(list)
    for position, own in enumerate(marks):
        for mark in own:
            hosted[mark].append(position)
    return sorted({pair for positions in hosted.values() for pair in combinations(positions, 2)})
