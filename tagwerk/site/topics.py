"""What composed pages show of the barcamp; `no_topics` stands in for it where that room is closed."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.barcamp import privacy
from tagwerk.barcamp.actions import copy_settings as copy_barcamp_settings
from tagwerk.barcamp.actions import take_everything_back
from tagwerk.barcamp.cards import topic_card, topic_cards
from tagwerk.barcamp.exposure import in_order_of_the_hour, store_gathered
from tagwerk.barcamp.mine import mine as what_is_mine
from tagwerk.barcamp.models import Barcamp, Interest, Topic
from tagwerk.barcamp.notices import who_comes
from tagwerk.barcamp.stage import current_round, stage_of
from tagwerk.barcamp.state import round_state, topic_state
from tagwerk.events.models import Event
from tagwerk.people.models import DeviceToken
from tagwerk.programme.models import Session
from tagwerk.site import telling_topics
from tagwerk.site import topics_crew as crew
from tagwerk.site import topics_hosts as hosts
from tagwerk.site.paper.topics import PaperTopic, topics_of
from tagwerk.site.rhythm import desk_rhythm
from tagwerk.site.topics_blueprint import blueprint_of, open_like
from tagwerk.site.topics_plan import calendar_sessions, notices, plan
from tagwerk.site.undo_topics import UNDOABLE
from tagwerk.site.wall_topics import wall

__all__ = [
    "UNDOABLE",
    "blueprint_of",
    "calendar_sessions",
    "crew",
    "desk_rhythm",
    "hosts",
    "notices",
    "open_like",
    "plan",
    "wall",
    "who_comes",
]

Plain = dict[str, Any]


def has_topics(event: Event) -> bool:
    """Tell whether a barcamp belongs to an event."""
    return Barcamp.objects.filter(event=event).exists()


def first_screen(event: Event, most: int) -> Plain:
    """Give the first cards of an event's home."""
    if not has_topics(event):
        return {"topics": [], "takes_part": False, "rhythm": None}
    topics = topic_cards(in_order_of_the_hour(event)[:most])
    return {"topics": topics, "takes_part": event.takes_part, "rhythm": rhythm(event)}


def rhythm(event: Event) -> Plain | None:
    """Give where the current pitch round stands, and who is on stage; None without a round."""
    stage = stage_of(event)
    if stage is None:
        return None
    return {
        "phase": stage.round.phase,
        "pitch_at": stage.round.pitch_at,
        "announce_at": stage.round.announce_at,
        "stage": stage,
        "on_stage": topic_card(Topic.objects.of(event).get(pk=stage.current.pk)) if stage.current else None,
    }


def states(event: Event, *, exact: bool) -> Plain:
    """Give the barcamp's part of an event's public state."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None:
        return {"barcamp": None, "topics": []}
    policy = {
        name: getattr(barcamp, name) for name in ("policy", "threshold", "publish_mode", "counts", "reserve_rooms")
    }
    topics = Topic.objects.of(event).listed()
    policy["round"] = round_state(current_round(event))
    return {"barcamp": policy, "topics": [topic_state(topic, exact=exact) for topic in topics]}


def desk(event: Event) -> Plain:
    """Give the topics of the desk with exact counts; those that need a hand come first."""
    cards = topic_cards(Topic.objects.of(event).on_the_desk().with_remote(), exact=True)
    urgency = {"qualified": 0, "open": 1, "wanted": 2, "planned": 3}
    cards.sort(key=lambda card: (urgency.get(card.state, 4), card.number))
    return {
        "has_topics": True,
        "topics": cards,
        "figures": [
            {"label": _("Themen"), "value": len(cards)},
            {"label": _("im Programm"), "value": sum(card.state == "planned" for card in cards)},
            {"label": _("warten"), "value": sum(card.is_waiting for card in cards)},
        ],
    }


def on_paper(event: Event) -> list[PaperTopic]:
    """Give the topics for cards and lists on paper."""
    return topics_of(event)


def card_renderer(event: Event, code: str) -> Callable[[str], str]:
    """Give what renders the card of the topic that a session came from; nothing where there is none."""
    found = Topic.objects.of(event).filter(code=code).first()
    return telling_topics.card_renderer(found) if found else lambda _audience: ""


def people_of(sessions: list[Session]) -> dict[int, frozenset[int]]:
    """Give for each session the devices that are interested in it."""
    found: dict[int, set[int]] = {}
    for place in ("topic__session", "topic__repeat"):
        rows = Interest.objects.filter(**{f"{place}__in": sessions}).values_list(place, "device_id")
        for session, device in rows:
            found.setdefault(session, set()).add(device)
    return {session: frozenset(devices) for session, devices in found.items()}


def mine(event: Event, device: DeviceToken | None) -> Plain:
    """Give what a device did, as codes."""
    own = hosts.mine(event, device)
    return asdict(what_is_mine(event, device)) | ({"hosting": own} if own else {})


def forget(event: Event, device: DeviceToken) -> None:
    """Take back what a device tapped."""
    take_everything_back(event, device)


def copy_settings(event: Event, copy: Event) -> None:
    """Let the barcamp of a rehearsal be run as the real one."""
    copy_barcamp_settings(event, copy)


def forget_names(now: datetime) -> int:
    """Remove the names of events that are long over."""
    return privacy.forget_names(now)


def store_views() -> None:
    """Store how often topics were seen since the last time."""
    store_gathered()


def names_of(event: Event, codes: list[str]) -> list[str]:
    """Give number and title of those topics that have no place now."""
    topics = Topic.objects.of(event).filter(code__in=codes, session__isnull=True).order_by("number")
    return [f"{topic.number} „{topic.title}“" for topic in topics]
