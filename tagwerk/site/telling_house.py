"""Tells the desk how many devices there are beside the people in the house."""

from collections.abc import Mapping
from typing import Any

from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.people import minting
from tagwerk.site import fragments
from tagwerk.site.telling import event_of


def devices(stream: int, fact: Fact) -> Render:
    """Render the desk's line; nobody else hears of it."""
    event = event_of(stream)
    house = minting.figures(event.realm)

    def render(audience: str) -> Mapping[str, Any]:
        return {"html": fragments.rendered(event, "site/_desk_devices.html", house=house)} if audience == CREW else {}

    return render
