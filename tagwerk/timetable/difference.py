"""Two plans side by side: what is new, what moves, what is dropped, and whom it concerns."""

from dataclasses import dataclass

from tagwerk.timetable import score
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Placements
from tagwerk.timetable.whynot import Price


@dataclass(frozen=True, slots=True)
class Change:
    """A topic's place before and after (None: without one), and the people who wish it."""

    topic: int
    before: Place | None
    after: Place | None
    people: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes by kind; `affected` counts the people who wish a topic that moves or is dropped."""

    added: list[Change]
    moved: list[Change]
    other_room: list[Change]
    dropped: list[Change]
    affected: int
    price: Price


def difference(model: Model, before: Placements, after: Placements) -> Difference:
    """Compare two plans of the same problem."""
    found = Difference([], [], [], [], 0, _price(model, before, after))
    concerned = 0
    for topic, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        change = Change(topic, old, new, model.interested[topic])
        if old is None:
            found.added.append(change)
            continue
        concerned |= model.fans[topic]
        if new is None:
            found.dropped.append(change)
        else:
            (found.other_room if old[0] == new[0] else found.moved).append(change)
    return Difference(found.added, found.moved, found.other_room, found.dropped, concerned.bit_count(), found.price)


def _price(model: Model, before: Placements, after: Placements) -> Price:
    problem = model.problem
    (served, seated), (served_then, seated_then) = score.score(problem, before), score.score(problem, after)
    clash = score.clashes(problem, after) - score.clashes(problem, before)
    return Price(seated - seated_then, served - served_then, clash)
