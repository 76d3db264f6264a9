"""Describes an event and its sessions in schema.org's words, for search engines and calendars."""

import json
from collections.abc import Iterable
from typing import Any

from tagwerk.exchange.clock import clock
from tagwerk.exchange.ready import Ready
from tagwerk.exchange.schedule import Mode, RoomKind, ScheduleTalk, State

CONTEXT = "https://schema.org"
MODES = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
LONGEST = 500  # characters of a description; the page has the rest
_ENDS_SCRIPTS = "<>&\u2028\u2029"

Document = dict[str, Any]


def event_data(ready: Ready, *, is_cancelled: bool = False, with_sessions: bool = True) -> Document:
    """Describe the event, with its sessions unless told otherwise."""
    schedule = ready.schedule
    days = schedule.days
    found = {
        "@context": CONTEXT,
        "@type": "Event",
        "@id": schedule.url,
        "name": schedule.title,
        "description": schedule.motto,
        "url": schedule.url,
        "startDate": clock(ready.local(days[0].start)) if days else "",
        "endDate": clock(ready.local(days[-1].end)) if days else "",
        "eventStatus": _status("EventCancelled" if is_cancelled else "EventScheduled"),
        "eventAttendanceMode": f"{CONTEXT}/{MODES[schedule.mode]}",
        "location": _places(ready, None),
        "organizer": {"@type": "Organization", "name": schedule.organiser} if schedule.organiser else None,
        "inLanguage": schedule.language,
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR", "url": schedule.url},
        "subEvent": [_session(ready, talk) for talk in schedule.talks] if with_sessions else None,
    }
    return _filled(found)


def session_data(ready: Ready, talk: ScheduleTalk) -> Document:
    """Describe one session as a part of its event."""
    above = {"@type": "Event", "name": ready.schedule.title, "url": ready.schedule.url}
    return {"@context": CONTEXT, **_session(ready, talk), "superEvent": _filled(above)}


def as_script(data: Document) -> str:
    """Write a description as it may stand within a script element of a page: nothing in it can end that."""
    script = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in _ENDS_SCRIPTS:
        script = script.replace(sign, f"\\u{ord(sign):04x}")
    return script


def _session(ready: Ready, talk: ScheduleTalk) -> Document:
    is_moved = talk.state == State.MOVED and talk.previous_start is not None
    status = "EventCancelled" if talk.state == State.CANCELLED else "EventRescheduled" if is_moved else "EventScheduled"
    found = {
        "@type": "Event",
        "@id": talk.url or f"urn:uuid:{talk.guid}",
        "name": talk.title,
        "alternateName": talk.subtitle,
        "description": (talk.plain_summary or talk.abstract)[:LONGEST],
        "url": talk.url,
        "startDate": clock(ready.local(talk.start)),
        "endDate": clock(ready.local(talk.end)),
        "previousStartDate": clock(ready.local(talk.previous_start)) if is_moved and talk.previous_start else "",
        "eventStatus": _status(status),
        "eventAttendanceMode": f"{CONTEXT}/{MODES[_mode(ready, talk)]}",
        "location": _places(ready, talk),
        "performer": list(_performers(ready, talk)),
        "inLanguage": talk.language,
        "isAccessibleForFree": True,
    }
    return _filled(found)


def _mode(ready: Ready, talk: ScheduleTalk) -> Mode:
    room = ready.rooms.get(talk.room or "")
    if room and room.kind == RoomKind.ONLINE:
        return Mode.ONLINE
    return Mode.HYBRID if talk.online_url and room else ready.schedule.mode


def _places(ready: Ready, talk: ScheduleTalk | None) -> list[Document]:
    """Give where it is: a house, with the room, and an address online; both where it is hybrid."""
    schedule = ready.schedule
    mode = _mode(ready, talk) if talk else schedule.mode
    places = []
    if mode != Mode.ONLINE and (house := ", ".join(filter(None, [talk.room if talk else "", schedule.place]))):
        places.append({"@type": "Place", "name": house, "address": schedule.place or house})
    if mode != Mode.ON_SITE and (url := (talk.online_url or talk.url if talk else "") or schedule.url):
        places.append({"@type": "VirtualLocation", "url": url})
    return places


def _performers(ready: Ready, talk: ScheduleTalk) -> Iterable[Document]:
    for one in talk.participations:
        person = ready.people[one.person]
        house = {"@type": "Organization", "name": person.organisation} if person.organisation else None
        yield _filled({"@type": "Person", "name": person.name, "url": person.url, "affiliation": house})


def _status(word: str) -> str:
    return f"{CONTEXT}/{word}"


def _filled(document: Document) -> Document:
    return {key: value for key, value in document.items() if value not in ("", None, [])}
