"""The planner as a child process: progress, stop, and answers of every kind."""

import contextlib
import io
import json
import os
import sys
import threading
import time
from dataclasses import replace

import pytest

from tagwerk.timetable import child
from tagwerk.timetable.background import Order, Run
from tagwerk.timetable.company import better, companion
from tagwerk.timetable.documents import problem_document
from tagwerk.timetable.improve import Aim
from tagwerk.timetable.problem import Problem, Room, Slot, Topic, parse, read
from tagwerk.timetable.solve import solve
from tests.timetable import judge
from tests.timetable.small import town

MORNING = [Slot("s0"), Slot("s1")]
SMALL = Problem(
    MORNING, [Room("x", 9), Room("y", 9)], [Topic(n, [0, 1]) for n in "abc"], wishes=[[0, 1], [1, 2], [0, 2]]
)


def test_a_problem_survives_the_way_through_a_document() -> None:
    problem = parse(town(weights={"clash": 7}, remote=[0, 0, 1, 0]))
    assert parse(problem_document(problem)) == problem


def test_a_child_tells_its_progress_and_stops_with_the_best_so_far() -> None:
    problem = read(judge.reference_file("bc-M-1"))
    run = Run(problem, Order(seconds=60))
    until = time.monotonic() + 20
    while not run.progress and time.monotonic() < until:
        time.sleep(0.05)
    assert run.wait(0) is None
    assert not run.is_done
    run.stop()
    answer = run.wait(10)
    assert answer is not None
    assert answer["kind"] == "plan"
    assert judge.violations(problem, [tuple(place) for place in answer["placements"]]) == []
    assert answer["seated"] >= run.progress["seated"]
    assert {"share", "moves", "seated", "served", "bound", "seconds"} < set(run.progress)
    run.stop()  # too late, and no harm


def test_a_stop_that_comes_too_late_does_no_harm() -> None:
    run = Run(SMALL, Order(seconds=None, moves=10))
    while run._child.poll() is None:  # noqa: SLF001 - the child is gone, its pipe still open
        time.sleep(0.02)
    with contextlib.suppress(OSError):
        run._child.stdin.write(b"stop")  # type: ignore[union-attr] # noqa: SLF001 - waits in the buffer until the pipe is closed
    answer = run.wait(10)
    assert answer is not None
    assert answer["kind"] == "plan"


def test_a_child_that_is_killed_gives_no_answer() -> None:
    run = Run(SMALL, Order(seconds=60))
    run.kill()
    assert run.wait() is None


def _said(
    monkeypatch: pytest.MonkeyPatch, order: object, *, stopped: bool = False
) -> tuple[int, list[dict[str, object]]]:
    """Run the child in this process; `stopped` leaves its input at the end, as when the parent has died."""
    reading, writing = os.pipe()
    os.write(writing, (order if isinstance(order, bytes) else json.dumps(order).encode()) + b"\n")
    if stopped:
        os.close(writing)
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", os.fdopen(reading))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(os, "nice", lambda _: None, raising=False)
    code = child.main()
    if not stopped:
        os.close(writing)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def _order(problem: Problem, **changes: object) -> dict[str, object]:
    order = {"task": "plan", "objective": "seated", "seconds": None, "moves": 500, "seed": 1, "keep": None}
    return {"problem": problem_document(problem), **order, **changes}


def test_every_answer_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = _said(monkeypatch, _order(SMALL, keep=[[0, 0], None, None]))
    assert (code, lines[-1]["kind"], lines[-1]["moves"]) == (0, "plan", {"slot": 0, "room": 0})
    assert lines[-1]["missing"] is None
    assert lines[0]["kind"] == "progress"
    code, lines = _said(monkeypatch, _order(replace(SMALL, rooms=[Room("x", 9)])))
    assert (code, lines[-1]["kind"]) == (3, "contradiction")
    code, lines = _said(monkeypatch, b"nonsense")
    assert (code, lines[-1]["kind"]) == (2, "refused")
    code, lines = _said(monkeypatch, _order(SMALL, task="bound", seconds=5))
    assert (code, lines[-1]["kind"]) == (0, "bound")


def test_a_child_without_a_parent_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    code, lines = _said(monkeypatch, _order(SMALL, seconds=60, moves=0), stopped=True)
    assert (code, lines[-1]["kind"]) == (0, "plan")
    assert threading.active_count() < 20


def test_the_better_of_two_searches_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = read(judge.reference_file("bc-M-1"))
    poor = solve(problem)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    run = companion(problem, Order(seconds=1.6))
    assert run is not None
    run.wait()
    plan = better(problem, poor, run, Aim(), 1)
    assert plan.seated > poor.seated
    assert judge.violations(problem, plan.placements) == []
    assert better(problem, plan, run, Aim(), 1).placements == plan.placements
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert companion(problem, Order(seconds=1.6)) is None
