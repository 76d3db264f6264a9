"""Tells steps on stage, counted hands, merged topics and the crew's other switches to open pages."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tagwerk.barcamp.cards import topic_card
from tagwerk.barcamp.changes import TopicMerged, TopicSplit
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.stage import Stage, stage_of
from tagwerk.barcamp.stage_state import stage_state
from tagwerk.events.models import Event
from tagwerk.live.changes import CREW, PUBLIC, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import grid_of
from tagwerk.programme.models import Session
from tagwerk.site import fragments, telling_topics
from tagwerk.site.telling import event_of
from tagwerk.site.walls import state_html

Fields = Mapping[str, Any]

# What a step renews, by audience, beside the walls; each fragment gets the context of `on_stage`.
FRAGMENTS: Mapping[str, tuple[str, ...]] = {
    PUBLIC: ("barcamp/_on_stage.html",),
    CREW: ("site/_stage_state.html",),
}


def on_stage(event: Event) -> dict[str, Any]:
    """Give the context of fragments that show the stage; `stage` is None where there is no round."""
    stage = stage_of(event)
    current = Topic.objects.of(event).get(pk=stage.current.pk) if stage and stage.current else None
    return {
        "stage": stage,
        "topic": topic_card(current) if current else None,
        "coming": [topic_number(topic) for topic in stage.following] if stage else [],
        "stage_json": as_json(stage),
    }


def topic_number(topic: Topic) -> dict[str, Any]:
    """Give a topic that follows, as it is announced."""
    return {"number": topic.number, "title": topic.title, "code": topic.code}


def as_json(stage: Stage | None) -> str:
    """Give the stage as the moderator's phone keeps it."""
    return json.dumps(stage_state(stage), ensure_ascii=False, separators=(",", ":")) if stage else ""


def step(stream: int, fact: Fact) -> Render:
    """Render what is on stage, for everybody and for the crew."""
    event = event_of(stream)
    context = on_stage(event)
    topic = context["topic"]

    def render(audience: str) -> Fields:
        html = "".join(fragments.rendered(event, name, **context) for name in FRAGMENTS[audience])
        if audience != CREW:
            html += state_html(event)  # the walls
        return {"html": html} | ({"title": topic.title} if topic else {})

    return render


def hands(stream: int, fact: Fact) -> Render:
    """Render the crew's rows of a topic for which hands were counted, and the stage, which shows them too."""
    event = event_of(stream)
    found = Topic.objects.of(event).get(code=fact.code)
    context = on_stage(event)
    stage = "".join(fragments.rendered(event, name, **context) for name in FRAGMENTS[CREW])
    return lambda audience: {"title": found.title, "html": telling_topics.card_html(found, audience) + stage}


def pair(stream: int, fact: Fact) -> Render:
    """Render both of two topics that were merged or split, where they stand, and the sentence about it."""
    if not isinstance(fact, TopicMerged):
        raise TypeError(fact)
    event = event_of(stream)
    topics = list(Topic.objects.of(event).filter(code__in=(fact.code, fact.into)))
    grid = grid_of(event)

    def render(audience: str) -> Fields:
        values = {"number": fact.number, "into": fact.into_number}
        said = _("Die Themen %(number)s und %(into)s sind jetzt ein Thema.")
        if isinstance(fact, TopicSplit):
            said = _("Die Themen %(number)s und %(into)s stehen wieder für sich.")
        html = "".join(telling_topics.with_places(topic, audience, grid) for topic in topics)
        return {"text": said % values, "html": html}

    return render


def regie_head(stream: int, fact: Fact) -> Render:
    """Render the crew's switches for rooms and reserve, and the slots in which something stands in the room."""
    from tagwerk.site.regie_cards import head  # noqa: PLC0415 - only the crew's messages need it

    event = event_of(stream)
    numbers = _slots_in(event, fact.touches)

    def render(audience: str) -> Fields:
        if audience != CREW:
            return {}
        html = fragments.rendered(event, "site/_regie_head.html", **head(event))
        return {"html": html + (fragments.slots(grid_of(event), numbers, CREW) if numbers else "")}

    return render


def _slots_in(event: Event, touches: Iterable[str]) -> set[int]:
    """Give the slots to come in which something stands in a room that was touched."""
    rooms = [int(key.removeprefix("room:")) for key in touches if key.startswith("room:")]
    standing = Session.objects.filter(event=event, placement__is_active=True, placement__room__in=rooms)
    ahead = standing.filter(placement__slot__end__gt=timezone.now())
    return set(ahead.values_list("placement__slot_id", flat=True))
