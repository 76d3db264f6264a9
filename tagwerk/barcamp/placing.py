"""Finds places for topics: first the rooms, then the tables for what is left over."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.problem import Frame, Standing, draft, frame_of, standing_in
from tagwerk.barcamp.together import marks_of
from tagwerk.events.models import Event, Room, Slot
from tagwerk.timetable.solve import solve

Reasons = list[dict[str, Any]]
SWAPS = 2000


@dataclass(frozen=True)
class Place:
    """Where a topic goes and why; without a slot there is no place for it, and why not."""

    topic: Topic
    slot: Slot | None
    room: Room | None
    reasons: Reasons

    def standing(self) -> Standing | None:
        """Give the place as something that stands."""
        if self.slot is None or self.room is None:
            return None
        return Standing(self.topic.pk, self.slot, self.room.pk, marks_of(self.topic), theme=self.topic.theme)


@dataclass
class Search:
    """What was found; `seated` and `seconds` as the solver counts them."""

    places: list[Place] = field(default_factory=list)
    seated: int = 0
    bound: int | None = None
    seconds: float = 0.0


def find_places(event: Event, topics: Sequence[Topic], *, beside: Sequence[Standing] = (), reserve: int = 0) -> Search:
    """Find a place for each topic beside what stands in the programme, and beside what else is said to stand.

    The most wanted get the rooms; where rooms are short, the others get what is left and the tables.
    `reserve` rooms of each afternoon slot are kept for later.
    """
    standing = [*standing_in(event), *beside]
    rooms = frame_of(event, reserve=reserve)
    ordered = sorted(
        topics, key=lambda topic: (not topic.is_admitted, -topic.demand, rules.lot_of(event.pk, topic.number))
    )
    free = rooms.free(standing)
    search = _solve(rooms, ordered[:free], standing)
    left = [place.topic for place in search.places if place.slot is None] + ordered[free:]
    if left:
        taken = [stands for place in search.places if (stands := place.standing())]
        with_tables = frame_of(event, tables=True, reserve=reserve)
        second = _solve(with_tables, left, [*standing, *taken])
        search.places = [place for place in search.places if place.slot] + second.places
        search.seated, search.bound, search.seconds = second.seated, second.bound, search.seconds + second.seconds
    return search


def _solve(frame: Frame, topics: Sequence[Topic], standing: Sequence[Standing]) -> Search:
    if not topics:
        return Search()
    problem = draft(frame, topics, standing)
    # A single topic goes to the best place at once; several are worth a few swaps, still in milliseconds.
    plan = solve(problem.problem, moves=SWAPS if len(topics) > 1 else 0)
    places = []
    for position, topic in problem.waiting.items():
        where = plan.placements[position]
        slot, room = (problem.slots[where[0]], problem.rooms[where[1]]) if where else (None, None)
        places.append(Place(topic, slot, room, [asdict(reason) for reason in plan.reasons.get(position, [])]))
    return Search(places, plan.seated, plan.bound, plan.seconds)
