"""The fewest announced topics that have to change their slot, proven; needs the extra `plan`."""

from dataclasses import dataclass
from typing import Any

from tagwerk.timetable import extra
from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.problem import Place, Placements

MOST_CELLS = 60_000
"""Beyond so many (topic, slot, room) triples the question is not asked."""
WORKERS = 2


@dataclass(frozen=True, slots=True)
class LeastMoves:
    """The fewest slot moves (None: unknown) with a plan that makes no more; `text` says so in plain English."""

    slot: int | None
    placements: list[Place | None] | None
    text: str


def least_moves(model: Model, keep: Placements, seconds: float = 2.0) -> LeastMoves:
    """Ask CP-SAT for a valid plan with the fewest slot moves."""
    cp = extra.constraint_solver()
    if cp is None:
        return LeastMoves(None, None, extra.NO_PROOF)
    program = _Program(model, cp.CpModel())
    if program.cells > MOST_CELLS:
        return LeastMoves(None, None, "too large for a proof")
    moved = program.build(keep)
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    program.cp.minimize(moved)
    if solver.solve(program.cp) != cp.OPTIMAL:
        return LeastMoves(None, None, "no proof in this time")
    found = [
        next(((s, r) for (s, r), stands in cells.items() if solver.boolean_value(stands)), None)
        for cells in program.stands
    ]
    count = sum(old is not None and (new is None or new[0] != old[0]) for old, new in zip(keep, found, strict=True))
    return LeastMoves(count, found, f"no valid plan moves fewer than {count} announced topics to another slot")


class _Program:
    """Where each topic may stand as yes-or-no questions, and every hard rule on them."""

    def __init__(self, model: Model, cp: Any) -> None:
        self.model, self.cp = model, cp
        self.stands: list[dict[Place, Any]] = []

    @property
    def cells(self) -> int:
        """Return the number of questions."""
        model = self.model
        return sum(
            (fitting & model.opened[slot]).bit_count()
            for slots, fitting in zip(model.slots, model.fitting, strict=True)
            for slot in bits(slots)
        )

    def build(self, keep: Placements) -> Any:
        """State every rule; return what to minimize, the announced topics that leave their slot."""
        model, cp = self.model, self.cp
        for topic, slots in enumerate(model.slots):
            rooms = {slot: model.fitting[topic] & model.opened[slot] for slot in bits(slots)}
            self.stands.append({(s, r): cp.new_bool_var("") for s, mask in rooms.items() for r in bits(mask)})
            if model.must_place(topic):
                cp.add_exactly_one(self.stands[topic].values())
            else:
                cp.add_at_most_one(self.stands[topic].values())
        self._rooms()
        self._apart()
        self._order()
        announced = [(topic, place[0]) for topic, place in enumerate(keep) if place is not None]
        return sum(1 - sum(self._in_slot(topic, slot)) for topic, slot in announced)

    def _in_slot(self, topic: int, slot: int) -> list[Any]:
        return [stands for (s, _), stands in self.stands[topic].items() if s == slot]

    def _rooms(self) -> None:
        holders: dict[Place, list[Any]] = {}
        for cells in self.stands:
            for place, stands in cells.items():
                holders.setdefault(place, []).append(stands)
        for sharing in holders.values():
            self.cp.add_at_most_one(sharing)

    def _apart(self) -> None:
        for topic, apart in enumerate(self.model.apart):
            for other in bits(apart):
                for slot in bits(self.model.slots[topic] & self.model.slots[other]) if other > topic else ():
                    self.cp.add_at_most_one([*self._in_slot(topic, slot), *self._in_slot(other, slot)])

    def _order(self) -> None:
        for first, second in self.model.problem.before:
            for slot in bits(self.model.slots[second]):
                late = [stands for (s, _), stands in self.stands[first].items() if s >= slot]
                self.cp.add_at_most_one([*late, *self._in_slot(second, slot)])
