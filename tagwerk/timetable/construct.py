"""From a problem to a first valid plan: what is fixed, then the greedy, then repair."""

from collections.abc import Callable, Iterable, Sequence

from tagwerk.timetable.greedy import Greedy, by_scarcity, by_votes
from tagwerk.timetable.grid import NOWHERE, Grid
from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.problem import Place
from tagwerk.timetable.repair import Ejection, make_room
from tagwerk.timetable.rooms import give_rooms

Order = Callable[[Model, Iterable[int]], list[int]]
Keep = Sequence[Place | None]

STEPS_PER_TOPIC = 30


def construct(model: Model, *, by_seats: bool, seed: int, keep: Keep | None = None) -> Grid | None:
    """Return a valid plan, or None when no attempt led to one (which proves nothing)."""
    if model.problem.must_place_all and model.topic_count > sum(rooms.bit_count() for rooms in model.opened):
        return None
    for attempt, order in enumerate((by_votes, by_scarcity, by_scarcity)):
        grid = pinned(model)
        if grid is None:
            return None
        _fill(model, grid, order, by_seats=by_seats, keep=keep)
        steps = STEPS_PER_TOPIC * (attempt + 1) * model.topic_count
        if Ejection(model, grid, seed + attempt).run(steps):
            bring_home(model, grid, keep or [])
            _furnish(model, grid, keep)
            return grid
    return None


def bring_home(model: Model, grid: Grid, keep: Keep) -> None:
    """Take announced topics back to their places where repair left these free."""
    away = [(topic, place) for topic, place in enumerate(keep) if place is not None and _is_away(grid, topic, place)]
    back = True
    while back:
        back = any(_return(model, grid, topic, place) for topic, place in away if _is_away(grid, topic, place))


def _is_away(grid: Grid, topic: int, place: Place) -> bool:
    return grid.slot[topic] != NOWHERE and (grid.slot[topic], grid.room[topic]) != place


def _return(model: Model, grid: Grid, topic: int, place: Place) -> bool:
    slot, room = place
    if not model.slots[topic] >> slot & 1 or not model.fitting[topic] & grid.free[slot] & (1 << room):
        return False
    old = grid.slot[topic], grid.room[topic]
    grid.take(topic)
    allowed = grid.allowed(topic, slot)
    grid.put(topic, *(place if allowed else old))
    return allowed


def pinned(model: Model) -> Grid | None:
    """Return a grid with the pins in their places; None when they contradict each other or a closed room."""
    grid = Grid(model)
    for topic, (slot, room) in sorted(model.problem.pins.items()):
        fits = model.slots[topic] >> slot & grid.free[slot] >> room & 1
        if not fits or not grid.allowed(topic, slot):
            return None
        grid.put(topic, slot, room)
        grid.fixed.add(topic)
    return grid


def _fill(model: Model, grid: Grid, order: Order, *, by_seats: bool, keep: Keep | None) -> None:
    displaced = hold(model, grid, keep or [])
    greedy = Greedy(model, grid, by_seats=by_seats)
    left = greedy.place_all(order(model, displaced))
    if left:
        left = _squeezed_in(model, grid, greedy, left)
    grid.fixed.update(set(displaced) - set(left))
    for topic in greedy.place_all(order(model, grid.unplaced())):
        make_room(model, grid, topic)


def _squeezed_in(model: Model, grid: Grid, greedy: Greedy, displaced: list[int]) -> list[int]:
    """Let displaced topics into slots in which announced ones change rooms for them; return those left over."""
    fixed, grid.fixed = grid.fixed, set(model.problem.pins)
    left = greedy.place_all(displaced)
    grid.fixed |= fixed
    return left


def hold(model: Model, grid: Grid, keep: Keep) -> list[int]:
    """Put announced topics where they were announced; return those that had to leave their slot.

    Who loses only the room stays in the slot: first in a free room, else by room changes of neighbours.
    """
    roomless = []
    for topic, place in enumerate(keep):
        if place is None or grid.slot[topic] != NOWHERE:
            continue
        slot, room = place
        here = model.slots[topic] >> slot & 1 and grid.allowed(topic, slot)
        if here and model.fitting[topic] & grid.free[slot] & (1 << room):
            grid.put(topic, slot, room)
            grid.fixed.add(topic)
        else:
            roomless.append((topic, slot))
    return [topic for topic, slot in roomless if not _stay(model, grid, topic, slot)]


def _stay(model: Model, grid: Grid, topic: int, slot: int) -> bool:
    if not model.slots[topic] >> slot & 1 or not grid.allowed(topic, slot):
        return False
    way = grid.way_in(topic, slot)
    if way is None:
        settled = {other for other in bits(grid.running[slot]) if other in grid.fixed}
        grid.fixed -= settled
        way = grid.way_in(topic, slot)
        grid.fixed |= settled
    if way is None:
        return False
    grid.enter(way, slot)
    grid.fixed.add(topic)
    return True


def _furnish(model: Model, grid: Grid, keep: Keep | None) -> None:
    """Give the topics that nobody announced yet the rooms their crowds deserve."""
    announced = {topic for topic, place in enumerate(keep or []) if place is not None and grid.slot[topic] != NOWHERE}
    grid.fixed |= announced
    for slot in range(len(model.opened)):
        give_rooms(model, grid, slot)
