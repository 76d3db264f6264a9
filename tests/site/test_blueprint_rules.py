"""A template file is read strictly: what does not hold is named by its place, and what is written is read back."""

import contextlib
import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.events.reshaping_rules import MOST_DAYS, MOST_ROOMS
from tagwerk.site.blueprint_call import CallPlan
from tagwerk.site.blueprint_parts import Refused
from tagwerk.site.blueprint_rules import (
    LAST_MINUTE,
    TITLES,
    Blueprint,
    DayPlan,
    Pitching,
    RoomPlan,
    SlotPlan,
    document,
    in_a_row,
    moment_in,
    read,
    worth_keeping,
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
    call=CallPlan(
        "Was **läuft**?", ("talk", "workshop"), (20, 45), ("language",), (-90, 540), (-30, 1439), hides_names=True
    ),
    tracks=(("Digitales Amt", "petrol"), ("Beteiligung", "blau")),
)


def test_what_is_written_is_read_back() -> None:
    assert read(json.loads(json.dumps(document(PLAN))), ACCENTS) == PLAN


def test_an_event_without_a_barcamp_and_without_texts_too() -> None:
    bare = Blueprint(name="", days=(), rooms=())
    again = read(document(bare), ACCENTS)
    assert (again.barcamp, again.pitching, again.words["motto"]) == (None, None, "")
    assert document(again) == document(bare)


def test_an_older_file_that_knows_no_call_stays_valid() -> None:
    older = document(PLAN)
    del older["call"]
    assert read(older, ACCENTS) == replace(PLAN, call=None)


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
        ("days", [{}] * 32, "days"),
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
        ("call", [1], "template.call"),
        ("call/public", True, "template.call.public"),
        ("call/text", "x" * 10_001, "template.call.text"),
        ("call/kinds", ["break"], "template.call.kinds"),
        ("call/kinds", [], "template.call.kinds"),
        ("call/lengths", [7], "template.call.lengths"),
        ("call/lengths", [20.0], "template.call.lengths"),
        ("call/asks", "language", "template.call.asks"),
        ("call/asks", [["language"]], "template.call.asks"),
        ("call/opens/offset", -1001, "template.call.opens.offset"),
        ("call/opens/at", "9 Uhr", "template.call.opens.at"),
        ("call/opens/date", "2027-01-01", "template.call.opens.date"),
        ("call/closes/offset", -90, None),
        ("call/closes/offset", -91, "template.call.closes"),
        ("call/hides_names", 1, "template.call.hides_names"),
    ],
)
def test_what_does_not_hold_is_named(path: str, value: object, where: str | None) -> None:
    if where is None:
        assert read(changed(path, value), ACCENTS).rooms == PLAN.rooms
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


minutes = st.integers(0, 1500)
slots = st.builds(
    lambda start, length, firm, title: SlotPlan(start, start + length, is_open=firm, title=title),
    minutes,
    st.integers(1, 240),
    st.booleans(),
    st.sampled_from(["", "Marktzeit"]),
)


@given(st.lists(slots, max_size=12))
def test_what_follows_each_other_does_not_overlap_and_nothing_is_lost(day: list[SlotPlan]) -> None:
    row, beside = in_a_row(day)
    assert all(one.end <= other.start for one, other in pairwise(row))
    assert sorted(map(repr, [*row, *beside])) == sorted(map(repr, day))
    assert all(any(slot.overlaps(other) for other in row) for slot in beside)


@given(st.lists(slots, max_size=12))
def test_only_slots_of_one_item_alone_stay_behind(day: list[SlotPlan]) -> None:
    left = [slot for slot in day if slot not in worth_keeping(day)]
    assert not any(slot.is_firm or slot.title for slot in left)
    assert all(any(slot.overlaps(other) for other in worth_keeping(day)) for slot in left)


def test_items_that_begin_when_they_like_do_not_stand_in_the_way_of_the_rhythm() -> None:
    rhythm = [SlotPlan(600, 645), SlotPlan(720, 780, is_open=False, title="Mittag")]
    market = SlotPlan(700, 800, is_open=False, title="Marktzeit", kind="market")
    talks = [SlotPlan(600, 620, is_open=False), SlotPlan(630, 700, is_open=False)]
    alone = SlotPlan(900, 930, is_open=False)
    assert worth_keeping([*talks, *rhythm, market, alone]) == (rhythm[0], market, rhythm[1], alone)


clocks = st.tuples(st.integers(0, LAST_MINUTE - 1), st.integers(1, 1440)).map(
    lambda span: (span[0], min(span[0] + span[1], LAST_MINUTE))
)
filled = st.builds(
    lambda span, is_open, title, kind: SlotPlan(span[0], span[1], is_open=is_open, title=title, kind=kind),
    clocks,
    st.booleans(),
    st.sampled_from(["", "Marktzeit", "Mittag"]),
    st.sampled_from(TITLES),
)
far = st.integers(-20_000, 20_000)
moments = st.none() | st.tuples(far, st.integers(0, 1439))
calls = st.builds(lambda opens, closes: CallPlan("", ("talk",), (20,), (), opens, closes), moments, moments)
many_days = st.lists(st.integers(0, 20_000), unique=True, max_size=MOST_DAYS + 9)


@settings(deadline=None)
@given(many_days, st.lists(filled, max_size=4), st.integers(0, MOST_ROOMS + 9), calls, st.integers(0, 20_000))
def test_whatever_is_written_can_be_read(
    offsets: list[int], slots: list[SlotPlan], number: int, call: CallPlan, pitched: int
) -> None:
    plan = replace(
        PLAN,
        days=tuple(DayPlan(offset, "hybrid", worth_keeping(slots)) for offset in offsets),
        rooms=tuple(RoomPlan(f"Tisch {table}", 8) for table in range(number)),
        tracks=tuple((f"Strang {track}", "blau") for track in range(number)),
        call=call,
        pitching=Pitching(600, 675, 45, pitched),
    )
    again = read(json.loads(json.dumps(document(plan))), ACCENTS)
    assert document(again) == document(plan)
    assert again.rooms == plan.rooms[:MOST_ROOMS]
