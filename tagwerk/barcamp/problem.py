"""Turns an event's barcamp into a timetabling problem: what stands is pinned, what waits is free."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count

from django.utils import timezone

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.pairs import Bond, bonds_of, broken_at
from tagwerk.barcamp.rules import PairKind
from tagwerk.barcamp.together import marks_of, needs_of
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.rules import RoomKind
from tagwerk.kit.text import folded
from tagwerk.people.rules import Presence
from tagwerk.programme.absences import away_at
from tagwerk.programme.market_hours import kept_for_market, market_hours
from tagwerk.programme.models import Absence, Session
from tagwerk.timetable import problem as timetable

Pins = Mapping[int, timetable.Place]


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
    """Where topics may go: slots to come, rooms, places kept for later, and what the crew said of hosts and pairs."""

    event: Event
    slots: list[Slot]
    rooms: list[Room]
    closed: list[timetable.Place]
    absences: list[Absence] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)

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
    name: str = ""
    session: str = ""
    theme: str = ""


def frame_of(event: Event, *, tables: bool = False, reserve: int = 0, holding: Sequence["Standing"] = ()) -> Frame:
    """Give where topics may go; with `tables` also to the tables, without the `reserve` rooms of each afternoon slot.

    Slots and rooms that hold something are there even when nothing new may go there.
    """
    now = timezone.now()
    held = {(stands.slot.pk, stands.room) for stands in holding}
    to_come = Slot.objects.filter(day__event=event, start__gt=now).select_related("day__event")
    slots = [slot for slot in to_come if slot.is_open or any(slot.pk == cell[0] for cell in held)]
    rooms = [
        room
        for room in event.rooms.all()
        if (room.is_open and (tables or room.kind == RoomKind.ROOM)) or any(room.pk == cell[1] for cell in held)
    ]
    by_size = sorted(
        (room for room in rooms if room.is_open and room.kind == RoomKind.ROOM), key=lambda room: room.capacity
    )
    rank = {room.pk: position for position, room in enumerate(by_size)}

    def is_kept(room: Room, slot: Slot) -> bool:
        return room.pk in rank and rules.is_kept_free(rank[room.pk], len(rank), _hour(event, slot), reserve)

    hours = market_hours(event)
    closed = [
        (s, r)
        for s, slot in enumerate(slots)
        for r, room in enumerate(rooms)
        if not slot.is_open
        or not room.is_usable(slot)
        or ((slot.pk, room.pk) not in held and (is_kept(room, slot) or kept_for_market(slot, hours)))
    ]
    return Frame(event, slots, rooms, closed, list(Absence.objects.of(event)), bonds_of(event))


def standing_in(event: Event) -> list[Standing]:
    """Give where the sessions of an event stand."""
    sessions = Session.objects.of(event).filter(placement__is_active=True).select_related("topic", "repeated_topic")
    return [stands(session) for session in sessions]


def topic_of(session: Session) -> Topic | None:
    """Give the topic that a session stands for, in its first place or its second."""
    return getattr(session, "topic", None) or getattr(session, "repeated_topic", None)


def stands(session: Session) -> Standing:
    """Give where a session stands, and for which topic."""
    topic, place = topic_of(session), session.placement
    return Standing(
        topic.pk if topic else None,
        place.slot,
        place.room_id,
        session.hosts,
        name=str(topic or session),
        session=session.code,
        theme=topic.theme if topic else "",
    )


def likely(topics: Sequence[Topic]) -> list[Standing]:
    """Give the places that topics would take if the plan were announced now."""
    return [
        Standing(topic.pk, topic.likely_slot, topic.likely_room_id, marks_of(topic), name=str(topic), theme=topic.theme)
        for topic in topics
        if topic.likely_slot is not None
    ]


def draft(
    frame: Frame, waiting: Sequence[Topic], standing: Sequence[Standing], homes: Sequence[Standing] = ()
) -> Draft:
    """Describe what has to be planned: `waiting` seek a place beside what stands.

    The first of them may stand somewhere already, in their `homes`: there they may stay whatever their host wished for.
    """
    slot_at = {slot.pk: position for position, slot in enumerate(frame.slots)}
    room_at = {room.pk: position for position, room in enumerate(frame.rooms)}
    inside = [s for s in standing if s.slot.pk in slot_at and s.room in room_at]
    marks = [marks_of(topic) for topic in waiting]
    names = _distinct([s.name for s in inside] + [str(topic) for topic in waiting])
    theme = _numbers([s.theme for s in inside] + [topic.theme for topic in waiting])
    topics = [timetable.Topic(id=name, slots=(), theme=theme[s.theme]) for name, s in zip(names, inside, strict=False)]
    seeking = zip(names[len(inside) :], waiting, marks, _filled(homes, waiting), strict=True)
    for name, topic, own, home in seeking:
        slots = _possible(frame, topic, standing, own, home)
        topics.append(timetable.Topic(name, slots, topic.host_id, needs_of(topic), theme=theme[topic.theme]))
    named = [s.topic for s in inside] + [topic.pk for topic in waiting]
    pins = {position: (slot_at[s.slot.pk], room_at[s.room or 0]) for position, s in enumerate(inside)}
    wishes, remote = _wishes(frame.event, named)
    return Draft(
        problem=timetable.Problem(
            slots=[timetable.Slot(str(slot.pk), slot.day_id) for slot in frame.slots],
            rooms=[timetable.Room(str(room.pk), room.capacity, frozenset(room.features)) for room in frame.rooms],
            topics=topics,
            wishes=wishes,
            remote=rules.from_afar(remote, (room.features for room in frame.rooms)),
            no_overlap=_loose(_never_parallel([s.hosts for s in inside] + marks), pins)
            + _bound(frame.bonds, named, PairKind.APART, pins),
            before=_bound(frame.bonds, named, PairKind.BEFORE, pins),
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


def _filled(homes: Sequence[Standing], waiting: Sequence[Topic]) -> list[int | None]:
    """Give the slot in which each stands, None for those that seek a place."""
    return [home.slot.pk for home in homes] + [None] * (len(waiting) - len(homes))


def _distinct(names: Sequence[str]) -> list[str]:
    """Number the names that come again, so that each means one thing."""
    found: dict[str, None] = {}
    for name in names:
        turns = (f"{name} ({turn})" if turn > 1 else name for turn in count(1))
        found[next(turn for turn in turns if turn not in found)] = None
    return list(found)


def _possible(
    frame: Frame, topic: Topic, standing: Sequence[Standing], marks: list[str], home: int | None
) -> list[int]:
    """Give the slots in which the host is there and not busy with anything that stands, and which break no pair."""
    busy = [s.slot.span for s in standing if rules.clashes(marks, s.hosts)]
    others = [(s.topic, s.slot.span) for s in standing]
    return [
        position
        for position, slot in enumerate(frame.slots)
        if (slot.pk == home or rules.fits(topic.when, _hour(frame.event, slot)))
        and not any(span.overlaps(slot.span) for span in busy)
        and away_at(slot, marks, frame.absences) is None
        and broken_at(frame.bonds, topic.pk, slot.span, others) is None
    ]


def _wishes(event: Event, named: list[int | None]) -> tuple[list[list[int]], list[bool]]:
    """Give the wishes of each verified device as positions, then those of people without a phone; and who is not there.

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
    remote: set[int] = set()
    for device, topic, presence in rows.order_by("device_id").values_list("device_id", "topic_id", "device__presence"):
        if topic in positions:
            remote |= {device} if presence == Presence.REMOTE else set()
            wishes[device].append(positions[topic][seen[topic] % len(positions[topic])])
            seen[topic] += 1
    sized = Topic.objects.filter(pk__in=positions).values_list("pk", "counted", "without_phone", "estimate")
    for topic, counted, hands, estimate in sized:
        for turn in range(rules.people_without_phone(counted, hands, estimate)):
            wishes[-len(wishes) - 1] = [positions[topic][(seen[topic] + turn) % len(positions[topic])]]
    return list(wishes.values()), [device in remote for device in wishes]


