"""Turns an event's barcamp into a timetabling problem: what stands is pinned, what waits is free."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from django.utils import timezone

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.together import marks_of, needs_of
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.rules import RoomKind
from tagwerk.programme.models import Session
from tagwerk.timetable import problem as timetable


@dataclass(frozen=True)
class Draft:
    """A problem and what its positions mean.

    `waiting` maps positions to the topics without a place, or without their second one.
    """

    problem: timetable.Problem
    slots: list[Slot]
    rooms: list[Room]
    waiting: dict[int, Topic]


@dataclass(frozen=True)
class Frame:
    """Where topics may go: the slots to come, the rooms, and the places kept for later."""

    event: Event
    slots: list[Slot]
    rooms: list[Room]
    closed: list[timetable.Place]

    def free(self, standing: Sequence["Standing"]) -> int:
        """Count the places in which nothing stands and which are not kept."""
        taken = {(stands.slot.pk, stands.room) for stands in standing}
        closed = set(self.closed)
        return sum(
            (s, r) not in closed and (slot.pk, room.pk) not in taken
            for s, slot in enumerate(self.slots)
            for r, room in enumerate(self.rooms)
        )


@dataclass(frozen=True)
class Standing:
    """What has its place already: a session, or a topic whose place is only likely."""

    topic: int | None
    slot: Slot
    room: int | None
    hosts: list[str] = field(default_factory=list)


def frame_of(event: Event, *, tables: bool = False, reserve: int = 0) -> Frame:
    """Give where topics may go; with `tables` also to the tables, without the `reserve` rooms of each afternoon slot."""
    now = timezone.now()
    slots = list(Slot.objects.filter(day__event=event, is_open=True, start__gt=now).select_related("day__event"))
    rooms = [room for room in event.rooms.filter(is_open=True) if tables or room.kind == RoomKind.ROOM]
    by_size = sorted((room for room in rooms if room.kind == RoomKind.ROOM), key=lambda room: room.capacity)
    rank = {room.pk: position for position, room in enumerate(by_size)}
    closed = [
        (s, r)
        for s, slot in enumerate(slots)
        for r, room in enumerate(rooms)
        if not room.is_usable(slot)
        or (room.pk in rank and rules.is_kept_free(rank[room.pk], len(rank), _hour(event, slot), reserve))
    ]
    return Frame(event, slots, rooms, closed)


def standing_in(event: Event) -> list[Standing]:
    """Give where the sessions of an event stand."""
    sessions = Session.objects.of(event).filter(placement__is_active=True).select_related("topic", "repeated_topic")
    return [_stands(session) for session in sessions]


def likely(topics: Sequence[Topic]) -> list[Standing]:
    """Give the places that topics would take if the plan were announced now."""
    return [
        Standing(topic.pk, topic.likely_slot, topic.likely_room_id, marks_of(topic))
        for topic in topics
        if topic.likely_slot is not None
    ]


def draft(frame: Frame, waiting: Sequence[Topic], standing: Sequence[Standing]) -> Draft:
    """Describe what has to be planned: `waiting` seek a place beside what stands."""
    slot_at = {slot.pk: position for position, slot in enumerate(frame.slots)}
    room_at = {room.pk: position for position, room in enumerate(frame.rooms)}
    inside = [s for s in standing if s.slot.pk in slot_at and s.room in room_at]
    marks = [marks_of(topic) for topic in waiting]
    topics = [timetable.Topic(id=f"stands {position}", slots=()) for position, _s in enumerate(inside)]
    topics += [
        timetable.Topic(
            id=str(topic), slots=_possible(frame, topic, standing, own), host=topic.host_id, needs=needs_of(topic)
        )
        for topic, own in zip(waiting, marks, strict=True)
    ]
    named = [s.topic for s in inside] + [topic.pk for topic in waiting]
    pins = {position: (slot_at[s.slot.pk], room_at[s.room or 0]) for position, s in enumerate(inside)}
    return Draft(
        problem=timetable.Problem(
            slots=[timetable.Slot(str(slot.pk), slot.day_id) for slot in frame.slots],
            rooms=[timetable.Room(str(room.pk), room.capacity, frozenset(room.features)) for room in frame.rooms],
            topics=topics,
            wishes=_wishes(frame.event, named),
            no_overlap=_never_parallel([s.hosts for s in inside] + marks),
            pins=pins,
            must_place_all=False,
            room_closed=[place for place in frame.closed if place not in pins.values()],
        ),
        slots=frame.slots,
        rooms=frame.rooms,
        waiting={len(inside) + position: topic for position, topic in enumerate(waiting)},
    )


def _hour(event: Event, slot: Slot) -> int:
    return slot.start.astimezone(event.timezone).hour


def _stands(session: Session) -> Standing:
    topic = getattr(session, "topic", None) or getattr(session, "repeated_topic", None)
    place = session.placement
    return Standing(topic.pk if topic else None, place.slot, place.room_id, session.hosts)


def _possible(frame: Frame, topic: Topic, standing: Sequence[Standing], marks: list[str]) -> list[int]:
    """Give the slots in which the host is there and not busy with anything that stands."""
    busy = [s.slot.span for s in standing if rules.clashes(marks, s.hosts)]
    return [
        position
        for position, slot in enumerate(frame.slots)
        if rules.fits(topic.when, _hour(frame.event, slot)) and not any(span.overlaps(slot.span) for span in busy)
    ]


def _wishes(event: Event, named: list[int | None]) -> list[list[int]]:
    """Give the wishes of each verified device as positions, then those of people without a phone.

    A topic that stands there twice takes its people in turn, so that each half finds a seat. Hands count like
    devices that want nothing else; a guess by eye sizes the room the same way, where it is higher.
    """
    positions: dict[int, list[int]] = defaultdict(list)
    for position, known in enumerate(named):
        if known is not None:
            positions[known].append(position)
    rows = Interest.objects.filter(topic__event=event, device__is_verified=True, device__revoked_at__isnull=True)
    wishes: dict[int, list[int]] = defaultdict(list)
    seen: Counter[int] = Counter()
    for device, topic in rows.order_by("device_id").values_list("device_id", "topic_id"):
        if topic in positions:
            wishes[device].append(positions[topic][seen[topic] % len(positions[topic])])
            seen[topic] += 1
    sized = Topic.objects.filter(pk__in=positions).values_list("pk", "counted", "without_phone", "estimate")
    for topic, counted, hands, estimate in sized:
        for turn in range(rules.people_without_phone(counted, hands, estimate)):
            wishes[-len(wishes) - 1] = [positions[topic][(seen[topic] + turn) % len(positions[topic])]]
    return list(wishes.values())


def _never_parallel(marks: list[list[str]]) -> list[tuple[int, int]]:
    hosted: dict[str, list[int]] = defaultdict(list)
    for position, own in enumerate(marks):
        for mark in own:
            hosted[mark].append(position)
    return sorted({pair for positions in hosted.values() for pair in combinations(positions, 2)})
