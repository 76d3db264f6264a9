"""Rooms within a slot: the biggest crowd gets the biggest room that suits it, and nobody loses theirs for it."""

from tagwerk.timetable.grid import Grid
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
    slot = grid.slot[topic]
    for room in model.biggest_first:
        if not model.fitting[topic] & model.opened[slot] & (1 << room):
            continue
        holder = grid.at[slot][room]
        if holder == topic:
            return
        if holder in grid.fixed:
            continue
        old = grid.room[topic]
        grid.take(topic)
        if holder < 0:
            grid.put(topic, slot, room)
            return
        grid.take(holder)
        grid.put(topic, slot, room)
        grid.fixed.add(topic)
        way = grid.way_in(holder, slot)
        grid.fixed.discard(topic)
        if way is not None:
            grid.enter(way, slot)
            return
        grid.take(topic)
        grid.put(topic, slot, old)
        grid.put(holder, slot, room)
