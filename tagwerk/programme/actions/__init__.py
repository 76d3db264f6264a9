"""What is done with the programme; one file per group of verbs."""

from tagwerk.programme.actions.announcing import announce, withdraw_announcement
from tagwerk.programme.actions.copying import clear, copy_fixed
from tagwerk.programme.actions.filling import mark_full
from tagwerk.programme.actions.sessions import (
    add_session,
    cancel,
    check_hosts,
    move,
    pin,
    place,
    restore,
    schedule,
)

__all__ = [
    "add_session",
    "announce",
    "cancel",
    "check_hosts",
    "clear",
    "copy_fixed",
    "mark_full",
    "move",
    "pin",
    "place",
    "restore",
    "schedule",
    "withdraw_announcement",
]
