"""What it costs to move what was announced."""

from itertools import pairwise

from tagwerk.timetable.board import EMPTY, Board
from tagwerk.timetable.problem import Placements
from tagwerk.timetable.weights import FURTHER, SEAT, Weights


class Anchors:
    """The announced cell of each topic (EMPTY: none), and prices in seats of leaving it; false without any.

    moved: how many topics are not in their announced slot; least, further: from how many on one more is cheap, and how
    cheap (see `Weights.slot_moves`).
    """

    def __init__(
        self, board: Board, keep: Placements, weights: Weights, least: int | None = None, further: int = FURTHER
    ) -> None:
        self.board = board
        self.home = [EMPTY if place is None else board.cell(place) for place in keep]
        self.any = any(cell != EMPTY for cell in self.home)
        self.room_price, self.moved = weights.room_move / SEAT, 0
        prices = [weights.slot_moves(count, least, further) / SEAT for count in range(len(self.home) + 3)]
        self.steps = [after - before for before, after in pairwise(prices)]
        self.refresh()

    def __bool__(self) -> bool:
        """Say whether anything was announced."""
        return self.any

    def refresh(self) -> None:
        """Count anew how many topics have moved."""
        self.moved = sum(self._left(topic, cell) for topic, cell in enumerate(self.board.cell_of)) if self.any else 0

    def _left(self, topic: int, cell: int) -> bool:
        home, slot_at = self.home[topic], self.board.slot_at
        return home != EMPTY and slot_at[home] != slot_at[cell]

    def _other_room(self, topic: int, cell: int) -> bool:
        home, slot_at = self.home[topic], self.board.slot_at
        return home not in (EMPTY, cell) and slot_at[home] == slot_at[cell]

    def rise(self, topic: int, cell: int) -> float:
        """Return how much dearer the plan gets when the topic changes places with what stands in the cell."""
        old, other = self.board.cell_of[topic], self.board.at[cell]
        slots = self._left(topic, cell) - self._left(topic, old)
        rooms = self._other_room(topic, cell) - self._other_room(topic, old)
        if other != EMPTY:
            slots += self._left(other, old) - self._left(other, cell)
            rooms += self._other_room(other, old) - self._other_room(other, cell)
        first = min(self.moved, self.moved + slots)
        price = sum(self.steps[first : first + abs(slots)])
        return rooms * self.room_price + (price if slots > 0 else -price)

    def total(self) -> float:
        """Return what all moves cost together."""
        if not self.any:
            return 0.0
        rooms = sum(self._other_room(topic, cell) for topic, cell in enumerate(self.board.cell_of))
        return rooms * self.room_price + sum(self.steps[: self.moved])
