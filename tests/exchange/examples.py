"""A programme with one of everything, and large ones, to write and to read."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tagwerk.exchange.identity import guid_of
from tagwerk.exchange.schedule import (
    Kind,
    Link,
    Mode,
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

SCHEMAS = Path(os.path.abspath(__file__)).parents[3] / "shared/data/schedule"  # noqa: PTH100 - links stay links
ZONE = ZoneInfo("Europe/Berlin")
URL = "https://tagwerk.example/ogt-2020/"
PROSE = """Wie eine Stadt **zusammenhält**: 2.000 Menschen in einem eigenen Netz.

* Was ging gut?
* Was nicht – & warum "nicht" <sofort>?"""


def schema(name: str) -> Path:
    """Give a public schema that lies beside the project; it may not be shipped with it."""
    path = SCHEMAS / name
    if not path.exists():
        pytest.skip(f"the public schema {path} is not on this machine")
    return path


def at(hour: int, minute: int = 0, *, day: int = 12) -> datetime:
    return datetime(2020, 11, day, hour, minute, tzinfo=ZONE)


def person(name: str) -> SchedulePerson:
    slug = name.lower().replace(" ", "-").replace(".", "")
    return SchedulePerson(guid_of(f"{URL}speakers/{slug}/"), name, url=f"{URL}speakers/{slug}/")


WISSKIRCHEN, STRENG, TIELICH = person("D. Wisskirchen"), person("R. Streng"), person("A. Tielich")


def talk(title: str = "Vortrag", **more: object) -> ScheduleTalk:
    """Give a session at 10:00 in the hall, told otherwise by `more`."""
    code = str(more.get("code", "K7QX3A"))
    url = f"{URL}sessions/{code}/"
    known = {"title": title, "start": at(10), "end": at(10, 45), "code": code, "url": url, "guid": guid_of(url)}
    return ScheduleTalk(**(known | {"room": "Saal"} | more))  # type: ignore[arg-type]


def schedule(*talks: ScheduleTalk, **more: object) -> Schedule:
    """Give an event of two days with two rooms and two themes, in which these sessions take place."""
    days = (
        ScheduleDay(1, date(2020, 11, 12), at(9), at(15, 45)),
        ScheduleDay(2, date(2020, 11, 13), at(9, day=13), at(12, 15, day=13)),
    )
    rooms = (
        ScheduleRoom("Saal", capacity=250, features=("step_free", "loop")),
        ScheduleRoom("Online-Bühne & Studio", kind=RoomKind.ONLINE),
        ScheduleRoom("Tisch 1", kind=RoomKind.TABLE, capacity=8),
    )
    tracks = (ScheduleTrack("lernkultur", "Lernkultur", "#336699"), ScheduleTrack("kommunikation", "Kommunikation"))
    known = {
        "title": "Open Government Tag 2020",
        "acronym": "ogt-2020",
        "url": URL,
        "version": "3",
        "motto": "Erfahrungen teilen, voneinander lernen",
        "place": "Altes Rathaus, München",
        "mode": Mode.HYBRID,
        "days": days,
        "rooms": rooms,
        "tracks": tracks,
        "people": (WISSKIRCHEN, STRENG, TIELICH),
        "talks": talks,
        "changed_at": datetime(2020, 11, 10, 12, tzinfo=UTC),
    }
    return Schedule(**(known | more))  # type: ignore[arg-type]


def everything() -> Schedule:
    """Give a programme in which every field has a value somewhere."""
    full = talk(
        "#freiburghältzusammen",
        subtitle="Ein eigenes Netz",
        kind=Kind.KEYNOTE,
        track="kommunikation",
        language="de",
        level="Einstieg",
        abstract=PROSE,
        plain_summary="Eine Stadt hat ein eigenes Netz.",
        participations=(Participation(WISSKIRCHEN.guid), Participation(TIELICH.guid, Role.MODERATOR)),
        links=(Link("https://example.org/netz?a=1&b=2", "Das Netz", "web"),),
        attachments=(Link(f"{URL}files/folien.pdf", "Folien", "slides"),),
        recording_licence="CC BY 4.0",
        features=("captions", "sign_language"),
        online_url="https://video.example/raum",
        sequence=2,
        changed_at=at(8, day=11),
    )
    moved = talk(
        "Kommunikation und IT in der Krise",
        code="M2VED4",
        start=at(11),
        end=at(11, 45),
        room="Online-Bühne & Studio",
        state=State.MOVED,
        previous_start=at(10),
        previous_room="Saal",
        participations=(Participation(STRENG.guid),),
        do_not_record=True,
    )
    pause = talk("Mittagspause", code="PAUSE2", kind=Kind.BREAK, room=None, start=at(12), end=at(13))
    gone = talk("Fällt aus", code="GONE22", state=State.CANCELLED, start=at(14), end=at(15))
    stand = talk("Feuerwehr", code="STAND3", kind=Kind.STAND, start=at(9, day=13), end=at(9, 30, day=13))
    return schedule(full, moved, pause, gone, stand)


def many(number: int = 500) -> Schedule:
    """Give a programme of many sessions in eight rooms, with texts of the usual length."""
    people = tuple(person(f"Person {count}") for count in range(number))
    rooms = tuple(ScheduleRoom(f"Raum {count}") for count in range(8))
    talks = tuple(
        talk(
            f"Vortrag {count} über Größe & Maß",
            code=f"T{count:05}",
            start=at(9) + timedelta(hours=count // 8),
            end=at(9, 45) + timedelta(hours=count // 8),
            room=f"Raum {count % 8}",
            track="lernkultur",
            abstract=PROSE * 8,
            participations=(Participation(people[count].guid),),
        )
        for count in range(number)
    )
    return schedule(*talks, people=people, rooms=rooms)
