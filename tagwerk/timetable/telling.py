"""The strongest reasons for a place, with numbers; and the best alternative of topics that moved or found none."""

from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Placements
from tagwerk.timetable.reasons import Reason, count, explain
from tagwerk.timetable.whynot import Answer, best_alternative

STRONGEST = 3
MOST_ALTERNATIVES = 40
"""Topics whose alternatives are worked out; a plan that leaves out more has other worries."""

RULING = ("pinned", "announced", "moved")
"""Reasons that stand above every number."""
OF_PEOPLE = ("interested", "seats_short", "misses", "kept_apart")
"""Reasons whose number counts people."""


def strongest(reasons: list[Reason]) -> list[Reason]:
    """Return the three reasons that weigh most, as they stood: what rules the place, then what concerns most people."""

    def weight(reason: Reason) -> tuple[bool, int]:
        people = reason.value if reason.kind in OF_PEOPLE and isinstance(reason.value, int) else 0
        return reason.kind in RULING, people

    chosen = sorted(reasons, key=weight, reverse=True)[:STRONGEST]
    return [reason for reason in reasons if reason in chosen]


def kept_apart(model: Model, placements: Placements, topic: int, place: Place) -> Reason | None:
    """Name the topic of another slot that shares most people with this one: the best reason not to run beside it."""
    best, rival = 0, -1
    for other, there in enumerate(placements):
        if other != topic and there is not None and there[0] != place[0]:
            shared = (model.fans[topic] & model.fans[other] & model.here[place[0]]).bit_count()
            if shared > best:
                best, rival = shared, other
    if rival < 0:
        return None
    people, name = count(best, "person", "people"), model.problem.topics[rival].id
    return Reason("kept_apart", best, f"{people} also wish {name}, which runs at another time", name)


def alternatives(model: Model, placements: Placements, keep: Placements = ()) -> dict[int, Answer]:
    """Return the best other place of each topic that moved or found none, by its position, where there is one."""
    answers = {topic: best_alternative(model, placements, topic) for topic in deserving(model, placements, keep)}
    return {topic: answer for topic, answer in answers.items() if answer}


def alternative(model: Model, found: Answer) -> Reason | None:
    """Return a topic's best other place with its price as a reason."""
    if found.price is None:
        return None
    problem = model.problem
    slot, room = problem.slots[found.place[0]].id, problem.rooms[found.place[1]].id
    instead = "" if found.gives_way is None else f" in place of {problem.topics[found.gives_way].id}"
    return Reason("alternative", found.price.seated, f"possible in {slot}, {room}{instead}: {found.price.text}")


def deserving(model: Model, placements: Placements, keep: Placements) -> list[int]:
    """Return the topics whose alternative is of interest: without a place, or moved; most wished first."""
    topics = [
        topic
        for topic, place in enumerate(placements)
        if place is None or (topic < len(keep) and keep[topic] is not None and keep[topic] != place)
    ]
    return sorted(topics, key=lambda topic: -model.interested[topic])[:MOST_ALTERNATIVES]


def placed(model: Model, placements: Placements, topic: int, reasons: list[Reason]) -> list[Reason]:
    """Return the three strongest reasons of a placed topic, whom it was kept apart from among them."""
    place = placements[topic]
    apart = None if place is None else kept_apart(model, placements, topic, place)
    return strongest([*reasons, apart] if apart else reasons)


def told(model: Model, placements: Placements, keep: Placements = ()) -> dict[int, list[Reason]]:
    """Return the reasons of every topic by its position, with the alternatives of those that moved or found no place."""
    reasons = explain(model, placements, keep or None)
    for topic, answer in alternatives(model, placements, keep).items():
        if reason := alternative(model, answer):
            reasons[topic].append(reason)
    return reasons
