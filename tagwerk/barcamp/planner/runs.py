"""Runs a search in a child process of low priority, so that neither taps nor streams ever wait for it."""

import threading
from importlib.util import find_spec
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.actions.searching import begin_search, note_found, note_progress
from tagwerk.barcamp.models import PlanRun
from tagwerk.barcamp.plan_rules import EFFORTS, LIVE, Style, Task
from tagwerk.barcamp.planner.whole import Subject, Whole, whole_of
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.live.models import Stream
from tagwerk.timetable import score
from tagwerk.timetable.background import Order, Run

BETWEEN = 0.5
"""Seconds between two looks at what the child has said."""
PROOF_SECONDS = 300.0
SEED = 1


def can_prove() -> bool:
    """Tell whether the extra `plan` is installed, without which nothing can be proven."""
    return find_spec("ortools") is not None


def search(event: Event, style: str, seconds: float, *, actor: str = "") -> PlanRun:
    """Begin to search for a better plan; raises `Refusal` when one is being searched for or nothing can move."""
    if style not in list(Style) or seconds not in (LIVE, *EFFORTS):
        raise Invalid("search", _("Bitte wählen Sie, wie gesucht werden soll."))
    revision, whole = _something(event, style)
    asked = {"style": style, "seconds": seconds, "seed": SEED}
    run = begin_search(event, Task.PLAN, revision, asked, whole.given(), actor=actor)
    _follow_aside(run, whole, Order(seconds=seconds, seed=SEED, keep=whole.keep))
    return run


def prove(event: Event, *, actor: str = "") -> PlanRun:
    """Begin to look for a proof of how many people any plan could seat at most."""
    revision, whole = _something(event, Style.IMPROVE)
    run = begin_search(event, Task.BOUND, revision, {"seconds": PROOF_SECONDS}, whole.given(), actor=actor)
    _follow_aside(run, whole, Order(task="bound", seconds=PROOF_SECONDS, keep=whole.keep))
    return run


def follow(run: PlanRun, whole: Whole, child: Run) -> None:
    """Note what a child process says, until it ends; somebody who asks for it gets the best so far."""
    before = dict(zip(("served", "seated"), score.score(whole.problem, whole.keep), strict=True))
    before["most"] = score.trivial_bound(whole.problem)
    while (answer := child.wait(BETWEEN)) is None and not child.is_done:
        if not note_progress(run, child.progress | {"before": before}):
            child.stop()
    found = (answer or {"kind": "refused", "text": "the planner died"}) | {"before": before}
    if found["kind"] == "plan":
        found = _understood(found, whole)
    note_found(run, found, failed=found["kind"] not in ("plan", "bound"))


def _something(event: Event, style: str) -> tuple[int, Whole]:
    """Give what is to be planned, and the revision at which it was so."""
    revision = Stream.objects.get(pk=event.stream).revision
    whole = whole_of(event, style)
    if not whole.subjects:
        raise Refusal(
            "nothing-to-plan", _("Es gibt nichts zu planen: Kein Thema wartet, und nichts darf sich bewegen.")
        )
    return revision, whole


def _follow_aside(run: PlanRun, whole: Whole, order: Order) -> None:
    def work() -> None:
        try:
            follow(run, whole, Run(whole.problem, order))
        finally:
            connection.close()

    threading.Thread(target=work, name=f"plan-{run.pk}", daemon=True).start()


def _understood(answer: dict[str, Any], whole: Whole) -> dict[str, Any]:
    """Turn the positions of an answer into the numbers of slots and rooms."""
    placements = answer.pop("placements")[whole.first :]
    names = [topic.id for topic in whole.problem.topics[whole.first :]]
    reasons, others = answer.pop("reasons"), answer.pop("alternatives")
    cells = [None if place is None else [whole.slots[place[0]], whole.rooms[place[1]]] for place in placements]
    told = zip(whole.subjects, names, strict=True)
    return answer | {
        "cells": cells,
        "reasons": [_said(subject, reasons.get(name, [])) for subject, name in told],
        "alternatives": [_elsewhere(whole, others.get(name)) for name in names],
    }


def _elsewhere(whole: Whole, other: dict[str, Any] | None) -> dict[str, Any] | None:
    """Name the best other place of a topic by its numbers."""
    if other is None:
        return None
    slot, room = other.pop("place")
    return other | {"cell": [whole.slots[slot], whole.rooms[room]]}


def _said(subject: Subject, reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say of what moves whether it had to: nobody of the crew moved it."""
    kind = "place_gone" if subject.is_lost else "more_seats"
    return [reason | {"kind": kind} if reason["kind"] == "moved" else reason for reason in reasons]
