"""The planner's front door: a problem in, a valid plan with reasons out."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from tagwerk.timetable import score
from tagwerk.timetable.construct import Keep, construct
from tagwerk.timetable.contradiction import Contradiction, explain_contradiction
from tagwerk.timetable.counting import Counting
from tagwerk.timetable.effort import Effort, never
from tagwerk.timetable.grid import Grid
from tagwerk.timetable.improve import Aim, Objective, Progress, improve, unheard, value
from tagwerk.timetable.least_moves import LeastMoves, counted, in_time
from tagwerk.timetable.model import Model
from tagwerk.timetable.moves import Moves, moves_of
from tagwerk.timetable.problem import Place, Problem
from tagwerk.timetable.reasons import Reason, explain
from tagwerk.timetable.search import find
from tagwerk.timetable.weights import Weights

__all__ = ["Contradiction", "Moves", "Objective", "Plan", "solve"]


EXPLAINING = 20.0
"""Seconds in which the smallest contradiction is sought."""
COUNTS = 4
"""Exact counts that the end of the search takes, with the reasons: time to set aside for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A valid plan; `bound` (of the objective) and `least_moves` (to another slot) are None unless they were proven."""

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
    least_moves: int | None = None


def solve(
    problem: Problem,
    *,
    objective: Objective = "seated",
    seconds: float | None = None,
    moves: int = 0,
    seed: int = 1,
    keep: Keep | None = None,
    weights: Weights | None = None,
    progress: Progress = unheard,
    stop: Callable[[], bool] = never,
) -> Plan:
    """Plan the topics; raise Contradiction when no valid plan exists.

    Without `seconds` and `moves` the greedy alone decides, in milliseconds. `moves` tries that many
    changes and is reproducible: same problem, seed and number, same plan. `seconds` tries as many as
    fit; with both, whichever ends first. `keep` has one announced place (or None) per topic; these stay unless a hard
    rule forbids it. `seated` prefers plans in which most people find a seat, `served` ignores seats.
    """
    started = time.perf_counter()
    model = Model(problem)
    aim = Aim(objective, weights or problem.weights, keep or (), seed)
    counting = Counting(problem)
    first = _first(model, aim, counting) or find(model).grid
    if first is None:
        raise explain_contradiction(problem, until=time.perf_counter() + EXPLAINING)
    start = first.placements()
    least = in_time(model, aim.keep, start, (math.inf if moves else 0.0) if seconds is None else seconds)
    if least.placements is not None:
        start = max(start, least.placements, key=lambda plan: value(counting, plan, aim))
    aim = replace(aim, least=least.slot if _lost_a_room(model, aim.keep) else None)
    last = COUNTS * counting.seconds
    effort = Effort(moves, None if seconds is None else started + max(seconds / 2, seconds - last), stop)
    found = improve(model, start, effort, aim, heard=progress, counting=counting)
    placements = found.placements
    served, seated = counting.score(placements)
    bound = score.trivial_bound(problem)
    optimal = bound == (seated if objective == "seated" else served)
    return Plan(
        placements=placements,
        served=served,
        seated=seated,
        reasons=explain(model, placements, keep),
        bound=bound if optimal else None,
        optimal=optimal,
        moves=None if keep is None else moves_of(keep, placements),
        seconds=time.perf_counter() - started,
        seed=seed,
        move_count=found.tried,
        least_moves=None if keep is None else _proven(model, keep, least, placements),
    )


def _lost_a_room(model: Model, keep: Keep) -> bool:
    """Say whether a room was closed in which something was announced."""
    return any(place is not None and not model.opened[place[0]] >> place[1] & 1 for place in keep)


def _proven(model: Model, keep: Keep, least: LeastMoves, placements: Keep) -> int | None:
    """Return the proven fewest slot moves; a search may have come to what counting proves."""
    return counted(model, keep, placements) if least.slot is None else least.slot


def _first(model: Model, aim: Aim, counting: Counting) -> Grid | None:
    """Return the better of two greedy plans, one that looks at seats and one that does not."""
    grids = [construct(model, by_seats=by_seats, seed=aim.seed, keep=aim.keep) for by_seats in (True, False)]
    found = [grid for grid in grids if grid is not None]
    return max(found, key=lambda grid: value(counting, grid.placements(), aim)) if found else None
