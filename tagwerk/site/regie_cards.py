"""What the Regie page shows: all topics by number with exact counts, the rooms, the reserve."""

from typing import Any

from tagwerk.barcamp.cards import topic_cards
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import ASIDE, LISTED, State
from tagwerk.events.models import Event

RESERVES = (0, 1, 2, 3)


def rows(event: Event) -> list[Any]:
    """Give every topic that the crew may still do something with, by number; also those that went into another."""
    shown = Topic.objects.of(event).filter(state__in=LISTED | ASIDE | {State.MERGED}).with_remote()
    return topic_cards(shown, exact=True)


def head(event: Event) -> dict[str, Any]:
    """Give the rooms and how many of them are kept free for late topics."""
    barcamp = Barcamp.objects.filter(event=event).first()
    return {
        "rooms": list(event.rooms.all()),
        "reserve": barcamp.reserve_rooms if barcamp else 0,
        "reserves": RESERVES,
    }


def themes(event: Event) -> list[str]:
    """Give the themes that topics have, by alphabet."""
    named = Topic.objects.filter(event=event).exclude(theme="")
    return list(named.order_by("theme").values_list("theme", flat=True).distinct())
