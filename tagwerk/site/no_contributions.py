"""Stands in for the call for contributions on composed pages where that room is closed."""

from datetime import datetime
from typing import Any

from tagwerk.events.models import Event
from tagwerk.programme.models import Session, Speaker


def open_call(event: Event) -> None:
    """Nothing is asked for."""


def waiting(event: Event) -> dict[str, Any]:
    """Nothing is to be read."""
    return {}


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
