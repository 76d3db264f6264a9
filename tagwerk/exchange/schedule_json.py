"""Writes schedule.json in its first version, which apps and pretalx speak."""

import json
from collections.abc import Iterable
from typing import Any

from tagwerk.exchange.clock import clock, hours_and_minutes
from tagwerk.exchange.ourselves import NAME, our_version
from tagwerk.exchange.own_words import own_words
from tagwerk.exchange.ready import DayPlan, Ready
from tagwerk.exchange.schedule import Link, RoomKind, SchedulePerson, ScheduleRoom, ScheduleTalk, ScheduleTrack
from tagwerk.exchange.schedule_xml import TIMESLOT
from tagwerk.exchange.words import whole_house

MEDIA_TYPE = "application/json"
SCHEMA = "https://c3voc.de/schedule/schema.json"
Document = dict[str, Any]


def schedule_json(ready: Ready) -> bytes:
    """Give the programme as schedule.json v1; cancelled sessions are left out, as its readers know no such state."""
    schedule = ready.schedule
    listed = [talk for plan in ready.plan for _room, talks in plan.rooms for talk in talks]
    return document(
        SCHEMA,
        {
            "version": schedule.version,
            **given(base_url=schedule.url, url=schedule.url),
            "conference": conference(ready),
            "tagwerk": own_words(ready, listed, is_flat=False),
        },
    )


def document(schema: str, schedule: Document) -> bytes:
    """Write a document that names its schema and us."""
    generator = {"name": NAME, "version": our_version()}
    whole = {"$schema": schema, "generator": generator, "schedule": schedule}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def conference(ready: Ready) -> Document:
    """Give the frame of the programme, and its days."""
    schedule = ready.schedule
    days = schedule.days
    return {
        "acronym": schedule.acronym,
        "title": schedule.title,
        **given(description=schedule.motto),
        "start": days[0].date.isoformat() if days else "",
        "end": days[-1].date.isoformat() if days else "",
        "daysCount": len(days),
        "timeslot_duration": TIMESLOT,
        "time_zone_name": schedule.zone,
        **given(url=schedule.url),
        "tracks": [track_document(track) for track in schedule.tracks],
        "rooms": [{**room_document(room), **_type(room)} for room in schedule.rooms],
        "days": [_day(ready, plan) for plan in ready.plan],
    }


def given(**values: object) -> Document:
    """Give only what is there."""
    return {key: value for key, value in values.items() if value}


def track_document(track: ScheduleTrack) -> Document:
    """Give a theme as both versions want it."""
    return {"name": track.name, "slug": track.slug, **given(color=track.color)}


def room_document(room: ScheduleRoom) -> Document:
    """Give a room as both versions want it, without its type."""
    return {
        "name": room.name,
        "slug": room.slug,
        "guid": room.guid,
        **given(description=room.description, capacity=room.capacity, url=room.url),
        **given(features=dict.fromkeys(room.features, True)),
    }


def _type(room: ScheduleRoom) -> Document:
    return given(type={RoomKind.ONLINE: "online", RoomKind.TABLE: "other"}.get(room.kind))


def _day(ready: Ready, plan: DayPlan) -> Document:
    day, house = plan.day, whole_house(ready.schedule.language, ready.rooms)  # here the name alone tells it from a room
    named = [(room.name if room else house, talks) for room, talks in plan.rooms]
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": clock(ready.local(day.start)),
        "day_end": clock(ready.local(day.end)),
        "rooms": {name: [_event(ready, talk, name) for talk in talks] for name, talks in named},
    }


def _event(ready: Ready, talk: ScheduleTalk, room: str) -> Document:
    start = ready.local(talk.start)
    return {
        "guid": talk.guid,
        **given(code=talk.code),
        "id": talk.id,
        "date": clock(start),
        "start": f"{start:%H:%M}",
        "end": clock(ready.local(talk.end)),
        "duration": hours_and_minutes(talk.end - talk.start),
        "room": room,
        "slug": talk.slug,
        "url": talk.url or f"urn:uuid:{talk.guid}",
        "title": talk.title,
        "subtitle": talk.subtitle,
        "track": ready.tracks[talk.track].name if talk.track else None,
        "type": talk.kind.value,
        "language": talk.language,
        "abstract": talk.abstract,
        "description": talk.plain_summary,
        "recording_license": talk.recording_licence,
        "do_not_record": talk.do_not_record,
        "persons": [_person(ready.people[one.person]) for one in talk.participations],
        "links": references(talk.links),
        "attachments": references(talk.attachments),
    }


def references(links: Iterable[Link]) -> list[Document]:
    """Give links as the first version wants them."""
    return [{"url": link.url, "type": link.kind, **given(title=link.title)} for link in links]


def _person(person: SchedulePerson) -> Document:
    """Give a person in pretalx's shape; with the older `public_name` beside `name` the schema refuses it."""
    return {
        "guid": person.guid,
        "id": person.id,
        **given(code=person.code),
        "name": person.name,
        **given(biography=person.biography, url=person.url, links=references(person.links)),
    }
