"""The first screen of an event's home: what the hour asks for, and before and after its days what it is."""

from typing import Any

from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.events.rules import front_of
from tagwerk.programme.cards import Grid, grid_of
from tagwerk.site.rooms import topics_panel

FIRST = 3  # cards on the first screen: the vote is tap one


def first_screen(event: Event) -> dict[str, Any]:
    """Give what is on now and next, the barcamp's part of the hour, and what the event is."""
    grid = grid_of(event)
    return {
        "slots": grid.now_and_next(),
        "front": _front(event, grid),
        **topics_panel().first_screen(event, FIRST),
    }


def _front(event: Event, grid: Grid) -> dict[str, Any] | None:
    """Give what stands above everything outside of the event's days; None on them."""
    days = list(event.days.all())
    zone = event.timezone
    dates = {day.date for day in days} | {slot.end.astimezone(zone).date() for slot in grid.shown}
    begins = min((slot.start.astimezone(zone) for slot in grid.shown), default=None)
    front = front_of(event.phase, dates, timezone.now().astimezone(zone), begins)
    if front is None:
        return None
    return {
        "is": front.value,
        "name": event.name,
        "motto": event.motto,
        "place": event.place,
        "days": days,
        "has_programme": any(grid.sessions.values()),
    }
