"""What is done with the programme; one file per group of verbs."""

from tagwerk.programme.actions.absences import note_absence, withdraw_absence
from tagwerk.programme.actions.announcing import announce, withdraw_announcement
from tagwerk.programme.actions.copying import clear, copy_fixed
from tagwerk.programme.actions.delaying import delay, forecast, take_delay_back
from tagwerk.programme.actions.filling import mark_full
from tagwerk.programme.actions.hosting import host_found, search_host
from tagwerk.programme.actions.noticing import give_notices, has_changed, note_plan
from tagwerk.programme.actions.pinning import pin_again, pin_slot
from tagwerk.programme.actions.rearranging import Move, rearrange
from tagwerk.programme.actions.sessions import (
    add_session,
    cancel,
    check_hosts,
    move,
    pin,
    place,
    restore,
    schedule,
    take_out,
)
from tagwerk.programme.actions.summing_up import LONGEST_INSIGHT, sum_up

__all__ = [
    "LONGEST_INSIGHT",
    "Move",
    "add_session",
    "announce",
    "cancel",
    "check_hosts",
    "clear",
    "copy_fixed",
    "delay",
    "forecast",
    "give_notices",
    "has_changed",
    "host_found",
    "mark_full",
    "move",
    "note_absence",
    "note_plan",
    "pin",
    "pin_again",
    "pin_slot",
    "place",
    "rearrange",
    "restore",
    "schedule",
    "search_host",
    "sum_up",
    "take_delay_back",
    "take_out",
    "withdraw_absence",
    "withdraw_announcement",
]
