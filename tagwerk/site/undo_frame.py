"""Takes back what organisers did with days, slots, rooms and the look of an event."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.events import actions as frame
from tagwerk.events.models import Event
from tagwerk.live.models import Change
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.site.undoable import Undoable


def _back(event: Event, change: Change, mark: str) -> int:
    part, number, was = (change.before[name] for name in ("part", "number", "was"))
    if part == "look":
        return frame.change_look(event, was, actor=mark)
    if was is None:
        return _removed(event, part, number, change.revision, mark)
    if change.after["was"] is None:
        return _again(event, part, number, was, mark)
    return _as_it_was(event, part, number, was, mark)


def _removed(event: Event, part: str, number: int, seen: int, mark: str) -> int:
    verbs = {"day": actions.remove_day, "slot": actions.remove_slot, "room": actions.remove_room}
    return verbs[part](event, number, revision=seen, actor=mark)


def _again(event: Event, part: str, number: int, was: Mapping[str, Any], mark: str) -> int:
    if part == "room":
        return frame.put_room_back(event, number, was, actor=mark)
    return actions.put_back(event, part, number, was, actor=mark)


def _as_it_was(event: Event, part: str, number: int, was: Mapping[str, Any], mark: str) -> int:
    if part == "room":
        words = {name: was[name] for name in ("name", "capacity", "features")}
        return frame.edit_room(event, number, words, actor=mark)
    if part == "day":
        return actions.change_day(event, number, date.fromisoformat(was["date"]), was["mode"], actor=mark)
    times = datetime.fromisoformat(was["start"]), datetime.fromisoformat(was["end"])
    return actions.change_slot(event, number, times, is_open=was["open"], actor=mark)


FRAME: Mapping[str, Undoable] = {
    "frame.changed": Undoable(
        lambda _change: _("Gespeichert."),
        _back,
        is_possible=lambda change: bool(change.before),
        role=RoleKind.ORGANISER,
    )
}
