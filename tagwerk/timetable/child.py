"""The planner as a child process: one order comes in as a line of JSON, progress and the answer go out as lines.

In: the order (the keys of `Order` and the problem); then any line, or the end of the input, asks for the best so far.
Out: lines with the key `kind`: `progress` (share, moves, seated, served, bound, seconds), and in the end one of
`plan` (the document of `tagwerk plan` with the three strongest reasons of each placed topic; `missing`: why topics have no
place, or null; `alternatives`: the best other place of what moved or has none, with its price), `bound` (bound, text,
seconds), `contradiction` or `refused` (text).
"""

import json
import os
import sys
import threading
import time
from dataclasses import replace
from typing import Any, Protocol

from tagwerk.timetable import fields, files, score
from tagwerk.timetable.bound import upper_bound
from tagwerk.timetable.contradiction import Contradiction
from tagwerk.timetable.documents import (
    alternatives_document,
    announced,
    contradiction_document,
    missing_document,
    plan_document,
)
from tagwerk.timetable.fields import Refused
from tagwerk.timetable.improve import Report
from tagwerk.timetable.missing import missing
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Problem, parse
from tagwerk.timetable.solve import solve
from tagwerk.timetable.telling import alternatives, placed

KEYS = ("problem", "task", "objective", "seconds", "moves", "seed", "keep")
NICE = 10
BOUND_SECONDS = 300.0
BETWEEN = 0.2
"""Seconds between two lines of progress."""
PATIENCE = 20
"""Counting a plan for a line of progress may take one part in this many of the time."""

Document = dict[str, Any]


class Say(Protocol):
    """Writes one line."""

    def __call__(self, kind: str, **line: object) -> None: ...


def main() -> int:
    """Do what the order on stdin says; return 0, 2 when it was refused, 3 when no plan exists."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    asked = threading.Event()
    try:
        order = fields.keys(files.decode(_first_line(asked), "order"), "order", KEYS)
        problem = parse(order["problem"])
        keep = None if order["keep"] is None else announced({"placements": order["keep"]}, problem)
    except Refused as refused:
        _say("refused", text=" ".join(str(refused).split()))
        return 2
    if order["task"] == "bound":
        return _bound(problem, keep, order, asked)
    return _plan(problem, keep, order, asked)


def _plan(problem: Problem, keep: list[Place | None] | None, order: Document, asked: threading.Event) -> int:
    names = ("objective", "seconds", "moves", "seed")
    chosen = {name: order[name] for name in names}
    try:
        plan = solve(problem, **chosen, keep=keep, progress=_Progress(problem), stop=asked.is_set)
    except Contradiction as contradiction:
        _say("contradiction", **contradiction_document(problem, contradiction))
        return 3
    model, placements = Model(problem), plan.placements
    reasons = {
        topic: told if placements[topic] is None else placed(model, placements, topic, told)
        for topic, told in plan.reasons.items()
    }
    _say(
        "plan",
        **plan_document(problem, replace(plan, reasons=reasons)),
        missing=missing_document(problem, missing(problem, placements)),
        alternatives=alternatives_document(problem, alternatives(model, placements, keep or ())),
    )
    return 0


def _bound(problem: Problem, known: list[Place | None] | None, order: Document, asked: threading.Event) -> int:
    found = upper_bound(
        problem,
        known,
        objective=order["objective"],
        seconds=order["seconds"] or BOUND_SECONDS,
        heard=lambda value: _say("progress", bound=value),
        stop=asked.is_set,
    )
    _say("bound", bound=found.value, text=found.text, seconds=round(found.seconds, 2))
    return 0


def _say(kind: str, **line: object) -> None:
    sys.stdout.write(json.dumps({"kind": kind, **line}, separators=(",", ":"), allow_nan=False) + "\n")
    sys.stdout.flush()


def _first_line(asked: threading.Event) -> bytes:
    """Return the order; from then on any further input, or its end, sets the event.

    Reads past Python's buffers, whose lock a waiting thread would hold when the process ends.
    """
    source, received = sys.stdin.fileno(), bytearray()
    while b"\n" not in received and len(received) <= files.LIMIT and (part := os.read(source, 1 << 16)):
        received += part
    order, _, more = received.partition(b"\n")

    def wait() -> None:
        if not more:
            os.read(source, 1)
        asked.set()

    threading.Thread(target=wait, daemon=True).start()
    return bytes(order)


class _Progress:
    """Tells the best plan so far, not too often and only as often as counting it is cheap."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.began, self.due, self.known = problem, time.perf_counter(), 0.0, -1
        self.line: dict[str, object] = {}

    def __call__(self, report: Report) -> None:
        now = time.perf_counter()
        if now < self.due:
            return
        if report.value != self.known:
            served, seated = score.score(self.problem, report.placements())
            self.line, self.known = {"seated": seated, "served": served, "bound": None}, report.value
        done = time.perf_counter()
        self.due = done + max(BETWEEN, PATIENCE * (done - now))
        _say("progress", share=report.share, moves=report.tried, seconds=round(done - self.began, 2), **self.line)
