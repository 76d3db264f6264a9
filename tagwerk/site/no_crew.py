"""Stands in for what the barcamp tells the crew beside sessions, where that room is closed."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from tagwerk.events.models import Event, Slot
from tagwerk.programme.models import Session, SessionQuerySet


def beside(event: Event, sessions: Collection[Session]) -> tuple[dict[int, list[str]], dict[int, Any]]:
    """There is nothing to say."""
    return {}, {}


def with_topics(sessions: SessionQuerySet) -> SessionQuerySet:
    """Load sessions as they are."""
    return sessions


def rooms(event: Event) -> list[Any]:
    """Nobody said that they come."""
    return []


def barred(event: Event, session: Session, slots: Iterable[Slot]) -> set[int]:
    """There are no pairs."""
    return set()


def holders(session: Session) -> list[tuple[str, list[str]]]:
    """Nobody brought a topic."""
    return []


def holders_of(event: Event, code: str) -> tuple[str, list[tuple[str, list[str]]]] | None:
    """There is no such topic."""
    return None


def cards_of_hosts(event: Event, hosts: Collection[str]) -> Callable[[str], str]:
    """Give what renders nothing."""
    return lambda _audience: ""
