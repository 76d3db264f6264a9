"""Renders the fragments that pages are made of, in the event's zone."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.live.changes import CREW
from tagwerk.live.models import Stream
from tagwerk.programme import whole
from tagwerk.programme.cards import Grid, SessionCard
from tagwerk.site.asides import asides


def rendered(event: Event, template: str, **context: Any) -> str:
    """Render a fragment as the event's pages do."""
    with timezone.override(event.timezone):
        return render_to_string(template, context | {"frame_event": event, "takes_part": event.takes_part})


def slots(grid: Grid, numbers: Iterable[int], audience: str) -> str:
    """Render slots for the schedule, the hall screen and the home page, or for the desk."""
    templates = ("site/_desk_slot.html",) if audience == CREW else ("programme/_slot.html", "site/_board_slot.html")
    wanted = list(numbers)
    seen = {"revision": Stream.objects.get(pk=grid.event.stream).revision} if audience == CREW else {}
    rows = grid.rows(wanted, asides(grid.event, wanted) if audience == CREW else None)
    html = "".join(rendered(grid.event, template, slot=row, **seen) for row in rows for template in templates)
    return html if audience == CREW else html + rendered(grid.event, "site/_now.html", slots=grid.now_and_next())


def whole_session(event: Event, card: SessionCard) -> str:
    """Render a session as its own page shows it."""
    return rendered(event, "programme/_session_whole.html", **whole.whole_session(event, card))
