"""Why topics are left without a place where not all must have one: too many for the places, or demands in the way."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tagwerk.timetable.contradiction import Contradiction, explain_contradiction
from tagwerk.timetable.demands import Demand
from tagwerk.timetable.fields import shown
from tagwerk.timetable.problem import Placements, Problem
from tagwerk.timetable.reasons import count
from tagwerk.timetable.search import feasible

LIMIT = 4_000
"""Pairs (topic, slot) looked at for one question, some hundredths of a second."""
MOST_ALONE = 20
"""Topics without a place each of which is asked about alone."""
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Missing:
    """Topics without a place. `demands`: the smallest set found of which one has to be given up to help some of them.

    No demands: none was found, and it is for lack of places if there are fewer `places` than `wanted`.
    """

    topics: tuple[int, ...]
    wanted: int
    places: int
    demands: tuple[Demand, ...] = ()
    minimal: bool = False

    @property
    def overfull(self) -> int:
        """Return how many topics there are more than places."""
        return max(0, self.wanted - self.places)

    @property
    def text(self) -> str:
        """Say it in plain English."""
        parts = [f"{count(len(self.topics), 'topic has', 'topics have')} no place"]
        if self.overfull:
            parts.append(f"{self.wanted} topics want one of {count(self.places, 'place', 'places')}")
        if self.demands:
            parts.append(f"these demands contradict each other: {'; '.join(demand.text for demand in self.demands)}")
        elif not self.overfull:
            parts.append("no contradiction was found, a longer search may help")
        return "; ".join(parts)


def missing(problem: Problem, placements: Placements, seconds: float = 1.0) -> Missing | None:
    """Say why a plan leaves topics out, after at most about the given seconds; None when it leaves out none."""
    left = [topic for topic, place in enumerate(placements) if place is None]
    if not left:
        return None
    until = time.perf_counter() + seconds
    closed = set(problem.room_closed)
    places = len(problem.slots) * len(problem.rooms) - len(closed)
    found = Missing(tuple(left), len(placements), places)
    for chosen in _parts(problem, left, is_overfull=found.overfull > 0):
        if time.perf_counter() > until:
            break
        part = _part(problem, chosen)
        if feasible(part, LIMIT) is False:
            contradiction = explain_contradiction(part, LIMIT, until)
            if contradiction.proven:
                return replace(found, demands=_named(problem, contradiction, chosen), minimal=contradiction.minimal)
    return found


def _parts(problem: Problem, left: Sequence[int], *, is_overfull: bool) -> Iterator[list[int]]:
    """Yield groups of topics that might contradict each other: each with what is pinned, most wished first; all."""
    pinned, numbered = set(problem.pins), list(enumerate(problem.topics))
    wishes = Counter(topic for topics in problem.wishes for topic in topics)
    groups = [{topic} for topic in sorted(left, key=lambda topic: -wishes[topic])[:MOST_ALONE]]
    groups.append({number for number, topic in numbered if topic.needs or topic.min_capacity})
    groups.append({number for number, topic in numbered if len(topic.slots) < len(problem.slots)})
    hosts = dict.fromkeys(problem.topics[topic].host for topic in left)
    groups += [{number for number, topic in numbered if topic.host == host} for host in hosts if host is not None]
    if not is_overfull:
        groups.append(set(range(len(numbered))))
    yield from (sorted(pinned | group) for group in groups if not pinned.issuperset(group))


def _part(problem: Problem, chosen: Sequence[int]) -> Problem:
    """Return the problem of placing all of some topics, without people."""
    number = {topic: position for position, topic in enumerate(chosen)}

    def inside(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(number[one], number[other]) for one, other in pairs if one in number and other in number]

    return replace(
        problem,
        topics=[problem.topics[topic] for topic in chosen],
        wishes=(),
        present=None,
        remote=None,
        no_overlap=inside(problem.no_overlap),
        before=inside(problem.before),
        pins={number[topic]: place for topic, place in problem.pins.items()},
        must_place_all=True,
    )


def _named(problem: Problem, contradiction: Contradiction, chosen: Sequence[int]) -> tuple[Demand, ...]:
    """Return the demands with the topics' positions in the whole problem; what must be placed is named."""
    demands = [replace(d, topics=tuple(chosen[topic] for topic in d.topics)) for d in contradiction.demands]
    free = [topic for topic in chosen if topic not in problem.pins]
    concerned = {topic for demand in demands for topic in demand.topics}
    placed = [topic for topic in free if topic in concerned] or free
    names = ", ".join(shown(problem.topics[topic].id) for topic in placed[:MOST_NAMES])
    more = f" and {len(placed) - MOST_NAMES} more" if len(placed) > MOST_NAMES else ""
    wanted = Demand("must_place", f"a place for {names}{more}", tuple(placed))
    return tuple(wanted if demand.kind == "must_place_all" else demand for demand in demands)
