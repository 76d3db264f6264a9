"""A topic as plain values: what the API and the snapshot show."""

from datetime import datetime
from typing import Any

from ninja import Schema

from tagwerk.barcamp.models import PitchRound, Topic
from tagwerk.barcamp.rules import Counts, State, is_enough, reasons_for_everybody, shown_interest
from tagwerk.programme.sentences import sentence

Plain = dict[str, Any]


class TopicOut(Schema):
    """A topic; `interest` is null where counts are hidden, `reasons` is one plain sentence."""

    code: str
    number: int
    title: str
    description: str
    host_name: str
    state: str
    wanted: bool
    mode: str
    when: str
    needs: list[str]
    interest: int | None
    enough: bool
    session: str | None
    slot: int | None
    room: int | None
    start: datetime | None
    room_name: str | None
    reasons: str
    unverified: int | None = None
    mine: bool | None = None
    likely_slot: int | None = None
    likely_room: int | None = None
    revision: int | None = None


def interest_shown(topic: Topic) -> int | None:
    """Give a topic's interest as the event shows it."""
    barcamp = topic.event.barcamp
    return shown_interest(barcamp.counts, topic.interest, barcamp.threshold)


def topic_state(topic: Topic, *, exact: bool = False, mine: bool | None = None) -> Plain:
    """Give a topic with its state, its interest as the event shows it, its place and the reasons."""
    barcamp = topic.event.barcamp
    session = topic.session
    placement = getattr(session, "placement", None) if session else None
    standing = placement if placement and placement.is_active else None
    counts = Counts.EXACT if exact else barcamp.counts
    state: Plain = {
        "code": topic.code,
        "number": topic.number,
        "title": topic.title,
        "description": topic.description,
        "host_name": topic.host_name,
        "state": topic.state,
        "wanted": topic.is_wanted,
        "mode": topic.mode,
        "when": topic.when,
        "needs": topic.needs,
        "interest": topic.interest if exact else interest_shown(topic),
        "enough": is_enough(topic.counted, barcamp.threshold),
        "session": session.code if session else None,
        "slot": standing.slot_id if standing else None,
        "room": standing.room_id if standing else None,
        "start": standing.slot.start if standing else None,
        "room_name": standing.room.name if standing and standing.room else None,
        "reasons": topic.note or sentence(reasons_for_everybody(counts, topic.reasons)),
    }
    if topic.state == State.QUALIFIED:
        state |= {"likely_slot": topic.likely_slot_id, "likely_room": topic.likely_room_id}
    if exact:
        state["unverified"] = topic.interest - topic.counted
    return state if mine is None else state | {"mine": mine}


def round_state(round_: PitchRound | None) -> Plain | None:
    """Give a pitch round as the API and the snapshot show it."""
    if round_ is None:
        return None
    names = ("number", "phase", "order", "seconds", "pitch_at", "announce_at")
    return {name: getattr(round_, name) for name in names}
