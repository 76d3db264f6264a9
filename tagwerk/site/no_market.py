"""Stands in for the market on composed pages where that room is closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tagwerk.events.copying import Frame
from tagwerk.events.models import Event
from tagwerk.programme.actions.copying import Copied

UNDOABLE: Mapping[str, Any] = {}


def has_market(event: Event) -> bool:
    """No event has a market."""
    return False


def copy_market(event: Event, frame: Frame, copied: Copied) -> None:
    """There is nothing to copy."""


def forget_contacts(now: datetime) -> int:
    """Nobody left a contact."""
    return 0


def join_links(event: Event) -> list[str]:
    """No stand is online."""
    return []
