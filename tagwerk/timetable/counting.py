"""Exact counts of plans, each made once: on large problems a count takes as long as ten thousand moves."""

import time

from tagwerk.timetable import score
from tagwerk.timetable.problem import Place, Placements, Problem


class Counting:
    """Counts (served, seated) of plans of one problem; `seconds` is what the last count took."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.seconds = problem, 0.0
        self._known: dict[tuple[Place | None, ...], tuple[int, int]] = {}

    def score(self, placements: Placements) -> tuple[int, int]:
        """Return (served, seated) of a plan."""
        key = tuple(placements)
        if key not in self._known:
            began = time.perf_counter()
            self._known[key] = score.score(self.problem, placements)
            self.seconds = time.perf_counter() - began
        return self._known[key]
