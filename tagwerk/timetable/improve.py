"""Local improvement by simulated annealing: exchange the contents of two cells, keep what pays."""

import math
from random import Random

from tagwerk.timetable import score, worth
from tagwerk.timetable.construct import Keep
from tagwerk.timetable.effort import Effort, Progress, unheard
from tagwerk.timetable.grid import NOWHERE, Grid
from tagwerk.timetable.model import bits
from tagwerk.timetable.rooms import give_rooms

HOT, COLD = 0.06, 0.005
"""Start and end temperature as shares of what a session is worth on average (measured on the reference files)."""
PATIENCE = 600
"""Moves per topic from which a hot start pays; with fewer the good start would be lost and not found again."""

Change = tuple[int, int, int, int, int]
"""(topic, slot, room) to go to, and the topic there with the room it gets in return; -1 for none."""


def improve(
    grid: Grid,
    effort: Effort,
    *,
    by_seats: bool,
    seed: int,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> int:
    """Improve the plan on the grid in place; return the number of moves tried.

    Announced topics stay where they are. The plan left on the grid is never worse than the one found there.
    """
    if not effort:
        return 0
    announced = {topic for topic, place in enumerate(keep or []) if place is not None}
    start = grid.placements()
    annealing = _Annealing(grid, announced, Random(seed), by_seats=by_seats)  # noqa: S311 - a reproducible plan
    tried = annealing.run(effort, progress or unheard)
    problem, best = grid.model.problem, annealing.best
    column = 1 if by_seats else 0
    old, new = score.score(problem, start), score.score(problem, best)
    grid.restore(best if (new[column], sum(new)) > (old[column], sum(old)) else start)
    if not by_seats:
        _furnish(grid, announced)
    return tried


def _furnish(grid: Grid, announced: set[int]) -> None:
    """Hand out rooms by interest where the objective did not care about them."""
    grid.fixed |= {topic for topic in announced if grid.slot[topic] != NOWHERE}
    for slot in range(len(grid.at)):
        give_rooms(grid.model, grid, slot)


class _Annealing:
    def __init__(self, grid: Grid, announced: set[int], random: Random, *, by_seats: bool) -> None:
        self.grid, self.model, self.random = grid, grid.model, random
        self.by_seats = by_seats
        self.worth_of = worth.seated if by_seats else worth.served
        pins = self.model.problem.pins
        self.loose = [topic not in pins and topic not in announced for topic in range(self.model.topic_count)]
        self.topics = [t for t, loose in enumerate(self.loose) if loose and self.model.slots[t]]
        self.slots = [list(bits(slots)) for slots in self.model.slots]
        self.rooms = [list(bits(rooms)) for rooms in self.model.fitting]
        self.worth = [self.worth_of(self.model, slot, self._sessions(slot)) for slot in range(len(self.model.opened))]
        self.total = self.most = sum(self.worth)
        self.best = grid.placements()

    def run(self, effort: Effort, heard: Progress) -> int:
        """Try moves until the effort is used up; return how many."""
        if not self.topics:
            return 0
        hot = HOT * min(1.0, effort.expected / len(self.topics) / PATIENCE)
        scale, cooling = self._typical() * hot, min(1.0, COLD / hot)
        tried = 0
        for progress in effort.steps(heard):
            tried += 1
            change = self._propose()
            if change is not None:
                self._try(change, scale * cooling**progress)
        return tried

    def _typical(self) -> float:
        """Return what a session adds to its slot on average, the scale of the temperature."""
        return max(1.0, self.total / max(1, sum(slot != NOWHERE for slot in self.grid.slot)))

    def _propose(self) -> Change | None:
        """Pick a topic and a cell at random; None when the exchange would break a rule."""
        random, grid = self.random.random, self.grid
        topic = self.topics[int(random() * len(self.topics))]
        slots, rooms = self.slots[topic], self.rooms[topic]
        slot, room = slots[int(random() * len(slots))], rooms[int(random() * len(rooms))]
        home, old = grid.slot[topic], grid.room[topic]
        if not self.model.opened[slot] >> room & 1 or (slot == home and (room == old or not self.by_seats)):
            return None
        other = grid.at[slot][room]
        if other == NOWHERE:
            return (topic, slot, room, NOWHERE, NOWHERE) if self._may(topic, slot, NOWHERE) else None
        if not self.loose[other]:
            return None
        back = self._room_back(other, home, old)
        if home != NOWHERE and back == NOWHERE:
            return None
        if slot != home and not (self._may(topic, slot, other) and (home == NOWHERE or self._may(other, home, topic))):
            return None
        return topic, slot, room, other, back

    def _room_back(self, other: int, home: int, old: int) -> int:
        """Return the room that `other` gets in the slot the topic comes from: its old one, else a free one."""
        if home == NOWHERE or not self.model.slots[other] >> home & 1:
            return NOWHERE
        fitting = self.model.fitting[other]
        if fitting >> old & 1:
            return old
        spare = fitting & self.grid.free[home]
        return (spare & -spare).bit_length() - 1

    def _may(self, topic: int, slot: int, leaving: int) -> bool:
        """Say whether hosts, pairs and order let the topic into `slot` once `leaving` has gone elsewhere."""
        grid, model = self.grid, self.model
        beside = grid.running[slot] & ~(1 << leaving) if leaving >= 0 else grid.running[slot]
        if model.apart[topic] & beside:
            return False
        if model.earlier[topic] or model.later[topic]:
            return self._in_order(topic, slot, leaving)
        return True

    def _in_order(self, topic: int, slot: int, leaving: int) -> bool:
        where, home = self.grid.slot, self.grid.slot[topic]
        for other in self.model.earlier[topic]:
            if (home if other == leaving else where[other]) >= slot:
                return False
        return all(not NOWHERE < (home if o == leaving else where[o]) <= slot for o in self.model.later[topic])

    def _try(self, change: Change, temperature: float) -> None:
        home = self.grid.slot[change[0]]
        undo = self._apply(change)
        slots = [change[1]] if home in (NOWHERE, change[1]) else [change[1], home]
        worths = [self.worth_of(self.model, slot, self._sessions(slot)) for slot in slots]
        gain = sum(worths) - sum(self.worth[slot] for slot in slots)
        if gain < 0 and self.random.random() >= math.exp(gain / temperature):
            self._apply_back(change, undo)
            return
        for slot, value in zip(slots, worths, strict=True):
            self.worth[slot] = value
        self.total += gain
        if self.total > self.most:
            self.most, self.best = self.total, self.grid.placements()

    def _sessions(self, slot: int) -> list[worth.Session]:
        return [(topic, room) for room, topic in enumerate(self.grid.at[slot]) if topic != NOWHERE]

    def _apply(self, change: Change) -> tuple[int, int]:
        topic, slot, room, other, back = change
        home, old = self.grid.slot[topic], self.grid.room[topic]
        if other != NOWHERE:
            self.grid.take(other)
        if home != NOWHERE:
            self.grid.take(topic)
        self.grid.put(topic, slot, room)
        if NOWHERE not in {other, home}:
            self.grid.put(other, home, back)
        return home, old

    def _apply_back(self, change: Change, undo: tuple[int, int]) -> None:
        topic, slot, room, other, _ = change
        home, old = undo
        self.grid.take(topic)
        if other != NOWHERE:
            if home != NOWHERE:
                self.grid.take(other)
            self.grid.put(other, slot, room)
        if home != NOWHERE:
            self.grid.put(topic, home, old)
