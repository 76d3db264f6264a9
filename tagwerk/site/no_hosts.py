"""Stands in for hosts on composed pages where the barcamp is closed."""

from datetime import datetime
from typing import Any

from tagwerk.events.models import Event
from tagwerk.live.models import Change
from tagwerk.people.models import DeviceToken


def watch(now: datetime) -> int:
    """Nobody is missing."""
    return 0


def plan(event: Event, device: DeviceToken | None) -> list[Any]:
    """Nobody holds anything."""
    return []


def give_back(event: Event, change: Change, name: str, mark: str) -> int:
    """Nobody took anything over."""
    return change.revision


def send_back(event: Event, change: Change, mark: str) -> int:
    """Nothing was fetched."""
    return change.revision
