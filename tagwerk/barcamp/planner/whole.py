"""The whole plan as a timetabling problem: what stands and may move, what must stay, and what waits for a place."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils import timezone

from tagwerk.barcamp.actions.planning import kept_rooms
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.plan_rules import Cell, prices_of
from tagwerk.barcamp.problem import draft, frame_of, stands, topic_of
from tagwerk.barcamp.rules import State, is_taken_over
from tagwerk.barcamp.together import marks_of
from tagwerk.events.models import Event
from tagwerk.programme.models import Session
from tagwerk.programme.rules import is_frozen
from tagwerk.timetable.problem import Place, Problem
from tagwerk.timetable.problem import Topic as TimetableTopic
from tagwerk.timetable.weights import Weights


@dataclass(frozen=True)
class Subject:
    """What the planner places: a topic, in its first place or (`is_second`) in its other one.

    `session` is the code of what stands for it, empty when nothing does; `is_lost` when it cannot stay there.
    """

    topic: str
    session: str = ""
    is_second: bool = False
    is_lost: bool = False


@dataclass(frozen=True)
class Whole:
    """A problem, what its positions from `first` on are, and where that stands now (None: nowhere).

    `slots` and `rooms` are the numbers of the problem's slots and rooms; the positions before `first` are pinned.
    """

    problem: Problem
    slots: list[int]
    rooms: list[int]
    subjects: list[Subject]
    cells: list[Cell | None]
    first: int

    @property
    def keep(self) -> list[Place | None]:
        """Give the plan as it stands, for all positions of the problem."""
        return [self.problem.pins[position] for position in range(self.first)] + [self._place(c) for c in self.cells]

    def given(self) -> dict[str, Any]:
        """Give what has to be remembered to understand an answer."""
        return {
            "slots": self.slots,
            "rooms": self.rooms,
            "subjects": [asdict(subject) for subject in self.subjects],
            "cells": self.cells,
            "first": self.first,
        }

    def _place(self, cell: Cell | None) -> Place | None:
        return None if cell is None else (self.slots.index(cell[0]), self.rooms.index(cell[1]))


def whole_of(event: Event, style: str) -> Whole:
    """Describe the plan of an event with all that may move; `style` says what a move costs (see `plan_rules`).

    Sessions that run or begin within 30 minutes, pinned ones and those that are no topic's stay where they are.
    """
    sessions, topics = _to_come(event), {topic.pk: topic for topic in Topic.objects.of(event)}
    loose = [session for session in sessions if _may_move(session, topics)]
    rest = [stands(session) for session in sessions if session not in loose]
    standing = [stands(session) for session in loose]
    seeking = [(topic, False) for topic in topics.values() if topic.state == State.QUALIFIED]
    seeking += [(topic, True) for topic in topics.values() if topic.is_twice and not topic.repeat and _counts(topic)]
    frame = frame_of(event, tables=True, reserve=kept_rooms(event), holding=[*rest, *standing])
    waiting = [topics[place.topic or 0] for place in standing] + [topic for topic, _is_second in seeking]
    drafted = draft(frame, waiting, rest, standing)
    first = len(drafted.problem.pins)
    cells: list[Cell | None] = [(place.slot.pk, place.room or 0) for place in standing]
    weights = Weights(**prices_of(Barcamp.objects.get(event=event).prices).weights(style))
    soon = {position for position, slot in enumerate(frame.slots) if is_frozen(slot.start, timezone.now())}
    found = Whole(
        problem=replace(drafted.problem, weights=weights, topics=_not_into(drafted.problem, soon, first, len(loose))),
        slots=[slot.pk for slot in frame.slots],
        rooms=[room.pk for room in frame.rooms],
        subjects=[],
        cells=cells + [None] * len(seeking),
        first=first,
    )
    lost = _lost(found, frame.closed)
    subjects = [
        Subject(topic.code, session.code, topic.repeat_id == session.pk, position in lost)
        for position, (topic, session) in enumerate(zip(waiting, loose, strict=False))
    ]
    subjects += [Subject(topic.code, is_second=is_second) for topic, is_second in seeking]
    return replace(found, subjects=subjects)


def _to_come(event: Event) -> list[Session]:
    """Give the sessions that stand in a room at a time to come."""
    placed = Session.objects.of(event).filter(placement__is_active=True, placement__room__isnull=False)
    to_come = placed.filter(placement__slot__start__gt=timezone.now())
    return list(to_come.select_related("topic", "repeated_topic").in_order())


def _may_move(session: Session, topics: Mapping[int, Topic]) -> bool:
    """Tell whether the planner may move a session; `topics` are those of the event, loaded with what they need."""
    known, place = topic_of(session), session.placement
    topic = topics[known.pk] if known else None
    if topic is None or place.is_pinned or is_frozen(place.slot.start, timezone.now()):
        return False
    return not is_taken_over(session.hosts, marks_of(topic))  # who took over promised that time and place


def _counts(topic: Topic) -> bool:
    return topic.state == State.QUALIFIED or (topic.state == State.PLANNED and not topic.sessions[0].is_cancelled)


def _not_into(problem: Problem, soon: set[int], first: int, loose: int) -> list[TimetableTopic]:
    """Keep what stands out of the slots that begin soon: nobody would hear of it in time."""
    moving = range(first, first + loose)
    return [
        replace(topic, slots=[slot for slot in topic.slots if slot not in soon]) if position in moving else topic
        for position, topic in enumerate(problem.topics)
    ]


def _lost(whole: Whole, closed: Sequence[Place]) -> set[int]:
    """Give the positions among the subjects that cannot stay: the room is closed, or the host is not there then."""
    shut, topics = set(closed), whole.problem.topics[whole.first :]
    return {
        position
        for position, (topic, place) in enumerate(zip(topics, whole.keep[whole.first :], strict=True))
        if place is not None and (place in shut or place[0] not in topic.slots)
    }
