"""Hostile files are named and refused or neutralised; they never raise, and harm nothing beside themselves."""

import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.exchange.reading.door import Reading, read
from tagwerk.exchange.reading.gathering import Setting
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule_json import schedule_json
from tagwerk.exchange.schedule_xml import schedule_xml
from tests.exchange import examples

EVENT = (
    "<event guid='{guid}' id='{id}'><title>{title}</title><date>{date}</date><start>10:00</start>"
    "<duration>{duration}</duration><abstract>{abstract}</abstract><url>{url}</url>{more}</event>"
)
GOOD = {
    "guid": "5f2a7d55-3825-58aa-8b60-62f11334a35f",
    "id": 1,
    "title": "Guter Vortrag",
    "date": "2026-11-12T10:00:00+01:00",
    "duration": "00:45",
    "abstract": "Text",
    "url": "https://x.example/1",
    "more": "",
}


def xml(*events: dict[str, object], head: str = "", zone: str = "Europe/Berlin") -> bytes:
    """Give a schedule.xml with one good session and these."""
    listed = "".join(EVENT.format(**(GOOD | {"guid": "", "id": 0, "url": ""} | event)) for event in events)
    good = EVENT.format(**GOOD)
    return (
        f"{head}<schedule><conference><title>T</title><time_zone_name>{zone}</time_zone_name></conference>"
        f"<day date='2026-11-12'><room name='Saal'>{good}{listed}</room></day></schedule>"
    ).encode("utf-8", "surrogatepass")


def names(reading: Reading) -> list[str]:
    return [problem.name for problem in reading.problems]


def titles(reading: Reading) -> list[str]:
    assert reading.schedule
    return [talk.title for talk in reading.schedule.talks]


LAUGHS = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
OUTSIDE = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<schedule>", "xml"),
        (b"<html><body/></html>", "unknown"),
        (b"<?xml version='1.0' encoding='klingon'?><schedule/>", "xml"),
        (xml(head=LAUGHS), "doctype"),
        (xml(head=OUTSIDE), "doctype"),
        (b"<schedule>" * 100_000, "too_deep"),
        (b"<schedule>" + b"<a/>" * 250_000 + b"</schedule>", "too_deep"),
        (b"{", "json"),
        (b"[" * 200_000, "json"),
        (b"{}", "unknown"),
        (b'[1, null, "x"]', "unknown"),
        (b'{"schedule": {"conference": []}}', "unknown"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "json"),
        (b"\xff\xfe\x00\xd8", "no_title"),
        (b"Vorname;Nachname\nA;B", "no_title"),
        (b"\0" * 1000, "empty"),
        (b"Titel\n" + b"\n" * 200_000, "too_deep"),
        (b"GIF89a\x01\x00\xff\x00", "no_title"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(data: bytes, name: str) -> None:
    reading = read(data)
    assert (names(reading), reading.ready) == ([name], None)
    assert reading.errors[0].what


def test_a_hundred_megabytes_are_refused_at_once() -> None:
    began = time.perf_counter()
    assert names(read(b"x" * 100_000_000)) == ["too_large"]
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ({"title": " "}, "no_name"),
        ({"date": "gestern"}, "no_time"),
        ({"date": "0001-01-01T00:00:00+14:00"}, "no_time"),
        ({"date": "9999-12-31T23:59:59-12:00"}, "no_time"),
        ({"date": "2026-11-12T25:00:00+01:00"}, "no_time"),
        ({"date": "2027-03-28T02:30:00"}, "not_on_the_clock"),
        ({"duration": "00:00"}, "no_time"),
        ({"duration": "-1:00"}, "no_time"),
        ({"duration": "999:00"}, "end_before_start"),
        ({"duration": "P9999D"}, "end_before_start"),
    ],
)
def test_a_bad_session_is_left_out_and_the_others_stay(event: dict[str, object], name: str) -> None:
    reading = read(xml({"title": "Schlecht"} | event))
    assert name in names(reading)
    assert [problem.kind for problem in reading.problems if problem.name == name] == ["error"]
    assert titles(reading) == ["Guter Vortrag"]


