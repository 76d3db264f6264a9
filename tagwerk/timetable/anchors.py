"""What it costs to move what was announced."""

from tagwerk.timetable.board import EMPTY, Board
from tagwerk.timetable.problem import Placements
from tagwerk.timetable.weights import SEAT, Weights


class Anchors:
    """The announced cell of each topic (EMPTY: none), and prices in seats of leaving it; false without any."""

    def __init__(self, board: Board, keep: Placements, weights: Weights) -> None:
        self.board = board
        self.home = [EMPTY if place is None else board.cell(place) for place in keep]
        self.any = any(cell != EMPTY for cell in self.home)
        self.slot_price, self.room_price = weights.move / SEAT, weights.room_move / SEAT

    def __bool__(self) -> bool:
        """Say whether anything was announced."""
        return self.any

    def price(self, topic: int, cell: int) -> float:
        """Return what it costs that the topic stands in a cell."""
        home = self.home[topic]
        if home in (EMPTY, cell):
            return 0.0
        slot_at = self.board.slot_at
        return self.room_price if slot_at[home] == slot_at[cell] else self.slot_price

    def rise(self, topic: int, cell: int) -> float:
        """Return how much dearer the plan gets when the topic changes places with what stands in the cell."""
        old, other = self.board.cell_of[topic], self.board.at[cell]
        rise = self.price(topic, cell) - self.price(topic, old)
        return rise if other == EMPTY else rise + self.price(other, old) - self.price(other, cell)

    def total(self) -> float:
        """Return what all moves cost together."""
        return sum(self.price(topic, cell) for topic, cell in enumerate(self.board.cell_of)) if self else 0.0
