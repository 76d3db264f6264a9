"""The planner's front door: a problem in, a valid plan with reasons out."""

import time
from dataclasses import dataclass
from typing import Literal

from tagwerk.timetable import score
from tagwerk.timetable.construct import Keep, construct
from tagwerk.timetable.contradiction import Contradiction, explain_contradiction
from tagwerk.timetable.effort import Effort, Progress
from tagwerk.timetable.grid import Grid
from tagwerk.timetable.improve import improve
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Problem
from tagwerk.timetable.reasons import Reason, explain
from tagwerk.timetable.search import find

__all__ = ["Contradiction", "Moves", "Objective", "Plan", "solve"]

Objective = Literal["seated", "served"]


@dataclass(frozen=True, slots=True)
class Moves:
    """Against the announced plan: topics now in another slot or out, and topics in another room of their slot."""

    slot: int
    room: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A valid plan; `bound` (of the objective) is None unless it was proven."""

    placements: list[Place | None]
    served: int
    seated: int
    reasons: dict[int, list[Reason]]
    bound: int | None
    optimal: bool
    moves: Moves | None
    seconds: float
    seed: int
    move_count: int


def solve(
    problem: Problem,
    *,
    objective: Objective = "seated",
    seconds: float | None = None,
    moves: int = 0,
    seed: int = 1,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Plan the topics; raise Contradiction when no valid plan exists.

    Without `seconds` and `moves` the greedy alone decides, in milliseconds. `moves` tries that many
    changes and is reproducible: same problem, seed and number, same plan. `seconds` tries as many as
    fit; with both, whichever ends first. `keep` has one announced place (or None) per topic; these stay unless a hard
    rule forbids it. `seated` prefers plans in which most people find a seat, `served` ignores seats.
    """
    started = time.perf_counter()
    model = Model(problem)
    grid = _first(model, objective, seed, keep) or find(model).grid
    if grid is None:
        raise explain_contradiction(problem)
    effort = Effort(moves, None if seconds is None else started + seconds)
    tried = improve(grid, effort, by_seats=objective == "seated", seed=seed, keep=keep, progress=progress)
    placements = grid.placements()
    served, seated = score.score(problem, placements)
    bound = score.trivial_bound(problem)
    optimal = bound == (seated if objective == "seated" else served)
    return Plan(
        placements=placements,
        served=served,
        seated=seated,
        reasons=explain(model, placements, keep),
        bound=bound if optimal else None,
        optimal=optimal,
        moves=None if keep is None else _moves(keep, placements),
        seconds=time.perf_counter() - started,
        seed=seed,
        move_count=tried,
    )


def _first(model: Model, objective: Objective, seed: int, keep: Keep | None) -> Grid | None:
    """Return the better of two greedy plans, one that looks at seats and one that does not; few moves come first."""
    best: tuple[tuple[int, ...], Grid] | None = None
    for by_seats in (True, False):
        grid = construct(model, by_seats=by_seats, seed=seed, keep=keep)
        if grid is None:
            return None
        served, seated = score.score(model.problem, grid.placements())
        moves = _moves(keep or [], grid.placements())
        worth = (-moves.slot, -moves.room, *((seated, served) if objective == "seated" else (served, seated)))
        if best is None or worth > best[0]:
            best = worth, grid
    return best[1] if best else None


def _moves(keep: Keep, placements: list[Place | None]) -> Moves:
    pairs = [(old, new) for old, new in zip(keep, placements, strict=False) if old is not None and old != new]
    slot = sum(new is None or new[0] != old[0] for old, new in pairs)
    return Moves(slot, len(pairs) - slot)