def test_a_time_that_comes_twice_is_taken_as_the_first_and_said() -> None:
    reading = read(xml({"title": "Nachts", "date": "2026-10-25T02:30:00"}))
    assert "twice_on_the_clock" in names(reading)
    assert reading.schedule
    assert reading.schedule.talks[0].start.isoformat() == "2026-10-25T00:30:00+00:00"


def test_the_same_session_twice_stands_there_once_and_its_second_time_gets_a_name() -> None:
    again = GOOD | {"date": "2026-11-12T14:00:00+01:00"}
    reading = read(xml(GOOD, again))
    assert names(reading) == ["guid_twice", "twice", "guid_twice"] or "guid_twice" in names(reading)
    assert reading.schedule
    assert len({talk.guid for talk in reading.schedule.talks}) == len(reading.schedule.talks)
    assert len({talk.id for talk in reading.schedule.talks}) == len(reading.schedule.talks)


def test_a_long_abstract_is_cut_and_said() -> None:
    reading = read(xml({"title": "Lang", "abstract": "Lorem " * 900_000}))
    assert "too_long" in names(reading)
    assert reading.schedule
    assert max(len(talk.abstract) for talk in reading.schedule.talks) <= 20_000


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "https://a.example/&#10;b", "//a.example"])
def test_what_is_no_address_is_never_linked_to(link: str) -> None:
    reading = read(xml({"title": "Mit Link", "url": link, "more": f"<links><link href='{link}'>x</link></links>"}))
    assert names(reading).count("bad_link") == 1
    assert reading.schedule
    assert all(not talk.links and talk.url in ("", GOOD["url"]) for talk in reading.schedule.talks)


def test_markup_in_names_stays_text() -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt;"
    reading = read(xml({"title": hostile, "more": f"<persons><person>{hostile}</person></persons>"}))
    assert reading.schedule
    assert "<script>alert(1)</script>" in titles(reading)
    assert reading.ready
    assert b"<script" not in schedule_xml(reading.ready)


def test_signs_that_turn_lines_around_are_taken_out() -> None:
    reading = read(xml({"title": "Harm\u202elos\u200b"}))
    assert "Harmlos" in titles(reading)


def test_an_unknown_zone_becomes_ours() -> None:
    for zone in ("Nirgendwo/Stadt", "../../etc/passwd", "Europe", "A" * 10_000, "/etc/localtime"):
        reading = read(xml(zone=zone))
        assert "unknown_zone" in names(reading)
        assert reading.schedule
        assert reading.schedule.zone == "Europe/Berlin"


def test_a_room_and_a_day_that_the_event_does_not_have_are_named() -> None:
    setting = Setting(rooms=frozenset({"Foyer"}), days=(examples.at(9).date(),))
    assert names(read(xml(), setting)) == ["room_not_here", "day_not_here"]
    assert names(read(xml(), Setting())) == []


def changed_json(change: Callable[[dict[str, object]], object]) -> Reading:
    document = json.loads(schedule_json(prepare(examples.schedule(examples.talk(), examples.talk("B", code="B22222")))))
    change(document["schedule"]["conference"]["days"][0]["rooms"]["Saal"][0])
    return read(json.dumps(document).encode())


@pytest.mark.parametrize(
    "value",
    [None, 7, -1, 1e400, [], {}, "", "\ud800", "x" * 100_000, True, {"de": 3}, [[[]]]],
    ids=lambda v: str(v)[:9],
)
@pytest.mark.parametrize(
    "key", ["guid", "id", "code", "date", "end", "title", "persons", "links", "type", "url", "room"]
)
def test_a_wrong_type_in_one_session_harms_no_other(key: str, value: object) -> None:
    reading = changed_json(lambda event: event.update({key: value}))
    assert "B" in titles(reading)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for head in (b"", b"<schedule>", b'{"schedule":{"conference":', b"Titel;Beginn\n"):
        read(head + data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["guid", "id", "date", "start", "end", "duration", "title", "persons", "links", "room", "track", "type"]
        ),
        json_values,
    )
)
def test_no_session_raises(event: dict[str, object]) -> None:
    conference = {"title": "T", "days": [{"date": "2026-11-12", "rooms": {"Saal": [event, event]}}]}
    for body in ({"conference": conference}, {"conference": {"title": "T"}, "events": [event, event]}):
        reading = read(json.dumps({"schedule": body}).encode())
        assert reading.problems
