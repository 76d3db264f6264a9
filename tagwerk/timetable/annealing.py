"""Simulated annealing: hot at first, cold in the end, and the best plan on the way is kept."""

from collections.abc import Callable
from random import Random
from typing import Protocol

from tagwerk.timetable.board import Board
from tagwerk.timetable.effort import Effort

BURST = 128
"""Moves between two looks at the clock."""
COLD, FROZEN = 0.4, 0.08
"""Temperature in the end, in seats; the lower one where hardly anything is missing to the most that can be."""
NEARLY = 0.94
"""Share of the most that can be from which hardly anything is missing."""
ROUND = 1
"""A round of heating and cooling takes about this many times the moves from which the hottest start pays."""

Heard = Callable[[float, int], None]
"""Told the share of the effort that is used, and the moves tried."""


class Search(Protocol):
    """What annealing wants: a plan on a board, its worth, and moves at a temperature.

    hottest/coldest: start temperatures, as shares of what a session is worth on average, for a long search and a
    short one; heat: the hottest start that has paid on any reference file, in seats; patience: moves per topic that make a long search; rate: moves a second to expect, on which only the
    start temperature hangs (all measured on the reference files).
    """

    board: Board
    hottest: float
    coldest: float
    heat: float
    patience: int
    rate: int

    @property
    def worth(self) -> float:
        """Return the worth of the plan in seats."""

    def burst(self, temperature: float, moves: int, random: Random) -> None:
        """Try some moves at one temperature."""


class Annealing:
    """One run on a search; `cells` is the best plan met, `most` its worth, `tried` the moves."""

    def __init__(self, search: Search, random: Random) -> None:
        self.search, self.random = search, random
        self.most, self.cells, self.tried = search.worth, list(search.board.cell_of), 0

    def run(self, effort: Effort, heard: Heard, enough: float) -> None:
        """Try moves until the effort is used up, or until the worth of the best plan reaches `enough`."""
        search, movable = self.search, self.search.board.movable
        if not movable or self.most >= enough:
            return
        calm = effort.expected(search.rate) / len(movable) / search.patience
        rounds = max(1, round(calm / ROUND))
        placed = sum(slot != search.board.outside for slot in search.board.slot_of)
        hot = min(
            max(search.hottest * min(1.0, calm / rounds), search.coldest) * search.worth / max(1, placed), search.heat
        )
        cold = FROZEN if self.most >= NEARLY * enough else COLD
        hot = max(hot, 2 * cold)
        for share, moves in effort.bursts(BURST):
            search.burst(hot * (cold / hot) ** (share * rounds % 1.0), moves, self.random)
            self.tried += moves
            self._look()
            heard(share, self.tried)
            if self.most >= enough:
                return

    def _look(self) -> None:
        worth = self.search.worth
        if worth > self.most:
            self.most, self.cells = worth, list(self.search.board.cell_of)
