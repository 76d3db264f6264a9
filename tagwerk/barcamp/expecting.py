"""Who will come to sessions, as far as people said it, and which of them should change their rooms."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Max, Min, Q
from django.utils import timezone

from tagwerk.barcamp.expecting_rules import Exchange, Expected, Place, Sitting, better_rooms, expected
from tagwerk.barcamp.models import Barcamp, Coming, Interest, Topic
from tagwerk.barcamp.problem import topic_of
from tagwerk.barcamp.rules import Counts, people_without_phone
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.rules import Feature, RoomKind
from tagwerk.kit.dates import Span
from tagwerk.people.rules import Presence
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind, may_be_moved

COUNTING = {"device__is_verified": True, "device__revoked_at__isnull": True}  # as for planning


@dataclass(frozen=True)
class Crowd:
    """Who will come to a session, and how many of them have said so."""

    people: Expected
    coming: int


def crowds(sessions: Collection[Session]) -> dict[int, Crowd]:
    """Give who will come to each of these sessions that has a topic; load them through `Session.objects.of`.

    Who said "I'm coming" to two sessions at the same time may be in either. Of a topic that stands there twice each
    session gets half of those who have not decided.
    """
    topics = {session.pk: topic for session in sessions if (topic := topic_of(session))}
    said = _said(sessions, topics.values())
    return {session.pk: _crowd(session, topics[session.pk], said) for session in sessions if session.pk in topics}


def ranges(sessions: Collection[Session]) -> dict[int, tuple[int, int]]:
    """Give between how many and how many people will sit in sessions; asked by the floor below."""
    return {number: (crowd.people.low, crowd.people.high) for number, crowd in crowds(sessions).items()}


def expectations(event: Event, *, exact: bool = False) -> list[tuple[Session, Topic, Crowd]]:
    """Give who will come to the sessions to come, as everybody may know it; for the crew `exact`ly."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None or not (exact or barcamp.counts == Counts.EXACT):
        return []
    sessions = _ahead(event)
    found = crowds(sessions)
    return [(session, topic, found[session.pk]) for session in sessions if (topic := topic_of(session))]


@dataclass(frozen=True)
class Swap:
    """Sessions of one slot that should change their rooms: each with who comes, and its new room."""

    slot: Slot
    moves: list[tuple[Session, Crowd, Room]]
    gain: int


