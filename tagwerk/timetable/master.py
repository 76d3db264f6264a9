"""The linear program over sets of topics: each slot takes one set, each topic goes into at most one slot."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tagwerk.timetable.model import Model, bits

USED = 1e-6


@dataclass(frozen=True, slots=True)
class Prices:
    """A solved program: its value, what each topic and each slot is worth there, and the sets it uses of each slot."""

    value: float
    topics: list[float]
    slots: list[float]
    used: list[list[int]]


class Master:
    """Grows by columns, each a set of topics (bit set) for a slot with the people whom it serves."""

    def __init__(self, model: Model, solvers: ModuleType) -> None:
        self._solver: Any = solvers.Solver.CreateSolver("GLOP")
        self._solved: int = solvers.Solver.OPTIMAL
        self._topics = [self._solver.Constraint(int(model.must_place(t)), 1) for t in range(model.topic_count)]
        self._slots = [self._solver.Constraint(1, 1) for _ in model.opened]
        self._columns: list[dict[int, Any]] = [{} for _ in model.opened]
        self._goal = self._solver.Objective()
        self._goal.SetMaximization()

    def add(self, slot: int, chosen: int, served: int) -> bool:
        """Add a set; return False when it is there already."""
        if chosen in self._columns[slot]:
            return False
        column = self._solver.NumVar(0, self._solver.infinity(), "")
        self._columns[slot][chosen] = column
        self._goal.SetCoefficient(column, served)
        self._slots[slot].SetCoefficient(column, 1)
        for topic in bits(chosen):
            self._topics[topic].SetCoefficient(column, 1)
        return True

    def solve(self) -> Prices | None:
        """Return the solution; None when the solver gave up."""
        if self._solver.Solve() != self._solved:
            return None
        used = [[c for c, column in row.items() if column.solution_value() > USED] for row in self._columns]
        topics, slots = ([row.dual_value() for row in rows] for rows in (self._topics, self._slots))
        return Prices(self._goal.Value(), topics, slots, used)
