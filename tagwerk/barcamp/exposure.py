"""Counts how often topics were shown in a good place, so that the least seen come first.

A page view writes nothing: the counts are gathered in memory and stored now and then in one go.
"""

import threading
import time
from collections import Counter

from django.db.models import F

from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Exposure, least_seen_first
from tagwerk.events.models import Event
from tagwerk.kit.writer import action

GOOD_PLACES = 3
EVERY = 10.0  # seconds between two writes


class Gathered:
    """Views since the last write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: Counter[int] = Counter()
        self._due = time.monotonic() + EVERY

    def seen(self, topics: list[Topic]) -> None:
        """Note that these topics stood in a good place."""
        with self._lock:
            self._views.update(topic.pk for topic in topics)

    def fresh(self, topic: Topic) -> int:
        """Give the views of a topic that are not stored yet."""
        return self._views[topic.pk]

    def take(self) -> dict[int, int]:
        """Give the views to be stored, or nothing while it is too early."""
        with self._lock:
            if time.monotonic() < self._due:
                return {}
            self._due = time.monotonic() + EVERY
            taken, self._views = dict(self._views), Counter()
            return taken


gathered = Gathered()


def in_fair_order(event: Event) -> list[Topic]:
    """Give the listed topics, the least seen first, and count the first ones as seen."""
    topics = {topic.number: topic for topic in Topic.objects.of(event).listed()}
    order = least_seen_first(Exposure(t.number, t.seen + gathered.fresh(t)) for t in topics.values())
    ordered = [topics[number] for number in order]
    gathered.seen(ordered[:GOOD_PLACES])
    due = gathered.take()
    if due:
        store_views(due)
    return ordered


@action
def store_views(views: dict[int, int]) -> None:
    """Add gathered views to the topics."""
    for topic, number in views.items():
        Topic.objects.filter(pk=topic).update(seen=F("seen") + number)
