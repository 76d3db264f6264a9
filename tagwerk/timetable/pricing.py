"""Which sessions of one slot are worth most together, when each topic has its price: by search, and proven."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.search import matched

STAYS = 0.6
"""Chance with which a topic of a good set stays in it when a better one is sought near it."""
LEAST = 1e-7

Entry = tuple[int, int]
"""(topic, its fans who are present)"""


@dataclass(frozen=True, slots=True)
class Priced:
    """A set of topics (bit set) with its people less its prices."""

    chosen: int
    worth: float


class Shelf:
    """What a slot may hold: topics with their fans present, as many as there are rooms that suit them all.

    Topics for which the same rooms will do are of one kind; how many of each kind are chosen is written as a number
    with a byte for each kind, its code. open_for[code]: the kinds (bit set) of which one more would find a room.
    """

    def __init__(self, model: Model, slot: int) -> None:
        self.apart = model.apart
        self.entries: list[Entry] = []
        self.kind: dict[int, int] = {}
        kinds: dict[int, int] = {}
        for topic, slots in enumerate(model.slots):
            rooms = model.fitting[topic] & model.opened[slot]
            if slots >> slot & 1 and rooms:
                self.entries.append((topic, model.fans[topic] & model.here[slot]))
                self.kind[topic] = kinds.setdefault(rooms, len(kinds))
        self.fans = dict(self.entries)
        self.rooms_of = list(kinds)
        self.room = model.opened[slot].bit_count()
        self._open_for: dict[int, int] = {}

    def open_for(self, code: int) -> int:
        """Return the kinds of which one more finds a room beside those already chosen."""
        if code not in self._open_for:
            counts = [code >> 8 * kind & 255 for kind in range(len(self.rooms_of))]
            taken = [rooms for rooms, count in zip(self.rooms_of, counts, strict=True) for _ in range(count)]
            fits = [1 << kind for kind, rooms in enumerate(self.rooms_of) if matched([*taken, rooms])]
            self._open_for[code] = sum(fits)
        return self._open_for[code]

    def code(self, chosen: int) -> int:
        """Return the code of a set."""
        return sum(1 << 8 * self.kind[topic] for topic in bits(chosen))

    def served(self, chosen: int) -> int:
        """Return the people whom a set of topics serves."""
        wished = 0
        for topic in bits(chosen):
            wished |= self.fans[topic]
        return wished.bit_count()

    def climbed(self, prices: Sequence[float], start: int, random: Random) -> Priced:
        """Return a good set near another: leave out some by chance, fill up greedily, exchange while it pays."""
        best = self._filled(prices, sum(1 << topic for topic in bits(start) if random.random() < STAYS), EVERYTHING)
        better = True
        while better:
            better = False
            for topic in bits(best.chosen):
                found = self._filled(prices, best.chosen & ~(1 << topic), ~(1 << topic))
                if found.worth > best.worth + LEAST:
                    best, better = found, True
                    break
        return best

    def _filled(self, prices: Sequence[float], chosen: int, allowed: int) -> Priced:
        """Add what gains most, one by one, from the allowed topics (bit set)."""
        wished, worth, code = 0, 0.0, self.code(chosen)
        for topic in bits(chosen):
            wished |= self.fans[topic]
            worth -= prices[topic]
            allowed &= ~(self.apart[topic] | 1 << topic)
        while True:
            free, kinds, kind = ~wished, self.open_for(code), self.kind
            gains = [
                ((fans & free).bit_count() - prices[t], t)
                for t, fans in self.entries
                if allowed >> t & 1 and kinds >> kind[t] & 1
            ]
            gain, topic = max(gains, default=(0.0, -1))
            if gain <= LEAST:
                return Priced(chosen, worth + wished.bit_count())
            chosen |= 1 << topic
            wished |= self.fans[topic]
            worth -= prices[topic]
            allowed &= ~(self.apart[topic] | 1 << topic)
            code += 1 << 8 * kind[topic]


EVERYTHING = -1
"""The bit set in which every topic is."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A part of the search: the topics left, and what is chosen already."""

    topics: list[Entry]
    chosen: int
    wished: int
    paid: float
    code: int


class Proof:
    """Branch and bound over the sets of a shelf: people added by a topic only get fewer as others are chosen."""

    def __init__(self, shelf: Shelf, prices: Sequence[float], out_of_time: Callable[[], bool]) -> None:
        self.shelf, self.prices, self.out_of_time = shelf, prices, out_of_time
        self.nodes, self.best, self.slack = 0, 0.0, 0.0
        self.found: Priced | None = None

    def at_most(self, best: float, slack: float) -> Priced | None:
        """Return a set worth more than `best`, if there is one worth more than `best + slack`.

        So no set is worth more than the answer (or `best`) plus `slack`. Raises TimeoutError when out of time.
        """
        self.best, self.slack, self.found = best, slack, None
        self._branch(_Node(self.shelf.entries, 0, 0, 0.0, 0), self.shelf.room)
        return self.found

    def _branch(self, node: _Node, room: int) -> None:
        worth = node.wished.bit_count() - node.paid
        if worth > self.best + LEAST:
            self.best, self.found = worth, Priced(node.chosen, worth)
        if not room:
            return
        self._tick()
        gains = self._gains(node)
        ahead = [0.0]
        for gain, _, _ in gains:
            ahead.append(ahead[-1] + gain)
        rest = [(topic, fans) for _, topic, fans in gains]
        for position, (topic, fans) in enumerate(rest):
            if worth + ahead[min(position + room, len(rest))] - ahead[position] <= self.best + self.slack:
                return
            apart, later = self.shelf.apart[topic], rest[position + 1 :]
            child = _Node(
                [entry for entry in later if not apart >> entry[0] & 1] if apart else later,
                node.chosen | 1 << topic,
                node.wished | fans,
                node.paid + self.prices[topic],
                node.code + (1 << 8 * self.shelf.kind[topic]),
            )
            self._branch(child, room - 1)

    def _gains(self, node: _Node) -> list[tuple[float, int, int]]:
        """Return (people less price, topic, fans) of what would still add something, most first."""
        free, prices, kinds, kind = ~node.wished, self.prices, self.shelf.open_for(node.code), self.shelf.kind
        gains = [
            (gain, t, fans)
            for t, fans in node.topics
            if (gain := (fans & free).bit_count() - prices[t]) > 0 and kinds >> kind[t] & 1
        ]
        gains.sort(reverse=True)
        return gains

    def _tick(self) -> None:
        self.nodes += 1
        if not self.nodes & 255 and self.out_of_time():
            raise TimeoutError
