"""Rooms within a slot: the biggest crowd gets the biggest room that suits it, and nobody loses theirs for it."""

from tagwerk.timetable.grid import NOWHERE, Grid
from tagwerk.timetable.model import Model, bits


def give_rooms(model: Model, grid: Grid, slot: int) -> None:
    """Reassign the rooms of a slot in order of interest; every topic in it keeps some fitting room."""
    topics = [topic for topic in bits(grid.running[slot]) if topic not in grid.fixed]
    people = model.here[slot]
    topics.sort(key=lambda topic: (-(model.fans[topic] & people).bit_count(), topic))
    for topic in topics:
        _claim(model, grid, topic)
        grid.fixed.add(topic)
    grid.fixed.difference_update(topics)


def _claim(model: Model, grid: Grid, topic: int) -> None:
    """Give the topic the biggest room for which those not served yet can still be rearranged."""
    suitable = model.fitting[topic] & model.opened[grid.slot[topic]]
    better = model.biggest_first[: model.biggest_first.index(grid.room[topic])]
    any(suitable >> room & 1 and _move(grid, topic, room) for room in better)


def _move(grid: Grid, topic: int, room: int) -> bool:
    """Move the topic into `room` and whoever holds it elsewhere in the slot; change nothing when that fails."""
    slot, old = grid.slot[topic], grid.room[topic]
    holder = grid.at[slot][room]
    if holder in grid.fixed:
        return False
    grid.take(topic)
    if holder != NOWHERE:
        grid.take(holder)
    grid.put(topic, slot, room)
    if holder == NOWHERE:
        return True
    grid.fixed.add(topic)
    way = grid.way_in(holder, slot)
    grid.fixed.discard(topic)
    if way is None:
        grid.take(topic)
        grid.put(topic, slot, old)
        way = [(holder, room)]
    grid.enter(way, slot)
    return grid.room[topic] == room
