"""Fills the demo from a timetabling file: its rooms and slots, its topics, one device per participant."""

from datetime import timedelta

from django.utils import timezone

from tagwerk.barcamp.actions import open_barcamp, plan
from tagwerk.barcamp.actions.proposing import searchable
from tagwerk.barcamp.models import LONGEST_TITLE, Barcamp, Interest, Topic
from tagwerk.barcamp.rules import Counts, PublishMode, State
from tagwerk.events.actions import add_day, add_room, found
from tagwerk.events.models import Event
from tagwerk.events.rules import Feature, Mode, Phase
from tagwerk.kit.codes import new_code
from tagwerk.kit.dates import next_quarter
from tagwerk.kit.writer import action
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import DeviceKind
from tagwerk.people.tokens import digest, new_secret
from tagwerk.timetable.problem import Problem

HOUR, LENGTH, LEAD = timedelta(hours=1), timedelta(minutes=45), timedelta(minutes=30)
FEATURES = {feature.value for feature in Feature}


@action
def make_from(slug: str, problem: Problem) -> Event:
    """Make an event with the rooms, slots, topics and wishes of a problem, and plan it as a whole."""
    event = found(
        slug,
        "Barcamp Musterstadt",
        expected_people=max(1000, len(problem.wishes)),
        motto=problem.name,
        place="Bürgerhaus Musterstadt",
        phase=Phase.LIVE,
        accent="petrol",
    )
    open_barcamp(event, publish_mode=PublishMode.AT_ONCE, counts=Counts.EXACT, threshold=1)
    for room in problem.rooms:
        add_room(event, f"Raum {room.id}", room.capacity, sorted(room.features & FEATURES))
    first = next_quarter(timezone.now()) + LEAD
    spans = [(first + number * HOUR, first + number * HOUR + LENGTH, True) for number in range(len(problem.slots))]
    add_day(event, first.astimezone(event.timezone).date(), Mode.HYBRID, spans)
    _bring(event, problem)
    plan(event)
    return event


def _bring(event: Event, problem: Problem) -> None:
    hosts = {
        host: _device(event, DeviceKind.CARD) for host in {topic.host for topic in problem.topics} if host is not None
    }
    people = [_device(event) for _person in problem.wishes]
    DeviceToken.objects.bulk_create([*hosts.values(), *people])
    wanted = [0] * len(problem.topics)
    for wishes in problem.wishes:
        for wish in set(wishes):
            wanted[wish] += 1
    taken: set[str] = set()
    topics: list[Topic] = []
    for position, source in enumerate(problem.topics):
        code = new_code(taken.__contains__)
        taken.add(code)
        topic = Topic(
            event=event,
            number=position + 1,
            code=code,
            title=f"Projekt {source.id}"[:LONGEST_TITLE],
            host=hosts.get(source.host) if source.host is not None else None,
            needs=sorted(source.needs & FEATURES),
            state=State.QUALIFIED,
            interest=wanted[position],
            counted=wanted[position],
        )
        topic.searchable = searchable(topic)
        topics.append(topic)
    Topic.objects.bulk_create(topics)
    rows = [
        Interest(topic=topics[wish], device=person)
        for person, wishes in zip(people, problem.wishes, strict=True)
        for wish in sorted(set(wishes))
    ]
    Interest.objects.bulk_create(rows, batch_size=500)
    Barcamp.objects.filter(event=event).update(next_number=len(topics) + 1)


def _device(event: Event, kind: DeviceKind = DeviceKind.PHONE) -> DeviceToken:
    return DeviceToken(realm=event.realm, kind=kind, digest=digest(new_secret("")), minted_at=timezone.now())
