"""The first screen of an event's home: what the hour asks for."""

from typing import Any

from tagwerk.events.models import Event
from tagwerk.programme.cards import grid_of
from tagwerk.site.rooms import topics_panel

FIRST = 3  # cards on the first screen: the vote is tap one


def first_screen(event: Event) -> dict[str, Any]:
    """Give what is on now and next, and the barcamp's part of the hour."""
    return {"slots": grid_of(event).now_and_next(), **topics_panel().first_screen(event, FIRST)}
