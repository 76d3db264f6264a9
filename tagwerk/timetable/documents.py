"""The planner's answers as JSON documents, and announced plans read back from them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from tagwerk.timetable import fields
from tagwerk.timetable.contradiction import Contradiction
from tagwerk.timetable.demands import Demand
from tagwerk.timetable.fields import Refused
from tagwerk.timetable.missing import Missing
from tagwerk.timetable.problem import Place, Problem, Topic
from tagwerk.timetable.reasons import Reason
from tagwerk.timetable.solve import Plan
from tagwerk.timetable.whynot import Answer


def announced(document: object, problem: Problem) -> list[Place | None]:
    """Return the places of an announced plan for this problem; other keys of the plan do not matter."""
    if not isinstance(document, dict) or "placements" not in document:
        message = "keep: expected a plan with the key 'placements'"
        raise Refused(message)
    rows = fields.rows(document["placements"], "keep: placements", len(problem.topics))
    if len(rows) != len(problem.topics):
        message = f"keep: {len(rows)} placements for {len(problem.topics)} topics"
        raise Refused(message)
    grid = (len(problem.slots), len(problem.rooms))
    return [None if row is None else fields.pair(row, f"keep: placements[{t}]", grid) for t, row in enumerate(rows)]


def problem_document(problem: Problem) -> dict[str, object]:
    """Return a problem as the file that `parse` reads."""
    return {
        "slots": [{"id": slot.id, "day": slot.day} for slot in problem.slots],
        "rooms": [{"id": r.id, "capacity": r.capacity, "features": sorted(r.features)} for r in problem.rooms],
        "topics": [_topic(topic) for topic in problem.topics],
        "wishes": [sorted(set(wishes)) for wishes in problem.wishes],
        "present": None if problem.present is None else list(problem.present),
        "no_overlap": [list(pair) for pair in problem.no_overlap],
        "before": [list(pair) for pair in problem.before],
        "pins": {str(topic): list(place) for topic, place in problem.pins.items()},
        "must_place_all": problem.must_place_all,
        "room_closed": [list(place) for place in problem.room_closed],
        "weights": asdict(problem.weights),
    } | {key: value for key, value in (("name", problem.name), ("remote", _listed(problem.remote))) if value}


def _listed(remote: Sequence[int] | None) -> list[int]:
    return list(remote or ())


def _topic(topic: Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "theme": topic.theme,
        "host": topic.host,
        "needs": sorted(topic.needs),
        "slots": list(topic.slots),
        "min_capacity": topic.min_capacity,
    }


def plan_document(problem: Problem, plan: Plan) -> dict[str, object]:
    """Return the answer to a problem as the public interface describes it."""
    reasons = {problem.topics[topic].id: [_reason(r) for r in told] for topic, told in plan.reasons.items()}
    return {
        "format": 1,
        "placements": [None if place is None else list(place) for place in plan.placements],
        "served": plan.served,
        "seated": plan.seated,
        "bound": plan.bound,
        "optimal": plan.optimal,
        "moves": None if plan.moves is None else {"slot": plan.moves.slot, "room": plan.moves.room},
        "least_moves": None if plan.least_moves is None else {"slot": plan.least_moves, "proven": True},
        "seconds": round(plan.seconds, 3),
        "seed": plan.seed,
        "move_count": plan.move_count,
        "reasons": reasons,
    }


def _reason(reason: Reason) -> dict[str, object]:
    named = {"name": reason.name} if reason.name else {}
    return {"kind": reason.kind, "text": reason.text, "value": reason.value, **named}


def contradiction_document(problem: Problem, contradiction: Contradiction) -> dict[str, object]:
    """Return the demands that contradict each other, by the ids of the file."""
    return {
        "format": 1,
        "contradiction": [_demand(problem, demand) for demand in contradiction.demands],
        "proven": contradiction.proven,
        "minimal": contradiction.minimal,
    }


def missing_document(problem: Problem, missing: Missing | None) -> dict[str, object] | None:
    """Return why topics have no place, by the ids of the file; None when all have one."""
    if missing is None:
        return None
    return {
        "topics": [problem.topics[topic].id for topic in missing.topics],
        "overfull": {"topics": missing.wanted, "places": missing.places} if missing.overfull else None,
        "contradiction": [_demand(problem, demand) for demand in missing.demands],
        "minimal": missing.minimal,
        "text": missing.text,
    }


def alternatives_document(problem: Problem, answers: Mapping[int, Answer]) -> dict[str, object]:
    """Return the best other places of topics with their prices, by the ids of the file."""
    return {
        problem.topics[topic].id: {
            "place": list(answer.place),
            "instead": None if answer.gives_way is None else problem.topics[answer.gives_way].id,
            **asdict(answer.price),
        }
        for topic, answer in answers.items()
        if answer.price is not None
    }


def _demand(problem: Problem, demand: Demand) -> dict[str, object]:
    slot, room = demand.place or (None, None)
    return {
        "kind": demand.kind,
        "text": demand.text,
        "topics": [problem.topics[topic].id for topic in demand.topics],
        "slot": None if slot is None else problem.slots[slot].id,
        "room": None if room is None else problem.rooms[room].id,
        "host": demand.host,
    }
