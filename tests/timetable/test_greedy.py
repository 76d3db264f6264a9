"""The first plan breaks no rule, uses what room there is, and makes room where it must."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.timetable.construct import bring_home, construct, hold, pinned
from tagwerk.timetable.greedy import Greedy, by_votes
from tagwerk.timetable.grid import Grid
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Problem, Room, Slot, Topic
from tagwerk.timetable.repair import Ejection, make_room
from tagwerk.timetable.rooms import give_rooms
from tests.timetable import judge
from tests.timetable.small import problems, unhurried

MORNING = [Slot("s0"), Slot("s1")]
HALL, DEN = Room("hall", 90), Room("den", 9)


@unhurried
@given(problems(), st.booleans())
def test_a_first_plan_breaks_no_rule(problem: Problem, by_seats: bool) -> None:  # noqa: FBT001 - drawn
    grid = construct(Model(problem), by_seats=by_seats, seed=1)
    if grid is not None:
        assert judge.violations(problem, grid.placements()) == []


@unhurried
@given(problems(), st.data())
def test_the_books_of_the_grid_stay_right(problem: Problem, data: st.DataObject) -> None:
    model = Model(problem)
    grid = Grid(model)
    for topic in range(model.topic_count):
        slot = data.draw(st.integers(0, len(problem.slots) - 1))
        if way := grid.way_in(topic, slot):
            grid.enter(way, slot)
    if data.draw(st.booleans()):
        grid.restore(grid.placements())
    for slot, row in enumerate(grid.at):
        standing = {room: topic for room, topic in enumerate(row) if topic >= 0}
        assert all(grid.slot[topic] == slot and grid.room[topic] == room for room, topic in standing.items())
        assert grid.running[slot] == sum(1 << topic for topic in standing.values())
        assert grid.free[slot] == model.opened[slot] & ~sum(1 << room for room in standing)
        assert all(room in judge.possible_rooms(problem, topic) for room, topic in standing.items())


@unhurried
@given(problems(most_slots=1, most_rooms=3, most_topics=3))
def test_the_way_into_a_slot_is_found_whenever_there_is_one(problem: Problem) -> None:
    model = Model(problem)
    grid = Grid(model)
    entered = [topic for topic in range(model.topic_count) if _enter(grid, topic)]
    for topic in set(range(model.topic_count)) - set(entered):
        assert not _seatable(problem, [*entered, topic])


def _enter(grid: Grid, topic: int) -> bool:
    way = grid.way_in(topic, 0)
    grid.enter(way or [], 0)
    return way is not None


def _seatable(problem: Problem, topics: list[int], used: frozenset[int] = frozenset()) -> bool:
    if not topics:
        return True
    rooms = {r for r in judge.possible_rooms(problem, topics[0]) if (0, r) not in problem.room_closed}
    return any(_seatable(problem, topics[1:], used | {room}) for room in rooms - used)


def test_topics_that_share_people_are_kept_apart() -> None:
    topics = [Topic(name, [0, 1]) for name in "abcd"]
    problem = Problem(MORNING, [Room("x", 9), Room("y", 9)], topics, wishes=[[0, 1]] * 3 + [[2, 3]] * 2)
    grid = construct(Model(problem), by_seats=True, seed=1)
    assert grid is not None
    assert grid.slot[0] != grid.slot[1]
    assert grid.slot[2] != grid.slot[3]


def test_the_biggest_crowd_gets_the_biggest_room_that_suits_it() -> None:
    rooms = [Room("den", 2), Room("hall", 90, frozenset({"hybrid"})), Room("salon", 40)]
    topics = [Topic("few", [0], needs=frozenset({"hybrid"})), Topic("many", [0]), Topic("some", [0])]
    problem = Problem([Slot("s")], rooms, topics, wishes=[[0]] + [[1]] * 5 + [[2]] * 3)
    grid = construct(Model(problem), by_seats=True, seed=1)
    assert grid is not None
    assert grid.room == [1, 2, 0]


def test_rooms_are_given_anew_by_interest() -> None:
    rooms = [Room("a", 1), Room("b", 2), Room("c", 3), Room("d", 4)]
    topics = [Topic(name, [0]) for name in "wxyz"]
    model = Model(Problem([Slot("s")], rooms, topics, wishes=[[3]] * 4 + [[2]] * 3 + [[1]] * 2 + [[0]]))
    grid = Grid(model)
    for topic in range(4):
        grid.put(topic, 0, 3 - topic)
    grid.fixed.add(1)
    give_rooms(model, grid, 0)
    assert grid.room == [0, 2, 1, 3]
    assert grid.fixed == {1}


def test_a_bigger_room_that_stands_empty_is_taken() -> None:
    model = Model(Problem([Slot("s")], [Room("a", 1), Room("b", 2)], [Topic("w", [0])]))
    grid = Grid(model)
    grid.put(0, 0, 0)
    give_rooms(model, grid, 0)
    assert grid.room == [1]


def test_a_topic_makes_room_for_one_that_fits_nowhere_else() -> None:
    topics = [Topic("free", [0, 1]), Topic("bound", [0])]
    problem = Problem(MORNING, [Room("x", 9)], topics, wishes=[[0]], must_place_all=False)
    model = Model(problem)
    grid = Grid(model)
    grid.put(0, 0, 0)
    assert make_room(model, grid, 1)
    assert grid.placements() == [(1, 0), (0, 0)]


def test_a_failed_attempt_to_make_room_changes_nothing() -> None:
    topics = [Topic("a", [0]), Topic("b", [0]), Topic("c", [0]), Topic("d", [0, 1])]
    rooms = [Room("x", 9), Room("y", 9), Room("z", 9)]
    problem = Problem(
        MORNING, rooms, topics, no_overlap=[(0, 1), (0, 2), (3, 1)], before=[(3, 2)], must_place_all=False
    )
    model = Model(problem)
    grid = Grid(model)
    grid.put(1, 0, 0)
    grid.put(2, 0, 1)
    before = grid.placements()
    assert not make_room(model, grid, 0)
    assert not make_room(model, grid, 3)
    assert grid.placements() == before


def test_chains_push_out_what_is_in_the_way() -> None:
    topics = [Topic("a", [0, 1, 2]), Topic("b", [0, 1]), Topic("c", [0])]
    problem = Problem([*MORNING, Slot("s2")], [Room("x", 9)], topics)
    model = Model(problem)
    grid = Grid(model)
    Greedy(model, grid, by_seats=False).place_all([0, 1])
    assert Ejection(model, grid, seed=1).run(50)
    assert judge.violations(problem, grid.placements()) == []


def test_chains_never_push_out_a_pin_and_stop_when_stuck() -> None:
    rooms = [Room("x", 9)]
    pinned_room = Problem([Slot("s")], rooms, [Topic("a", [0]), Topic("b", [0])], pins={0: (0, 0)})
    pinned_pair = Problem(
        [Slot("s")],
        [Room("x", 9), Room("y", 9)],
        [Topic("a", [0]), Topic("b", [0])],
        pins={0: (0, 0)},
        no_overlap=[(0, 1)],
    )
    for problem in (pinned_room, pinned_pair):
        assert construct(Model(problem), by_seats=True, seed=1) is None


def test_order_pairs_narrow_the_slots() -> None:
    topics = [Topic(name, [0, 1, 2]) for name in "abc"]
    slots = [*MORNING, Slot("s2")]
    chain = Problem(slots, [Room("x", 9)], topics, before=[(0, 1), (1, 2)])
    assert Model(chain).slots == [1, 2, 4]
    circle = Problem(slots, [Room("x", 9)], topics, before=[(0, 1), (1, 2), (2, 0)])
    assert Model(circle).slots == [0, 0, 0]
    choice = Problem(slots, [Room("x", 9)], topics, before=[(0, 1)], pins={1: (1, 0)}, must_place_all=False)
    assert Model(choice).slots == [1, 2, 7]


def test_pins_on_one_cell_or_on_a_closed_room_give_no_grid() -> None:
    topics = [Topic("a", [0]), Topic("b", [0])]
    rooms = [Room("x", 9)]
    assert pinned(Model(Problem(MORNING, rooms, topics, pins={0: (0, 0), 1: (0, 0)}))) is None
    assert pinned(Model(Problem(MORNING, rooms, topics, pins={0: (1, 0)}, room_closed=[(1, 0)]))) is None
    assert pinned(Model(Problem(MORNING, rooms, topics, pins={0: (1, 0), 1: (0, 0)}))) is not None


def test_announced_topics_lose_at_most_their_room_when_only_the_room_is_gone() -> None:
    rooms = [Room("hall", 90, frozenset({"hybrid"})), Room("den", 9), Room("salon", 40, frozenset({"hybrid"}))]
    topics = [Topic("talk", [0, 1], needs=frozenset({"hybrid"})), Topic("chat", [0, 1])]
    gone = Problem(MORNING, rooms, topics, room_closed=[(0, 0), (1, 0)])
    grid = Grid(Model(gone))
    assert hold(Model(gone), grid, [(0, 0), (0, 1)]) == []
    assert grid.placements() == [(0, 2), (0, 1)]
    crowded = Grid(Model(gone))
    assert hold(Model(gone), crowded, [(0, 0), (0, 2)]) == []
    assert crowded.placements() == [(0, 2), (0, 1)]


def test_announced_topics_leave_a_slot_that_can_no_longer_hold_them() -> None:
    problem = Problem(MORNING, [Room("x", 9)], [Topic("a", [1]), Topic("b", [1]), Topic("c", [0, 1])])
    model = Model(problem)
    assert hold(model, Grid(model), [(0, 0), (1, 0), (1, 0)]) == [0, 2]


def test_announced_topics_come_home_where_nothing_stands_against_it() -> None:
    topics = [Topic("a", [0, 1]), Topic("b", [0, 1]), Topic("c", [0, 1])]
    model = Model(Problem(MORNING, [HALL, DEN], topics, no_overlap=[(1, 2)]))
    grid = Grid(model)
    for topic, place in enumerate([(1, 0), (1, 1), (0, 0)]):
        grid.put(topic, *place)
    bring_home(model, grid, [(0, 1), (0, 1), (1, 0)])
    assert grid.placements() == [(0, 1), (1, 1), (0, 0)]
    bring_home(model, grid, [None, (0, 0), (1, 0)])
    assert grid.placements() == [(0, 1), (1, 1), (0, 0)]


def test_most_votes_come_first() -> None:
    model = Model(Problem(MORNING, [Room("x", 9)], [Topic("a", [0]), Topic("b", [0])], wishes=[[1], [1], [0]]))
    assert by_votes(model, [0, 1]) == [1, 0]


@settings(unhurried, max_examples=60)
@given(problems(most_slots=2, most_rooms=2, most_topics=3))
def test_repair_finds_a_place_for_all_when_there_is_one(problem: Problem) -> None:
    if problem.must_place_all and next(judge.plans(problem), None) is not None:
        assert construct(Model(problem), by_seats=True, seed=1) is not None
