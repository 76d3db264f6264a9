"""Lists as people paste them, and as nobody should."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagwerk.market.listing import LARGEST, read_list
from tagwerk.market.rules import Lot
from tests.town import Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"x" * (LARGEST + 1), "too_large"),
        (b"A\n" * 501, "too_deep"),
        (b"Name\n" * 1, "empty"),
    ],
)
def test_what_is_no_list(town: Town, data: bytes, fault: str) -> None:
    assert read_list(town.event, data).fault == fault


def test_a_list_without_a_head_is_name_number_place_and_what_is_shown(town: Town) -> None:
    lines = read_list(town.event, "Stadtwerke; 12; Foyer; Ladesäulen\nFreifunk".encode("cp1252")).lines
    assert lines[0].words == {"name": "Stadtwerke", "number": "12", "place": "Foyer", "shows": "Ladesäulen"}
    assert lines[1].words == {"name": "Freifunk"}


def test_hostile_cells_are_named_or_neutralised(town: Town) -> None:
    text = (
        "Name,Link,Online,Text\n"
        "<script>alert(1)</script>,javascript://a.example/%0aalert(1),,\n"
        "=cmd|' /C calc'!A0,http://a.example/,,\n"
        f"\u202eRechts,,{400 * 'x'},\n"
        f"Lang,,,{5_000_000 * 'x'}"
    )
    assert read_list(town.event, text.encode()).fault == "too_large"
    lines = read_list(town.event, text[: text.index("Lang")].encode()).lines
    assert [line.lot for line in lines] == [Lot.WRONG] * 3
    assert lines[2].words["name"] == "Rechts"
    bell = read_list(town.event, b"Name\nA\x07B\n").lines[0]
    assert (bell.lot, bell.words["name"]) == (Lot.NEW, "AB")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_nothing_makes_the_reader_fail(town: Town, data: bytes) -> None:
    listing = read_list(town.event, data)
    assert listing.fault or listing.lines
