"""The form in which a change of the crew can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from tagwerk.events.models import Event
from tagwerk.live.models import Change
from tagwerk.people.rules import RoleKind


@dataclass(frozen=True)
class Undoable:
    """What the undo bar says after a change of one kind, and what takes it back: `(event, change, mark) -> revision`.

    Of some kinds only certain changes can be taken back: `is_possible` tells which. `role` is who does such things.
    """

    label: Callable[[Change], str]
    take_back: Callable[[Event, Change, str], int]
    is_possible: Callable[[Change], bool] = lambda _change: True
    role: RoleKind = RoleKind.HELPER
