"""What may be said of a stand, and which line of a list means which stand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.text import folded
from tagwerk.market.rules import (
    LONGEST,
    MOST_TAGS,
    Lot,
    compared,
    faults,
    in_order_of_numbers,
    is_secure_link,
    tags_of,
)
from tagwerk.programme.conference_rules import MOST_LINKS, Fault

LINK = {"url": "https://a.example/", "title": "A"}


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"name": "Stadtwerke", "join_url": "https://v.example/", "contact_mail": "a@b.example", "links": [LINK]}, {}),
        ({}, {}),
        ({"name": "  "}, {"name": Fault.EMPTY}),
        ({"about": (LONGEST["about"] + 1) * "x"}, {"about": Fault.LONG}),
        ({"join_url": "http://v.example/"}, {"join_url": Fault.LINK}),
        ({"join_url": "javascript:alert(1)"}, {"join_url": Fault.LINK}),
        ({"contact_mail": "a@b"}, {"contact_mail": Fault.CHOICE}),
        ({"contact_mail": "a@b.example, c@d.example"}, {"contact_mail": Fault.CHOICE}),
        ({"contact_mail": "a@b.example\nBcc: c@d.example"}, {"contact_mail": Fault.CHOICE}),
        ({"links": [{"url": "https://a.example/\nx", "title": ""}]}, {"links": Fault.LINK}),
        ({"links": (MOST_LINKS + 1) * [LINK]}, {"links": Fault.MANY}),
        ({"tags": (MOST_TAGS + 1) * ["x"]}, {"tags": Fault.MANY}),
        ({"tags": [41 * "x"]}, {"tags": Fault.LONG}),
    ],
)
def test_what_may_be_said_of_a_stand(words: dict[str, Any], wrong: dict[str, Fault]) -> None:
    assert faults(words) == wrong


@given(st.text(max_size=80))
def test_no_text_is_a_link_that_is_not_encrypted(text: str) -> None:
    assert not is_secure_link(text) or text.lower().startswith("https://")


def test_tags_are_read_as_people_write_them() -> None:
    assert tags_of("#Open Source, open  source; Sensoren\n, #") == ["Open Source", "Sensoren"]


@given(st.text(max_size=200))
def test_tags_are_never_empty_or_doubled(text: str) -> None:
    tags = tags_of(text)
    assert all(tags)
    assert len({folded(tag) for tag in tags}) == len(tags)


def test_stands_are_sorted_by_number_as_people_count() -> None:
    numbers = ["", "12", "A12", "2", "A2", "2b"]
    assert sorted(numbers, key=in_order_of_numbers) == ["2", "2b", "12", "A2", "A12", ""]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_numbers_can_be_sorted(numbers: list[str]) -> None:
    found = sorted(numbers, key=in_order_of_numbers)
    assert sorted(found) == sorted(numbers)


def test_what_becomes_of_the_lines_of_a_list() -> None:
    known = [{"code": "ABCDEF", "name": "Stadtwerke", "number": "1"}, {"code": "BCDEFG", "name": "Straße"}]
    read = [
        {"name": "STADTWERKE", "number": "2"},
        {"name": "strasse"},
        {"name": "Neu"},
        {"name": "neu "},
        {"number": "3"},
    ]
    lines = compared(read, known)
    assert [line.lot for line in lines] == [Lot.CHANGED, Lot.SAME, Lot.NEW, Lot.DOUBLED, Lot.WRONG]
    assert (lines[0].code, lines[0].changed) == ("ABCDEF", ("number",))
    assert (lines[2].code, lines[4].wrong) == (None, {"name": Fault.EMPTY})


@given(st.lists(st.dictionaries(st.sampled_from(["name", "number", "shows"]), st.text(max_size=20)), max_size=12))
def test_no_two_lines_of_a_list_become_the_same_stand(read: list[dict[str, str]]) -> None:
    lines = compared(read, [])
    names = [folded(line.words["name"].strip()) for line in lines if line.lot == Lot.NEW]
    assert len(set(names)) == len(names)
    assert len(lines) == len(read)
