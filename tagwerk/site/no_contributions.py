"""Stands in for the call for contributions on composed pages where that room is closed."""

from datetime import date, datetime
from typing import Any

from tagwerk.events.models import Event
from tagwerk.programme.models import Session, Speaker
from tagwerk.site.blueprint_call import CallPlan


def open_call(event: Event) -> None:
    """Nothing is asked for."""


def waiting(event: Event) -> dict[str, Any]:
    """Nothing is to be read."""
    return {}


def blueprint_of(event: Event) -> dict[str, Any]:
    """Give the part of a blueprint that is not there."""
    return {"call": None}


def open_like(event: Event, plan: CallPlan | None, first: date, *, actor: str) -> None:
    """There is nothing to ask for."""


def minutes_of(session: Session) -> int:
    """Nobody proposed anything."""
    return 0


def of_speaker(speaker: Speaker) -> dict[str, Any]:
    """Nobody has a page of their own."""
    return {"has_own_page": False}


def all_news(event: Event) -> dict[int, list[str]]:
    """Nobody changed anything."""
    return {}


def tidy(now: datetime) -> int:
    """There is nothing to forget."""
    return 0


def remind() -> None:
    """Nobody is reminded."""
