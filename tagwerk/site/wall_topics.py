"""What the walls show of the barcamp: the phase of the round, who is on stage, which topics are new."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tagwerk.barcamp.cards import TopicCard, topic_card, topic_cards
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.stage import Stage, current_round, stage_of
from tagwerk.events.models import Event

NEWEST = 3
Plain = dict[str, Any]


@dataclass(frozen=True)
class OnStage:
    """The stage as the hall reads it: a topic, who follows, and from when to when the time runs."""

    topic: TopicCard | None
    following: list[int]
    begun_at: datetime | None
    ends_at: datetime | None
    is_over: bool


def wall(event: Event) -> Plain:
    """Give the phase of the current round and what its screen needs; an empty phase without a round."""
    round_ = current_round(event)
    if round_ is None:
        return {"phase": ""}
    topics = Topic.objects.of(event).listed()
    zone = event.timezone
    return {
        "phase": round_.phase,
        "pitch_at": round_.pitch_at.astimezone(zone) if round_.pitch_at else None,
        "announce_at": round_.announce_at.astimezone(zone) if round_.announce_at else None,
        "topic_count": topics.count(),
        "newest": topic_cards(topics.order_by("-number")[:NEWEST]),
        "on_stage": _on_stage(event, stage_of(event)),
    }


def _on_stage(event: Event, stage: Stage | None) -> OnStage | None:
    if stage is None:
        return None
    topic = Topic.objects.of(event).get(pk=stage.current.pk) if stage.current else None
    allowed = timedelta(seconds=stage.round.seconds + stage.extra_seconds)
    return OnStage(
        topic=topic_card(topic) if topic else None,
        following=[topic.number for topic in stage.following],
        begun_at=stage.called_at,
        ends_at=stage.called_at + allowed if stage.called_at else None,
        is_over=bool(stage.total) and stage.done == stage.total,
    )
