"""The demands of a problem by name, and the problem with some of them given up."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from tagwerk.timetable.fields import shown
from tagwerk.timetable.problem import Place, Problem, Topic


@dataclass(frozen=True, slots=True)
class Demand:
    """Something a file asks for that can be given up; `topics`, `place` and `host` say where it stands.

    Kinds: must_place_all, pin, room_closed, host, no_overlap, before, needs, min_capacity, slots.
    """

    kind: str
    text: str
    topics: tuple[int, ...] = ()
    place: Place | None = None
    host: int | None = None


def demands(problem: Problem) -> list[Demand]:
    """Name every demand; slots and needs of pinned topics are none, the pin overrides them."""
    named = _general(problem)
    hosts: dict[int, list[int]] = {}
    for number, topic in enumerate(problem.topics):
        if topic.host is not None:
            hosts.setdefault(topic.host, []).append(number)
        if number not in problem.pins:
            named += _of_topic(problem, number)
    for host, topics in hosts.items():
        if len(topics) > 1:
            text = f"host {host} leads {_names(problem, topics)}, one at a time"
            named.append(Demand("host", text, tuple(topics), host=host))
    return named


def relaxed(problem: Problem, kept: Collection[Demand]) -> Problem:
    """Return the problem with only the `kept` demands, and without people, whom no hard rule knows."""
    by_kind: dict[str, set[tuple[int, ...]]] = {}
    for demand in kept:
        by_kind.setdefault(demand.kind, set()).add(demand.topics)
    closed = {demand.place for demand in kept if demand.kind == "room_closed"}
    hosts = {demand.host for demand in kept if demand.kind == "host"}

    def holds(kind: str, *topics: int) -> bool:
        return topics in by_kind.get(kind, ())

    def topic(number: int, wants: Topic) -> Topic:
        return replace(
            wants,
            slots=wants.slots if holds("slots", number) else range(len(problem.slots)),
            host=wants.host if wants.host in hosts else None,
            needs=wants.needs if holds("needs", number) else frozenset(),
            min_capacity=wants.min_capacity if holds("min_capacity", number) else 0,
        )

    return replace(
        problem,
        topics=[topic(number, wants) for number, wants in enumerate(problem.topics)],
        wishes=(),
        present=None,
        no_overlap=[pair for pair in problem.no_overlap if holds("no_overlap", *pair)],
        before=[pair for pair in problem.before if holds("before", *pair)],
        pins={number: place for number, place in problem.pins.items() if holds("pin", number)},
        must_place_all=holds("must_place_all"),
        room_closed=[place for place in problem.room_closed if place in closed],
    )


def _general(problem: Problem) -> list[Demand]:
    named = [
        Demand("pin", f"topic {_names(problem, [number])} is pinned to {_where(problem, place)}", (number,), place)
        for number, place in problem.pins.items()
    ]
    if problem.must_place_all:
        places = len(problem.slots) * len(problem.rooms)
        text = f"all {len(problem.topics)} topics must be placed ({places} places if every room is open)"
        named.append(Demand("must_place_all", text))
    named += [Demand("room_closed", f"closed: {_where(problem, place)}", place=place) for place in problem.room_closed]
    named += [
        Demand("no_overlap", f"{_names(problem, pair)} must not run at the same time", tuple(pair))
        for pair in problem.no_overlap
    ]
    for pair in problem.before:
        first, second = (_names(problem, [number]) for number in pair)
        named.append(Demand("before", f"{first} must run before {second}", tuple(pair)))
    return named


def _of_topic(problem: Problem, number: int) -> list[Demand]:
    topic, named = problem.topics[number], []
    name = _names(problem, [number])
    if topic.needs:
        needs = ", ".join(shown(need) for need in sorted(topic.needs))
        named.append(Demand("needs", f"topic {name} needs {needs}", (number,)))
    if topic.min_capacity:
        named.append(Demand("min_capacity", f"topic {name} needs {topic.min_capacity} seats", (number,)))
    if len(set(topic.slots)) < len(problem.slots):
        slots = ", ".join(shown(problem.slots[slot].id) for slot in topic.slots) or "no slot"
        named.append(Demand("slots", f"topic {name} can only run in {slots}", (number,)))
    return named


def _names(problem: Problem, topics: Collection[int]) -> str:
    return " and ".join(shown(problem.topics[number].id) for number in topics)


def _where(problem: Problem, place: Place) -> str:
    return f"slot {shown(problem.slots[place[0]].id)}, room {shown(problem.rooms[place[1]].id)}"
