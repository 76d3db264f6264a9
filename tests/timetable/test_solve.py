"""From a problem to a plan or to the contradiction in it."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.timetable.contradiction import Contradiction, core, explain_contradiction, shrunk
from tagwerk.timetable.demands import Demand, demands, relaxed
from tagwerk.timetable.effort import Effort
from tagwerk.timetable.improve import Report
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Placements, Problem, Room, Slot, Topic, read
from tagwerk.timetable.search import feasible, find, matched
from tagwerk.timetable.solve import Moves, Objective, Plan, solve
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

OBJECTIVES = st.sampled_from(("seated", "served"))
HALL, DEN = Room("hall", 90, frozenset({"hybrid"})), Room("den", 9)
MORNING = [Slot("s0"), Slot("s1")]


@unhurried
@given(problems(), OBJECTIVES, st.integers(0, 60))
def test_a_plan_breaks_no_rule_and_says_its_worth(problem: Problem, objective: Objective, moves: int) -> None:
    try:
        plan = solve(problem, objective=objective, moves=moves)
    except Contradiction:
        return
    assert judge.violations(problem, plan.placements) == []
    assert plan.served == judge.served(problem, plan.placements)
    assert plan.seated == judge.seated(problem, plan.placements)
    assert plan.optimal == (plan.bound is not None)


@settings(unhurried, max_examples=60)
@given(problems(most_slots=2, most_rooms=2, most_topics=3))
def test_a_contradiction_is_real_and_a_plan_exists_otherwise(problem: Problem) -> None:
    exists = next(judge.plans(problem), None) is not None
    assert feasible(problem) is exists
    contradiction = _contradiction(problem)
    assert (contradiction is None) is exists
    if contradiction is not None:
        assert contradiction.proven
        assert contradiction.minimal
        _check_smallest(problem, contradiction.demands)


def _contradiction(problem: Problem) -> Contradiction | None:
    try:
        solve(problem)
    except Contradiction as contradiction:
        return contradiction
    return None


def _check_smallest(problem: Problem, named: tuple[Demand, ...]) -> None:
    """Check by trying every plan that the demands contradict each other and that each of them is needed."""
    assert next(judge.plans(relaxed(problem, named)), None) is None
    for demand in named:
        rest = [other for other in named if other != demand]
        assert next(judge.plans(relaxed(problem, rest)), None) is not None


@settings(unhurried, max_examples=30)
@given(problems(), OBJECTIVES, st.integers(0, 300), st.integers(0, 9))
def test_the_same_moves_and_seed_give_the_same_plan(
    problem: Problem, objective: Objective, moves: int, seed: int
) -> None:
    def answer() -> Plan | str:
        try:
            return replace(solve(problem, objective=objective, moves=moves, seed=seed), seconds=0)
        except Contradiction as contradiction:
            return str(contradiction)

    assert answer() == answer()


@unhurried
@given(problems(), OBJECTIVES)
def test_improving_never_makes_a_plan_worse(problem: Problem, objective: Objective) -> None:
    try:
        before = solve(problem, objective=objective)
    except Contradiction:
        return
    after = solve(problem, objective=objective, moves=200)
    assert getattr(after, objective) >= getattr(before, objective)


@unhurried
@given(problems(), st.integers(0, 100))
def test_an_announced_plan_that_is_still_possible_stays_as_it_is(problem: Problem, moves: int) -> None:
    try:
        announced = solve(problem, moves=50).placements
    except Contradiction:
        return
    more = replace(problem, wishes=[*problem.wishes, list(range(len(problem.topics)))], present=None, remote=None)
    plan = solve(more, keep=announced, moves=moves)
    assert all(old in (None, new) for old, new in zip(announced, plan.placements, strict=True))
    assert plan.moves == Moves(0, 0)


@pytest.mark.parametrize("moves", range(1, 6))
def test_an_announced_session_keeps_its_small_room_while_nothing_forces_it_out(moves: int) -> None:
    problem = Problem([Slot("s0")], [Room("den", 0), HALL], [Topic("bot", [0])], wishes=[[0]] * 3)
    plan = solve(problem, keep=[(0, 0)], moves=moves)
    assert plan.placements == [(0, 0)]
    assert "announced" in {reason.kind for reason in plan.reasons[0]}


@unhurried
@given(problems(), st.data())
def test_any_announced_plan_leads_to_a_valid_one(problem: Problem, data: st.DataObject) -> None:
    place = st.tuples(st.integers(0, len(problem.slots) - 1), st.integers(0, len(problem.rooms) - 1))
    announced = data.draw(st.lists(st.none() | place, min_size=len(problem.topics), max_size=len(problem.topics)))
    try:
        plan = solve(problem, keep=announced, moves=20)
    except Contradiction:
        return
    assert judge.violations(problem, plan.placements) == []
    assert plan.moves == _moves(announced, plan.placements)


def _moves(announced: Placements, placements: Placements) -> Moves:
    pairs = [(old, new) for old, new in zip(announced, placements, strict=True) if old and old != new]
    slot = sum(new is None or new[0] != old[0] for old, new in pairs)
    return Moves(slot, len(pairs) - slot)


def test_an_announced_topic_gives_way_when_nothing_else_helps() -> None:
    topics = [Topic("old", [0, 1]), Topic("new", [0])]
    plan = solve(Problem(MORNING, [DEN], topics), keep=[(0, 0), None])
    assert plan.placements == [(1, 0), (0, 0)]
    assert plan.moves == Moves(slot=1, room=0)


def test_a_lost_room_moves_few_announced_topics() -> None:
    problem = read(judge.reference_file("bc-M-1"))
    announced = solve(problem).placements
    largest = max(range(len(problem.rooms)), key=lambda room: problem.rooms[room].capacity)
    free_of_pins = [s for s in range(len(problem.slots)) if (s, largest) not in problem.pins.values()]
    lost = replace(problem, room_closed=[(slot, largest) for slot in free_of_pins])
    plan = solve(lost, keep=announced)
    assert judge.violations(lost, plan.placements) == []
    forced = sum(place is not None and place in lost.room_closed for place in announced)
    assert plan.moves is not None
    assert plan.moves.slot <= forced


def test_seconds_end_the_search() -> None:
    problem = Problem(MORNING, [HALL, DEN], [Topic(name, [0, 1]) for name in "abcd"], wishes=[[0, 1], [1, 2], [0, 2]])
    heard: list[Report] = []
    plan = solve(problem, seconds=0.05, progress=heard.append)
    assert 0.025 <= plan.seconds < 1
    assert plan.move_count > 0
    assert [report.share for report in heard] == sorted(report.share for report in heard)
    assert solve(problem, seconds=60, moves=100).move_count == 100


def test_a_plan_that_serves_everybody_is_proven_optimal() -> None:
    topics = [Topic("a", [0, 1]), Topic("b", [0, 1])]
    plan = solve(Problem(MORNING, [DEN], topics, wishes=[[0, 1]]))
    assert (plan.served, plan.seated, plan.bound, plan.optimal) == (2, 2, 2, True)
    crowded = solve(Problem(MORNING, [Room("nook", 0)], topics, wishes=[[0, 1]]))
    assert (crowded.served, crowded.seated, crowded.bound, crowded.optimal) == (2, 0, None, False)
    assert solve(Problem(MORNING, [Room("nook", 0)], topics, wishes=[[0, 1]]), objective="served").optimal


def test_nothing_to_place_is_a_plan() -> None:
    assert solve(Problem([], [], []), moves=10).placements == []
    assert solve(Problem([], [], [], must_place_all=False), seconds=1).seconds < 1


def test_when_places_are_short_the_wanted_topics_get_them() -> None:
    topics = [Topic("few", [0]), Topic("many", [0])]
    problem = Problem([Slot("s")], [DEN], topics, wishes=[[0], [1], [1]], must_place_all=False)
    for moves in (0, 50):
        assert solve(problem, moves=moves).placements == [None, (0, 0)]


@pytest.mark.parametrize("objective", ["served", "seated"])
def test_annealing_finds_the_best_of_all_plans_of_a_small_town(objective: Objective) -> None:
    topics = [Topic(name, [0, 1]) for name in "abcde"]
    wishes = [[0, 1], [0, 1], [2, 3], [2, 3], [0, 4], [1, 4], [4], [4, 3]]
    problem = Problem(MORNING, [HALL, Room("nook", 2)], topics, wishes=wishes, must_place_all=False)
    measure = judge.served if objective == "served" else judge.seated
    best = max(measure(problem, placements) for placements in judge.plans(problem))
    assert measure(problem, solve(problem, moves=3_000, objective=objective).placements) == best


@pytest.mark.parametrize(
    ("problem", "kinds"),
    [
        (
            Problem(
                MORNING, [HALL], [Topic("a", [0]), Topic("b", [0])], pins={0: (0, 0), 1: (0, 0)}, must_place_all=False
            ),
            ["pin", "pin"],
        ),
        (
            Problem(
                MORNING, [HALL, DEN], [Topic("a", [0], host=7), Topic("b", [0], host=7)], pins={0: (0, 0), 1: (0, 1)}
            ),
            ["pin", "pin", "host"],
        ),
        (
            Problem(MORNING, [HALL], [Topic("a", [0])], pins={0: (0, 0)}, room_closed=[(0, 0), (1, 0)]),
            ["pin", "room_closed"],
        ),
        (
            Problem(MORNING, [HALL, DEN], [Topic(name, [0, 1], needs=frozenset({"hybrid"})) for name in "abc"]),
            ["must_place_all", "needs", "needs", "needs"],
        ),
        (
            Problem(MORNING, [HALL, DEN], [Topic(name, [0, 1], min_capacity=50) for name in "abc"]),
            ["must_place_all", "min_capacity", "min_capacity", "min_capacity"],
        ),
        (Problem(MORNING, [DEN], [Topic(name, [0, 1]) for name in "abc"]), ["must_place_all"]),
        (
            Problem(MORNING, [HALL, DEN], [Topic("a", [0, 1]), Topic("b", [0, 1])], before=[(0, 1), (1, 0)]),
            ["must_place_all", "before", "before"],
        ),
        (Problem(MORNING, [HALL], [Topic("a", [])]), ["must_place_all", "slots"]),
        (
            Problem(MORNING, [HALL, DEN, DEN], [Topic(name, [0, 1], host=1) for name in "abc"]),
            ["must_place_all", "host"],
        ),
        (
            Problem(MORNING, [HALL, DEN, DEN], [Topic(n, [0, 1]) for n in "abc"], no_overlap=[(0, 1), (1, 2), (0, 2)]),
            ["must_place_all", "no_overlap", "no_overlap", "no_overlap"],
        ),
    ],
)
def test_the_smallest_contradiction_is_named(problem: Problem, kinds: list[str]) -> None:
    with pytest.raises(Contradiction, match="contradict each other") as caught:
        solve(problem)
    assert sorted(demand.kind for demand in caught.value.demands) == sorted(kinds)
    assert (caught.value.proven, caught.value.minimal) == (True, True)


def test_what_could_not_be_decided_is_said() -> None:
    neighbours = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    problem = Problem(MORNING, [HALL, DEN, DEN], [Topic(f"t{n}", [0, 1]) for n in range(5)], no_overlap=neighbours)
    assert feasible(problem, limit=1) is None
    open_question = explain_contradiction(problem, limit=1)
    assert (open_question.proven, open_question.minimal, open_question.demands) == (False, False, ())
    assert str(open_question) == "no valid plan was found"
    assert len(explain_contradiction(problem).demands) == 1 + len(neighbours)


def test_the_exact_search_proves_that_there_is_no_plan() -> None:
    ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    problem = Problem(MORNING, [HALL, DEN, DEN], [Topic(f"t{n}", [0, 1]) for n in range(5)], no_overlap=ring)
    assert feasible(problem) is False


def test_what_an_open_question_left_in_the_core_is_left_out_later() -> None:
    a, b, c = (Demand("pin", name) for name in "abc")
    asked: list[Sequence[Demand]] = []

    def hesitant(kept: Sequence[Demand]) -> bool | None:
        asked.append(kept)
        if a not in kept or b not in kept:
            return True
        return None if len(asked) < 5 else False

    assert shrunk(hesitant, core(hesitant, [a, b, c])) == [a, b]


def test_the_exact_search_finds_a_plan_without_help() -> None:
    topics = [Topic(name, [0, 1]) for name in "abc"]
    problem = Problem(MORNING, [HALL, DEN], topics, no_overlap=[(0, 2), (1, 2)])
    finding = find(Model(problem), steps_per_topic=0)
    assert finding.exists
    assert finding.grid is not None
    assert judge.violations(problem, finding.grid.placements()) == []


@unhurried
@given(st.lists(st.integers(0, 15), max_size=5))
def test_matching_agrees_with_hall(choices: list[int]) -> None:
    subsets = [[c for i, c in enumerate(choices) if chosen >> i & 1] for chosen in range(1 << len(choices))]
    assert matched(choices) == all(_union(subset).bit_count() >= len(subset) for subset in subsets)


def _union(masks: list[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def test_demands_of_a_pinned_topic_are_its_pin_alone() -> None:
    topics = [Topic("a", [0], needs=frozenset({"x"}), min_capacity=3), Topic("b", [0], needs=frozenset({"x"}))]
    named = demands(Problem(MORNING, [HALL], topics, pins={0: (0, 0)}))
    assert [(demand.kind, demand.topics) for demand in named if demand.topics] == [
        ("pin", (0,)),
        ("needs", (1,)),
        ("slots", (1,)),
    ]


def test_an_effort_without_moves_and_seconds_is_none() -> None:
    assert not Effort()
    assert Effort(moves=1)
    assert Effort(deadline=0.0)
    assert Effort(moves=7).expected(100) == 7


@pytest.mark.parametrize(
    ("name", "most_seconds", "served", "seated"),
    [
        ("pb-zurich-d10", 0.1, 606, 0),
        ("pb-adler-2021", 0.2, 685, 685),
        ("pb-amsterdam-166", 0.3, 2_028, 0),
        ("pb-warszawa-zoliborz-2023", 0.6, 10_787, 0),
        ("bc-S-1", 0.1, 218, 212),
        ("bc-M-1", 0.2, 1_547, 0),
        ("bc-L-1", 0.9, 10_058, 9_251),
        ("itc2007-2-15", 1.0, 0, 0),
    ],
)
def test_the_greedy_alone_is_quick_and_no_worse_than_known_greedies(
    name: str, most_seconds: float, served: int, seated: int
) -> None:
    problem = read(judge.reference_file(name))
    started = time.process_time()
    plan = solve(problem)
    assert time.process_time() - started < most_seconds
    assert judge.violations(problem, plan.placements) == []
    assert plan.served >= served
    assert plan.seated >= seated
