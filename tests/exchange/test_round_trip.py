"""Written, read and written again a programme is the same text, in every format that has a reader."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.exchange.identity import guid_of
from tagwerk.exchange.reading.door import read
from tagwerk.exchange.ready import Ready, prepare
from tagwerk.exchange.schedule import (
    Kind,
    Link,
    Participation,
    Role,
    RoomKind,
    Schedule,
    ScheduleDay,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    ScheduleTrack,
    State,
)
from tagwerk.exchange.schedule_csv import schedule_csv
from tagwerk.exchange.schedule_json import schedule_json
from tagwerk.exchange.schedule_json_v2 import schedule_json_v2
from tagwerk.exchange.schedule_xml import schedule_xml
from tests.exchange import examples

WRITERS = {"XML": schedule_xml, "v1": schedule_json, "v2": schedule_json_v2, "CSV": schedule_csv}
SEVERAL = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
Writer = Callable[[Ready], bytes]

text = st.text(max_size=30)
words = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12)
moments = st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 31)) | st.datetimes(  # noqa: DTZ001 - beside zones
    datetime(2026, 10, 24),  # noqa: DTZ001 - beside zones
    datetime(2026, 10, 27),  # noqa: DTZ001 - beside zones
)
ROOMS = tuple(ScheduleRoom(name) for name in ("Saal", "Im ganzen Haus", "A & B", "Zoo", "Küche"))
TRACKS = (ScheduleTrack("eins", "Eins", "#00ff00"), ScheduleTrack("zwei-2", "Zwei & drei"))


@st.composite
def people(draw: st.DrawFn) -> tuple[SchedulePerson, ...]:
    names = draw(st.lists(words, max_size=4, unique=True))
    return tuple(SchedulePerson(guid_of(f"https://x.example/{name}"), name, biography=draw(text)) for name in names)


@st.composite
def talks(draw: st.DrawFn, known: tuple[SchedulePerson, ...]) -> ScheduleTalk:
    start = draw(moments).replace(tzinfo=UTC)
    person = st.sampled_from(known).map(lambda one: one.guid) if known else st.nothing()
    return ScheduleTalk(
        title=draw(text),
        start=start,
        end=start + draw(st.timedeltas(timedelta(0), timedelta(hours=9))),
        guid=draw(st.just("") | st.uuids().map(str)),
        id=draw(st.integers(-1, 5)),
        code=draw(st.sampled_from(["", "K7QX3A", "A", "b", "ZZZZZ2"])),
        url=draw(st.sampled_from(["", "https://x.example/a", "javascript:1", "https://x.example/ü?a=1&b=ß"])),
        subtitle=draw(text),
        kind=draw(st.sampled_from(Kind)),
        track=draw(st.sampled_from([None, "eins", "zwei-2", "drei"])),
        room=draw(st.sampled_from([None, *(room.name for room in ROOMS), "Nirgends"])),
        language=draw(st.sampled_from(["", "de", "en", "x"])),
        level=draw(text),
        abstract=draw(text),
        plain_summary=draw(text),
        state=draw(st.sampled_from(State)),
        participations=tuple(draw(st.lists(st.builds(Participation, person, st.sampled_from(Role)), max_size=3))),
        links=tuple(draw(st.lists(st.builds(Link, st.sampled_from(["https://x.example/1", "x"]), text), max_size=2))),
        recording_licence=draw(text),
        do_not_record=draw(st.booleans()),
        features=tuple(draw(st.lists(words, max_size=2))),
        sequence=draw(st.integers(0, 3)),
        changed_at=draw(st.none() | moments.map(lambda moment: moment.replace(tzinfo=UTC))),
        previous_start=draw(st.none() | moments.map(lambda moment: moment.replace(tzinfo=UTC))),
        previous_room=draw(st.none() | st.just("Saal")),
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    known = draw(people())
    start = datetime(2026, 3, 28, 22, tzinfo=UTC)
    return Schedule(
        title=draw(text),
        acronym=draw(text),
        url=draw(st.sampled_from(["https://x.example/ogt/", "https://x.example/ogt"])),
        version=draw(text),
        language=draw(st.sampled_from(["de", "en", "fr", ""])),
        motto=draw(text),
        days=draw(st.just(()) | st.just((ScheduleDay(1, date(2026, 3, 28), start, start + timedelta(hours=8)),))),
        rooms=(*ROOMS, ScheduleRoom("Tisch", kind=RoomKind.TABLE)),
        tracks=TRACKS,
        people=known,
        talks=tuple(draw(st.lists(talks(known), max_size=4))),
    )


@SEVERAL
@settings(deadline=None, max_examples=40)
@given(schedule=schedules())
def test_what_is_read_is_written_alike(write: Writer, schedule: Schedule) -> None:
    first = write(prepare(schedule))
    reading = read(first)
    listed = [p for p in reading.problems if p.name not in {"nothing", "unknown_columns"}]
    assert not listed
    if reading.ready and reading.ready.schedule.talks:
        assert write(reading.ready).decode() == first.decode()


@SEVERAL
def test_a_programme_with_one_of_everything_comes_back(write: Writer) -> None:
    first = write(prepare(examples.everything()))
    reading = read(first)
    assert reading.problems == ()
    assert reading.ready
    assert write(reading.ready).decode() == first.decode()


@pytest.mark.parametrize("write", [schedule_json_v2])
def test_the_second_version_keeps_the_whole_programme(write: Writer) -> None:
    ready = prepare(examples.everything())
    back = read(write(ready)).schedule
    assert back
    assert back.talks == ready.schedule.talks
    assert back.rooms == ready.schedule.rooms
    assert back.days == ready.schedule.days
    assert set(back.people) == set(ready.schedule.people)
