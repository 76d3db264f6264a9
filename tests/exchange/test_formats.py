"""Every format is written, quickly, and one bad record never breaks it for the others."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tagwerk.exchange.calendar import entry_of, schedule_ics
from tagwerk.exchange.formats import FORMATS
from tagwerk.exchange.identity import acronym_of, guid_of, number_of, slug_of
from tagwerk.exchange.linked_data import as_script, event_data
from tagwerk.exchange.programme_pdf import programme_page
from tagwerk.exchange.ready import Ready, prepare
from tagwerk.exchange.schedule import Link, Participation, ScheduleTalk
from tests.exchange import examples
from tests.exchange.examples import at, talk

BAD: list[Any] = [
    None,
    talk(None),  # type: ignore[arg-type]
    talk("Bad", start=None),
    talk("Bad", start=datetime(2020, 11, 12, 9)),  # noqa: DTZ001 - that is what is wrong with it
    talk("Bad", end=at(9)),
    talk("Bad", end=at(10)),
    talk("Bad", end=at(10) + timedelta(days=400)),
    talk("Bad", start=datetime.max.replace(tzinfo=at(9).tzinfo)),
    talk("Bad", kind="nonsense"),
    talk("Bad", state=7),
    talk("Bad", links=(Link(3),)),  # type: ignore[arg-type]
    talk("Bad", links=7),
    talk("Bad", participations=(None,)),
    talk("Bad", participations=(Participation("nobody"),)),
    talk("Bad\x00\ud800", abstract="\x0b\ufffe]]>"),
    talk("Bad", url="javascript:alert(1)", guid="no guid", slug="../..", code="x y"),
    talk("Bad", id=-1, language="\u202ede", features=(None, 3)),
    talk("Bad", room="Nirgends", track="nichts"),
]


def renderings(ready: Ready) -> dict[str, bytes]:
    """Write a programme in every format, and the calendar of each theme."""
    found = {name: form.write(ready) for name, form in FORMATS.items()}
    return found | {f"{one.slug}.ics": schedule_ics(ready, track=one.slug) for one in ready.schedule.tracks}


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_one_bad_record_never_breaks_an_export_for_the_others(bad: ScheduleTalk) -> None:
    good = talk("Gut und heil", code="GOOD22")
    ready = prepare(examples.schedule(bad, good, replace(good, code="GOOD33", guid="", url="")))
    assert len([one for one in ready.schedule.talks if one.title == "Gut und heil"]) == 2
    written = renderings(ready)
    assert set(FORMATS) <= set(written)
    for body in written.values():
        assert body
        body.decode()
    assert all(b"Gut und heil" in written[name] for name in FORMATS)
    assert "Gut und heil" in programme_page(ready)
    assert as_script(event_data(ready))


def test_a_bad_room_track_person_and_day_stay_out_and_are_named() -> None:
    programme = examples.schedule(talk(), days=(None, 7), zone="Nowhere/City")
    wrong: dict[str, Any] = {"rooms": (*programme.rooms, None, programme.rooms[0]), "tracks": (None,), "people": (7,)}
    broken = replace(programme, **wrong)
    ready = prepare(broken)
    assert [one.title for one in ready.schedule.talks] == ["Vortrag"]
    assert {problem.kind for problem in ready.problems} == {"error", "warning"}
    assert renderings(ready)


def test_five_hundred_sessions_in_every_format_take_less_than_a_second() -> None:
    programme, took = examples.many(500), []
    for _ in range(3):
        began = time.process_time()  # of this process alone, whatever else the machine does
        ready = prepare(programme)
        renderings(ready)
        as_script(event_data(ready))
        took.append(time.process_time() - began)
    assert min(took) < 1, took


def entries(body: bytes) -> dict[str, Any]:
    return {str(entry["UID"]): entry for entry in Calendar.from_ical(body).walk("VEVENT")}


def test_the_calendar_is_read_by_others_as_it_was_meant() -> None:
    ready = prepare(examples.everything())
    body = schedule_ics(ready)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    found = entries(body)
    assert len(found) == 5
    first = found["k7qx3a@tagwerk.example"]
    assert first["DTSTART"].dt == at(10)
    assert (first["SEQUENCE"], first["STATUS"]) == (2, "CONFIRMED")
    assert "D. Wisskirchen, A. Tielich" in str(first["DESCRIPTION"])
    assert str(first["CONFERENCE"]) == "https://video.example/raum"
    gone = found["gone22@tagwerk.example"]
    assert (gone["STATUS"], gone["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    book = Calendar.from_ical(body)
    assert (str(book["NAME"]), str(book["X-WR-CALNAME"])) == ("Open Government Tag 2020",) * 2
    assert [str(zone["TZID"]) for zone in book.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_a_theme_and_a_single_session_have_calendars_of_their_own() -> None:
    ready = prepare(examples.everything())
    assert list(entries(schedule_ics(ready, track="kommunikation"))) == ["k7qx3a@tagwerk.example"]
    one = ready.schedule.talks[-1]
    assert list(entries(schedule_ics(ready, guid=one.guid))) == [entry_of(ready, one).uid]
    assert entries(schedule_ics(ready, track="nothing")) == {}


def test_lines_are_folded_between_letters() -> None:
    ready = prepare(examples.schedule(talk("ä€𝄞" * 60, abstract="\\;,\n" + "ß" * 200)))
    body = schedule_ics(ready)
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    (one,) = entries(body).values()
    assert str(one["SUMMARY"]) == "ä€𝄞" * 60
    assert "\\;,\n" + "ß" * 200 in str(one["DESCRIPTION"])


def test_names_stay_when_a_session_moves() -> None:
    before = prepare(examples.schedule(talk(guid="", id=0))).schedule.talks[0]
    moved = talk(guid="", id=0, start=at(14), end=at(15), room="Tisch 1")
    after = prepare(examples.schedule(talk("Davor", code="A22222", start=at(9), end=at(9, 30)), moved)).schedule.talks[
        1
    ]
    assert (before.guid, before.id, before.slug) == (after.guid, after.id, after.slug)
    assert before.guid == guid_of(before.url)
    assert before.id == number_of(before.guid) > 0


@pytest.mark.parametrize(
    ("text", "acronym", "slug"),
    [
        ("ogt-2020", "ogt_2020", "ogt-2020"),
        ("OGT", "ogt_", "ogt"),
        ("Größe & Maß", "groesse_mass", "groesse-mass"),
        ("Çedille, Łódź", "cedille_lodz", "cedille-lodz"),
        ("…", "schedule", ""),
    ],
)
def test_short_names_are_letters_digits_and_signs_that_all_schemas_take(text: str, acronym: str, slug: str) -> None:
    assert (acronym_of(text), slug_of(text)) == (acronym, slug)
