"""The overlap-aware greedy: each topic goes where most people are still free to come."""

from collections.abc import Iterable

from tagwerk.timetable.grid import Grid
from tagwerk.timetable.model import Model, bits


class Greedy:
    """Places topics one by one; `free[s]` are the people in slot s with nothing wished there yet."""

    def __init__(self, model: Model, grid: Grid, *, by_seats: bool) -> None:
        self.model, self.grid, self.by_seats = model, grid, by_seats
        self.free = list(model.here)
        for topic, slot in enumerate(grid.slot):
            if slot >= 0:
                self.free[slot] &= ~model.fans[topic]

    def place_all(self, topics: Iterable[int]) -> list[int]:
        """Place topics in the given order; return those that found no place."""
        return [topic for topic in topics if not self.place(topic)]

    def place(self, topic: int) -> bool:
        """Place a topic where it gains most; ties go to the emptier, then the earlier slot."""
        best: tuple[int, int, int] | None = None
        way: list[tuple[int, int]] = []
        for slot in bits(self.model.slots[topic]):
            gain = (self.model.fans[topic] & self.free[slot]).bit_count()
            spare = self.grid.free[slot].bit_count()
            if not spare or (best and (gain, spare) <= best[:2]) or not self.grid.allowed(topic, slot):
                continue
            found = self.grid.way_in(topic, slot)
            if found is None:
                continue
            if self.by_seats:
                gain = min(gain, self.model.seats[found[0][1]])
            if not best or (gain, spare) > best[:2]:
                best, way = (gain, spare, slot), found
        if not best:
            return False
        self.grid.enter(way, best[2])
        self.free[best[2]] &= ~self.model.fans[topic]
        return True


def by_votes(model: Model, topics: Iterable[int]) -> list[int]:
    """Order topics by interest, most first."""
    return sorted(topics, key=lambda topic: (-model.interested[topic], topic))


def by_scarcity(model: Model, topics: Iterable[int]) -> list[int]:
    """Order topics by how few slots and rooms could take them, fewest first."""

    def choices(topic: int) -> tuple[int, int, int]:
        return model.slots[topic].bit_count() * model.fitting[topic].bit_count(), -model.interested[topic], topic

    return sorted(topics, key=choices)
