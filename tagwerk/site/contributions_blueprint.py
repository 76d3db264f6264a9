"""What a call for contributions adds to the form of an event, and how another one is written from it."""

from datetime import date
from typing import Any

from django.utils import timezone

from tagwerk.contributions.actions import write_call
from tagwerk.contributions.models import Call
from tagwerk.events.models import Event
from tagwerk.site.blueprint_call import CallPlan, distance, moved

WORDS = ("text", "hides_names", "reminds")
LISTS = ("kinds", "lengths", "asks")


def blueprint_of(event: Event) -> dict[str, Any]:
    """Give what an event asks for, as a part of a blueprint; nothing that anybody proposed."""
    call = Call.objects.filter(event=event).first()
    if call is None:
        return {"call": None}
    day = event.days.first()
    moments = {"opens": call.opens_at, "closes": call.closes_at}
    said: dict[str, Any] = {name: getattr(call, name) for name in WORDS}
    said |= {name: tuple(getattr(call, name)) for name in LISTS}
    said |= {name: distance(at, day.date, event.timezone) if day and at else None for name, at in moments.items()}
    return {"call": CallPlan(**said)}


def open_like(event: Event, plan: CallPlan | None, first: date, *, actor: str) -> None:
    """Write the call of a new event; what would be over by then has no date. None: it asks for nothing."""
    if plan is None:
        return
    opens, closes = moved(plan, first, event.timezone, timezone.now())
    words = {name: getattr(plan, name) for name in WORDS} | {name: list(getattr(plan, name)) for name in LISTS}
    write_call(event, {**words, "opens_at": opens, "closes_at": closes}, actor=actor)
