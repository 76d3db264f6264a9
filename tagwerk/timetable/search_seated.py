"""The search for plans in which most people find a seat: exchanges of the contents of two cells."""

from collections.abc import Callable, Iterator
from math import log
from random import Random

from tagwerk.timetable.anchors import Anchors
from tagwerk.timetable.board import EMPTY, Board
from tagwerk.timetable.crowding import Crowding
from tagwerk.timetable.weights import SEAT, Weights

UNKNOWN = -1
ALIKE = 0.4
"""Share of trials that exchange topics of similar interest, which seldom puts a crowd into a closet."""
KIN = 4
"""Similar means: at most this part of all topics apart in order of interest."""


class SeatedSearch:
    """Judges an exchange first by an upper bound of two intersections, and exactly only where that leaves hope.

    crowd[s][t]: people of slot s who wish t; seated[s]: people seated there; value[s]: its worth in seats by all
    weights; base[t]: people seated in t's slot without t (UNKNOWN: not counted yet), reach[t]: whom t could add there.
    """

    hottest, coldest, heat, patience, rate = 0.15, 0.02, 3.0, 8_000, 100_000

    def __init__(self, board: Board, anchors: Anchors, weights: Weights) -> None:
        self.board, self.anchors, self.fans = board, anchors, board.model.near
        self.seat, self.clash = weights.seated / SEAT, weights.clash / SEAT
        self.service = weights.served / SEAT
        self.crowd = [[(fans & people).bit_count() for fans in self.fans] for people in board.people]
        self.theme = [topic.theme for topic in board.model.problem.topics]
        interested = board.model.interested
        far = board.model.far or [0] * len(interested)
        self.slack = [
            self.service * heads
            + (self.seat + self.service) * afar.bit_count()
            + (self.clash if theme is not None else 0)
            for heads, afar, theme in zip(interested, far, self.theme, strict=True)
        ]
        self.base, self.reach = [UNKNOWN] * len(self.fans), [0] * len(self.fans)
        self.seated, self.value = [0] * (board.outside + 1), [0.0] * (board.outside + 1)
        self.full: list[Crowding] = [Crowding((), (), 0, ())] * (board.outside + 1)
        self.by_interest = sorted(board.movable, key=interested.__getitem__)
        self.rank = {topic: position for position, topic in enumerate(self.by_interest)}
        for slot in range(board.outside + 1):
            crowding = self._crowding(slot)
            self._keep(slot, crowding, self._worth(slot, crowding))

    @property
    def worth(self) -> float:
        """Return the worth of the plan in seats."""
        return sum(self.value) - self.anchors.total()

    def _crowding(self, slot: int) -> Crowding:
        board = self.board
        at, seats, start = board.at, board.seats_at, board.first_cell[slot]
        sessions = [(at[c], seats[c]) for c in range(start, start + board.width[slot]) if at[c] != EMPTY]
        return Crowding(self.fans, self.crowd[slot], board.people[slot], sessions)

    def _worth(self, slot: int, crowding: Crowding) -> float:
        if slot == self.board.outside:
            return 0.0
        worth = self.seat * crowding.count() + self.service * crowding.served()
        if self.board.model.far:
            worth += (self.seat + self.service) * self.board.model.connected(slot, self.board.sessions(slot))
        if self.clash:
            themes = [theme for topic in self.board.topics_in(slot) if (theme := self.theme[topic]) is not None]
            worth -= self.clash * (len(themes) - len(set(themes)))
        return worth

    def _keep(self, slot: int, crowding: Crowding, worth: float) -> None:
        outside = slot == self.board.outside
        self.full[slot], self.value[slot] = crowding, worth
        self.seated[slot] = 0 if outside else crowding.count()
        for topic in self.board.topics_in(slot):
            self.base[topic] = 0 if outside else UNKNOWN
            self.reach[topic] = 0

    def _without(self, topic: int) -> int:
        crowding = self.full[self.board.slot_of[topic]]
        self.base[topic], self.reach[topic] = crowding.without(topic, self.fans[topic])
        return self.base[topic]

    def burst(self, temperature: float, moves: int, random: Random) -> None:
        """Try some moves at one temperature."""
        board, chance, rise = self.board, random.random, self.anchors.rise if self.anchors else None
        at, cell_of, possible, limits = board.at, board.cell_of, board.possible, self._hope
        for topic, cell in self._proposals(moves, random):
            old, other = cell_of[topic], at[cell]
            if other == topic or (other != EMPTY and not possible[other][old]):
                continue
            limit = temperature * log(chance() or 1e-9)
            if rise:
                limit += rise(topic, cell)
            if limits(topic, other, old, cell) >= limit:
                self._try(topic, cell, limit)

    def _proposals(self, moves: int, random: Random) -> Iterator[tuple[int, int]]:
        """Yield at most so many topics with a cell in which each may stand."""
        chance, cells_of, cell_of, possible = (
            random.random,
            self.board.cells_of,
            self.board.cell_of,
            self.board.possible,
        )
        alike = self._alike(random)
        for topic in random.choices(self.board.movable, k=moves):
            if chance() >= ALIKE:
                cells = cells_of[topic]
                yield topic, cells[int(chance() * len(cells))]
            elif possible[topic][cell := cell_of[alike(topic)]]:
                yield topic, cell

    def _alike(self, random: Random) -> Callable[[int], int]:
        by_interest, rank, chance = self.by_interest, self.rank, random.random
        count = len(by_interest)
        width = 2 * max(1, count // KIN) + 1

        def alike(topic: int) -> int:
            return by_interest[(rank[topic] + int(chance() * width) - width // 2) % count]

        return alike

    def _hope(self, topic: int, other: int, old: int, cell: int) -> float:
        """Return an upper bound of what an exchange gains, in seats."""
        board = self.board
        home, slot = board.slot_at[old], board.slot_at[cell]
        if home == slot:
            return float(board.width[slot] * board.model.fans[topic].bit_length())
        left = self.base[topic]
        if left < 0:
            left = self._without(topic)
        fans, seats_at = self.fans, board.seats_at
        if other == EMPTY:
            if slot == board.outside:
                return -1e9
            gain = left + min(seats_at[cell], self.crowd[slot][topic]) - self.seated[home]
            return gain * self.seat + self.slack[topic]
        right = self.base[other]
        if right < 0:
            right = self._without(other)
        gain = (fans[other] & self.reach[topic]).bit_count()
        seats = seats_at[old]
        left += gain if gain < seats else seats  # noqa: FURB136 - a call of min takes as long as all of this
        gain = (fans[topic] & self.reach[other]).bit_count()
        seats = seats_at[cell]
        right += gain if gain < seats else seats  # noqa: FURB136 - see above
        left += right - self.seated[home] - self.seated[slot]
        return left * self.seat + self.slack[topic] + self.slack[other]

    def _try(self, topic: int, cell: int, limit: float) -> None:
        """Carry out an exchange that hosts, pairs and order permit and whose gain reaches the limit."""
        board = self.board
        old, other = board.cell_of[topic], board.at[cell]
        home, slot = board.slot_at[old], board.slot_at[cell]
        if home != slot and not (
            board.permits(topic, slot, other) and (other == EMPTY or board.permits(other, home, topic))
        ):
            return
        board.exchange(old, cell)
        if not self._pays((slot,) if home == slot else (slot, home), limit):
            board.exchange(old, cell)
        elif home != slot and self.anchors:
            self.anchors.refresh()

    def _pays(self, slots: tuple[int, ...], limit: float) -> bool:
        """Count changed slots anew; keep what was counted if the gain reaches the limit."""
        crowdings = [self._crowding(slot) for slot in slots]
        worths = [self._worth(slot, crowding) for slot, crowding in zip(slots, crowdings, strict=True)]
        if sum(worths) - sum([self.value[slot] for slot in slots]) < limit:
            return False
        for slot, crowding, worth in zip(slots, crowdings, worths, strict=True):
            self._keep(slot, crowding, worth)
        return True
