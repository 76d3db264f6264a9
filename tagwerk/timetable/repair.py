"""Finding a place for topics the greedy left over, by moving others out of the way."""

from random import Random

from tagwerk.timetable.grid import NOWHERE, Grid
from tagwerk.timetable.model import Model, bits, mask_of

ANNOUNCED = 1_000
"""What it costs to push out an announced topic: as much as a thousand others."""


def make_room(model: Model, grid: Grid, topic: int) -> bool:
    """Let a topic in by moving one other topic to another slot; change nothing when that fails."""
    spare = mask_of([slot for slot, rooms in enumerate(grid.free) if rooms])
    for slot in bits(model.slots[topic] if spare else 0):
        blockers = grid.blockers(topic, slot)
        if len(blockers) > 1:
            continue
        candidates = blockers or _in_the_way(grid, topic, slot)
        for other in sorted(candidates - grid.fixed - model.problem.pins.keys()):
            if model.slots[other] & spare and _exchange(model, grid, topic, other, slot):
                return True
    return False


def _in_the_way(grid: Grid, topic: int, slot: int) -> set[int]:
    """Return the topics of `slot` each of which would leave a usable room behind."""
    row = grid.at[slot]
    return {row[room] for room in bits(grid.reachable(topic, slot))} - {NOWHERE}


def _exchange(model: Model, grid: Grid, topic: int, other: int, slot: int) -> bool:
    before = grid.placements()
    grid.take(other)
    if grid.allowed(topic, slot) and (way := grid.way_in(topic, slot)):
        grid.enter(way, slot)
        for further in bits(model.slots[other]):
            if further != slot and grid.allowed(other, further) and (path := grid.way_in(other, further)):
                grid.enter(path, further)
                return True
    grid.restore(before)
    return False


class Ejection:
    """Ejection chains: a topic takes its cheapest slot and whoever was in the way has to search next.

    Each time a topic is pushed out it gets dearer, which breaks circles. Deterministic for a seed.
    """

    def __init__(self, model: Model, grid: Grid, seed: int) -> None:
        self.model, self.grid = model, grid
        self.random = Random(seed)  # noqa: S311 - a reproducible plan, no secret
        self.rise = [ANNOUNCED if topic in grid.fixed else 1 for topic in range(model.topic_count)]
        self.price = list(self.rise)

    def run(self, steps: int) -> bool:
        """Place every topic that must be placed, in at most `steps` steps; say whether all have a place."""
        waiting = [topic for topic in self.grid.unplaced() if self.model.must_place(topic)]
        while waiting and steps:
            waiting.sort(key=lambda topic: (self.price[topic], -topic))
            pushed = self._place(waiting.pop())
            if pushed is None:
                return False
            waiting.extend(pushed)
            steps -= 1
        return not any(self.model.must_place(topic) for topic in self.grid.unplaced())

    def _place(self, topic: int) -> set[int] | None:
        """Place the topic at the least cost; return who was pushed out, None when no slot can take it."""
        options = [found for slot in bits(self.model.slots[topic]) if (found := self._cost(topic, slot))]
        if not options:
            return None
        cheapest = min(cost for cost, _, _ in options)
        _, slot, pushed = self.random.choice([option for option in options if option[0] == cheapest])
        for other in pushed:
            self.grid.take(other)
            self.grid.fixed.discard(other)
            self.price[other] += self.rise[other]
        self.grid.enter(self.grid.way_in(topic, slot) or (), slot)
        return pushed

    def _cost(self, topic: int, slot: int) -> tuple[int, int, set[int]] | None:
        pushed = self.grid.blockers(topic, slot)
        pins = self.model.problem.pins
        if not pushed.isdisjoint(pins):
            return None
        reach = self.grid.reachable(topic, slot)
        row = self.grid.at[slot]
        inside = [row[room] for room in bits(reach)]
        if NOWHERE not in inside and pushed.isdisjoint(inside):
            movable = [other for other in inside if other not in pins]
            if not movable:
                return None
            pushed.add(min(movable, key=lambda other: (self.price[other], self.random.random())))
        return sum(self.price[other] for other in pushed), slot, pushed
