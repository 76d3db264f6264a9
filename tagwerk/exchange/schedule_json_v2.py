"""Writes schedule.json in its second version: a flat list of sessions with their states and roles."""

from collections.abc import Iterable
from typing import Any

from tagwerk.exchange.clock import clock, iso_length
from tagwerk.exchange.own_words import is_mere_break, own_words
from tagwerk.exchange.ready import Ready
from tagwerk.exchange.schedule import Link, Participation, RoomKind, ScheduleRoom, ScheduleTalk, State
from tagwerk.exchange.schedule_json import document, given, room_document, track_document
from tagwerk.exchange.words import ROLES_V2, TO_V2

MEDIA_TYPE = "application/json"
SCHEMA = "https://c3voc.de/schema/schedule2"
NO_TRACK = "none"
"""The slug of sessions without a theme: the schema wants one of every session."""

Document = dict[str, Any]


def schedule_json_v2(ready: Ready) -> bytes:
    """Give the programme as schedule.json v2; cancelled sessions stand in it as CANCELED."""
    schedule = ready.schedule
    events = [_break(ready, talk) if is_mere_break(talk) else _event(ready, talk) for talk in schedule.talks]
    return document(
        SCHEMA,
        {
            "version": schedule.version,
            "conference": _conference(ready),
            "events": events,
            "tagwerk": own_words(ready, schedule.talks, is_flat=True),
        },
    )


def _conference(ready: Ready) -> Document:
    schedule = ready.schedule
    days = [
        {
            "index": day.index,
            "date": day.date.isoformat(),
            "start": clock(ready.local(day.start)),
            "end": clock(ready.local(day.end)),
        }
        for day in schedule.days
    ]
    return {
        "acronym": schedule.acronym,
        "title": schedule.title,
        **given(description=schedule.motto),
        "start": days[0]["start"] if days else "",
        "end": days[-1]["end"] if days else "",
        "timeslot_duration": "PT5M",
        "time_zone_name": schedule.zone,
        **given(url=schedule.url),
        "languages": sorted({schedule.language, *(talk.language for talk in schedule.talks)}),
        "tracks": [track_document(track) for track in schedule.tracks],
        "rooms": [{**room_document(room), **_type(room)} for room in schedule.rooms],
        "days": days,
    }


def _type(room: ScheduleRoom) -> Document:
    return given(type={RoomKind.ONLINE: "VIRTUAL", RoomKind.TABLE: "OTHER"}.get(room.kind))


def _event(ready: Ready, talk: ScheduleTalk) -> Document:
    return {
        "guid": talk.guid,
        **given(code=talk.code),
        **_times(ready, talk),
        "duration": iso_length(talk.end - talk.start),
        "room": _room(ready, talk.room),
        "slug": talk.slug,
        "url": talk.url or f"urn:uuid:{talk.guid}",
        "title": talk.title,
        "subtitle": talk.subtitle,
        "track": {"slug": talk.track or NO_TRACK},
        "type": TO_V2[talk.kind],
        "language": talk.language,
        "abstract": talk.abstract,
        "description": talk.plain_summary,
        "participants": [_participant(ready, one) for one in talk.participations],
        "links": _references(talk.links),
        "attachments": _references(talk.attachments),
        "state": "CANCELED" if talk.state == State.CANCELLED else "CONFIRMED",
    }


def _break(ready: Ready, talk: ScheduleTalk) -> Document:
    times = {"guid": talk.guid, **_times(ready, talk), **given(subtitle=talk.subtitle)}
    return {"type": "BREAK", "title": talk.title, **times, "room": _room(ready, talk.room)}


def _times(ready: Ready, talk: ScheduleTalk) -> Document:
    return {"start": clock(ready.local(talk.start)), "end": clock(ready.local(talk.end))}


def _room(ready: Ready, name: str | None) -> Document:
    if name is None:
        return {"guid": ready.house_guid, "name": ready.house}
    return {"guid": ready.rooms[name].guid, "name": name}


def _participant(ready: Ready, one: Participation) -> Document:
    person = ready.people[one.person]
    known = given(code=person.code, biography=person.biography, url=person.url, links=_references(person.links))
    return {
        "guid": person.guid,
        "name": person.name,
        "role": ROLES_V2.get(one.role, one.role.name),
        "id": person.id,
        **known,
    }


def _references(links: Iterable[Link]) -> list[Document]:
    return [{"url": link.url, "type": link.kind.upper(), **given(title=link.title)} for link in links]