def better_swaps(event: Event) -> list[Swap]:
    """Give the exchanges of rooms that are clearly worth it in the slots to come; what is fixed or near stays."""
    sessions = [session for session in _ahead(event) if session.placement.room_id and not session.placement.is_pinned]
    known = crowds(sessions)
    rooms = [room for room in event.rooms.all() if room.kind == RoomKind.ROOM]
    by_slot: dict[int, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.pk in known:
            by_slot[session.placement.slot_id].append(session)
    taken = _taken(event)
    swaps = []
    for parallel in by_slot.values():
        slot = parallel[0].placement.slot
        others = taken[slot.pk] - {session.placement.room_id for session in parallel}
        usable = [room for room in rooms if room.is_usable(slot) and room.pk not in others]
        swaps += [_swap(slot, exchange, parallel, known, usable) for exchange in _exchanges(parallel, known, usable)]
    return swaps


def _exchanges(parallel: list[Session], known: Mapping[int, Crowd], rooms: list[Room]) -> list[Exchange]:
    places = [Place(room.pk, room.capacity, frozenset(room.features)) for room in rooms]
    sittings = [_sitting(session, known[session.pk]) for session in parallel]
    return better_rooms(sittings, places)


def _sitting(session: Session, crowd: Crowd) -> Sitting:
    return Sitting(session.pk, crowd.people, session.placement.room_id or 0, _needs(session, crowd), crowd.coming)


def _swap(
    slot: Slot, exchange: Exchange, parallel: list[Session], known: Mapping[int, Crowd], rooms: list[Room]
) -> Swap:
    by_number = {room.pk: room for room in rooms}
    moves = [
        (session, known[session.pk], by_number[exchange.rooms[session.pk]])
        for session in parallel
        if session.pk in exchange.rooms
    ]
    return Swap(slot, moves, exchange.gain)


def _needs(session: Session, crowd: Crowd) -> frozenset[str]:
    """Give what its room must have; who takes part from elsewhere does not lose a hybrid room."""
    room = session.placement.room
    keeps = {Feature.HYBRID.value} if crowd.people.online and room and Feature.HYBRID in room.features else set()
    return frozenset(session.needs) | keeps


def _ahead(event: Event) -> list[Session]:
    now = timezone.now()
    found = Session.objects.of(event).filter(kind=Kind.BARCAMP, placement__is_active=True, placement__slot__end__gt=now)
    near = found.select_related("topic", "repeated_topic").in_order()
    return [session for session in near if may_be_moved(session.placement.slot.start, now, is_pinned=False)]


def _taken(event: Event) -> dict[int, set[int | None]]:
    taken: dict[int, set[int | None]] = defaultdict(set)
    standing = Session.objects.filter(event=event, placement__is_active=True)
    for slot, room in standing.values_list("placement__slot", "placement__room"):
        taken[slot].add(room)
    return taken


@dataclass(frozen=True)
class Visit:
    """That a device comes to a session: which, when, and of which topic."""

    session: int
    span: Span
    topic: int | None


@dataclass
class Said:
    """What devices said: to which sessions they come, in which topics they are interested, who is not in the house."""

    visits: dict[int, list[Visit]] = field(default_factory=lambda: defaultdict(list))
    wanted: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    remote: set[int] = field(default_factory=set)


def _said(sessions: Collection[Session], topics: Collection[Topic]) -> Said:
    """Load what was said of these sessions, of those at the same time, and of these topics."""
    said = Said()
    numbers = [topic.pk for topic in topics]
    slots = Slot.objects.filter(pk__in=[session.placement.slot_id for session in sessions])
    times = slots.aggregate(start=Min("start"), end=Max("end"))
    if not numbers or times["start"] is None:
        return said
    near = Q(session__placement__slot__start__lt=times["end"], session__placement__slot__end__gt=times["start"])
    same = Q(session__topic__in=numbers) | Q(session__repeated_topic__in=numbers)
    coming = Coming.objects.filter(near | same, **COUNTING, session__placement__is_active=True)
    event = next(iter(sessions)).event_id
    for device, presence, session, start, end, topic, repeated in coming.filter(session__event=event).values_list(
        "device_id",
        "device__presence",
        "session_id",
        "session__placement__slot__start",
        "session__placement__slot__end",
        "session__topic",
        "session__repeated_topic",
    ):
        said.visits[device].append(Visit(session, Span(start, end), topic or repeated))
        said.remote |= {device} if presence == Presence.REMOTE else set()
    interest = Interest.objects.filter(**COUNTING, topic__in=numbers)
    for topic, device, presence in interest.values_list("topic_id", "device_id", "device__presence"):
        said.wanted[topic].add(device)
        said.remote |= {device} if presence == Presence.REMOTE else set()
    return said


def _crowd(session: Session, topic: Topic, said: Said) -> Crowd:
    span = session.placement.slot.span
    sure, torn, elsewhere = set[int](), set[int](), set[int]()
    for device, visits in said.visits.items():
        here = any(visit.session == session.pk for visit in visits)
        others = (visit for visit in visits if visit.session != session.pk)
        there = any(visit.span.overlaps(span) or visit.topic == topic.pk for visit in others)
        if here or there:
            (torn if here and there else sure if here else elsewhere).add(device)
    may_come = said.wanted[topic.pk] - sure - torn - elsewhere
    hands = people_without_phone(topic.counted, topic.without_phone, topic.estimate)
    parts = 2 if len(topic.sessions) > 1 else 1
    undecided = len(torn - said.remote) + _share(len(may_come - said.remote), parts)
    online = len((sure | torn) & said.remote) + _share(len(may_come & said.remote), parts)
    people = expected(len(sure - said.remote), undecided, _share(hands, parts), online)
    return Crowd(people, len(sure | torn))


def _share(people: int, parts: int) -> int:
    return -(-people // parts)
