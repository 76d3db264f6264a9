"""A template file is read strictly: what does not hold is named by its place, and what is written is read back."""

import contextlib
import json
from copy import deepcopy
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.site.blueprint_rules import (
    Blueprint,
    DayPlan,
    Pitching,
    Refused,
    RoomPlan,
    SlotPlan,
    document,
    moment_in,
    read,
)

ACCENTS = ("blau", "petrol")
PLAN = Blueprint(
    name="Open Government Tag",
    days=(
        DayPlan(
            0,
            "hybrid",
            (
                SlotPlan(600, 630, is_open=False, title="Begrüßung", kind="energizer"),
                SlotPlan(645, 690),
                SlotPlan(750, 810, is_open=False, is_anchored=True, title="Mittagspause"),
                SlotPlan(1430, 1450),
            ),
            250,
            None,
        ),
        DayPlan(1, "online", ()),
    ),
    rooms=(RoomPlan("Saal", 120, ("step_free", "loop")), RoomPlan("Tisch 1", 8, (), "table", is_open=False)),
    accent="petrol",
    address_form="du",
    expected_people=300,
    needs_hall_code=True,
    words={"motto": "Mensch statt Technik", "place": "Rathaus", "audience": "Alle", "hashtag": "#OGT"},
    venue={"name": "Rathaus", "address": "Platz 1\nMusterstadt", "way": "", "accessibility": "stufenlos", "note": ""},
    barcamp={"policy": "every", "threshold": 3},
    pitching=Pitching(600, 675, 45, 1),
    tracks=(("Digitales Amt", "petrol"), ("Beteiligung", "blau")),
)


def test_what_is_written_is_read_back() -> None:
    assert read(json.loads(json.dumps(document(PLAN))), ACCENTS) == PLAN


def test_an_event_without_a_barcamp_and_without_texts_too() -> None:
    bare = Blueprint(name="", days=(), rooms=())
    again = read(document(bare), ACCENTS)
    assert (again.barcamp, again.pitching, again.words["motto"]) == (None, None, "")
    assert document(again) == document(bare)


def test_what_belongs_to_one_house_is_not_written() -> None:
    said = Blueprint(name="X", days=(), rooms=(), duties={"imprint": "GEHEIM"}, bodies=({"name": "GEHEIM"},))
    assert "GEHEIM" not in json.dumps(document(said))


def changed(path: str, value: object) -> Any:
    """Give the document with one value changed; `path` as in the refusals."""
    whole = deepcopy(document(PLAN))
    part: Any = whole
    *way, last = [int(key) if key.isdigit() else key for key in path.split("/")]
    for key in way:
        part = part[key]
    part[last] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("format", "pretalx", "format"),
        ("version", 2, "format"),
        ("extra", 1, "template.extra"),
        ("event", [], None),
        ("event", "x", "template.event"),
        ("event/name", "x" * 121, "template.event.name"),
        ("event/name", 7, "template.event.name"),
        ("event/name", "a\ud800", "template.event.name"),
        ("event/name", "x" * 5000, "template.event.name"),
        ("event/zone", "Mars/Olympus", "event.zone"),
        ("event/accent", "neon", "template.event.accent"),
        ("event/address_form", None, "template.event.address_form"),
        ("event/address_form", ["sie"], "template.event.address_form"),
        ("event/expected_people", 0, "template.event.expected_people"),
        ("event/expected_people", True, "template.event.expected_people"),
        ("event/needs_hall_code", "yes", "template.event.needs_hall_code"),
        ("days", {}, "days"),
        ("days", [{}] * 15, "days"),
        ("days/1/offset", 0, "days"),
        ("days/0/offset", None, "days[0].offset"),
        ("days/0/mode", "moon", "days[0].mode"),
        ("days/0/slots/1/start", "25", "slots[1].start"),
        ("days/0/slots/1/start", "24:60", "slots[1].start"),
        ("days/0/slots/1/start", "48:00", "slots[1].start"),
        ("days/0/slots/1/start", "²3:00", "slots[1].start"),
        ("days/0/slots/1/start", None, "slots[1].start"),
        ("days/0/slots/1/end", "10:45", "slots[1]"),
        ("days/0/slots/0/kind", "talk", "slots[0].kind"),
        ("days/0/capacity/on_site", -1, "days[0].capacity.on_site"),
        ("rooms/0/name", " ", "rooms[0].name"),
        ("rooms/0/name", "Tisch 1", "rooms"),
        ("rooms/0/seats", 1.5, "rooms[0].seats"),
        ("rooms/0/features", "loop", "rooms[0].features"),
        ("rooms/0/features", [{}], "rooms[0].features"),
        ("rooms/0/features", ["pool"], "rooms[0].features"),
        ("rooms/0", None, "rooms[0]"),
        ("tracks/0/name", "", "tracks[0].name"),
        ("tracks/0/name", "BETEILIGUNG", "tracks"),
        ("tracks/1/accent", "neon", "tracks[1].accent"),
        ("barcamp/people", ["Kim"], "template.barcamp.people"),
        ("barcamp", [1], "template.barcamp"),
        ("pitch_round/seconds", 5, "template.pitch_round.seconds"),
        ("venue/wifi", "x", "template.venue.wifi"),
    ],
)
def test_what_does_not_hold_is_named(path: str, value: object, where: str | None) -> None:
    if where is None:
        assert read(changed(path, value), ACCENTS).name == ""
        return
    with pytest.raises(Refused) as refused:
        read(changed(path, value), ACCENTS)
    assert refused.value.where == where


@pytest.mark.parametrize("raw", [None, 1, "x", [], {}, {"format": "tagwerk-template"}])
def test_what_is_no_template_is_refused(raw: object) -> None:
    with pytest.raises(Refused):
        read(raw, ACCENTS)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
jsons = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@settings(deadline=None)
@given(st.sampled_from(sorted(document(PLAN))), jsons)
def test_no_file_breaks_the_reading(part: str, value: object) -> None:
    with contextlib.suppress(Refused):
        read({**document(PLAN), part: value}, ACCENTS)


def test_minutes_beyond_midnight_belong_to_the_next_morning() -> None:
    assert moment_in(date(2027, 3, 12), 0, 1450) == (date(2027, 3, 13), time(0, 10))
    assert moment_in(date(2027, 3, 12), 1, 600) == (date(2027, 3, 13), time(10))
