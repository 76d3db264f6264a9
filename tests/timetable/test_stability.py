"""Replanning after a loss or an addition: announced sessions move as little as possible, and that is proven."""

from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from tagwerk.timetable import extra
from tagwerk.timetable.anchors import Anchors
from tagwerk.timetable.board import Board
from tagwerk.timetable.least_moves import counted, forced, least_moves
from tagwerk.timetable.model import Model
from tagwerk.timetable.moves import Moves, moves_of
from tagwerk.timetable.problem import Problem, Room, Slot, Topic, read
from tagwerk.timetable.search_held import HeldSearch
from tagwerk.timetable.search_seated import SeatedSearch
from tagwerk.timetable.solve import Plan, solve
from tagwerk.timetable.weights import Weights
from tests.timetable import judge

MORNING = [Slot("s0"), Slot("s1")]
MOVES = 40_000


@cache
def announced() -> tuple[Problem, Plan]:
    """Return a barcamp of sixty topics and the plan that was announced."""
    problem = read(judge.reference_file("bc-M-1"))
    return problem, solve(problem, moves=MOVES)


def replanned(problem: Problem) -> Plan:
    """Return the plan after a change; its moves are proven to be the fewest."""
    plan = solve(problem, keep=announced()[1].placements, moves=MOVES)
    assert judge.violations(problem, plan.placements) == []
    assert plan.moves is not None
    assert plan.moves.slot == plan.least_moves
    return plan


def test_a_lost_room_costs_few_seats() -> None:
    problem, before = announced()
    pinned = {room for _, room in problem.pins.values()}
    used = Counter(place[1] for place in before.placements if place and place[1] not in pinned)
    lost = used.most_common(1)[0][0]
    plan = replanned(replace(problem, room_closed=[(slot, lost) for slot in range(len(problem.slots))]))
    assert plan.seated >= 0.995 * before.seated


def test_a_late_host_moves_no_more_than_the_own_sessions() -> None:
    problem, before = announced()
    hosts = Counter(topic.host for topic in problem.topics)
    late, half = hosts.most_common(1)[0][0], len(problem.slots) // 2
    topics = [
        replace(topic, slots=[slot for slot in topic.slots if slot >= half]) if topic.host == late else topic
        for topic in problem.topics
    ]
    plan = replanned(replace(problem, topics=topics))
    early = [t for t, place in enumerate(before.placements) if topics[t].host == late and place and place[0] < half]
    assert plan.moves is not None
    assert plan.moves.slot == len(early)


def test_a_missing_slot_moves_only_its_own_sessions() -> None:
    problem, before = announced()
    pinned = {slot for slot, _ in problem.pins.values()}
    missing = next(slot for slot in range(len(problem.slots)) if slot not in pinned)
    plan = replanned(replace(problem, room_closed=[(missing, room) for room in range(len(problem.rooms))]))
    assert plan.moves is not None
    assert plan.moves.slot == sum(place is not None and place[0] == missing for place in before.placements)


def test_an_added_topic_moves_at_most_one_announced_session() -> None:
    problem, before = announced()
    crowd = [person for person in range(len(problem.wishes)) if person % 3]
    wishes = [
        [*wishes, len(problem.topics)] if person in crowd else wishes for person, wishes in enumerate(problem.wishes)
    ]
    added = Topic("added", range(len(problem.slots)), needs=frozenset({"hybrid"}))
    more = replace(problem, topics=[*problem.topics, added], wishes=wishes)
    plan = solve(more, keep=[*before.placements, None], moves=MOVES)
    assert judge.violations(more, plan.placements) == []
    assert plan.moves is not None
    assert plan.moves.slot <= 1
    assert plan.moves.slot == plan.least_moves


def test_one_more_move_than_forced_is_cheap_where_a_room_was_lost() -> None:
    weights = Weights()
    assert [weights.slot_moves(count, 2) for count in (0, 2, 3, 4)] == [0, 2_000_000, 2_010_000, 3_010_000]
    assert weights.slot_moves(3, None) == weights.slot_moves(3, 3) == 3_000_000
    assert weights.slot_moves(3, 2, further=0) == 2_000_000
    assert Weights(move=5).slot_moves(4, 2) == 20


@pytest.mark.parametrize(("kind", "worth"), [(HeldSearch, 176), (SeatedSearch, 150)])
def test_a_crowd_that_comes_into_a_slot_takes_a_room_for_a_crowd(kind: type[SeatedSearch], worth: float) -> None:
    rooms = [Room("large", 100), Room("middle", 60), Room("closet", 5)]
    people = {"crowd": 100, "small": 5, "few": 20, "many": 60, "some": 6}
    topics = [Topic(name, [0, 1]) for name in people]
    wishes = [[topic] for topic, count in enumerate(people.values()) for _ in range(count)]
    problem = Problem(MORNING, rooms, topics, wishes, room_closed=[(0, 0)])
    keep = [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2)]
    board = Board(Model(problem), [(0, 1), (1, 2), (1, 0), (1, 1), (0, 2)])
    search = kind(board, Anchors(board, keep, Weights(room_move=0, served=0)), Weights(served=0))
    search.burst(1e-9, 2_000, Random(1))
    assert search.worth == worth - 1_000


def test_displaced_topics_are_squeezed_in_by_room_changes() -> None:
    rooms = [Room("online", 9, frozenset({"hybrid"})), Room("plain", 9)]
    topics = [Topic("a", [0, 1], needs=frozenset({"hybrid"})), Topic("b", [0, 1])]
    problem = Problem(MORNING, rooms, topics, room_closed=[(0, 0)])
    plan = solve(problem, keep=[(0, 0), (1, 0)])
    assert (plan.placements, plan.moves, plan.least_moves) == ([(1, 0), (1, 1)], Moves(1, 1), 1)


def test_counting_proves_what_a_closed_room_forces() -> None:
    topics = [Topic(name, [0, 1]) for name in "abc"]
    problem = Problem(MORNING, [Room("x", 9), Room("y", 9)], topics, room_closed=[(0, 1)])
    model, keep = Model(problem), [(0, 0), (0, 1), None]
    assert forced(model, keep) == 1
    assert counted(model, keep, [(0, 0), (1, 0), (1, 1)]) == 1
    assert counted(model, keep, [(1, 1), (1, 0), (0, 0)]) is None
    pinned = Model(replace(problem, topics=[*topics, Topic("d", [0])], pins={3: (0, 0)}, must_place_all=False))
    assert forced(pinned, [*keep, None]) == 2
    assert least_moves(model, keep, known=[(0, 0), (1, 0), (1, 1)]).text.startswith("no valid plan moves fewer than 1")


@pytest.mark.skipif(extra.constraint_solver() is None, reason="the extra “plan” is not installed")
def test_the_solver_proves_what_counting_cannot() -> None:
    topics = [Topic("a", [0, 1]), Topic("b", [0, 1])]
    pair = Problem(MORNING, [Room("x", 9), Room("y", 9)], topics, no_overlap=[(0, 1)])
    found = least_moves(Model(pair), [(0, 0), (0, 1)])
    assert (forced(Model(pair), [(0, 0), (0, 1)]), found.slot) == (0, 1)
    assert found.placements is not None
    assert moves_of([(0, 0), (0, 1)], found.placements).slot == 1
    assert solve(pair, keep=[(0, 0), (0, 1)], moves=10).least_moves == 1
    assert solve(pair, keep=[(0, 0), (0, 1)]).least_moves is None
