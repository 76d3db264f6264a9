"""The timetabling problem as plain values, and the door through which untrusted files become one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tagwerk.timetable import fields, files
from tagwerk.timetable.fields import Refused
from tagwerk.timetable.weights import Weights

__all__ = ["Place", "Placements", "Problem", "Refused", "Room", "Slot", "Topic", "parse", "read"]

Place = tuple[int, int]
"""(slot, room), both positions in the problem's lists."""
Placements = Sequence[Place | None]
"""One place per topic, None where it has none."""

ONLINE = "hybrid"
"""The feature of rooms whose sessions can be attended from afar."""

MOST_SLOTS, MOST_ROOMS, MOST_TOPICS = 1_000, 1_000, 4_000
MOST_PEOPLE, MOST_PAIRS, MOST_FEATURES = 200_000, 200_000, 100
MOST_POSSIBILITIES = 10_000_000
"""Most topics times slots times rooms: the search keeps a list of where each topic may stand."""
MOST_SEATS, MOST_HOST, MOST_WEIGHT = 10**7, 2**63 - 1, 10**9


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time in which sessions run in parallel; slots are in order of time."""

    id: str
    day: int | str = 0


@dataclass(frozen=True, slots=True)
class Room:
    """A room with its seats and what it offers (hybrid, step-free, ...)."""

    id: str
    capacity: int
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that wants a place; `slots` are those its host can attend."""

    id: str
    slots: Sequence[int]
    host: int | None = None
    needs: frozenset[str] = frozenset()
    min_capacity: int = 0
    theme: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Topics to place into slots and rooms; every number is a position in one of these lists.

    `wishes[p]` are the topics participant p wants to attend, `present[p]` a text of 0 and 1 over
    the slots (None: there all the time). `remote[p]` is 1 for who attends from afar: only sessions in rooms with the
    feature `hybrid`, and without taking a seat (None: nobody does). A pin overrides the topic's slots and needs. The
    constructor trusts its caller; what comes from outside goes through `parse`.
    """

    slots: Sequence[Slot]
    rooms: Sequence[Room]
    topics: Sequence[Topic]
    wishes: Sequence[Sequence[int]] = ()
    present: Sequence[str | None] | None = None
    no_overlap: Sequence[tuple[int, int]] = ()
    before: Sequence[tuple[int, int]] = ()
    pins: Mapping[int, Place] = field(default_factory=dict)
    must_place_all: bool = True
    room_closed: Sequence[Place] = ()
    name: str = ""
    weights: Weights = field(default_factory=Weights)
    remote: Sequence[int] | None = None


REQUIRED = ("slots", "rooms", "topics", "wishes", "present", "no_overlap", "pins")
OPTIONAL = ("name", "format", "before", "must_place_all", "room_closed", "weights", "remote")
POSITION = re.compile(r"0|[1-9][0-9]{0,8}")


def read(path: str | Path) -> Problem:
    """Return the problem in a .json or .json.gz file; raise Refused with one line."""
    return parse(files.load(path))


def parse(document: object) -> Problem:
    """Return the problem that a decoded JSON document describes; raise Refused with one line."""
    found = fields.keys(document, "problem", REQUIRED, OPTIONAL)
    fields.whole(found.get("format", 1), "format", 1, 1)
    slots = [_slot(entry, f"slots[{i}]") for i, entry in enumerate(fields.rows(found["slots"], "slots", MOST_SLOTS))]
    rooms = [_room(entry, f"rooms[{i}]") for i, entry in enumerate(fields.rows(found["rooms"], "rooms", MOST_ROOMS))]
    rows = fields.rows(found["topics"], "topics", MOST_TOPICS)
    topics = [_topic(entry, f"topics[{i}]", len(slots)) for i, entry in enumerate(rows)]
    for where, names in (("slots", slots), ("rooms", rooms), ("topics", topics)):
        _distinct((entry.id for entry in names), where)
    if len(topics) * len(slots) * len(rooms) > MOST_POSSIBILITIES:
        message = f"problem: {len(topics)} topics, {len(slots)} slots and {len(rooms)} rooms are too many together"
        raise Refused(message)
    wishes = _wishes(found["wishes"], len(topics))
    grid = (len(slots), len(rooms))
    return Problem(
        slots=tuple(slots),
        rooms=tuple(rooms),
        topics=tuple(topics),
        wishes=wishes,
        present=_present(found["present"], len(wishes), len(slots)),
        no_overlap=_pairs(found["no_overlap"], "no_overlap", len(topics)),
        before=_pairs(found.get("before", []), "before", len(topics)),
        pins=_pins(found["pins"], len(topics), grid),
        must_place_all=fields.flag(found.get("must_place_all", True), "must_place_all"),
        room_closed=_places(found.get("room_closed", []), grid),
        name=_name(found.get("name", "")),
        weights=_weights(found.get("weights", {})),
        remote=_remote(found.get("remote"), len(wishes)),
    )


def _name(value: object) -> str:
    return fields.text(value, "name") if value != "" else ""


def _weights(value: object) -> Weights:
    found = fields.keys(value, "weights", (), Weights.__slots__)
    return Weights(**{key: fields.whole(entry, f"weights.{key}", 0, MOST_WEIGHT) for key, entry in found.items()})


def _slot(value: object, where: str) -> Slot:
    found = fields.keys(value, where, ("id", "day"))
    day = found["day"]
    if not isinstance(day, str):
        day = fields.whole(day, f"{where}.day", 0, MOST_HOST)
    return Slot(fields.text(found["id"], f"{where}.id"), day)


def _room(value: object, where: str) -> Room:
    found = fields.keys(value, where, ("id", "capacity", "features"))
    return Room(
        fields.text(found["id"], f"{where}.id"),
        fields.whole(found["capacity"], f"{where}.capacity", 0, MOST_SEATS),
        fields.texts(found["features"], f"{where}.features", MOST_FEATURES),
    )


def _topic(value: object, where: str, slots: int) -> Topic:
    found = fields.keys(value, where, ("id", "theme", "host", "needs", "slots"), ("min_capacity",))
    return Topic(
        id=fields.text(found["id"], f"{where}.id"),
        slots=fields.positions(found["slots"], f"{where}.slots", slots, MOST_SLOTS),
        host=_number(found["host"], f"{where}.host"),
        needs=fields.texts(found["needs"], f"{where}.needs", MOST_FEATURES),
        min_capacity=fields.whole(found.get("min_capacity", 0), f"{where}.min_capacity", 0, MOST_SEATS),
        theme=_number(found["theme"], f"{where}.theme"),
    )


def _number(value: object, where: str) -> int | None:
    return None if value is None else fields.whole(value, where, 0, MOST_HOST)


def _distinct(names: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = f"{where}: the id {fields.shown(name)} stands twice"
            raise Refused(message)
        seen.add(name)


def _wishes(value: object, topics: int) -> tuple[tuple[int, ...], ...]:
    rows = fields.rows(value, "wishes", MOST_PEOPLE)
    return tuple(fields.positions(row, f"wishes[{p}]", topics, MOST_PAIRS) for p, row in enumerate(rows))


def _present(value: object, people: int, slots: int) -> tuple[str | None, ...] | None:
    if value is None:
        return None
    rows = fields.rows(value, "present", MOST_PEOPLE)
    if len(rows) != people:
        message = f"present: {len(rows)} entries for {people} participants"
        raise Refused(message)
    return tuple(_presence(row, f"present[{p}]", slots) for p, row in enumerate(rows))


def _presence(value: object, where: str, slots: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != slots or value.strip("01"):
        message = f"{where}: expected {slots} characters 0 or 1, found {fields.shown(value)}"
        raise Refused(message)
    return value


def _remote(value: object, people: int) -> tuple[int, ...] | None:
    if value is None:
        return None
    rows = fields.rows(value, "remote", MOST_PEOPLE)
    if len(rows) != people:
        message = f"remote: {len(rows)} entries for {people} participants"
        raise Refused(message)
    return tuple(fields.whole(row, f"remote[{p}]", 0, 1) for p, row in enumerate(rows))


def _pairs(value: object, where: str, topics: int) -> tuple[tuple[int, int], ...]:
    found: dict[tuple[int, int], None] = {}
    for i, entry in enumerate(fields.rows(value, where, MOST_PAIRS)):
        first, second = fields.pair(entry, f"{where}[{i}]", (topics, topics))
        if first == second:
            message = f"{where}[{i}]: topic {first} is paired with itself"
            raise Refused(message)
        found[first, second] = None
    return tuple(found)


def _pins(value: object, topics: int, grid: Place) -> dict[int, Place]:
    if not isinstance(value, dict):
        message = f"pins: expected an object, found {fields.shown(value)}"
        raise Refused(message)
    pins = {}
    for key, place in value.items():
        if not isinstance(key, str) or not POSITION.fullmatch(key) or int(key) >= topics:
            message = f"pins: {fields.shown(key)} is not a position in a list of {topics}"
            raise Refused(message)
        pins[int(key)] = fields.pair(place, f"pins[{key}]", grid)
    return pins


def _places(value: object, grid: Place) -> tuple[Place, ...]:
    rows = fields.rows(value, "room_closed", MOST_SLOTS * MOST_ROOMS)
    return tuple(dict.fromkeys(fields.pair(entry, f"room_closed[{i}]", grid) for i, entry in enumerate(rows)))
