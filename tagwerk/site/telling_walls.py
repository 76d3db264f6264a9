"""Tells the walls what to show: when the crew switches them, and when the round or the stage goes on."""

from collections.abc import Mapping
from typing import Any

from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.site import fragments
from tagwerk.site.telling import event_of
from tagwerk.site.walls import remote_control, state_html

Fields = Mapping[str, Any]


def walls(stream: int, fact: Fact) -> Render:
    """Render what the hall screen shows now, and for the crew the remote control."""
    event = event_of(stream)

    def render(audience: str) -> Fields:
        if audience == CREW:
            return {"html": fragments.rendered(event, "site/_desk_walls.html", **remote_control(event))}
        return {"html": state_html(event)}

    return render


def state(stream: int, fact: Fact) -> Render:
    """Render what the hall screen shows now, for everybody."""
    event = event_of(stream)
    return lambda audience: {} if audience == CREW else {"html": state_html(event)}
