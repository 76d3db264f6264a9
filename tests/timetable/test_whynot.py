"""Why a topic does not stand in a cell, what it would cost, and what differs between two plans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.timetable.contradiction import Contradiction
from tagwerk.timetable.difference import difference
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Placements, Problem, Room, Slot, Topic
from tagwerk.timetable.reasons import Reason
from tagwerk.timetable.solve import solve
from tagwerk.timetable.telling import placed, told
from tagwerk.timetable.whynot import Price, best_alternative, why_not
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

MORNING = [Slot("s0"), Slot("s1")]
HALL, DEN = Room("hall", 50, frozenset({"hybrid"})), Room("den", 2)


@unhurried
@given(problems(), st.data())
def test_an_answer_without_obstacles_is_a_valid_plan_at_its_price(problem: Problem, data: st.DataObject) -> None:
    try:
        plan = solve(problem, moves=20)
    except Contradiction:
        return
    topic = data.draw(st.integers(0, len(problem.topics) - 1))
    place = data.draw(st.tuples(st.integers(0, len(problem.slots) - 1), st.integers(0, len(problem.rooms) - 1)))
    answer = why_not(Model(problem), plan.placements, topic, place)
    if answer.placements is None:
        assert answer.obstacles
        return
    assert judge.violations(problem, answer.placements) == []
    assert answer.placements[topic] == place
    assert answer.price is not None
    assert answer.price.served == plan.served - judge.served(problem, answer.placements)
    assert answer.price.seated == plan.seated - judge.seated(problem, answer.placements)


@pytest.mark.parametrize(
    ("problem", "placements", "kinds"),
    [
        (Problem(MORNING, [HALL, DEN], [Topic("a", [0])], room_closed=[(0, 1)]), [(0, 0)], ["room_closed"]),
        (
            Problem(MORNING, [HALL, DEN], [Topic("a", [0], needs=frozenset({"hybrid"}), min_capacity=9)]),
            [(0, 0)],
            ["no_room_with_feature", "no_room_large_enough"],
        ),
        (Problem(MORNING, [HALL, DEN], [Topic("a", [1])]), [(1, 0)], ["slot_not_possible"]),
        (Problem(MORNING, [HALL, DEN], [Topic("a", [0, 1])], pins={0: (1, 0)}), [(1, 0)], ["pinned"]),
        (
            Problem(MORNING, [HALL, DEN], [Topic("a", [0, 1], host=1), Topic("b", [0, 1], host=1)]),
            [(1, 0), (0, 0)],
            ["host_busy"],
        ),
        (
            Problem(MORNING, [HALL, DEN], [Topic("a", [0, 1]), Topic("b", [0, 1])], no_overlap=[(0, 1)]),
            [(1, 0), (0, 0)],
            ["clash"],
        ),
        (
            Problem(MORNING, [HALL, DEN], [Topic("a", [0, 1]), Topic("b", [0])]),
            [(1, 0), (0, 1)],
            ["taken"],
        ),
        (
            Problem([*MORNING, Slot("s2")], [HALL, DEN], [Topic("a", [0, 2]), Topic("b", [1])], before=[(1, 0)]),
            [(2, 0), (1, 0)],
            ["order"],
        ),
        (
            Problem(
                MORNING, [HALL, DEN], [Topic("a", [0, 1]), Topic("b", [0, 1])], before=[(1, 0)], must_place_all=False
            ),
            [(1, 0), (0, 0)],
            ["order"],
        ),
    ],
)
def test_what_stands_against_a_cell_is_named(problem: Problem, placements: Placements, kinds: list[str]) -> None:
    assert [reason.kind for reason in why_not(Model(problem), placements, 0, (0, 1)).obstacles] == kinds


def test_the_best_alternative_comes_with_its_price() -> None:
    topics = [Topic("many", [0]), Topic("few", [0]), Topic("left", [0])]
    problem = Problem(MORNING[:1], [HALL, DEN], topics, wishes=[[0]] * 5 + [[1]] * 2 + [[2]], must_place_all=False)
    plan: Placements = [(0, 0), (0, 1), None]
    found = best_alternative(Model(problem), plan, 2)
    assert found is not None
    assert (found.place, found.gives_way, found.price) == ((0, 1), 1, Price(1, 1, 0))
    assert told(Model(problem), plan)[2][-1] == Reason(
        "alternative", 1, "possible in s0, den in place of few: 1 seat fewer"
    )
    assert best_alternative(Model(problem), [(0, 0), None, None], 0) is not None
    pinned = Problem(MORNING, [HALL], [Topic("a", [0])], pins={0: (0, 0)})
    assert best_alternative(Model(pinned), [(0, 0)], 0) is None
    alone = Problem(MORNING[:1], [HALL], [Topic("a", [0])])
    assert told(Model(alone), [(0, 0)], [(0, 0)])[0][-1].kind != "alternative"


def test_prices_are_said_in_words() -> None:
    assert [Price(*p).text for p in ((2, 0, 0), (-1, 3, 0), (0, 1, 0), (0, -2, 0), (0, 0, 1))] == [
        "2 seats fewer",
        "1 seat more",
        "1 person fewer served",
        "2 people more served",
        "it would cost nothing",
    ]


def test_the_three_strongest_reasons_name_whom_a_topic_was_kept_apart_from() -> None:
    topics = [Topic(name, [0, 1], host=number) for number, name in enumerate("abc")]
    problem = Problem(MORNING, [HALL, DEN], topics, wishes=[[0, 1]] * 7 + [[0, 2]] * 3)
    plan: Placements = [(0, 0), (1, 0), (0, 1)]
    reasons = placed(Model(problem), plan, 0, told(Model(problem), plan)[0])
    assert [(reason.kind, reason.value) for reason in reasons] == [
        ("interested", 10),
        ("misses", 3),
        ("kept_apart", 7),
    ]
    assert reasons[2].text == "7 people also wish b, which runs at another time"
    announced = placed(Model(problem), plan, 2, told(Model(problem), plan, plan)[2])
    assert "announced" in [reason.kind for reason in announced]
    assert len(placed(Model(problem), [None, None, None], 0, [])) == 0


def test_two_plans_are_compared() -> None:
    topics = [Topic(name, [0, 1]) for name in "abcde"]
    problem = Problem(MORNING, [HALL, DEN, DEN], topics, wishes=[[0, 1], [1, 2], [4]], must_place_all=False)
    found = difference(Model(problem), [(0, 0), (0, 1), (1, 0), None, (1, 1)], [(0, 0), (1, 2), (1, 1), (0, 2), None])
    kinds = (found.added, found.moved, found.other_room, found.dropped)
    assert [[change.topic for change in changes] for changes in kinds] == [[3], [1], [2], [4]]
    assert found.affected == 3
    assert found.price == Price(1, 1, 0)
