"""The fewest announced topics that have to change their slot, proven: by counting, else by the extra `plan`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tagwerk.timetable import extra
from tagwerk.timetable.construct import pinned
from tagwerk.timetable.grid import Grid
from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.moves import moves_of
from tagwerk.timetable.problem import Place, Placements
from tagwerk.timetable.search import most_matched

MOST_QUESTIONS = 20_000
"""Beyond so many (topic, slot) pairs the solver is not asked."""
MOST_UNIONS = 1_000
"""Most sets of rooms to be counted in a slot."""
WORTHWHILE = 5.0
"""Seconds of planning below which the solver, whose start takes two, is left out."""
SHARE = 0.25
"""Part of the seconds of planning in which it may look for a proof."""
MOST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class LeastMoves:
    """The fewest slot moves (None: unknown) with a plan that makes no more; `text` says so in plain English."""

    slot: int | None
    placements: list[Place | None] | None
    text: str


def least_moves(model: Model, keep: Placements, seconds: float = 2.0, known: Placements | None = None) -> LeastMoves:
    """Prove the fewest slot moves; `known` is a valid plan, often one that counting alone proves to be best."""
    if known is not None and (least := counted(model, keep, known)) is not None:
        return _proven(least, list(known))
    cp = extra.constraint_solver()
    if cp is None:
        return LeastMoves(None, None, extra.NO_PROOF)
    program = _Program(model, cp.CpModel())
    if not program.state(keep, forced(model, keep), known):
        return LeastMoves(None, None, "too large for a proof")
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1  # several would find another plan each time
    if solver.solve(program.cp) != cp.OPTIMAL:
        return LeastMoves(None, None, "no proof in this time")
    slots = [next((s for s, runs in row.items() if solver.boolean_value(runs)), None) for row in program.runs]
    found = housed(model, keep, slots)
    return _proven(moves_of(keep, found).slot, found)


def counted(model: Model, keep: Placements, placements: Placements) -> int | None:
    """Return the slot moves of a plan if counting alone proves that none makes fewer."""
    made = moves_of(keep, placements).slot
    return made if made == forced(model, keep) else None


def in_time(model: Model, keep: Placements, known: Placements, seconds: float) -> LeastMoves:
    """Prove the fewest slot moves with what a search of some seconds can spare."""
    least = counted(model, keep, known)
    if least is None and seconds >= WORTHWHILE:
        return least_moves(model, keep, min(SHARE * seconds, MOST_SECONDS), known)
    return LeastMoves(None, None, "no time for a proof") if least is None else _proven(least, list(known))


def _proven(count: int, placements: list[Place | None]) -> LeastMoves:
    return LeastMoves(count, placements, f"no valid plan moves fewer than {count} announced topics to another slot")


def forced(model: Model, keep: Placements) -> int:
    """Count topics that must leave their slot: it cannot take them at all, or has too few rooms for all of them."""
    free = free_of_pins(model)
    staying: list[list[int]] = [[] for _ in free]
    for topic, place in enumerate(keep):
        if place is not None and model.slots[topic] >> place[0] & 1:
            pinned_there = topic in model.problem.pins
            staying[place[0]].append(model.fitting[topic] & (-1 if pinned_there else free[place[0]]))
    return sum(place is not None for place in keep) - sum(map(most_matched, staying))


def free_of_pins(model: Model) -> list[int]:
    """Return the open rooms of each slot in which nothing is pinned."""
    free = list(model.opened)
    for slot, room in model.problem.pins.values():
        free[slot] &= ~(1 << room)
    return free


def housed(model: Model, keep: Placements, slots: Sequence[int | None]) -> list[Place | None]:
    """Give rooms to topics whose slots are known, announced ones theirs where possible; Hall's counts promise that all find one."""
    grid = pinned(model) or Grid(model)
    homeless = []
    for topic, slot in enumerate(slots):
        if slot is None or topic in grid.fixed:
            continue
        place = keep[topic] if topic < len(keep) else None
        if place is not None and place[0] == slot and model.fitting[topic] & grid.free[slot] & (1 << place[1]):
            grid.put(topic, *place)
        else:
            homeless.append((topic, slot))
    for topic, slot in homeless:
        grid.enter(grid.way_in(topic, slot) or (), slot)
    return grid.placements()


class _Program:
    """In which slot each topic runs as yes-or-no questions, and every hard rule on them."""

    def __init__(self, model: Model, cp: Any) -> None:
        self.model, self.cp = model, cp
        self.runs: list[dict[int, Any]] = []

    def state(self, keep: Placements, floor: int, known: Placements | None) -> bool:
        """State every rule and the goal; False when that would be too large."""
        model, cp = self.model, self.cp
        if sum(slots.bit_count() for slots in model.slots) > MOST_QUESTIONS:
            return False
        for topic, slots in enumerate(model.slots):
            row = {slot: cp.new_bool_var("") for slot in bits(slots)}
            self.runs.append(row)
            (cp.add_exactly_one if model.must_place(topic) else cp.add_at_most_one)(row.values())
        self._apart()
        self._order()
        moved = [1 - self.runs[topic].get(place[0], 0) for topic, place in enumerate(keep) if place is not None]
        cp.add(sum(moved) >= floor)
        cp.minimize(sum(moved))
        for topic, place in enumerate(known or ()):
            for slot, runs in self.runs[topic].items():
                cp.add_hint(runs, place is not None and place[0] == slot)
        return all(self._rooms(slot) for slot in range(len(model.opened)))

    def _rooms(self, slot: int) -> bool:
        """Let no set of rooms be asked for by more topics than it has rooms (Hall)."""
        model = self.model
        free = free_of_pins(model)[slot]
        wants = [
            (model.fitting[topic] & free, row[slot])
            for topic, row in enumerate(self.runs)
            if slot in row and topic not in model.problem.pins
        ]
        unions = {0}
        for rooms in {rooms for rooms, _ in wants}:
            unions |= {union | rooms for union in unions}
            if len(unions) > MOST_UNIONS:
                return False
        for union in unions:
            inside = [runs for rooms, runs in wants if not rooms & ~union]
            if len(inside) > union.bit_count():
                self.cp.add(sum(inside) <= union.bit_count())
        return True

    def _apart(self) -> None:
        for topic, apart in enumerate(self.model.apart):
            for other in bits(apart >> topic << topic):
                for slot in self.runs[topic].keys() & self.runs[other].keys():
                    self.cp.add_at_most_one([self.runs[topic][slot], self.runs[other][slot]])

    def _order(self) -> None:
        for first, second in self.model.problem.before:
            for slot, runs in self.runs[second].items():
                late = [other for s, other in self.runs[first].items() if s >= slot]
                self.cp.add_at_most_one([*late, runs])
