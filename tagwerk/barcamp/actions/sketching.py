"""Finds likely places for topics that wait for the crew's announcement: shown dashed, promised to nobody."""

from collections.abc import Iterable

from tagwerk.barcamp.changes import TopicSketched
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.placing import Place, find_places
from tagwerk.barcamp.problem import likely
from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell


def sketch_one(topic: Topic) -> None:
    """Find a likely place for a topic beside those of the others, which stay; the caller tells."""
    event = topic.event
    others = Topic.objects.of(event).waiting_for_a_place().exclude(pk=topic.pk)
    found = find_places(event, [topic], beside=likely(list(others)), reserve=event.barcamp.reserve_rooms)
    put_likely(topic, found.places[0])


@action
def sketch(event: Event, *, actor: str = "") -> list[Topic]:
    """Find the best likely places for all topics that wait, anew; tells and gives those that changed."""
    hold(event.stream)
    changed = sketch_quietly(event)
    tell_likely(changed, actor=actor)
    return changed


def sketch_quietly(event: Event) -> list[Topic]:
    """Find the best likely places for all topics that wait, anew; gives those that changed, for the caller to tell."""
    waiting = list(Topic.objects.of(event).waiting_for_a_place())
    search = find_places(event, waiting, reserve=event.barcamp.reserve_rooms)
    return [place.topic for place in search.places if put_likely(place.topic, place)]


def put_likely(topic: Topic, place: Place) -> bool:
    """Store where a topic would stand and why; tells whether that is something new."""
    before = (topic.likely_slot_id, topic.likely_room_id, topic.reasons)
    topic.likely_slot, topic.likely_room, topic.reasons = place.slot, place.room, place.reasons
    topic.save(update_fields=["likely_slot", "likely_room", "reasons"])
    return before != (topic.likely_slot_id, topic.likely_room_id, topic.reasons)


def tell_likely(topics: Iterable[Topic], *, actor: str) -> int | None:
    """Tell where topics would stand now; gives the last revision."""
    revision = None
    for topic in topics:
        fact = TopicSketched(code=topic.code, number=topic.number, slot=topic.likely_slot_id, room=topic.likely_room_id)
        revision = tell(topic.event.stream, fact, actor=actor)
    return revision
