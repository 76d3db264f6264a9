"""Stands in for the barcamp on composed pages where that room is closed."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from tagwerk.events.models import Event
from tagwerk.people.models import DeviceToken
from tagwerk.programme.models import Session
from tagwerk.site import no_crew as crew
from tagwerk.site import no_hosts as hosts

__all__ = ["crew", "hosts"]

Plain = dict[str, Any]
UNDOABLE: Mapping[str, Any] = {}


def has_topics(event: Event) -> bool:
    """No event has topics."""
    return False


def first_screen(event: Event, most: int) -> Plain:
    """Give no cards."""
    return {"topics": [], "takes_part": False, "rhythm": None}


def desk_rhythm(event: Event) -> Plain:
    """There is no rhythm to switch."""
    return {"has_barcamp": False}


def states(event: Event, *, exact: bool) -> Plain:
    """Give an empty part of the public state."""
    return {"barcamp": None, "topics": []}


def desk(event: Event) -> Plain:
    """Give no topics."""
    return {"has_topics": False, "topics": [], "figures": []}


def on_paper(event: Event) -> list[Plain]:
    """Give no topics."""
    return []


def card_renderer(event: Event, code: str) -> Callable[[str], str]:
    """Give what renders nothing."""
    return lambda _audience: ""


def people_of(sessions: list[Session]) -> dict[int, frozenset[int]]:
    """Nobody showed interest in anything."""
    return {}


def mine(event: Event, device: DeviceToken | None) -> Plain:
    """Give an empty list of everything."""
    return {"interest": [], "coming": [], "proposals": []}


def forget(event: Event, device: DeviceToken) -> None:
    """There is nothing to take back."""


def copy_settings(event: Event, copy: Event) -> None:
    """There is nothing to copy."""


def blueprint_of(event: Event) -> Plain:
    """Give the parts of a blueprint that are not there."""
    return {"barcamp": None, "pitching": None}


def open_like(event: Event, rules: Mapping[str, Any] | None, round_: Mapping[str, Any] | None) -> None:
    """There is no barcamp to open."""


def forget_names(now: datetime) -> int:
    """Nobody left a name."""
    return 0


def store_views() -> None:
    """Nobody saw a topic."""


def plan(event: Event, device: DeviceToken | None) -> Plain:
    """Give an empty plan."""
    return {"planned": [], "hosted": hosts.plan(event, device), **mine(event, device), "summary": ""}


def notices(event: Event, device: DeviceToken | None) -> list[Plain]:
    """Nobody said that they come."""
    return []


def who_comes(sessions: Collection[int]) -> set[int]:
    """Nobody said that they come."""
    return set()


def calendar_sessions(event: Event, device: DeviceToken) -> tuple[list[Session], frozenset[str]]:
    """Give an empty calendar."""
    return [], frozenset()


def wall(event: Event) -> Plain:
    """Give no phase: the walls show the programme."""
    return {"phase": ""}


def names_of(event: Event, codes: list[str]) -> list[str]:
    """There are no topics."""
    return []
