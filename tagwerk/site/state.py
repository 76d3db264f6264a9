"""An event, its days, rooms, sessions and topics as plain values: what the API and the snapshot show."""

from typing import Any

from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import is_enough, shown_interest
from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.live.models import Stream
from tagwerk.programme.cards import placed_sessions
from tagwerk.programme.models import Session
from tagwerk.programme.sentences import sentence

Plain = dict[str, Any]


def event_line(event: Event) -> Plain:
    """Give what the list of events shows."""
    return {
        "slug": event.slug,
        "name": event.name,
        "motto": event.motto,
        "place": event.place,
        "phase": event.phase,
        "timezone": event.zone,
        "days": [day.date for day in event.days.all()],
    }


def event_state(event: Event, *, exact: bool = False) -> Plain:
    """Give everything that is public about an event; `exact` counts are for its crew."""
    barcamp = getattr(event, "barcamp", None)
    topics = Topic.objects.of(event).listed() if barcamp else []
    policy = {name: getattr(barcamp, name) for name in ("policy", "threshold", "publish_mode", "counts")} if barcamp else None
    return event_line(event) | {
        "revision": Stream.objects.get(pk=event.stream).revision,
        "days": [day_state(day) for day in event.days.all()],
        "slots": [slot_state(slot) for slot in Slot.objects.filter(day__event=event)],
        "rooms": [room_state(room) for room in event.rooms.all()],
        "barcamp": policy,
        "sessions": [session_state(session) for session in placed_sessions(event)],
        "topics": [topic_state(topic, exact=exact) for topic in topics],
        "announcements": [
            {"code": notice.code, "text": notice.text, "made_at": notice.made_at}
            for notice in event.announcements.filter(is_withdrawn=False)[:20]
        ],
    }


def day_state(day: Day) -> Plain:
    """Give a day with its mode and capacity."""
    capacity = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    return {"id": day.pk, "date": day.date, "mode": day.mode, "capacity": capacity}


def slot_state(slot: Slot) -> Plain:
    """Give a slot in UTC."""
    return {"id": slot.pk, "day": slot.day_id, "start": slot.start, "end": slot.end, "open": slot.is_open}


def room_state(room: Room) -> Plain:
    """Give a room with seats and features."""
    return {"id": room.pk, "name": room.name, "capacity": room.capacity, "features": room.features, "open": room.is_open}


def session_state(session: Session) -> Plain:
    """Give a placed session."""
    placement = session.placement
    topic = getattr(session, "topic", None)
    return {
        "code": session.code,
        "kind": session.kind,
        "title": session.title,
        "description": session.description,
        "host_name": session.host_name,
        "state": session.state,
        "slot": placement.slot_id,
        "room": placement.room_id,
        "start": placement.slot.start,
        "end": placement.slot.end,
        "room_name": placement.room.name if placement.room else None,
        "pinned": placement.is_pinned,
        "topic": topic.code if topic else None,
        "reasons": sentence(session.reasons),
    }


def topic_state(topic: Topic, *, exact: bool = False, mine: bool | None = None) -> Plain:
    """Give a topic with its state, its interest as the event shows it, its place and the reasons."""
    barcamp = topic.event.barcamp
    session = topic.session
    placement = getattr(session, "placement", None) if session else None
    standing = placement if placement and placement.is_active else None
    interest = topic.interest if exact else shown_interest(barcamp.counts, topic.interest, barcamp.threshold)
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
        "interest": interest,
        "enough": is_enough(topic.counted, barcamp.threshold),
        "session": session.code if session else None,
        "slot": standing.slot_id if standing else None,
        "room": standing.room_id if standing else None,
        "start": standing.slot.start if standing else None,
        "room_name": standing.room.name if standing and standing.room else None,
        "reasons": topic.note or sentence(topic.reasons),
    }
    if exact:
        state["unverified"] = topic.interest - topic.counted
    return state if mine is None else state | {"mine": mine}
