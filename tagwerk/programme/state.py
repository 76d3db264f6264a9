"""A session as plain values: what the API and the snapshot show."""

from datetime import datetime
from typing import Any

from ninja import Schema

from tagwerk.programme.cards import topic_of
from tagwerk.programme.models import Session
from tagwerk.programme.sentences import sentence


class SessionOut(Schema):
    """A placed session; slot and room are numbers, times in UTC.

    A title of "" is a place that is still to be filled, or under an embargo; `track` is the part of the theme's address.
    """

    code: str
    kind: str
    title: str
    subtitle: str
    description: str
    host_name: str
    language: str
    level: str
    track: str | None
    state: str
    slot: int
    room: int | None
    start: datetime
    end: datetime
    room_name: str | None
    pinned: bool
    full: bool
    searching: bool
    topic: str | None
    reasons: str


def session_state(session: Session) -> dict[str, Any]:
    """Give a placed session as `SessionOut` describes it."""
    placement = session.placement
    topic = topic_of(session)
    return {
        "code": session.code,
        "kind": session.kind,
        "title": session.title,
        "subtitle": session.subtitle,
        "description": session.description,
        "host_name": session.host_name,
        "language": session.language,
        "level": session.level,
        "track": session.track.slug if session.track else None,
        "state": session.state,
        "slot": placement.slot_id,
        "room": placement.room_id,
        "start": placement.slot.start,
        "end": placement.slot.end,
        "room_name": placement.room.name if placement.room else None,
        "pinned": placement.is_pinned,
        "full": placement.is_full,
        "searching": session.searching_since is not None and not session.is_cancelled,
        "topic": topic.code if topic else None,
        "reasons": sentence(session.reasons),
    }
