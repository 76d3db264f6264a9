"""Why a topic stands where it stands, or nowhere: a machine kind, a number and a plain English part of a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.problem import Place, Placements


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the sentence; `kind` is stable, `value` what the sentence counts or names.

    `name` is a topic that it names beside a number.

    Placed: interested (people), pinned, announced, moved, largest_room and room (seats), host_free,
    seats_short (people), misses (people present who wish something else in the slot).
    Unplaced: interested (people), no_room_with_feature (the features), no_room_large_enough (seats asked for),
    slot_not_possible (slots asked for), host_busy, clash and order (topic in the way), no_place_free (slots
    tried), fewer_interested (least interest among those placed where it could have run).
    """

    kind: str
    value: int | str | None
    text: str
    name: str = ""


def explain(model: Model, placements: Placements, keep: Placements | None = None) -> dict[int, list[Reason]]:
    """Return the reasons of every topic by its position."""
    told = _Explainer(model, placements, keep or [None] * model.topic_count)
    return {topic: told.why(topic) for topic in range(model.topic_count)}


def count(number: int, one: str, many: str) -> str:
    """Return the number with its word."""
    return f"{number} {one if number == 1 else many}"


class _Explainer:
    def __init__(self, model: Model, placements: Placements, keep: Placements) -> None:
        self.model, self.placements, self.keep = model, placements, keep
        self.running: list[list[int]] = [[] for _ in model.opened]
        for topic, place in enumerate(placements):
            if place is not None:
                self.running[place[0]].append(topic)

    def why(self, topic: int) -> list[Reason]:
        interested = self.model.interested[topic]
        first = Reason("interested", interested, f"{interested} interested")
        place = self.placements[topic]
        return [first, *(self._without(topic) if place is None else self._placed(topic, place))]

    def _placed(self, topic: int, place: Place) -> list[Reason]:
        reasons = []
        if topic in self.model.problem.pins:
            reasons.append(Reason("pinned", None, "fixed there by the crew"))
        elif self.keep[topic] == place:
            reasons.append(Reason("announced", None, "stays where it was announced"))
        elif self.keep[topic] is not None:
            reasons.append(Reason("moved", None, "its announced place is no longer possible"))
        reasons.append(self._room(topic, place))
        if self.model.problem.topics[topic].host is not None:
            reasons.append(Reason("host_free", None, "host free"))
        return [*reasons, *self._crowd(topic, place)]

    def _room(self, topic: int, place: Place) -> Reason:
        slot, room = place
        seats = self.model.seats[room]
        taken = {self.placements[other] for other in self.running[slot]} - {place}
        rooms = bits(self.model.fitting[topic] & self.model.opened[slot])
        if all(self.model.seats[other] <= seats for other in rooms if (slot, other) not in taken):
            return Reason("largest_room", seats, f"largest free room holds {seats}")
        return Reason("room", seats, f"room holds {seats}")

    def _crowd(self, topic: int, place: Place) -> list[Reason]:
        slot, room = place
        crowd = self.model.audience(topic, room) & self.model.here[slot]
        elsewhere = 0
        for other in self.running[slot]:
            there = self.placements[other]
            elsewhere |= 0 if other == topic or there is None else self.model.audience(other, there[1])
        missing = (crowd & elsewhere).bit_count()
        people = count(missing, "person", "people") if missing else "nobody"
        reasons = [Reason("misses", missing, f"{people} would miss something else")]
        short = (crowd & self.model.near[topic]).bit_count() - self.model.seats[room]
        if short > 0:
            text = f"{count(short, 'person', 'people')} more interested than seats"
            reasons.insert(0, Reason("seats_short", short, text))
        return reasons

    def _without(self, topic: int) -> list[Reason]:
        return [self._never(topic) or self._crowded_out(topic)]

    def _never(self, topic: int) -> Reason | None:
        """Return what rules the topic out whatever else runs."""
        wants, rooms = self.model.problem.topics[topic], self.model.problem.rooms
        equipped = [room for room in rooms if wants.needs <= room.features]
        if not equipped:
            needs = ", ".join(sorted(wants.needs))
            return Reason("no_room_with_feature", needs, f"no room offers {needs}" if needs else "there is no room")
        if not self.model.fitting[topic]:
            seats = wants.min_capacity
            return Reason("no_room_large_enough", seats, f"no suitable room holds {seats}")
        if not self.model.bookable[topic]:
            return Reason("slot_not_possible", len(wants.slots), "no suitable room is open when the host can be there")
        return None

    def _crowded_out(self, topic: int) -> Reason:
        obstacles = {slot: self._obstacle(topic, slot) for slot in bits(self.model.bookable[topic])}
        told = [reason for reason in obstacles.values() if reason is not None]
        if len(told) == len(obstacles):
            return told[0]
        open_slots = [slot for slot, reason in obstacles.items() if reason is None]
        rivals = [self.model.interested[other] for slot in open_slots for other in self._rivals(topic, slot)]
        if rivals and min(rivals) >= self.model.interested[topic]:
            least = min(rivals)
            return Reason(
                "fewer_interested", least, f"every suitable place went to topics with at least {least} interested"
            )
        return Reason("no_place_free", len(open_slots), "no suitable place is free")

    def _rivals(self, topic: int, slot: int) -> Sequence[int]:
        fitting = self.model.fitting[topic]
        return [other for other in self.running[slot] if (place := self.placements[other]) and fitting >> place[1] & 1]

    def _obstacle(self, topic: int, slot: int) -> Reason | None:
        """Return who keeps the topic out of a slot, rooms left aside."""
        topics = self.model.problem.topics
        for other in self.running[slot]:
            if self.model.apart[topic] >> other & 1:
                name = topics[other].id
                if topics[topic].host is not None and topics[topic].host == topics[other].host:
                    return Reason("host_busy", name, f"host busy with {name}")
                return Reason("clash", name, f"must not run beside {name}")
        for other in self.model.earlier[topic]:
            if (place := self.placements[other]) and place[0] >= slot:
                return Reason("order", topics[other].id, f"must come after {topics[other].id}")
        for other in self.model.later[topic]:
            if (place := self.placements[other]) and place[0] <= slot:
                return Reason("order", topics[other].id, f"must come before {topics[other].id}")
        return None
