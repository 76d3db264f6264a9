"""What is done with events; one file per group of verbs."""

from tagwerk.events.actions.framing import (
    add_entry,
    change_entry,
    forget_outline,
    keep_answers,
    move_entry_up,
    remove_entry,
    say_frame,
    set_logo,
    start_outline,
)
from tagwerk.events.actions.shaping import (
    add_day,
    add_online_room,
    add_room,
    anchor_slot,
    change_room,
    enter_phase,
    found,
    set_capacity,
    shift,
    switch_room,
    switch_walls,
)

__all__ = [
    "add_day",
    "add_entry",
    "add_online_room",
    "add_room",
    "anchor_slot",
    "change_entry",
    "change_room",
    "enter_phase",
    "forget_outline",
    "found",
    "keep_answers",
    "move_entry_up",
    "remove_entry",
    "say_frame",
    "set_capacity",
    "set_logo",
    "shift",
    "start_outline",
    "switch_room",
    "switch_walls",
]
