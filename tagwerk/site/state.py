"""An event, its days, rooms, sessions and topics as plain values: what the API and the snapshot show."""

from typing import Any

from django.conf import settings

from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.live.models import Stream
from tagwerk.programme.cards import placed_sessions
from tagwerk.programme.state import session_state
from tagwerk.site.rooms import topics_panel

Plain = dict[str, Any]
DEMO = "barcamp"


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
    return event_line(event) | {
        "rehearsal": event.is_rehearsal,
        "demo": is_demo(event),
        "revision": Stream.objects.get(pk=event.stream).revision,
        "days": [day_state(day) for day in event.days.all()],
        "slots": [slot_state(slot) for slot in Slot.objects.filter(day__event=event)],
        "rooms": [room_state(room) for room in event.rooms.all()],
        **topics_panel().states(event, exact=exact),
        "sessions": [session_state(session) for session in placed_sessions(event)],
        "announcements": [
            {"code": notice.code, "text": notice.text, "made_at": notice.made_at}
            for notice in event.announcements.filter(is_withdrawn=False)[:20]
        ],
    }


def is_demo(event: Event) -> bool:
    """Tell whether this is the event of the demo, with which everybody may play."""
    return settings.TAGWERK_DEMO and event.slug == DEMO


def day_state(day: Day) -> Plain:
    """Give a day with its mode and capacity."""
    capacity = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    return {"id": day.pk, "date": day.date, "mode": day.mode, "capacity": capacity}


def slot_state(slot: Slot) -> Plain:
    """Give a slot in UTC."""
    return {
        "id": slot.pk,
        "day": slot.day_id,
        "start": slot.start,
        "end": slot.end,
        "open": slot.is_open,
        "anchored": slot.is_anchored,
    }


def room_state(room: Room) -> Plain:
    """Give a room with seats and features."""
    return {
        "id": room.pk,
        "name": room.name,
        "capacity": room.capacity,
        "features": room.features,
        "open": room.is_open,
    }
