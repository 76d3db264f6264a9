"""The search around an announced plan, in which hardly anything may move: tries what does not add a move."""

from collections.abc import Iterator
from random import Random

from tagwerk.timetable.board import EMPTY
from tagwerk.timetable.search_seated import SeatedSearch

ROOMS, MOVED = 0.5, 0.96
"""Up to this number a chance tries another room of the same slot, up to that one another place for a moved topic."""
SHIFTS = 4
"""Sessions that give way to each other at most, one room after the other, where a session came into their slot."""


class HeldSearch(SeatedSearch):
    """Of all exchanges in a plan of a hundred topics with five moves, one in five hundred adds no move: it draws those.

    Who comes into a slot may take another room there: a crowd that goes where a handful stood is worth nothing before
    it has a larger room, and a search by single exchanges would never see what lies behind.
    """

    hottest, coldest, heat = 0.08, 0.08, 8.0

    def _proposals(self, moves: int, random: Random) -> Iterator[tuple[int, int]]:
        board, chance, others = self.board, random.random, super()._proposals(moves, random)
        moved = self._moved() or board.movable
        for topic, other in zip(random.choices(board.movable, k=moves), others, strict=False):
            kind = chance()
            if kind >= MOVED:
                yield other
                continue
            if kind < ROOMS:
                mover, slot = topic, board.slot_of[topic]
            else:
                mover = moved[int(chance() * len(moved))]
                slot = self._slot_for(mover, random)
            cell = board.first_cell[slot] + int(chance() * board.width[slot])
            if board.possible[mover][cell]:
                yield mover, cell

    def _moved(self) -> list[int]:
        """List the topics that are not in the slot in which they were announced."""
        board, home = self.board, self.anchors.home
        return [t for t in board.movable if home[t] == EMPTY or board.slot_at[home[t]] != board.slot_of[t]]

    def _slot_for(self, topic: int, random: Random) -> int:
        home = self.anchors.home[topic]
        return (
            self.board.slot_at[home]
            if home != EMPTY and random.random() < 1 / 2
            else random.randrange(self.board.outside)
        )

    def _hope(self, topic: int, other: int, old: int, cell: int) -> float:
        return float("inf")

    def _try(self, topic: int, cell: int, limit: float) -> None:
        board = self.board
        old, other = board.cell_of[topic], board.at[cell]
        home, slot = board.slot_at[old], board.slot_at[cell]
        if home == slot:
            super()._try(topic, cell, limit)
            return
        if not (board.permits(topic, slot, other) and (other == EMPTY or board.permits(other, home, topic))):
            return
        board.exchange(old, cell)
        steps = [(old, cell)]
        for start in (cell, old):
            limit += self._settle(start, steps)
        if self._pays((slot, home), limit):
            self.anchors.refresh()
        else:
            for one, two in reversed(steps):
                board.exchange(one, two)

    def _settle(self, cell: int, steps: list[tuple[int, int]]) -> float:
        """Let what stands in a cell take a better room of its slot, and so on; return what these moves cost in seats."""
        board, price = self.board, 0.0
        slot = board.slot_at[cell]
        if slot == board.outside:
            return 0.0
        start, seen = board.first_cell[slot], {cell}
        for _ in range(SHIFTS):
            topic = board.at[cell]
            if topic == EMPTY:
                break
            gains = [
                (self._gain(topic, cell, there), there)
                for there in range(start, start + board.width[slot])
                if there not in seen
            ]
            gain, there = max(gains, default=(0.0, cell))
            if gain <= 0:
                break
            price += self.anchors.rise(topic, there)
            board.exchange(cell, there)
            steps.append((cell, there))
            seen.add(there)
        return price

    def _gain(self, topic: int, cell: int, there: int) -> float:
        """Estimate the seats that a change of rooms gains: as if nobody had a choice within the slot."""
        board = self.board
        other, possible = board.at[there], board.possible
        if not possible[topic][there] or (other != EMPTY and not possible[other][cell]):
            return 0.0
        crowd, seats = self.crowd[board.slot_at[cell]], board.seats_at
        gain = min(seats[there], crowd[topic]) - min(seats[cell], crowd[topic])
        if other != EMPTY:
            gain += min(seats[cell], crowd[other]) - min(seats[there], crowd[other])
        return gain - self.anchors.rise(topic, there)
