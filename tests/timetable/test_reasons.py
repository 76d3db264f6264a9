"""Each topic gets a reason that is true."""

import pytest
from hypothesis import given

from tagwerk.timetable.contradiction import Contradiction
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Placements, Problem, Room, Slot, Topic
from tagwerk.timetable.reasons import Reason, explain
from tagwerk.timetable.solve import solve
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

HALL, DEN = Room("hall", 50, frozenset({"hybrid"})), Room("den", 2)


def told(problem: Problem, placements: Placements, topic: int, keep: Placements | None = None) -> list[Reason]:
    """Return the reasons of one topic."""
    return explain(Model(problem), placements, keep)[topic]


def test_a_placed_topic_says_who_comes_where_and_who_misses_what() -> None:
    topics = [Topic("a", [0], host=1), Topic("b", [0])]
    problem = Problem([Slot("s")], [HALL, DEN], topics, wishes=[[0], [0, 1], [0, 1], [0, 1], [1]])
    first = told(problem, [(0, 0), (0, 1)], 0)
    assert "; ".join(reason.text for reason in first) == (
        "4 interested; largest free room holds 50; host free; 3 people would miss something else"
    )
    second = told(problem, [(0, 0), (0, 1)], 1)
    assert [(reason.kind, reason.value) for reason in second] == [
        ("interested", 4),
        ("largest_room", 2),
        ("seats_short", 2),
        ("misses", 3),
    ]
    assert second[2].text == "2 people more interested than seats"


def test_small_numbers_are_said_in_words_that_fit() -> None:
    problem = Problem([Slot("s")], [HALL, DEN], [Topic("a", [0]), Topic("b", [0])], wishes=[[0, 1]])
    assert told(problem, [(0, 0), (0, 1)], 0)[-1].text == "1 person would miss something else"
    alone = Problem([Slot("s")], [HALL, DEN], [Topic("a", [0])], wishes=[[0]])
    assert [reason.text for reason in told(alone, [(0, 1)], 0)] == [
        "1 interested",
        "room holds 2",
        "nobody would miss something else",
    ]


def test_pins_and_announcements_are_reasons() -> None:
    problem = Problem([Slot("s")], [HALL, DEN, DEN], [Topic(n, [0]) for n in "abc"], pins={0: (0, 0)})
    plan: Placements = [(0, 0), (0, 1), (0, 2)]
    keep: Placements = [(0, 0), (0, 1), (0, 1)]
    assert [told(problem, plan, topic, keep)[1].kind for topic in range(3)] == ["pinned", "announced", "moved"]


SLOT = [Slot("s")]
NEEDY = Topic("x", [0], needs=frozenset({"loop", "hybrid"}))


@pytest.mark.parametrize(
    ("problem", "placements", "reason"),
    [
        (
            Problem(SLOT, [HALL], [NEEDY]),
            [None],
            Reason("no_room_with_feature", "hybrid, loop", "no room offers hybrid, loop"),
        ),
        (Problem(SLOT, [], [Topic("x", [0])]), [None], Reason("no_room_with_feature", "", "there is no room")),
        (
            Problem(SLOT, [DEN], [Topic("x", [0], min_capacity=40)]),
            [None],
            Reason("no_room_large_enough", 40, "no suitable room holds 40"),
        ),
        (
            Problem(SLOT, [DEN], [Topic("x", [])]),
            [None],
            Reason("slot_not_possible", 0, "no suitable room is open when the host can be there"),
        ),
        (
            Problem(SLOT, [HALL, DEN], [Topic("x", [0], host=1), Topic("y", [0], host=1)]),
            [None, (0, 0)],
            Reason("host_busy", "y", "host busy with y"),
        ),
        (
            Problem(SLOT, [HALL, DEN], [Topic("x", [0], host=1), Topic("y", [0])], no_overlap=[(1, 0)]),
            [None, (0, 0)],
            Reason("clash", "y", "must not run beside y"),
        ),
        (
            Problem(SLOT, [HALL, DEN], [Topic("x", [0]), Topic("y", [0])], before=[(0, 1)], must_place_all=False),
            [None, (0, 0)],
            Reason("order", "y", "must come before y"),
        ),
        (
            Problem(SLOT, [HALL, DEN], [Topic("x", [0]), Topic("y", [0])], before=[(1, 0)], must_place_all=False),
            [None, (0, 0)],
            Reason("order", "y", "must come after y"),
        ),
        (
            Problem(
                [*SLOT, Slot("t")], [HALL, DEN], [Topic("x", [1]), Topic("y", [1])], before=[(0, 1)], pins={1: (1, 0)}
            ),
            [None, (1, 0)],
            Reason("order", "y", "must come before y"),
        ),
        (
            Problem(SLOT, [DEN], [Topic("x", [0]), Topic("y", [0])], wishes=[[1], [1], [0]]),
            [None, (0, 0)],
            Reason("fewer_interested", 2, "every suitable place went to topics with at least 2 interested"),
        ),
        (
            Problem(SLOT, [DEN], [Topic("x", [0]), Topic("y", [0])], wishes=[[1], [0], [0]]),
            [None, (0, 0)],
            Reason("no_place_free", 1, "no suitable place is free"),
        ),
    ],
)
def test_a_topic_without_a_place_says_what_is_in_its_way(
    problem: Problem, placements: Placements, reason: Reason
) -> None:
    assert told(problem, placements, 0)[1:] == [reason]


@unhurried
@given(problems())
def test_every_topic_has_reasons_and_their_numbers_are_right(problem: Problem) -> None:
    try:
        plan = solve(problem)
    except Contradiction:
        return
    assert sorted(plan.reasons) == list(range(len(problem.topics)))
    for topic, reasons in plan.reasons.items():
        place = plan.placements[topic]
        values = {reason.kind: reason.value for reason in reasons}
        assert values["interested"] == sum(topic in wishes for wishes in problem.wishes)
        if place is not None:
            near, far = (
                [w for w in judge.wished(problem, plan.placements, place[0], remote=remote) if topic in w]
                for remote in (False, True)
            )
            assert values["misses"] == sum(len(wishes) > 1 for wishes in near + far)
            assert values.get("seats_short", 0) == max(0, len(near) - problem.rooms[place[1]].capacity)
        else:
            assert len(reasons) > 1
