"""Bounds are honest: never below any plan, and without OR-Tools none is claimed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tagwerk.timetable import extra
from tagwerk.timetable.bound import upper_bound
from tagwerk.timetable.effort import Effort
from tagwerk.timetable.least_moves import least_moves
from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.pricing import Proof, Shelf
from tagwerk.timetable.problem import Problem, Room, Slot, Topic, read
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

MORNING = [Slot("s0"), Slot("s1")]
with_solvers = pytest.mark.skipif(extra.linear_solver() is None, reason="the extra “plan” is not installed")


@with_solvers
@settings(unhurried, max_examples=25)
@given(problems(most_slots=2, most_rooms=2, most_topics=3))
def test_no_plan_passes_a_bound(problem: Problem) -> None:
    plans = list(judge.plans(problem))
    if not plans:
        return
    best = max(plans, key=lambda plan: judge.served(problem, plan))
    for known in (None, best):
        assert upper_bound(problem, known, seconds=5).value >= judge.served(problem, best)  # type: ignore[operator]


@with_solvers
def test_a_small_barcamp_is_proven() -> None:
    problem = read(judge.reference_file("bc-S-1"))
    heard: list[int] = []
    found = upper_bound(problem, seconds=30, heard=heard.append)
    assert (found.value, found.proves(233), found.proves(232)) == (233, True, False)
    assert heard == sorted(heard, reverse=True)
    assert heard[-1] == 233


@with_solvers
def test_a_known_plan_is_compared_with_the_bound() -> None:
    topics = [Topic(name, [0, 1]) for name in "ab"]
    problem = Problem(MORNING, [Room("x", 9), Room("y", 9)], topics, wishes=[[0, 1]] * 3)
    assert upper_bound(problem, [(0, 0), (1, 0)]).text == "optimal: no plan has more people"
    assert upper_bound(problem, [(0, 0), (0, 1)]).text == "at most 100.0 % more people are possible"
    assert upper_bound(problem, seconds=0).text == "no plan has more than 6 people"


def test_without_solvers_there_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "_module", lambda _: None)
    problem = Problem(MORNING, [Room("x", 9)], [Topic("a", [0])], wishes=[[0]])
    assert (upper_bound(problem).value, upper_bound(problem).proves(1)) == (None, False)
    assert "no proof available" in upper_bound(problem).text
    assert "no proof available" in least_moves(Model(problem), [(0, 0)]).text


@unhurried
@given(problems(most_slots=1, most_rooms=2, most_topics=5))
def test_branch_and_bound_agrees_with_trying_every_set(problem: Problem) -> None:
    model = Model(replace(problem, pins={}, before=()))
    shelf = Shelf(model, 0)
    prices = [0.3 * topic - 0.4 for topic in range(len(problem.topics))]
    worths = [
        shelf.served(chosen) - sum(prices[topic] for topic in bits(chosen))
        for chosen in range(1 << len(prices))
        if all(topic in shelf.fans for topic in bits(chosen)) and _possible(shelf, model, chosen)
    ]
    found = Proof(shelf, prices, lambda: False).at_most(-100.0, 0.0)
    assert found is not None
    assert found.worth == pytest.approx(max(worths))


def _possible(shelf: Shelf, model: Model, chosen: int) -> bool:
    code = 0
    for topic in bits(chosen):
        if model.apart[topic] & chosen or not shelf.open_for(code) >> shelf.kind[topic] & 1:
            return False
        code += 1 << 8 * shelf.kind[topic]
    return True


def test_a_proof_ends_when_time_is_over() -> None:
    problem = read(judge.reference_file("bc-M-1"))
    shelf = Shelf(Model(problem), 0)
    with pytest.raises(TimeoutError):
        Proof(shelf, [0.0] * len(problem.topics), lambda: True).at_most(0.0, 0.0)


@pytest.mark.skipif(extra.constraint_solver() is None, reason="the extra “plan” is not installed")
@settings(unhurried, max_examples=10)
@given(problems(most_slots=2, most_rooms=2, most_topics=3))
def test_least_moves_are_the_fewest_of_all_plans(problem: Problem) -> None:
    keep = [(0, 0) for _ in problem.topics]
    counts = [sum(new is None or new[0] != 0 for new in plan) for plan in judge.plans(problem)]
    found = least_moves(Model(problem), keep, seconds=10)
    assert found.slot == min(counts, default=None)
    if found.placements is not None:
        assert judge.violations(problem, found.placements) == []


def test_an_effort_is_split_by_moves_or_by_the_clock() -> None:
    first, second = Effort(moves=10).split(0.8)
    assert (first.moves, second.moves) == (8, 2)
    early, late = Effort(deadline=1e9).split(0.5)
    assert early.deadline is not None
    assert early.deadline < 1e9
    assert late.deadline == 1e9
