"""The planner on given files: the greedy alone, as after a tap, then seconds of search, a lost room and a proof."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from tagwerk.site.bench.house import say
from tagwerk.timetable.bound import upper_bound
from tagwerk.timetable.improve import Objective
from tagwerk.timetable.problem import Placements, Problem, read
from tagwerk.timetable.solve import Contradiction, solve

SEARCHES: tuple[tuple[Objective, float], ...] = (("seated", 2.0), ("seated", 10.0), ("served", 2.0), ("served", 10.0))
REPLAN = 2.0
PROOF, PROVABLE = 300.0, 60
"""Seconds for a proof, and topics beyond which none is sought."""


def run(files: list[Path]) -> list[dict[str, Any]]:
    """Measure; gives one line per file."""
    return [_measure(path) for path in files]


def _measure(path: Path) -> dict[str, Any]:
    say(f"{path.name} …")
    problem = read(path)
    plan = solve(problem)
    line: dict[str, Any] = {
        "bench": "plan",
        "file": path.name,
        "topics": len(problem.topics),
        "greedy_ms": round(plan.seconds * 1000, 1),
        "greedy_seated": plan.seated,
        "greedy_served": plan.served,
    }
    for objective, seconds in SEARCHES:
        plan = solve(problem, objective=objective, seconds=seconds)
        line[f"{objective}_{seconds:.0f}s"] = plan.seated if objective == "seated" else plan.served
    line |= _lost(problem, solve(problem, seconds=REPLAN).placements)
    if len(problem.topics) <= PROVABLE:
        line["bound"] = upper_bound(problem, plan.placements, seconds=PROOF).value
    return line


def _lost(problem: Problem, announced: Placements) -> dict[str, Any]:
    """Close the largest room after the announcement, except for what is pinned there."""
    pinned = set(problem.pins.values())
    largest = max(range(len(problem.rooms)), key=lambda room: problem.rooms[room].capacity)
    closed = [(slot, largest) for slot in range(len(problem.slots)) if (slot, largest) not in pinned]
    try:
        plan = solve(replace(problem, room_closed=[*problem.room_closed, *closed]), seconds=REPLAN, keep=announced)
    except Contradiction:
        return {"lost_room": "no plan"}
    moves = plan.moves
    return {
        "lost_room_seated": plan.seated,
        "slot_moves": moves.slot if moves else None,
        "room_moves": moves.room if moves else None,
    }
