"""What the planner is judged by: rules and scores written down a second time, slowly and plainly."""

import os
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from tagwerk.timetable.problem import Placements, Problem

FILES = Path(os.path.abspath(__file__)).parents[3] / "shared/data/timetabling"  # noqa: PTH100 - links stay links


def reference_file(name: str) -> Path:
    """Return a reference problem that lies beside the project; it may not be shipped with it."""
    path = FILES / f"{name}.json.gz"
    if not path.exists():
        pytest.skip(f"the reference problem {path} is not on this machine")
    return path


def possible_rooms(problem: Problem, topic: int) -> list[int]:
    """Return the rooms a topic may use."""
    if topic in problem.pins:
        return [problem.pins[topic][1]]
    wants = problem.topics[topic]
    return [
        number
        for number, room in enumerate(problem.rooms)
        if set(wants.needs) <= set(room.features) and room.capacity >= wants.min_capacity
    ]


def violations(problem: Problem, placements: Placements) -> list[str]:
    """Return every broken hard rule."""
    return [*_alone(problem, placements), *_together(problem, placements)]


def _alone(problem: Problem, placements: Placements) -> Iterator[str]:
    for topic, place in enumerate(placements):
        pin = problem.pins.get(topic)
        if place is None:
            if problem.must_place_all or pin:
                yield f"{topic} has no place"
            continue
        slots = [pin[0]] if pin else problem.topics[topic].slots
        if place[0] not in slots:
            yield f"{topic} cannot be in slot {place[0]}"
        if place[1] not in possible_rooms(problem, topic) or place in problem.room_closed:
            yield f"{topic} cannot be in room {place[1]}"


def _together(problem: Problem, placements: Placements) -> Iterator[str]:
    placed = [(topic, place) for topic, place in enumerate(placements) if place]
    for (one, place), (other, further) in product(placed, placed):
        if one < other and place == further:
            yield f"{one} and {other} share a room"
        host = problem.topics[one].host
        if one < other and place[0] == further[0] and host is not None and host == problem.topics[other].host:
            yield f"the host of {one} and {other} is needed twice"
        if (one, other) in problem.no_overlap and place[0] == further[0]:
            yield f"{one} and {other} overlap"
        if (one, other) in problem.before and place[0] >= further[0]:
            yield f"{one} is not before {other}"


def plans(problem: Problem) -> Iterator[list[tuple[int, int] | None]]:
    """Yield every valid plan of a tiny problem."""
    cells: list[tuple[int, int] | None] = [*product(range(len(problem.slots)), range(len(problem.rooms))), None]
    for placements in product(cells, repeat=len(problem.topics)):
        if not violations(problem, list(placements)):
            yield list(placements)


def wished(problem: Problem, placements: Placements, slot: int, *, remote: bool) -> list[list[int]]:
    """Return what each person in the house, or each remote one, could attend in a slot."""
    found = []
    for person, wishes in enumerate(problem.wishes):
        there = problem.present[person] if problem.present else None
        afar = bool(problem.remote and problem.remote[person])
        if afar == remote and (there is None or there[slot] == "1"):
            runs = [t for t in set(wishes) if (place := placements[t]) and place[0] == slot]
            found.append([t for t in runs if not remote or _is_hybrid(problem, placements, t)])
    return [topics for topics in found if topics]


def _is_hybrid(problem: Problem, placements: Placements, topic: int) -> bool:
    place = placements[topic]
    return place is not None and "hybrid" in problem.rooms[place[1]].features


def connected(problem: Problem, placements: Placements) -> int:
    """Count participant-slots of remote people with a wished session."""
    return sum(len(wished(problem, placements, slot, remote=True)) for slot in range(len(problem.slots)))


def served(problem: Problem, placements: Placements) -> int:
    """Count participant-slots with a wished session."""
    in_the_house = sum(len(wished(problem, placements, slot, remote=False)) for slot in range(len(problem.slots)))
    return in_the_house + connected(problem, placements)


def seated(problem: Problem, placements: Placements) -> int:
    """Count participant-slots with a seat, by trying every way to sit down."""
    in_the_house = [wished(problem, placements, slot, remote=False) for slot in range(len(problem.slots))]
    return sum(_seats(problem, placements, people) for people in in_the_house) + connected(problem, placements)


def _seats(problem: Problem, placements: Placements, people: Sequence[Sequence[int]]) -> int:
    return max(
        sum(
            min(chosen.count(topic), problem.rooms[place[1]].capacity)
            for topic in set(chosen)
            if (place := placements[topic])
        )
        for chosen in product(*people)
    )
