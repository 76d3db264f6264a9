"""What a plan is worth: people served, people seated, and the bound no plan can pass."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence

from tagwerk.timetable.problem import ONLINE, Placements, Problem

Crowd = tuple[tuple[int, ...], str | None, int, int]
"""Participants with the same wishes, presence and way to attend: (topics, presence, 1 for remote, heads)."""
Choice = tuple[int, ...]
"""The wished sessions of one slot among which a person can pick."""


def crowds(problem: Problem) -> list[Crowd]:
    """Merge participants with the same wishes, presence and way to attend."""
    present = problem.present or [None] * len(problem.wishes)
    remote = problem.remote or [0] * len(problem.wishes)
    people = zip(problem.wishes, present, remote, strict=True)
    merged = Counter((tuple(sorted(set(wishes))), there, far) for wishes, there, far in people)
    return [(*crowd, heads) for crowd, heads in merged.items()]


def trivial_bound(problem: Problem) -> int:
    """Return the sum over people of min(wishes, slots they are there): no plan serves or seats more."""
    slots = len(problem.slots)
    return sum(
        n * min(len(wishes), slots if there is None else there.count("1")) for wishes, there, _, n in crowds(problem)
    )


def score(problem: Problem, placements: Placements) -> tuple[int, int]:
    """Return (served, seated) of a plan, both in participant-slots.

    Served counts a participant-slot in which at least one wished session runs; seated is the
    same limited by the seats, hence a maximum flow from people over sessions to seats per slot; who
    attends from afar needs none.
    """
    everybody = crowds(problem)
    choices = _choices(problem, placements, [crowd for crowd in everybody if not crowd[2]])
    online = [place if place and ONLINE in problem.rooms[place[1]].features else None for place in placements]
    far = _choices(problem, online, [crowd for crowd in everybody if crowd[2]])
    connected = sum(sum(slot.values()) for slot in far)
    served = connected + sum(sum(slot.values()) for slot in choices)
    seats = [0 if place is None else problem.rooms[place[1]].capacity for place in placements]
    return served, connected + sum(_seated(slot, seats) for slot in choices)


def clashes(problem: Problem, placements: Placements) -> int:
    """Count the sessions that run beside an earlier counted one of the same theme in their slot."""
    themed = [
        (place[0], topic.theme)
        for topic, place in zip(problem.topics, placements, strict=True)
        if place is not None and topic.theme is not None
    ]
    return len(themed) - len(set(themed))


def served(problem: Problem, placements: Placements) -> int:
    """Return the participant-slots with at least one wished session."""
    return score(problem, placements)[0]


def seated(problem: Problem, placements: Placements) -> int:
    """Return the participant-slots with a seat in a wished session."""
    return score(problem, placements)[1]


def _choices(problem: Problem, placements: Placements, people: Sequence[Crowd]) -> list[Counter[Choice]]:
    """Per slot: the heads that can pick among each set of sessions."""
    slot_of = [-1 if place is None else place[0] for place in placements]
    slots: list[Counter[Choice]] = [Counter() for _ in problem.slots]
    for wishes, there, _, heads in people:
        options: dict[int, list[int]] = {}
        for topic in wishes:
            slot = slot_of[topic]
            if slot >= 0 and (there is None or there[slot] == "1"):
                options.setdefault(slot, []).append(topic)
        for slot, topics in options.items():
            slots[slot][tuple(topics)] += heads
    return slots


def _seated(choices: Mapping[Choice, int], seats: Sequence[int]) -> int:
    """Return the maximum number of heads that find a seat among their choices in one slot."""
    demand: Counter[int] = Counter()
    for choice, heads in choices.items():
        for topic in choice:
            demand[topic] += heads
    tight = {topic for topic, heads in demand.items() if heads > seats[topic]}
    flow = _Seating({topic: seats[topic] for topic in tight})
    # A choice with a session nobody has to be turned away from is seated without further thought;
    # people with fewer choices sit down first, which spares most detours.
    easy = sum(heads for choice, heads in choices.items() if not tight.issuperset(choice))
    hard = [(choice, heads) for choice, heads in choices.items() if tight.issuperset(choice)]
    return easy + sum(
        flow.seat(choice, heads) for choice, heads in sorted(hard, key=lambda entry: (len(entry[0]), entry[0]))
    )


class _Seating:
    """Augmenting paths over sessions: whoever sits in A but also wished B can move over."""

    def __init__(self, free: dict[int, int]) -> None:
        self.free = free
        self.sitting: dict[int, dict[Choice, int]] = {topic: {} for topic in free}
        self.closed: set[int] = set()

    def seat(self, choice: Choice, heads: int) -> int:
        """Seat as many of `heads` as possible; return how many found a seat."""
        left = heads
        while left and (path := self._path(choice)):
            left -= self._push(choice, path, left)
        return heads - left

    def _path(self, choice: Choice) -> list[tuple[int, Choice | None]]:
        """Return [(session, people who move on from it)] to a free seat; empty when there is none."""
        origin: dict[int, tuple[int, Choice] | None] = {topic: None for topic in choice if topic not in self.closed}
        queue = deque(origin)
        while queue:
            topic = queue.popleft()
            if self.free[topic]:
                return self._trace(topic, origin)
            for people in self.sitting[topic]:
                for other in people:
                    if other not in origin and other not in self.closed:
                        origin[other] = (topic, people)
                        queue.append(other)
        # Everything reached is full and leads nowhere else: it stays so for this slot.
        self.closed.update(origin)
        return []

    @staticmethod
    def _trace(topic: int, origin: Mapping[int, tuple[int, Choice] | None]) -> list[tuple[int, Choice | None]]:
        path: list[tuple[int, Choice | None]] = [(topic, None)]
        while step := origin[path[-1][0]]:
            path.append(step)
        return path[::-1]

    def _push(self, choice: Choice, path: list[tuple[int, Choice | None]], heads: int) -> int:
        amount = min(heads, self.free[path[-1][0]])
        for topic, people in path:
            if people is not None:
                amount = min(amount, self.sitting[topic][people])
        self.free[path[-1][0]] -= amount
        coming: Choice | None = choice
        for topic, leaving in path:
            self._change(topic, coming, amount)
            self._change(topic, leaving, -amount)
            coming = leaving
        return amount

    def _change(self, topic: int, people: Choice | None, amount: int) -> None:
        if people is not None:
            row = self.sitting[topic]
            row[people] = row.get(people, 0) + amount
            if not row[people]:
                del row[people]
