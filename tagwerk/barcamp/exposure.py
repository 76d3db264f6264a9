"""Counts how often topics were shown in a good place, so that the least seen come first.

A page view writes nothing: the counts are gathered in memory, and housekeeping stores them in one go.
"""

import threading
from collections import Counter

from django.db.models import F

from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Exposure, PitchState, RoundPhase, least_seen_first
from tagwerk.barcamp.stage import current_round, queue_of
from tagwerk.events.models import Event
from tagwerk.kit.writer import action

GOOD_PLACES = 3


class Gathered:
    """Views since the last write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: Counter[int] = Counter()

    def seen(self, topics: list[Topic]) -> None:
        """Note that these topics stood in a good place."""
        with self._lock:
            self._views.update(topic.pk for topic in topics)

    def fresh(self, topic: Topic) -> int:
        """Give the views of a topic that are not stored yet."""
        return self._views[topic.pk]

    def take(self) -> dict[int, int]:
        """Give the views to be stored, and begin anew."""
        with self._lock:
            taken, self._views = dict(self._views), Counter()
            return taken

    def put_back(self, views: dict[int, int]) -> None:
        """Take up again what could not be stored."""
        with self._lock:
            self._views.update(views)


gathered = Gathered()


def in_order_of_the_hour(event: Event) -> list[Topic]:
    """Give the listed topics: the least seen first while they are collected, then as on stage, then by number."""
    round_ = current_round(event)
    if round_ is None or round_.phase == RoundPhase.COLLECTING:
        return in_fair_order(event)
    if round_.phase != RoundPhase.PITCHING:
        return list(Topic.objects.of(event).listed().order_by("number"))
    turn = {PitchState.ON_STAGE: 0, PitchState.WAITING: 1, PitchState.ABSENT: 2, PitchState.DONE: 3}
    place = {pitch.topic_id: (turn[PitchState(pitch.state)], pitch.position) for pitch in queue_of(round_)}
    listed = Topic.objects.of(event).listed()
    return sorted(listed, key=lambda topic: (*place.get(topic.pk, (len(turn), 0)), topic.number))


def in_fair_order(event: Event) -> list[Topic]:
    """Give the listed topics, the least seen first, and count the first ones as seen."""
    topics = {topic.number: topic for topic in Topic.objects.of(event).listed()}
    order = least_seen_first(Exposure(t.number, t.seen + gathered.fresh(t)) for t in topics.values())
    ordered = [topics[number] for number in order]
    gathered.seen(ordered[:GOOD_PLACES])
    return ordered


def store_gathered() -> None:
    """Store the views since the last time; what is refused is kept for the next one."""
    views = gathered.take()
    if not views:
        return
    try:
        store_views(views)
    except Exception:
        gathered.put_back(views)
        raise


@action
def store_views(views: dict[int, int]) -> None:
    """Add gathered views to the topics."""
    for topic, number in views.items():
        Topic.objects.filter(pk=topic).update(seen=F("seen") + number)
