"""A plan in the making: who stands where, and moves that never break a hard rule."""

from collections.abc import Iterable

from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.problem import Place

NOWHERE = -1


class Grid:
    """Slots x rooms with at most one topic per cell; `fixed` topics are never shifted to another room."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.slot = [NOWHERE] * model.topic_count
        self.room = [NOWHERE] * model.topic_count
        self.free = list(model.opened)
        self.running = [0] * len(model.opened)
        self.at = [[NOWHERE] * len(model.seats) for _ in model.opened]
        self.fixed: set[int] = set()

    def put(self, topic: int, slot: int, room: int) -> None:
        """Place an unplaced topic into a free cell."""
        self.slot[topic], self.room[topic] = slot, room
        self.at[slot][room] = topic
        self.free[slot] &= ~(1 << room)
        self.running[slot] |= 1 << topic

    def take(self, topic: int) -> None:
        """Take a placed topic off the grid."""
        slot, room = self.slot[topic], self.room[topic]
        self.slot[topic] = self.room[topic] = NOWHERE
        self.at[slot][room] = NOWHERE
        self.free[slot] |= 1 << room
        self.running[slot] &= ~(1 << topic)

    def blockers(self, topic: int, slot: int) -> set[int]:
        """Return the placed topics that forbid this one in `slot`, rooms left aside."""
        found = set(bits(self.model.apart[topic] & self.running[slot]))
        found.update(other for other in self.model.earlier[topic] if self.slot[other] >= slot)
        found.update(other for other in self.model.later[topic] if NOWHERE < self.slot[other] <= slot)
        return found

    def allowed(self, topic: int, slot: int) -> bool:
        """Say whether hosts, pairs and order permit the topic in one of its slots."""
        if self.model.apart[topic] & self.running[slot]:
            return False
        if any(self.slot[other] >= slot for other in self.model.earlier[topic]):
            return False
        return not any(NOWHERE < self.slot[other] <= slot for other in self.model.later[topic])

    def way_in(self, topic: int, slot: int) -> list[tuple[int, int]] | None:
        """Return the room changes [(topic, room)] that let the topic into `slot`, itself last; None without one.

        An augmenting path of the slot's matching of topics to rooms, hence exact.
        """
        reach, came = self._search(topic, slot)
        if not (room := self._largest(reach & self.free[slot])):
            return None
        path = []
        while True:
            mover = came[room[0]]
            path.append((mover, room[0]))
            if mover == topic:
                return path
            room = [self.room[mover]]

    def reachable(self, topic: int, slot: int) -> int:
        """Return the rooms of `slot` one of which has to be empty to let the topic in."""
        return self._search(topic, slot)[0]

    def _search(self, topic: int, slot: int) -> tuple[int, dict[int, int]]:
        fitting, opened, row = self.model.fitting, self.model.opened[slot], self.at[slot]
        reach = fitting[topic] & opened
        came = dict.fromkeys(bits(reach), topic)
        queue = list(came)
        if reach & self.free[slot]:
            return reach, came
        for room in queue:
            other = row[room]
            if other == NOWHERE or other in self.fixed:
                continue
            found = fitting[other] & opened & ~reach
            reach |= found
            for further in bits(found):
                came[further] = other
                queue.append(further)
        return reach, came

    def _largest(self, rooms: int) -> list[int]:
        return [room for room in self.model.biggest_first if rooms >> room & 1][:1]

    def enter(self, path: Iterable[tuple[int, int]], slot: int) -> None:
        """Carry out what `way_in` found."""
        for mover, room in path:
            if self.slot[mover] != NOWHERE:
                self.take(mover)
            self.put(mover, slot, room)

    def unplaced(self) -> list[int]:
        """Return the topics without a place."""
        return [topic for topic, slot in enumerate(self.slot) if slot == NOWHERE]

    def placements(self) -> list[Place | None]:
        """Return the place of each topic."""
        return [None if s == NOWHERE else (s, r) for s, r in zip(self.slot, self.room, strict=True)]

    def restore(self, placements: Iterable[Place | None]) -> None:
        """Put everything back to an earlier state."""
        for topic, slot in enumerate(self.slot):
            if slot != NOWHERE:
                self.take(topic)
        for topic, place in enumerate(placements):
            if place is not None:
                self.put(topic, *place)
