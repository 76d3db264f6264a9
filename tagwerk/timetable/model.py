"""A problem in the form the planner computes with: people, rooms, slots and topics as integer bit sets."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from tagwerk.timetable.problem import ONLINE, Place, Problem


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the ones in `mask`, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(positions: Sequence[int]) -> int:
    """Return the bit set of some positions."""
    return reduce(or_, (1 << position for position in positions), 0)


class Model:
    """Bit sets of one problem; none of them changes while planning.

    fans[t]: people who wish topic t; near[t]: those of them who want a seat; far[t]: those who attend from afar, which
    only the rooms `online` allow; here[s]: people present in slot s; opened[s]: rooms open in slot s;
    fitting[t]: rooms that have what t needs; bookable[t]: slots in which its host can come and such a room
    is open; slots[t]: those of them that order pairs leave; apart[t]: topics that must not run beside t;
    earlier/later[t]: topics that t must follow or precede.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.topic_count = len(problem.topics)
        self.seats = [room.capacity for room in problem.rooms]
        self.fans = _fans(problem)
        afar = mask_of([person for person, far in enumerate(problem.remote or ()) if far])
        self.near = [fans & ~afar for fans in self.fans] if afar else self.fans
        self.far = [fans & afar for fans in self.fans] if afar else None
        self.online = mask_of([number for number, room in enumerate(problem.rooms) if ONLINE in room.features])
        self.interested = [fans.bit_count() for fans in self.fans]
        self.here = _here(problem)
        self.opened = _opened(problem)
        self.fitting = [self._fitting(topic) for topic in range(self.topic_count)]
        self.bookable = [self._bookable(topic) for topic in range(self.topic_count)]
        self.slots = list(self.bookable)
        self.apart = _apart(problem)
        self.earlier: list[list[int]] = [[] for _ in problem.topics]
        self.later: list[list[int]] = [[] for _ in problem.topics]
        for first, second in problem.before:
            self.earlier[second].append(first)
            self.later[first].append(second)
        self._narrow()
        self.biggest_first = sorted(range(len(self.seats)), key=lambda room: -self.seats[room])

    def must_place(self, topic: int) -> bool:
        """Say whether a plan without this topic is no plan."""
        return self.problem.must_place_all or topic in self.problem.pins

    @property
    def seats_suffice(self) -> bool:
        """Say whether every room that suits a topic has a seat for everybody who wishes it."""
        return all(
            heads <= min((self.seats[room] for room in bits(rooms)), default=heads)
            for heads, rooms in zip(self.interested, self.fitting, strict=True)
        )

    def audience(self, topic: int, room: int) -> int:
        """Return the people (bit set) who can attend the topic in a room."""
        return self.fans[topic] if self.online >> room & 1 else self.near[topic]

    def connected(self, slot: int, sessions: Iterable[Place]) -> int:
        """Return how many people attend some sessions (topic, room) of a slot from afar."""
        if self.far is None:
            return 0
        people = 0
        for topic, room in sessions:
            people |= self.far[topic] if self.online >> room & 1 else 0
        return (people & self.here[slot]).bit_count()

    def _narrow(self) -> None:
        """Take away slots that order pairs rule out: nothing follows a topic that must be placed in the last slot."""
        pairs, changed = self.problem.before, True
        while changed:
            changed = False
            for first, second in pairs:
                early, late = self.slots[first], self.slots[second]
                if self.must_place(first):
                    self.slots[second] &= ~((early & -early) * 2 - 1) if early else 0
                if self.must_place(second):
                    self.slots[first] &= (1 << (late.bit_length() - 1)) - 1 if late else 0
                changed = changed or (early, late) != (self.slots[first], self.slots[second])

    def _fitting(self, topic: int) -> int:
        if topic in self.problem.pins:
            return 1 << self.problem.pins[topic][1]
        wants = self.problem.topics[topic]
        rooms = enumerate(self.problem.rooms)
        return mask_of([r for r, room in rooms if wants.needs <= room.features and room.capacity >= wants.min_capacity])

    def _bookable(self, topic: int) -> int:
        pin = self.problem.pins.get(topic)
        wanted = self.problem.topics[topic].slots if pin is None else (pin[0],)
        return mask_of([slot for slot in wanted if self.opened[slot] & self.fitting[topic]])


def _fans(problem: Problem) -> list[int]:
    rows = [bytearray((len(problem.wishes) + 7) // 8) for _ in problem.topics]
    for person, wishes in enumerate(problem.wishes):
        byte, bit = person >> 3, 1 << (person & 7)
        for topic in wishes:
            rows[topic][byte] |= bit
    return [int.from_bytes(row, "little") for row in rows]


def _here(problem: Problem) -> list[int]:
    everybody = (1 << len(problem.wishes)) - 1
    if problem.present is None or not problem.wishes:
        return [everybody for _ in problem.slots]
    always = "1" * len(problem.slots)
    rows = [always if row is None else row for row in reversed(problem.present)]
    return [int("".join(column), 2) for column in zip(*rows, strict=True)]


def _opened(problem: Problem) -> list[int]:
    opened = [(1 << len(problem.rooms)) - 1 for _ in problem.slots]
    for slot, room in problem.room_closed:
        opened[slot] &= ~(1 << room)
    return opened


def _apart(problem: Problem) -> list[int]:
    hosted: dict[int, int] = {}
    for number, topic in enumerate(problem.topics):
        if topic.host is not None:
            hosted[topic.host] = hosted.get(topic.host, 0) | 1 << number
    apart = [
        0 if topic.host is None else hosted[topic.host] & ~(1 << number) for number, topic in enumerate(problem.topics)
    ]
    for first, second in problem.no_overlap:
        apart[first] |= 1 << second
        apart[second] |= 1 << first
    return apart
