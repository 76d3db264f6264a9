"""Tables from spreadsheets and pretalx's lists are read, whatever their headings, signs and letters."""

import json

import pytest

from tagwerk.exchange.reading.door import Reading, read
from tagwerk.exchange.reading.gathering import Setting
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule import Kind, Role, ScheduleTalk, State
from tagwerk.exchange.schedule_csv import guarded, schedule_csv
from tests.exchange import examples

GERMAN = """Titel;Vortragende;Raum;Datum;Beginn;Ende;Art
Größe & Maß;Änne Öz; Saal ;12.11.2026;9:00;9.45 Uhr;Vortrag
Podium;"Jo Klaus
Ulf Bär";Saal;12.11.26;10 Uhr;11:00;Podiumsdiskussion
"""


def talks(reading: Reading) -> tuple[ScheduleTalk, ...]:
    assert reading.schedule, reading.problems
    return reading.schedule.talks


def names(reading: Reading, talk: ScheduleTalk) -> list[str]:
    assert reading.ready
    return reading.ready.names(talk)


def first(text: str, setting: Setting | None = None) -> ScheduleTalk:
    reading = read(text.encode(), setting)
    assert not reading.errors
    return talks(reading)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_any_sign_and_encoding_reads_alike(encoding: str, sign: str) -> None:
    reading = read(GERMAN.replace(";", sign).replace("\n", "\r\n").encode(encoding))
    one, two = talks(reading)
    assert (one.title, one.room, one.kind) == ("Größe & Maß", "Saal", Kind.TALK)
    assert (one.start.isoformat(), one.end.isoformat()) == ("2026-11-12T08:00:00+00:00", "2026-11-12T08:45:00+00:00")
    assert names(reading, one) == ["Änne Öz"]
    assert names(reading, two) == ["Jo Klaus", "Ulf Bär"]
    assert two.kind == Kind.PANEL
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Title,Date,Start,End", "A,2026-11-12,09:00,09:45"),
        ("TITLE,Start,Duration", "A,2026-11-12 09:00,45"),
        ("title,start,end", "A,2026-11-12T09:00:00+01:00,2026-11-12T09:45:00+01:00"),
        ("Proposal title,Start (date),Start (time),End (date),End (time)", "A,2026-11-12,09:00:00,2026-11-12,09:45:00"),
        ("Titel;Beginn;Dauer", "A;12.11.2026, 9:00 Uhr;0:45"),
        ("Titel;Tag;Von;Bis", "A;Do, 12.11.2026;9.00;9.45"),
        ("Titel;Uhrzeit;Dauer", "A;9:00;45"),
        ("Titel;Tag;Uhrzeit;Dauer", "A;12.11.;9:00;45 min"),
    ],
)
def test_days_and_times_in_every_usual_way(head: str, row: str) -> None:
    found = first(f"{head}\n{row}\n", Setting(days=(examples.at(9).replace(year=2026).date(),)))
    assert found.start.isoformat() == "2026-11-12T08:00:00+00:00"
    assert found.end.isoformat() == "2026-11-12T08:45:00+00:00"


def test_an_evening_passes_midnight_and_a_morning_does_not() -> None:
    assert first("Titel;Datum;Beginn;Ende\nA;2026-11-12;23:30;00:15").end.isoformat() == "2026-11-12T23:15:00+00:00"
    reading = read(b"Titel;Datum;Beginn;Ende\nA;2026-11-12;10:00;09:00\nB;2026-11-12;10:00;11:00")
    assert [problem.name for problem in reading.errors] == ["end_before_start"]
    assert [talk.title for talk in talks(reading)] == ["B"]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("A;2027-03-28;02:30;04:00", "not_on_the_clock"),
        ("A;2026-11-12;;", "no_time"),
        ("A;;09:00;10:00", "no_time"),
        ("A;2026-11-12;viertel neun;10:00", "no_time"),
        ("A;2026-11-12;09:00;", "no_time"),
        ("A;2026-02-30;09:00;10:00", "no_time"),
        (";2026-11-12;09:00;10:00", "no_name"),
    ],
)
def test_a_row_that_cannot_be_read_names_itself(row: str, name: str) -> None:
    reading = read(f"Titel;Datum;Beginn;Ende\nGut;2026-11-12;09:00;10:00\n{row}".encode())
    assert [problem.name for problem in reading.errors] == [name]
    if name != "no_name":
        assert reading.errors[0].where == "Zeile 3, „A“"
    assert [talk.title for talk in talks(reading)] == ["Gut"]


def test_a_table_may_begin_below_its_name_and_columns_nobody_knows_are_named() -> None:
    reading = read(b"Programm 2026\n\nTitel;Datum;Beginn;Dauer;Catering\nA;2026-11-12;9:00;45;Brezn")
    assert [talk.title for talk in talks(reading)] == ["A"]
    assert [problem.what for problem in reading.problems] == [
        "Diese Spalten sind unbekannt und werden nicht gelesen: „Catering“"
    ]


