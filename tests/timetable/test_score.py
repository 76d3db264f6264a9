"""Scores equal what counting by hand gives."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.timetable import score
from tagwerk.timetable.crowding import Crowding
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Problem, Room, Slot, Topic, parse, read
from tests.timetable import judge
from tests.timetable.small import problems, town, unhurried


@st.composite
def scattered(draw: st.DrawFn) -> tuple[Problem, list[Place | None]]:
    """Draw a problem and any placement of its topics that uses no cell twice."""
    problem = draw(problems())
    cells: list[Place | None] = [(s, r) for s in range(len(problem.slots)) for r in range(len(problem.rooms))]
    cells += [None] * len(problem.topics)
    return problem, draw(st.permutations(cells))[: len(problem.topics)]


@unhurried
@given(scattered())
def test_served_and_seated_equal_counting_by_hand(case: tuple[Problem, list[Place | None]]) -> None:
    problem, placements = case
    assert score.served(problem, placements) == judge.served(problem, placements)
    assert score.seated(problem, placements) == judge.seated(problem, placements)


@unhurried
@given(scattered())
def test_the_quick_count_of_a_slot_is_never_below_the_exact_one(case: tuple[Problem, list[Place | None]]) -> None:
    problem, placements = case
    model, quick, served = Model(problem), 0, 0
    for slot, people in enumerate(model.here):
        crowd = [(fans & people).bit_count() for fans in model.near]
        here = [(t, model.seats[place[1]]) for t, place in enumerate(placements) if place and place[0] == slot]
        crowding = Crowding(model.near, crowd, people, here)
        far = model.connected(slot, [(t, place[1]) for t, place in enumerate(placements) if place and place[0] == slot])
        at_most = crowding.at_most()
        assert crowding.count() <= at_most
        quick, served = quick + far + crowding.count(), served + far + crowding.served()
        for topic, _ in here:
            rest = Crowding(model.near, crowd, people, [entry for entry in here if entry[0] != topic])
            assert crowding.without(topic, model.near[topic])[0] >= rest.count()
    assert served == score.served(problem, placements)
    assert score.seated(problem, placements) <= quick <= served


@settings(unhurried, max_examples=50)
@given(problems(most_slots=2, most_rooms=2, most_topics=3))
def test_no_plan_passes_the_trivial_bound(problem: Problem) -> None:
    best = max((judge.served(problem, plan) for plan in judge.plans(problem)), default=0)
    assert best <= score.trivial_bound(problem)


def test_somebody_with_another_wish_moves_over_for_somebody_without() -> None:
    rooms = [Room("a", 1), Room("b", 1), Room("c", 1)]
    topics = [Topic(name, [0]) for name in "uvw"]
    everywhere: list[Place | None] = [(0, 0), (0, 1), (0, 2)]
    chain = Problem([Slot("s")], rooms, topics, wishes=[[0, 1], [0, 1], [1, 2], [1, 2], [0, 1, 2]])
    assert score.score(chain, everywhere) == (5, 3)
    assert score.score(Problem([Slot("s")], rooms, topics, wishes=[[0, 1], [1, 2], [0]]), everywhere) == (3, 3)


def test_a_doubled_wish_counts_once() -> None:
    problem = parse(town())
    assert score.trivial_bound(problem) == 2 + 1 + 2 + 1


def test_five_thousand_people_are_seated_exactly_and_quickly() -> None:
    problem = read(judge.reference_file("bc-XL-1"))
    cells = [(s, r) for s in range(20) for r in range(22)]
    random.Random(1).shuffle(cells)
    started = time.process_time()
    assert score.score(problem, cells[:400]) == (36_756, 31_016)  # as the independent judge counts them
    assert time.process_time() - started < 5
