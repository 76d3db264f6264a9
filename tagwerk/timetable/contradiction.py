"""When no valid plan exists: a set of demands of which none can be left out of the contradiction."""

import math
import time
from collections.abc import Callable, Sequence

from tagwerk.timetable.demands import Demand, demands, relaxed
from tagwerk.timetable.problem import Problem
from tagwerk.timetable.search import LIMIT, feasible

Oracle = Callable[[Sequence[Demand]], bool | None]

MOST_QUESTIONS = 600


class Contradiction(Exception):
    """No valid plan exists (`proven`), or none was found and it stays open whether there is one.

    `demands` cannot all hold together; with `minimal`, giving up any single one of them helps.
    """

    def __init__(self, demands: Sequence[Demand], *, proven: bool, minimal: bool) -> None:
        self.demands, self.proven, self.minimal = tuple(demands), proven, minimal
        named = "; ".join(demand.text for demand in self.demands)
        super().__init__(f"these demands contradict each other: {named}" if proven else "no valid plan was found")


def explain_contradiction(problem: Problem, limit: int = LIMIT, until: float = math.inf) -> Contradiction:
    """Return the smallest contradiction that two searches find, one from either end of the list of demands.

    From `until` (on `time.perf_counter`) on no further question is asked, so that it may not be minimal.
    """
    everything = demands(problem)
    asked: dict[frozenset[Demand], bool | None] = {}

    def holds(kept: Sequence[Demand]) -> bool | None:
        key = frozenset(kept)
        if key not in asked:
            goes_on = len(asked) < MOST_QUESTIONS and (not asked or time.perf_counter() < until)
            asked[key] = feasible(relaxed(problem, key), limit) if goes_on else None
        return asked[key]

    if holds(everything) is not False:
        return Contradiction([], proven=False, minimal=False)
    found = [shrunk(holds, core(holds, order)) for order in (everything, everything[::-1])]
    smallest = min(found, key=lambda demands: (not _is_minimal(holds, demands), len(demands)))
    order = {demand: position for position, demand in enumerate(everything)}
    smallest.sort(key=order.__getitem__)
    return Contradiction(smallest, proven=True, minimal=_is_minimal(holds, smallest))


def core(holds: Oracle, candidates: Sequence[Demand]) -> list[Demand]:
    """Return a contradictory part by halving (Junker's QuickXplain): few questions when the part is small."""
    return _halve(holds, [], [], list(candidates))


def _halve(holds: Oracle, given: list[Demand], news: list[Demand], candidates: list[Demand]) -> list[Demand]:
    if news and holds(given) is False:
        return []
    if len(candidates) == 1:
        return candidates
    middle = len(candidates) // 2
    first, second = candidates[:middle], candidates[middle:]
    late = _halve(holds, given + first, first, second)
    return _halve(holds, given + late, late, first) + late


def shrunk(holds: Oracle, found: list[Demand]) -> list[Demand]:
    """Leave out what is provably not needed (deletion filter); halving misses it after an open question."""
    for demand in list(found):
        rest = [other for other in found if other != demand]
        if holds(rest) is False:
            found = rest
    return found


def _is_minimal(holds: Oracle, found: Sequence[Demand]) -> bool:
    return all(holds([other for other in found if other != demand]) for demand in found)
