"""Decisions about hosts on plain values: when they are asked, when they are missing, who could fill their place."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tagwerk.barcamp.rules import Sign, clashes, fits

ASKED_BEFORE = timedelta(minutes=10)
LATE_AFTER = timedelta(minutes=5)
COUNTS_BEFORE = timedelta(minutes=45)  # who was here hours ago may be gone; a few delays must not matter
BEST = 3


def is_asked(start: datetime, end: datetime, now: datetime) -> bool:
    """Tell whether a host is asked now whether they are there: from ten minutes before until the end."""
    return start - ASKED_BEFORE <= now < end


def is_late(start: datetime, end: datetime, now: datetime) -> bool:
    """Tell whether a session runs long enough that somebody should have said that they are there."""
    return start + LATE_AFTER <= now < end


def counting(kind: str, made_at: datetime, start: datetime) -> str:
    """Give what a sign means for a session that begins at `start`; empty when it is too old to mean anything."""
    return kind if kind == Sign.CANNOT or made_at >= start - COUNTS_BEFORE else ""


def is_missing(said: Sequence[str], *, late: bool) -> bool:
    """Tell whether somebody has to be found, from the last sign of each host (empty: none).

    One host who is there is enough. When all said that they cannot come it is so at once, else once it is late.
    Without a host who could say anything nobody is missed.
    """
    if not said or Sign.HERE in said:
        return False
    return late or all(sign == Sign.CANNOT for sign in said)


@dataclass(frozen=True)
class Waiting:
    """A topic that waits for a place; `demand` is how many want it, `marks` who must not be in two places."""

    number: int
    demand: int
    needs: frozenset[str]
    marks: tuple[str, ...]
    when: str
    was_pitched: bool


@dataclass(frozen=True)
class Place:
    """A free place: the hour it begins (in the event's zone), the room, and who is busy at that time."""

    slot: int
    room: int
    hour: int
    capacity: int
    features: frozenset[str]
    busy: tuple[str, ...]


def suits(topic: Waiting, place: Place) -> bool:
    """Tell whether a topic could stand there: its host is there and free, the room has what is needed."""
    is_free = not clashes(topic.marks, place.busy)
    return is_free and topic.needs <= place.features and fits(topic.when, place.hour)


def best_successors(
    waiting: Iterable[Waiting], places: Collection[Place], most: int = BEST
) -> list[tuple[Waiting, Place]]:
    """Give the topics that should fill a place, each with the free place that suits it best, most wanted first.

    Somebody must have heard of the topic: it was pitched, or people showed interest. Of several places the one
    with the fewest missing seats is best, then the one with the fewest empty ones.
    """
    found = []
    for topic in waiting:
        possible = [place for place in places if suits(topic, place)]
        if possible and (topic.was_pitched or topic.demand):
            found.append((topic, min(possible, key=lambda place: _price(topic, place))))
    return sorted(found, key=lambda pair: (-pair[0].demand, pair[0].number))[:most]


def _price(topic: Waiting, place: Place) -> tuple[int, int, int]:
    missing = max(0, topic.demand - place.capacity)
    return missing, abs(place.capacity - topic.demand), place.room
