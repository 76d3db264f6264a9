"""Two searches at once, each with its own chance: the better plan counts."""

import os
from dataclasses import replace

from tagwerk.timetable.background import Order, Run
from tagwerk.timetable.counting import Counting
from tagwerk.timetable.improve import Aim, value
from tagwerk.timetable.model import Model
from tagwerk.timetable.moves import moves_of
from tagwerk.timetable.problem import Place, Problem
from tagwerk.timetable.reasons import explain
from tagwerk.timetable.solve import Plan

WORTHWHILE = 1.0
"""Seconds below which a second process is not worth its start."""
STARTING = 0.4
"""Seconds that a second process needs until it searches, and for its answer to be read."""
MOST_WISHES = 200_000
"""Beyond so many wishes, handing the problem over costs more than it brings."""


def companion(problem: Problem, order: Order) -> Run | None:
    """Start a second search if there is a core for it and time enough; `order` is that of the first."""
    wishes = sum(map(len, problem.wishes))
    if order.seconds is None or order.seconds < WORTHWHILE or (os.cpu_count() or 1) < 2 or wishes > MOST_WISHES:  # noqa: PLR2004 - two searches, two cores
        return None
    return Run(problem, replace(order, seed=order.seed + 1, seconds=order.seconds - STARTING))


def better(problem: Problem, plan: Plan, run: Run, aim: Aim, seconds: float) -> Plan:
    """Return the better of a plan and what the second search found; wait for that at most some seconds."""
    run.stop()
    answer = run.wait(seconds)
    if answer is None:
        run.kill()
    if answer is None or answer["kind"] != "plan":
        return plan
    found: list[Place | None] = [None if place is None else (place[0], place[1]) for place in answer["placements"]]
    tried, least = plan.move_count + answer["move_count"], answer["least_moves"]
    counting = Counting(problem)
    if value(counting, found, aim) <= value(counting, plan.placements, aim):
        return replace(plan, move_count=tried)
    return replace(
        plan,
        placements=found,
        served=answer["served"],
        seated=answer["seated"],
        reasons=explain(Model(problem), found, aim.keep or None),
        bound=answer["bound"],
        optimal=answer["optimal"],
        moves=None if plan.moves is None else moves_of(aim.keep, found),
        move_count=tried,
        least_moves=plan.least_moves if least is None else least["slot"],
    )
