"""A topic as plain values: what the API and the snapshot show."""

from datetime import datetime
from typing import Any

from ninja import Schema

from tagwerk.barcamp.models import Barcamp, PitchRound, Topic
from tagwerk.barcamp.rules import Counts, State, is_enough, reasons_for_everybody, shown_interest
from tagwerk.barcamp.together import names_of
from tagwerk.events.models import Event
from tagwerk.programme.models import Placement, Session
from tagwerk.programme.sentences import sentence

Plain = dict[str, Any]


class SecondPlace(Schema):
    """The second place of a topic that is offered twice."""

    session: str
    slot: int
    room: int | None
    start: datetime
    room_name: str | None


class TopicOut(Schema):
    """A topic; `interest` is null where counts are hidden, `reasons` is one plain sentence.

    `merged_into` is the code of the topic that it went into, `merged` are those that went into it. The crew sees
    of the interest how many are devices, and how many raised a hand; `estimate` is a guess by eye.
    """

    code: str
    number: int
    title: str
    description: str
    host_name: str
    state: str
    wanted: bool
    mode: str
    theme: str
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
    merged_into: str | None
    merged: list[str]
    twice: bool
    second: SecondPlace | None
    unverified: int | None = None
    devices: int | None = None
    without_phone: int | None = None
    estimate: int | None = None
    mine: bool | None = None
    likely_slot: int | None = None
    likely_room: int | None = None
    revision: int | None = None


def interest_shown(topic: Topic) -> int | None:
    """Give a topic's interest as the event shows it."""
    barcamp = topic.event.barcamp
    return shown_interest(barcamp.counts, topic.people, barcamp.threshold)


def coming_shown(event: Event, number: int) -> int | None:
    """Give how many come to a session as the event shows it; nothing where it has no barcamp to say so."""
    barcamp = Barcamp.objects.filter(event=event).first()
    return shown_interest(barcamp.counts, number, barcamp.threshold) if barcamp else None


def topic_state(topic: Topic, *, exact: bool = False, mine: bool | None = None) -> Plain:
    """Give a topic with its state, its interest as the event shows it, its place and the reasons."""
    barcamp = topic.event.barcamp
    session = topic.session
    standing = _standing(session)
    counts = Counts.EXACT if exact else barcamp.counts
    state: Plain = {
        "code": topic.code,
        "number": topic.number,
        "title": topic.title,
        "description": topic.description,
        "host_name": names_of(topic),
        "state": topic.state,
        "wanted": topic.is_wanted,
        "mode": topic.mode,
        "theme": topic.theme,
        "when": topic.when,
        "needs": topic.needs,
        "interest": topic.people if exact else interest_shown(topic),
        "enough": is_enough(topic.demand, barcamp.threshold),
        "session": session.code if session else None,
        "slot": standing.slot_id if standing else None,
        "room": standing.room_id if standing else None,
        "start": standing.slot.start if standing else None,
        "room_name": standing.room.name if standing and standing.room else None,
        "reasons": topic.note or sentence(reasons_for_everybody(counts, topic.reasons)),
        "merged_into": topic.merged_into.code if topic.merged_into else None,
        "merged": [other.code for other in topic.merged.all()],
        "twice": topic.is_twice,
        "second": _second(topic),
    }
    if topic.state == State.QUALIFIED:
        state |= {"likely_slot": topic.likely_slot_id, "likely_room": topic.likely_room_id}
    if exact:
        state |= {"unverified": topic.interest - topic.counted, "devices": topic.interest}
        state |= {"without_phone": topic.without_phone, "estimate": topic.estimate}
    return state if mine is None else state | {"mine": mine}


def round_state(round_: PitchRound | None) -> Plain | None:
    """Give a pitch round as the API and the snapshot show it."""
    if round_ is None:
        return None
    names = ("number", "phase", "order", "seconds", "pitch_at", "announce_at")
    return {name: getattr(round_, name) for name in names}


def _standing(session: Session | None) -> Placement | None:
    placement = getattr(session, "placement", None)
    return placement if placement and placement.is_active else None


def _second(topic: Topic) -> Plain | None:
    place = _standing(topic.repeat)
    if topic.repeat is None or place is None:
        return None
    room = place.room
    return {
        "session": topic.repeat.code,
        "slot": place.slot_id,
        "room": place.room_id,
        "start": place.slot.start,
        "room_name": room.name if room else None,
    }
