"""Many stands in one go, from a list that somebody pasted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.market.actions.booths import add_booth, booth_at, edit_booth
from tagwerk.market.changes import BoothsChanged
from tagwerk.market.rules import Line, Lot
from tagwerk.programme.actions import add_track
from tagwerk.programme.models import Track


@action
def take_over(event: Event, lines: Iterable[Line], *, actor: str = "") -> int:
    """Enter the new stands of a list and change those that it says otherwise; gives how many.

    What the list does not name stays. Themes that the event does not have yet are made. All of it or nothing:
    raises `Refusal` when nothing in it is new.
    """
    hold(event.stream)
    wanted = [line for line in lines if line.lot in (Lot.NEW, Lot.CHANGED)]
    if not wanted:
        raise Refusal("nothing-new", _("In dieser Liste ist nichts Neues."))
    for line in wanted:
        words = _words(event, line.words)
        if line.code is None:
            add_booth(event, words, actor=actor)
        else:
            edit_booth(booth_at(event, line.code), words, actor=actor)
    tell(event.stream, BoothsChanged(), actor=actor)
    return len(wanted)


def _words(event: Event, words: Mapping[str, Any]) -> dict[str, Any]:
    """Give the words of a line as a stand takes them: theme and room by name become those of the event."""
    found = {name: value for name, value in words.items() if name not in ("track", "room")}
    if words.get("track"):
        found["track"] = _track(event, words["track"])
    if words.get("room"):
        room = next((room for room in event.rooms.all() if room.name.casefold() == words["room"].casefold()), None)
        found |= {"room": room} if room else {"place": words["room"]}
    return found


def _track(event: Event, name: str) -> Track:
    known = next((track for track in event.tracks.all() if track.name.casefold() == name.casefold()), None)
    return known or add_track(event, name)
