"""The stage as plain values for the crew: what the moderator's phone keeps, so that it can go on without a network."""

from typing import Any

from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import PitchState
from tagwerk.barcamp.stage import Stage
from tagwerk.barcamp.stage_rules import is_remote
from tagwerk.barcamp.together import names_of

Plain = dict[str, Any]


def stage_state(stage: Stage) -> Plain:
    """Give who is on stage, who follows in order, and what a device needs to reckon with."""
    event = stage.round.event
    return {
        "revision": stage.revision,
        "round": stage.round.number,
        "step": stage.round.step,
        "phase": stage.round.phase,
        "seconds": stage.round.seconds,
        "average": stage.average,
        "done": stage.done,
        "total": stage.total,
        "next_number": Barcamp.objects.get(event=event).next_number,
        "current": _current(stage),
        "queue": [
            pitched(pitch.topic) | {"absent": pitch.state == PitchState.ABSENT, "position": pitch.position}
            for pitch in stage.queue
        ],
    }


def pitched(topic: Topic) -> Plain:
    """Give a topic as the stage announces it; its words only where they are to be read out."""
    return {
        "code": topic.code,
        "number": topic.number,
        "title": topic.title,
        "host": names_of(topic),
        "pitch": topic.pitch,
        "online": is_remote(topic.pitch, topic.mode),
        "text": topic.description if topic.pitch == Topic.Pitch.READ else "",
        "devices": topic.interest,
        "hands": topic.without_phone,
    }


def _current(stage: Stage) -> Plain | None:
    if stage.current is None:
        return None
    called = stage.called_at.isoformat() if stage.called_at else None
    return pitched(stage.current) | {"called_at": called, "extra": stage.extra_seconds}
