"""The plan as flat lists, made for hundreds of thousands of trial moves a second."""

from collections.abc import Collection, Iterable
from itertools import repeat

from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Placements

EMPTY = -1
"""Stands in a cell in which nothing runs."""


class Board:
    """Cells are numbered slot by slot: cell = slot * rooms + room.

    Topics without a place stand in cells of their own behind the last slot, in the slot number `outside`, so that
    dropping one for another is an exchange like any other. slot_at/seats_at: slot and seats of each cell;
    first_cell/width: where a slot begins and how many cells it has; at: the topic in each cell (EMPTY: none);
    cell_of/slot_of: where each topic stands; possible[t][c]: 1 where t may stand, all 0 for topics that must stay;
    cells_of[t]: the same as a list; running: topics of each slot as a bit set; people: here[s], nobody outside.
    """

    def __init__(self, model: Model, placements: Placements, staying: Collection[int] = ()) -> None:
        self.model = model
        slots, self.rooms = len(model.opened), len(model.seats)
        self.outside = slots
        absent = [topic for topic, place in enumerate(placements) if place is None]
        inside = slots * self.rooms
        self.first_cell = [slot * self.rooms for slot in range(slots + 1)]
        self.width = [self.rooms] * slots + [len(absent)]
        self.slot_at = [slot for slot in range(slots) for _ in range(self.rooms)] + [slots] * len(absent)
        self.seats_at = [seats for _ in range(slots) for seats in model.seats] + [0] * len(absent)
        self.people = [*model.here, 0]
        self.at = [EMPTY] * (inside + len(absent))
        self.cell_of = [EMPTY] * model.topic_count
        self.slot_of = [slots] * model.topic_count
        self.running = [0] * (slots + 1)
        spare = iter(range(inside, inside + len(absent)))
        for topic, place in enumerate(placements):
            self._put(topic, next(spare) if place is None else self.cell(place))
        settled = set(staying) | model.problem.pins.keys()
        self.possible = [self._possible(topic, topic in settled) for topic in range(model.topic_count)]
        self.cells_of = [[cell for cell, may in enumerate(row) if may] for row in self.possible]
        self.movable = [topic for topic, cells in enumerate(self.cells_of) if cells]
        self.ordered = [bool(model.earlier[t] or model.later[t]) for t in range(model.topic_count)]

    def cell(self, place: Place) -> int:
        """Return the number of a cell."""
        return place[0] * self.rooms + place[1]

    def _put(self, topic: int, cell: int) -> None:
        slot = self.slot_at[cell]
        self.at[cell], self.cell_of[topic], self.slot_of[topic] = topic, cell, slot
        self.running[slot] |= 1 << topic

    def _possible(self, topic: int, stays: bool) -> bytes:  # noqa: FBT001 - one of two kinds of row
        row = bytearray(len(self.at))
        if stays:
            return bytes(row)
        fitting, slots = self.model.fitting[topic], self.model.slots[topic]
        for slot, opened in enumerate(self.model.opened):
            rooms = fitting & opened if slots >> slot & 1 else 0
            start = slot * self.rooms
            row[start : start + self.rooms] = bytes(rooms >> room & 1 for room in range(self.rooms))
        if not self.model.must_place(topic):
            start = self.first_cell[self.outside]
            row[start:] = bytes(repeat(1, len(row) - start))
        return bytes(row)

    def exchange(self, one: int, other: int) -> None:
        """Exchange the contents of two cells; either may be empty."""
        first, second = self.at[one], self.at[other]
        for topic, cell in ((first, one), (second, other)):
            if topic != EMPTY:
                self.running[self.slot_at[cell]] &= ~(1 << topic)
        self.at[one] = self.at[other] = EMPTY
        if first != EMPTY:
            self._put(first, other)
        if second != EMPTY:
            self._put(second, one)

    def settle(self, steps: Iterable[tuple[int, int]]) -> None:
        """Carry out steps [(topic, cell)] at once; the cells are empty or left by another step."""
        steps = list(steps)
        for topic, _ in steps:
            cell = self.cell_of[topic]
            self.at[cell] = EMPTY
            self.running[self.slot_at[cell]] &= ~(1 << topic)
        for topic, cell in steps:
            self._put(topic, cell)

    def way_in(self, topic: int, slot: int, vacated: int) -> list[tuple[int, int]] | None:
        """Return the steps [(topic, cell)] that let the topic into `slot`, in which the cell `vacated` becomes empty.

        An augmenting path of the slot's matching of topics to rooms, hence exact; None when there is none.
        """
        came: dict[int, int] = {}
        queue, at, start = [topic], self.at, self.first_cell[slot]
        for mover in queue:
            row = self.possible[mover]
            for cell in range(start, start + self.width[slot]):
                if row[cell] and cell not in came:
                    came[cell] = mover
                    if cell == vacated or at[cell] == EMPTY:
                        return self._trace(came, topic, cell)
                    queue.append(at[cell])
        return None

    def _trace(self, came: dict[int, int], topic: int, cell: int) -> list[tuple[int, int]]:
        steps = [(came[cell], cell)]
        while steps[-1][0] != topic:
            cell = self.cell_of[steps[-1][0]]
            steps.append((came[cell], cell))
        return steps

    def permits(self, topic: int, slot: int, leaving: int) -> bool:
        """Say whether hosts, pairs and order let the topic into `slot` once `leaving` (EMPTY: nobody) took its place."""
        if slot == self.outside:
            return True
        beside = self.running[slot] & ~(1 << leaving) if leaving != EMPTY else self.running[slot]
        if self.model.apart[topic] & beside:
            return False
        return not self.ordered[topic] or self._in_order(topic, slot, leaving)

    def _in_order(self, topic: int, slot: int, leaving: int) -> bool:
        where, home, outside = self.slot_of, self.slot_of[topic], self.outside
        for other in self.model.earlier[topic]:
            there = home if other == leaving else where[other]
            if there != outside and there >= slot:
                return False
        # Outside comes after every slot, so whoever has no place is never too early.
        return all((home if other == leaving else where[other]) > slot for other in self.model.later[topic])

    def topics_in(self, slot: int) -> list[int]:
        """Return the topics of a slot in order of rooms."""
        start = self.first_cell[slot]
        return [topic for topic in self.at[start : start + self.width[slot]] if topic != EMPTY]

    def sessions(self, slot: int) -> list[tuple[int, int]]:
        """Return (topic, room) of everything in a slot."""
        start = self.first_cell[slot]
        return [(topic, room) for room, topic in enumerate(self.at[start : start + self.width[slot]]) if topic != EMPTY]

    def placements(self) -> list[Place | None]:
        """Return the place of each topic."""
        return self.as_placements(self.cell_of)

    def as_placements(self, cells: Iterable[int]) -> list[Place | None]:
        """Return the place of each topic from their cells."""
        end = self.first_cell[self.outside]
        return [divmod(cell, self.rooms) if cell < end else None for cell in cells]
