"""What one event exports, another takes over and exports again: the same programme, in every format that can be read."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from tagwerk.events.actions import add_day, found
from tagwerk.events.models import Event
from tagwerk.events.rules import Phase
from tagwerk.exchange.reading.door import read
from tagwerk.exchange.schedule import Schedule
from tagwerk.kit.dates import in_utc
from tagwerk.kit.refusals import Refusal
from tagwerk.people.actions import add_person
from tagwerk.programme import actions
from tagwerk.programme.importing import compare
from tagwerk.site.demo.ogt import OGT_2020
from tagwerk.site.demo.past import make_one

FORMATS = ("schedule.xml", "schedule.json", "schedule.v2.json", "schedule.csv")
pytestmark = pytest.mark.django_db


@pytest.fixture
def past() -> Event:
    event = make_one(OGT_2020, add_person("mara@example.org", "Mara", "lang-genug-4711"))
    panel = actions.draft(event, {"title": "Nur hier & da", "kind": "panel", "language": "en", "subtitle": "Ü"})
    actions.set_parts(panel, [(actions.speaker_named(event, "Kim Groß"), "moderator")])
    start = in_utc(OGT_2020.dates[0], time(22), event.timezone)
    actions.put_draft(panel, actions.slot_at(event, start, start + timedelta(minutes=50)), event.rooms.first())
    actions.release(event)
    return event


def export(client: Client, event: Event, name: str) -> bytes:
    answer = client.get(f"/{event.slug}/schedule/export/{name}")
    assert answer.status_code == 200
    return answer.content


def parsed(content: bytes) -> Schedule:
    reading = read(content)
    assert not reading.problems
    assert reading.schedule
    return reading.schedule


def told(schedule: Schedule) -> list[Any]:
    """Give what a programme tells people, without the names that each event gives its own sessions."""
    names = {person.guid: (person.name, person.organisation) for person in schedule.people}
    tracks = {track.slug: track.name for track in schedule.tracks}
    return sorted(
        (
            talk.start, talk.end, talk.room or "", talk.title, talk.subtitle, str(talk.kind), talk.language, talk.abstract,
            tracks.get(talk.track or "", ""), sorted((names[part.person], str(part.role)) for part in talk.participations),
        )
        for talk in schedule.talks
    )  # fmt: skip


def taken(event: Event, schedule: Schedule) -> int:
    actions.keep_import(event, "programm", schedule, [])
    return actions.take_over(event, rooms=True)


@pytest.mark.parametrize("name", FORMATS)
def test_another_event_takes_it_over_and_tells_the_same(past: Event, client: Client, name: str) -> None:
    other = found("andere", OGT_2020.name, motto=OGT_2020.motto, place=OGT_2020.place, phase=Phase.ANNOUNCED)
    for day in past.days.all():
        add_day(other, day.date, day.mode, [])
    first = export(client, past, name)
    assert taken(other, parsed(first)) == past.sessions.count()
    actions.release(other)
    assert told(parsed(export(client, other, name))) == told(parsed(first))


@pytest.mark.parametrize("name", FORMATS)
def test_its_own_export_changes_nothing(past: Event, client: Client, name: str) -> None:
    first = export(client, past, name)
    comparison = compare(past, parsed(first))
    assert (comparison.new, comparison.changed, comparison.same) == (0, 0, past.sessions.count()), [
        (d.what, d.title, d.before, d.after) for d in comparison.differences
    ]
    taken(past, parsed(first))
    with pytest.raises(Refusal, match="nothing-to-release"):
        actions.release(past)
    assert export(client, past, name) == first
