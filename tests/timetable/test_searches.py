"""The two searches: their books stay right, no rule breaks, and what was announced moves only for its price."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.timetable import score
from tagwerk.timetable.anchors import Anchors
from tagwerk.timetable.board import EMPTY, Board
from tagwerk.timetable.construct import construct
from tagwerk.timetable.model import Model
from tagwerk.timetable.moves import Moves
from tagwerk.timetable.problem import Problem, Room, Slot, Topic, parse
from tagwerk.timetable.search_seated import SeatedSearch
from tagwerk.timetable.search_served import ServedSearch
from tagwerk.timetable.solve import solve
from tagwerk.timetable.weights import Weights
from tests.timetable import judge
from tests.timetable.small import problems, town, unhurried

MORNING = [Slot("s0"), Slot("s1")]


def _searched(
    problem: Problem, kind: type[SeatedSearch | ServedSearch], seed: int
) -> SeatedSearch | ServedSearch | None:
    model = Model(problem)
    grid = construct(model, by_seats=True, seed=1)
    if grid is None:
        return None
    board = Board(model, grid.placements())
    weights = Weights(move=2_000, room_move=500)
    anchors = Anchors(board, grid.placements() if seed % 2 else [None] * model.topic_count, weights)
    search = SeatedSearch(board, anchors, weights) if kind is SeatedSearch else ServedSearch(board, anchors)
    if board.movable:
        search.burst(1.0 + seed, 60, Random(seed))
    return search


@unhurried
@given(problems(), st.sampled_from((SeatedSearch, ServedSearch)), st.integers(0, 9))
def test_trials_break_no_rule_and_keep_the_books(
    problem: Problem, kind: type[SeatedSearch | ServedSearch], seed: int
) -> None:
    search = _searched(problem, kind, seed)
    if search is None:
        return
    board, placements = search.board, search.board.placements()
    assert judge.violations(problem, placements) == []
    for topic, cell in enumerate(board.cell_of):
        assert board.at[cell] == topic
        assert board.slot_of[topic] == board.slot_at[cell]
    for slot, running in enumerate(board.running):
        assert running == sum(1 << topic for topic in board.topics_in(slot))
    assert sum(topic != EMPTY for topic in board.at) == len(problem.topics)
    paid = search.anchors.total()
    if isinstance(search, ServedSearch):
        everybody = replace(problem, remote=None)  # this search is not used where somebody attends from afar
        assert search.worth + paid == score.served(everybody, placements)
    else:
        expected = score.seated(problem, placements) + score.served(problem, placements) / 1000
        assert search.worth + paid == pytest.approx(expected, abs=0.01)


def test_a_move_is_made_when_it_pays_and_only_then() -> None:
    topics = [Topic("a", [0, 1]), Topic("b", [0, 1])]
    problem = Problem(MORNING, [Room("x", 9), Room("y", 9)], topics, wishes=[[0, 1]] * 3)
    together: list[tuple[int, int] | None] = [(0, 0), (0, 1)]
    for price, slot_moves in ((2_000, 1), (4_000, 0), (1_000_000, 0)):
        plan = solve(problem, moves=2_000, keep=together, weights=Weights(move=price, room_move=price))
        assert plan.moves == Moves(slot_moves, 0)
        assert plan.seated == (6 if slot_moves else 3)


def test_themes_are_kept_apart_where_that_costs_no_seat() -> None:
    topics = [Topic(name, [0, 1], theme=theme) for name, theme in (("a", 1), ("b", 1), ("c", 2), ("d", 2))]
    problem = Problem(MORNING, [Room("x", 9), Room("y", 9)], topics, wishes=[[0], [1], [2], [3]])
    assert score.clashes(problem, [(0, 0), (0, 1), (1, 0), (1, 1)]) == 2
    assert score.clashes(problem, solve(problem, moves=500).placements) == 0
    parted = replace(problem, wishes=[[0, 2], [1, 3], [0, 3], [1, 2]])
    plan = solve(parted, moves=500)
    assert (plan.seated, score.clashes(parted, plan.placements)) == (8, 2)
    careful = replace(parted, weights=Weights(clash=5_000))
    assert score.clashes(careful, solve(careful, moves=500).placements) == 0


def test_weights_come_with_the_file() -> None:
    problem = parse(town(weights={"clash": 0, "move": 20_000}))
    assert (problem.weights.clash, problem.weights.move, problem.weights.served) == (0, 20_000, 1)


def test_neighbours_change_rooms_to_let_a_topic_in() -> None:
    rooms = [Room("hybrid", 9, frozenset({"hybrid"})), Room("plain", 9)]
    topics = [Topic("any", [0]), Topic("online", [0, 1], needs=frozenset({"hybrid"}))]
    model = Model(Problem(MORNING, rooms, topics, must_place_all=False))
    board = Board(model, [(0, 0), (1, 0)])
    steps = board.way_in(1, 0, EMPTY)
    assert steps is not None
    board.settle(steps)
    assert board.placements() == [(0, 1), (0, 0)]
    assert Board(model, [(0, 0), (1, 0)], staying=[0]).way_in(1, 0, EMPTY) is None
