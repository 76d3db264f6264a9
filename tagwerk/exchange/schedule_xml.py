"""Writes schedule.xml (application/vnd.c3voc.schedule+xml), which conference apps read."""

import re
from collections.abc import Iterable, Iterator

from tagwerk.exchange.clock import clock, hours_and_minutes
from tagwerk.exchange.ourselves import NAME, our_version
from tagwerk.exchange.ready import DayPlan, Ready
from tagwerk.exchange.schedule import Link, ScheduleRoom, ScheduleTalk

MEDIA_TYPE = "application/vnd.c3voc.schedule+xml"
TIMESLOT = "00:05"
CODE = re.compile(r"[0-9A-Z]{6}")


def schedule_xml(ready: Ready) -> bytes:
    """Give the programme as schedule.xml; cancelled sessions are left out, as its readers know no such state."""
    schedule = ready.schedule
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<schedule>",
        f'<generator name="{NAME}" version="{_quoted(our_version())}"/>',
        *_element("url", schedule.url and f"{schedule.url}schedule/export/schedule.xml"),
        *_always("version", schedule.version),
        *_conference(ready),
        *(line for day in ready.plan for line in _day(ready, day)),
        "</schedule>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _conference(ready: Ready) -> Iterator[str]:
    schedule = ready.schedule
    yield "<conference>"
    yield from _always("title", schedule.title)
    yield from _always("acronym", schedule.acronym)
    if schedule.days:
        yield from _always("start", schedule.days[0].date.isoformat())
        yield from _always("end", schedule.days[-1].date.isoformat())
    yield from _always("days", str(len(schedule.days)))
    yield from _always("timeslot_duration", TIMESLOT)
    yield from _element("base_url", schedule.url)
    yield from _element("url", schedule.url)
    yield from _always("time_zone_name", schedule.zone)
    for track in schedule.tracks:
        color = f' color="{track.color}"' if track.color else ""
        yield f'<track name="{_quoted(track.name)}" slug="{track.slug}"{color}/>'
    yield "</conference>"


def _day(ready: Ready, plan: DayPlan) -> Iterator[str]:
    day = plan.day
    times = f'start="{clock(ready.local(day.start))}" end="{clock(ready.local(day.end))}"'
    yield f'<day index="{day.index}" date="{day.date.isoformat()}" {times}>'
    for room, talks in plan.rooms:
        yield f"<room {_room(ready, room)}>"
        for talk in talks:
            yield from _event(ready, talk, room.name if room else ready.house)
        yield "</room>"
    yield "</day>"


def _room(ready: Ready, room: ScheduleRoom | None) -> str:
    name, guid = (room.name, room.guid) if room else (ready.house, ready.house_guid)
    return f'name="{_quoted(name)}" guid="{guid}"'


def _event(ready: Ready, talk: ScheduleTalk, room: str) -> Iterator[str]:
    code = f' code="{talk.code}"' if CODE.fullmatch(talk.code) else ""
    start = ready.local(talk.start)
    track = ready.tracks[talk.track].name if talk.track else ""
    yield f'<event id="{talk.id}" guid="{talk.guid}"{code}>'
    yield from _always("room", room)
    yield from _always("title", talk.title)
    yield from _always("subtitle", talk.subtitle)
    yield from _always("type", talk.kind.value)
    yield from _always("date", clock(start))
    yield from _always("start", f"{start:%H:%M}")
    yield from _always("duration", hours_and_minutes(talk.end - talk.start))
    yield from _always("abstract", talk.abstract)
    yield from _always("description", talk.plain_summary)
    yield from _always("slug", talk.slug)
    yield from _always("track", track)
    yield from _always("language", talk.language)
    yield from _element("url", talk.url)
    optout = "true" if talk.do_not_record else "false"
    yield f"<recording><license>{_escaped(talk.recording_licence)}</license><optout>{optout}</optout></recording>"
    people = (ready.people[one.person] for one in talk.participations)
    persons = "".join(f'<person id="{one.id}" guid="{one.guid}">{_escaped(one.name)}</person>' for one in people)
    yield f"<persons>{persons}</persons>"
    yield f"<links>{_references('link', talk.links)}</links>"
    yield f"<attachments>{_references('attachment', talk.attachments)}</attachments>"
    yield "</event>"


def _references(name: str, links: Iterable[Link]) -> str:
    return "".join(
        f'<{name} href="{_quoted(link.url)}" type="{link.kind}">{_escaped(link.title)}</{name}>' for link in links
    )


def _always(name: str, text: str) -> Iterator[str]:
    yield f"<{name}>{_escaped(text)}</{name}>" if text else f"<{name}/>"


def _element(name: str, text: str) -> Iterator[str]:
    if text:
        yield from _always(name, text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;").replace("\n", "&#10;")
