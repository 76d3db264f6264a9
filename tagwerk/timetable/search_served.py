"""The search for plans in which most people find something they wish: exchanges of topics between slots."""

from math import log
from random import Random

from tagwerk.timetable.anchors import Anchors
from tagwerk.timetable.board import EMPTY, Board


class ServedSearch:
    """Keeps for each topic whom it alone serves, so that an exchange is judged by two intersections.

    lack[t]: people of t's slot whom no other topic there serves; own[t]: how many of them wish t;
    spare[s]: people of a slot whom nothing serves; value[s]: people served.
    """

    hottest, coldest, heat, patience, rate = 0.12, 0.03, 3.0, 28_000, 400_000

    def __init__(self, board: Board, anchors: Anchors) -> None:
        self.board, self.anchors, self.fans = board, anchors, board.model.fans
        self.lack, self.own = [0] * len(self.fans), [0] * len(self.fans)
        self.spare = list(board.people)
        self.value = [0] * (board.outside + 1)
        self.slots_of = [sorted({board.slot_at[cell] for cell in cells}) for cells in board.cells_of]
        self.may_be_in = [set(slots) for slots in self.slots_of]
        for slot in range(board.outside):
            self._refresh(slot)

    @property
    def worth(self) -> float:
        """Return the people served, less the price of moves."""
        return sum(self.value) - self.anchors.total()

    def _refresh(self, slot: int) -> None:
        """Count a slot anew."""
        fans, people, topics = self.fans, self.board.people[slot], self.board.topics_in(slot)
        before, wished = [], 0
        for topic in topics:
            before.append(wished)
            wished |= fans[topic]
        self.spare[slot] = people & ~wished
        self.value[slot] = (people & wished).bit_count()
        after = 0
        for topic, wished_before in zip(reversed(topics), reversed(before), strict=True):
            lack = people & ~(wished_before | after)
            self.lack[topic], self.own[topic] = lack, (lack & fans[topic]).bit_count()
            after |= fans[topic]

    def burst(self, temperature: float, moves: int, random: Random) -> None:
        """Try some moves at one temperature."""
        board, fans, lack, own = self.board, self.fans, self.lack, self.own
        at, slot_of, slots_of, chance = board.at, board.slot_of, self.slots_of, random.random
        first_cell, width, rise = board.first_cell, board.width, self.anchors.rise if self.anchors else None
        for topic in random.choices(board.movable, k=moves):
            slots = slots_of[topic]
            slot = slots[int(chance() * len(slots))]
            if slot == slot_of[topic]:
                continue
            cell = first_cell[slot] + int(chance() * width[slot])
            other = at[cell]
            if other == EMPTY:
                gain = (fans[topic] & self.spare[slot]).bit_count() - own[topic]
            else:
                gain = (fans[other] & lack[topic]).bit_count() + (fans[topic] & lack[other]).bit_count()
                gain -= own[topic] + own[other]
            limit = rise(topic, cell) if rise else 0.0
            if gain < limit and gain < limit + temperature * log(chance() or 1e-9):
                continue
            self._try(topic, slot, cell)

    def _try(self, topic: int, slot: int, cell: int) -> None:
        """Carry out an exchange if hosts, pairs, order and rooms permit it."""
        board = self.board
        home, other = board.slot_of[topic], board.at[cell]
        if other == EMPTY:
            if slot == board.outside:
                return
        elif home not in self.may_be_in[other] or not board.permits(other, home, topic):
            return
        if board.permits(topic, slot, other) and self._enter(topic, slot, other, cell):
            self._refresh(slot)
            if self.anchors:
                self.anchors.refresh()
            if home != board.outside:
                self._refresh(home)

    def _enter(self, topic: int, slot: int, other: int, cell: int) -> bool:
        """Let both into the other's slot, by room changes of neighbours where need be."""
        board = self.board
        old = board.cell_of[topic]
        if board.possible[topic][cell] and (other == EMPTY or board.possible[other][old]):
            board.exchange(old, cell)
            return True
        steps = board.way_in(topic, slot, cell)
        back = board.way_in(other, board.slot_of[topic], old) if steps and other != EMPTY else []
        if steps is None or back is None:
            return False
        board.settle([*steps, *back])
        return True