def _never_parallel(marks: list[list[str]]) -> list[tuple[int, int]]:
    hosted: dict[str, list[int]] = defaultdict(list)
    for position, own in enumerate(marks):
        for mark in own:
            hosted[mark].append(position)
    return sorted({pair for positions in hosted.values() for pair in combinations(positions, 2)})


def _bound(bonds: Sequence[Bond], named: Sequence[int | None], kind: PairKind, pins: Pins) -> list[tuple[int, int]]:
    """Give the pairs of one kind as positions; a topic that stands there twice is meant with both."""
    positions: dict[int | None, list[int]] = defaultdict(list)
    for position, topic in enumerate(named):
        positions[topic].append(position)
    wanted = [bond for bond in bonds if bond.kind == kind]
    return _loose([(a, b) for w in wanted for a in positions[w.first.pk] for b in positions[w.second.pk]], pins)


def _loose(pairs: list[tuple[int, int]], pins: Pins) -> list[tuple[int, int]]:
    """Leave out pairs that both stand already: nothing can be changed about them."""
    return [(one, other) for one, other in pairs if one not in pins or other not in pins]


def _numbers(themes: Sequence[str]) -> dict[str, int | None]:
    """Give each theme a number, however it is spelled; none has none."""
    known: dict[str, int] = {}
    return {theme: known.setdefault(folded(theme), len(known)) if theme else None for theme in themes}