def test_a_cell_never_becomes_a_formula_and_comes_back_as_it_was() -> None:
    assert guarded('=cmd|"/C calc"!A1').startswith("'=")
    programme = examples.schedule(examples.talk("=1+1", abstract="-5 Grad\n'=x"), examples.talk("'+49", code="B22222"))
    written = schedule_csv(prepare(programme))
    assert ";=1+1" not in written.decode("utf-8-sig")
    assert {talk.title for talk in talks(read(written))} == {"=1+1", "'+49"}


def test_a_session_that_never_came_into_the_programme_is_left_out() -> None:
    reading = read(b"Titel;Stand;Datum;Beginn;Dauer\nA;rejected;2026-11-12;9:00;45\nB;canceled;2026-11-12;9:00;45")
    assert [(talk.title, talk.state) for talk in talks(reading)] == [("B", State.CANCELLED)]
    assert [problem.name for problem in reading.problems] == ["not_in_programme"]


PRETALX = [
    {
        "ID": "ABC123",
        "Proposal title": "Daten für alle",
        "Session type": "Talk (45 minutes)",
        "Track": "Open Data",
        "Abstract": "Kurz.",
        "Description": "Lang.",
        "Duration": 45,
        "Language": "de",
        "Don't record this session.": True,
        "Speaker IDs": ["XYZ789", "UVW456"],
        "Speaker names": ["Ada Byte", "Bo Bit"],
        "Room": "Saal",
        "Start": "2026-11-12T09:00:00+01:00",
        "End": "2026-11-12T09:45:00+01:00",
        "Proposal state": "confirmed",
        "Email": "ada@example.org",
    },
    {"ID": "OPEN00", "Proposal title": "Noch ohne Platz", "Speaker names": [], "Start": None, "Room": None},
]


def test_pretalx_list_of_sessions() -> None:
    reading = read(json.dumps(PRETALX).encode())
    (talk,) = talks(reading)
    assert reading.format == "pretalx"
    assert (talk.code, talk.title, talk.kind, talk.room) == ("ABC123", "Daten für alle", Kind.TALK, "Saal")
    assert (talk.abstract, talk.do_not_record) == ("Kurz.\n\nLang.", True)
    assert names(reading, talk) == ["Ada Byte", "Bo Bit"]
    assert reading.schedule
    assert [track.name for track in reading.schedule.tracks] == ["Open Data"]
    assert [problem.name for problem in reading.errors] == ["no_time"]
    assert "ada@example.org" not in repr(reading)


def test_pretalx_list_of_people() -> None:
    people = b"ID,Name,Biography,Email\r\nXYZ789,Ada Byte,Rechnet gern.,ada@example.org\r\n"
    reading = read(people)
    assert reading.schedule
    (one,) = reading.schedule.people
    assert (one.name, one.code, one.biography) == ("Ada Byte", "XYZ789", "Rechnet gern.")
    assert (reading.schedule.talks, reading.problems) == ((), ())


def test_pretalx_answers_of_the_api() -> None:
    answer = {
        "count": 1,
        "results": [
            {
                "code": "ABC123",
                "title": "Daten für alle",
                "speakers": [{"code": "XYZ789", "name": "Ada Byte"}],
                "submission_type": {"name": {"de": "Workshop", "en": "Workshop"}},
                "track": {"name": {"de": "Offene Daten", "en": "Open data"}},
                "state": "confirmed",
                "content_locale": "de",
                "slots": [
                    {
                        "room": {"id": 1, "name": {"en": "Hall", "de": "Saal"}},
                        "start": "2026-11-12T09:00:00+01:00",
                        "end": "2026-11-12T10:00:00+01:00",
                    }
                ],
            }
        ],
    }
    reading = read(json.dumps(answer).encode())
    (talk,) = talks(reading)
    assert (talk.room, talk.kind, talk.track) == ("Saal", Kind.WORKSHOP, "offene-daten")
    assert names(reading, talk) == ["Ada Byte"]
    assert reading.problems == ()


def test_pretalx_schedule_in_both_shapes_of_persons() -> None:
    for person in (
        {"code": "XYZ789", "name": "Ada Byte", "public_name": "Ada Byte"},
        {"id": 7, "public_name": "Ada Byte"},
    ):
        event: dict[str, object] = {
            "id": 1,
            "guid": None,
            "date": "2026-11-12T09:00:00+01:00",
            "duration": "00:45",
            "title": "A",
        }
        event |= {"room": "Saal", "track": None, "type": "Vortrag", "persons": [person], "links": []}
        day = {"index": 1, "date": "2026-11-12", "rooms": {"Saal": [event]}}
        body = {"version": "1", "conference": {"title": "T", "time_zone_name": "Europe/Berlin", "days": [day]}}
        reading = read(json.dumps({"generator": {"name": "pretalx"}, "schedule": body}).encode())
        (talk,) = talks(reading)
        assert reading.format == "schedule.json v1"
        assert names(reading, talk) == ["Ada Byte"]
        assert reading.problems == ()


def test_moderation_and_roles_come_back() -> None:
    back = read(schedule_csv(prepare(examples.everything())))
    roles = [one.role for talk in talks(back) for one in talk.participations]
    assert Role.MODERATOR in roles
