"""Whether a valid plan exists at all: exact where the limit allows, None where it does not."""

from dataclasses import dataclass

from tagwerk.timetable.construct import pinned
from tagwerk.timetable.greedy import Greedy, by_scarcity
from tagwerk.timetable.grid import Grid
from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.problem import Problem
from tagwerk.timetable.repair import Ejection

LIMIT = 200_000
"""Most (topic, slot) pairs looked at before giving up; one to three seconds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a valid plan exists (None: open), and one if it was found."""

    exists: bool | None
    grid: Grid | None = None


def feasible(problem: Problem, limit: int = LIMIT) -> bool | None:
    """Say whether a valid plan exists; None when neither a plan nor a proof was found within the limit."""
    return find(Model(problem), limit).exists


def find(model: Model, limit: int = LIMIT, steps_per_topic: int = 4) -> Finding:
    """Look for any plan that breaks no hard rule: by repair within some steps, then by exact search."""
    grid = pinned(model)
    if grid is None:
        return Finding(exists=False)
    if not model.problem.must_place_all:
        return Finding(exists=True, grid=grid)
    if not all(model.slots) or not _places_suffice(model) or not _cliques_can(model):
        return Finding(exists=False)
    fresh = grid.placements()
    Greedy(model, grid, by_seats=False).place_all(by_scarcity(model, grid.unplaced()))
    if Ejection(model, grid, seed=1).run(steps_per_topic * model.topic_count):
        return Finding(exists=True, grid=grid)
    grid.restore(fresh)
    exists = _Search(model, grid, limit).run()
    return Finding(exists, grid if exists else None)


def matched(choices: list[int]) -> bool:
    """Say whether everybody can get one of their choices (bit sets) with nobody sharing: a bipartite matching."""
    holder: dict[int, int] = {}
    return all(_augment(choices, holder, start) for start in range(len(choices)))


def most_matched(choices: list[int]) -> int:
    """Return how many at most can get one of their choices with nobody sharing."""
    holder: dict[int, int] = {}
    return sum(_augment(choices, holder, start) for start in range(len(choices)))


def _augment(choices: list[int], holder: dict[int, int], start: int) -> bool:
    came: dict[int, int] = {}
    seen = 0
    queue = [start]
    wants: dict[int, int] = {start: -1}
    for member in queue:
        fresh = choices[member] & ~seen
        seen |= fresh
        for item in bits(fresh):
            came[item] = member
            if item not in holder:
                _shift(holder, came, wants, item)
                return True
            wants[holder[item]] = item
            queue.append(holder[item])
    return False


def _shift(holder: dict[int, int], came: dict[int, int], wants: dict[int, int], item: int) -> None:
    while item >= 0:
        member = came[item]
        holder[item] = member
        item = wants[member]


def _places_suffice(model: Model) -> bool:
    """Look at rooms and slots alone: a place of its own for each topic."""
    if model.topic_count > sum(rooms.bit_count() for rooms in model.opened):
        return False
    width = len(model.seats)
    choices = []
    for slots, fitting in zip(model.slots, model.fitting, strict=True):
        places = 0
        for slot in bits(slots):
            places |= (fitting & model.opened[slot]) << (slot * width)
        choices.append(places)
    return matched(choices)


def _cliques_can(model: Model) -> bool:
    """Look at topics that must all be kept apart, such as those of one host: a slot for each of them."""
    return all(matched([model.slots[topic] for topic in bits(clique)]) for clique in _cliques(model.apart))


def _cliques(apart: list[int]) -> set[int]:
    """Return one greedily grown clique around each topic."""
    return {_grown(apart, topic) for topic in range(len(apart))}


def _grown(apart: list[int], topic: int) -> int:
    clique, candidates = 1 << topic, apart[topic]
    while candidates:
        around = candidates
        best = max(bits(candidates), key=lambda other: (apart[other] & around).bit_count())
        clique |= 1 << best
        candidates &= apart[best]
    return clique


class _Search:
    """Depth first over the slots of the topic with fewest left; rooms by matching, hence exact."""

    def __init__(self, model: Model, grid: Grid, limit: int) -> None:
        self.model, self.grid, self.left = model, grid, limit

    def run(self) -> bool | None:
        """Return True with the plan on the grid, False when there is none, None at the limit."""
        trail: list[tuple[int, list[int], list[tuple[int, int] | None]]] = []
        while self.left > 0:
            choice = self._tightest()
            if choice is None:
                return True
            trail.append((*choice, self.grid.placements()))
            while trail and not trail[-1][1]:
                trail.pop()
            if not trail:
                return False
            topic, slots, before = trail[-1]
            self.grid.restore(before)
            slot = slots.pop(0)
            self.grid.enter(self.grid.way_in(topic, slot) or [], slot)
        return None

    def _tightest(self) -> tuple[int, list[int]] | None:
        best: tuple[int, list[int]] | None = None
        for topic in self.grid.unplaced():
            self.left -= self.model.slots[topic].bit_count()
            slots = [
                slot
                for slot in bits(self.model.slots[topic])
                if self.grid.allowed(topic, slot) and self.grid.way_in(topic, slot)
            ]
            if best is None or len(slots) < len(best[1]):
                best = topic, slots
            if not slots:
                break
        return best
