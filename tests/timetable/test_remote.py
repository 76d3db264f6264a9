"""People who attend from afar: only in hybrid rooms, without a seat, and as important as those in the hall."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.timetable import extra, score
from tagwerk.timetable.bound import upper_bound
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Problem, Room, Slot, Topic
from tagwerk.timetable.solve import Objective, solve
from tagwerk.timetable.whynot import why_not
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

ONLINE, PLAIN = Room("online", 1, frozenset({"hybrid"})), Room("plain", 9)
TWO = [Topic("a", [0]), Topic("b", [0])]


def test_remote_people_need_a_hybrid_room_and_no_seat() -> None:
    problem = Problem([Slot("s")], [ONLINE, PLAIN], TWO, wishes=[[0], [0], [0], [1]], remote=[1, 1, 0, 0])
    assert score.score(problem, [(0, 0), (0, 1)]) == (4, 4)
    assert score.score(problem, [(0, 1), (0, 0)]) == (2, 2)
    assert score.score(replace(problem, remote=None), [(0, 0), (0, 1)]) == (4, 2)


@pytest.mark.parametrize("objective", ["seated", "served"])
def test_the_planner_gives_the_hybrid_room_to_whom_it_serves(objective: Objective) -> None:
    problem = Problem([Slot("s")], [ONLINE, PLAIN], TWO, wishes=[[0], [0], [1], [1], [1]], remote=[1, 1, 0, 0, 0])
    assert solve(problem, moves=200, objective=objective).placements == [(0, 0), (0, 1)]


@settings(unhurried, max_examples=15)
@given(problems(most_slots=2, most_rooms=2, most_topics=3), st.sampled_from(("seated", "served")))
def test_no_plan_is_better_than_the_one_found(problem: Problem, objective: Objective) -> None:
    afar = replace(problem, remote=[person % 2 for person in range(len(problem.wishes))])
    plans = list(judge.plans(afar))
    if not plans:
        return
    measure = judge.seated if objective == "seated" else judge.served
    best = max(measure(afar, plan) for plan in plans)
    assert measure(afar, solve(afar, moves=400, objective=objective).placements) == best
    if extra.linear_solver() is not None:
        bound = upper_bound(afar, objective=objective, seconds=5).value
        assert bound is not None
        assert bound >= best


def test_the_price_of_another_room_counts_remote_people() -> None:
    problem = Problem([Slot("s")], [ONLINE, PLAIN], TWO, wishes=[[0], [0], [1]], remote=[1, 1, 0])
    answer = why_not(Model(problem), [(0, 0), (0, 1)], 0, (0, 1))
    assert answer.price is not None
    assert (answer.price.seated, answer.price.served) == (2, 2)
