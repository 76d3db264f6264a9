"""How many people find a seat in one slot: a minimum cut, counted in a few intersections of bit sets.

For a set A of sessions, at most seats(A) + people who wish a session outside A are seated, and for the best A
exactly as many. Only crowded sessions (more fans than seats) belong into A. Taking them out of A one by one,
the one that costs least first, has found the best A in every plan looked at; the exact flow (`score`) has the last word.
"""

from collections.abc import Iterable, Sequence

Crowded = tuple[int, int, int, int]
"""(people more than seats, seats, fans present, topic) of a session with more fans than seats."""


class Crowding:
    """The sessions of a slot; `once`, `twice`: people who wish one, or two, of those with seats to spare."""

    __slots__ = ("crowded", "once", "people", "seated", "twice")

    def __init__(
        self, fans: Sequence[int], crowd: Sequence[int], people: int, sessions: Iterable[tuple[int, int]]
    ) -> None:
        once = twice = 0
        crowded: list[Crowded] = []
        for topic, seats in sessions:
            surplus = crowd[topic] - seats
            if surplus > 0:
                crowded.append((surplus, seats, fans[topic] & people, topic))
            else:
                wishing = fans[topic]
                twice |= once & wishing
                once |= wishing
        crowded.sort()
        self.people, self.once, self.twice, self.crowded = people, once & people, twice & people, crowded
        self.seated = -1

    def at_most(self) -> int:
        """Return an upper bound of the people seated, quickly."""
        return _least(self.once, self.crowded)[0]

    def count(self) -> int:
        """Return the people seated, and keep the crowded sessions in the order that showed it."""
        if self.seated < 0:
            self.seated, self.crowded = _settled(self.once, self.crowded)
        return self.seated

    def served(self) -> int:
        """Return the people with a wished session, seat or not."""
        wished = self.once
        for entry in self.crowded:
            wished |= entry[2]
        return wished.bit_count()

    def without(self, topic: int, fans: int) -> tuple[int, int]:
        """Return an upper bound of the people seated without one topic, and those whom it could add."""
        rest = [entry for entry in self.crowded if entry[3] != topic]
        once = self.once if len(rest) < len(self.crowded) else self.twice | (self.once & ~fans)
        seated, reached = _least(once, rest)
        return seated, self.people & ~reached


def _least(wished: int, crowded: Sequence[Crowded]) -> tuple[int, int]:
    """Return the least cut that taking sessions out in this order meets, and the people wishing one outside it."""
    bound = sum([entry[1] for entry in crowded])
    least, reached = bound + wished.bit_count(), wished
    for _, seats, fans, _ in crowded:
        wished |= fans
        bound -= seats
        value = bound + wished.bit_count()
        if value <= least:
            least, reached = value, wished
    return least, reached


def _settled(wished: int, crowded: Sequence[Crowded]) -> tuple[int, list[Crowded]]:
    """Return the least cut that the cheapest order meets, and this order."""
    bound = sum([entry[1] for entry in crowded])
    least = bound + wished.bit_count()
    rest, order = list(crowded), []
    while rest:
        entry = _cheapest(wished, rest)
        rest.remove(entry)
        order.append(entry)
        wished |= entry[2]
        bound -= entry[1]
        least = min(least, bound + wished.bit_count())
    return least, order


def _cheapest(wished: int, rest: Sequence[Crowded]) -> Crowded:
    free, best, cheapest = ~wished, 0, rest[0]
    for position, entry in enumerate(rest):
        cost = (entry[2] & free).bit_count() - entry[1]
        if cost <= 0:
            return entry  # it can only get cheaper, so it comes out in any case
        if not position or cost < best:
            best, cheapest = cost, entry
    return cheapest
