"""Renders the fragments that pages are made of, in the event's zone."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from tagwerk.events.models import Event, Slot
from tagwerk.live.changes import CREW
from tagwerk.live.wiring import address
from tagwerk.programme.cards import SessionCard, now_and_next, slot_rows


def rendered(event: Event, template: str, **context: Any) -> str:
    """Render a fragment as the event's pages do."""
    with timezone.override(event.timezone):
        return render_to_string(template, context | {"frame_event": event, "takes_part": event.takes_part})


def slots(event: Event, numbers: Iterable[int], audience: str) -> str:
    """Render slots for the schedule and the hall screen, or for the desk."""
    found = Slot.objects.filter(pk__in=list(numbers), day__event=event).select_related("day__event")
    templates = ("site/_desk_slot.html",) if audience == CREW else ("programme/_slot.html", "site/_board_slot.html")
    rows = slot_rows(event, found)
    html = "".join(rendered(event, template, slot=row) for row in rows for template in templates)
    return html if audience == CREW else html + now(event)


def whole_session(event: Event, card: SessionCard) -> str:
    """Render a session as its own page shows it."""
    coming = address("coming", event.slug, card.code)
    return rendered(
        event, "programme/_session_whole.html", session=card, coming_url=coming, description=card.description
    )


def now(event: Event) -> str:
    """Render what runs now and what comes next."""
    return rendered(event, "site/_now.html", slots=now_and_next(slot_rows(event)))
