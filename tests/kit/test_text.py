"""Text that people type: one normal form, nothing invisible, nothing that turns a line around."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tagwerk.kit.text import Unreadable, clean, folded

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u2060\u2063\u2800\u3164\ufe00\ufe0f\ufeff\uffa0\U000e0041\U0001bca0\U0001d173"
MARKS = "\u0300\u0301\u0308\u0327\u0338\u20e3\u0489"
PIECES = "aZ9 \n\r\t\u00a0\u2028\u3000é한\u1100\u1161\u11a8か\u3099👩🔬" + BIDI + INVISIBLE + MARKS
TEXTS = st.text(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@given(TEXTS, st.booleans())
@example("\u1100\u0300\u0300\u0300\u0300\u1161", False)  # noqa: FBT003
@example("\u1100\u200b\u1161 \u200d \u200d", True)  # noqa: FBT003
@example("a\n\u200d\n \n\u200d\nb", True)  # noqa: FBT003
def test_cleaning_twice_is_cleaning_once(raw: str, lines: bool) -> None:  # noqa: FBT001
    once = clean(raw, lines=lines)
    assert clean(once, lines=lines) == once


@given(TEXTS, st.booleans())
def test_nothing_hostile_is_left(raw: str, lines: bool) -> None:  # noqa: FBT001
    text = clean(raw, lines=lines)
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set(BIDI)
    assert not set(text) & (set(INVISIBLE) - {"\u200d", "\ufe0f"})
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n"]
    assert lines or "\n" not in text
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n\n" not in text


@given(TEXTS, st.booleans())
@example("a \u200d b", False)  # noqa: FBT003
@example("a\u200d\u200db", False)  # noqa: FBT003
def test_a_joiner_stays_only_between_two_visible_characters(raw: str, lines: bool) -> None:  # noqa: FBT001
    text = f" {clean(raw, lines=lines)} "
    for place, character in enumerate(text):
        if character == "\u200d":
            assert not {text[place - 1], text[place + 1]} & {" ", "\n", "\u200d"}


@given(st.text(st.sampled_from(BIDI + INVISIBLE + " \t\n\u00a0\u3000\u2028" + MARKS)))
def test_what_shows_nothing_is_empty(raw: str) -> None:
    assert clean(raw) == clean(raw, lines=True) == ""


@pytest.mark.parametrize("raw", ["a\0b", "\x1b[31m", "\x85", "\x7f", "\ud800", "Tag\udfffwerk"])
def test_what_is_no_character_is_refused(raw: str) -> None:
    with pytest.raises(Unreadable):
        clean(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Offene \t Daten ", "Offene Daten"),
        ("Mu\u0308ller", "Müller"),
        ("gepj.\u202efdp", "gepj.fdp"),
        ("a\u200bb", "ab"),
        ("👩\u200d🔬 forscht", "👩\u200d🔬 forscht"),
        ("Z" + "\u0300" * 50 + "algo", "Zalgo"),
        ("eins\r\nzwei", "eins zwei"),
    ],
)
def test_a_line_as_it_is_stored(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_lines_stay_lines_where_they_are_wanted() -> None:
    assert clean("eins \r\n\n\n\n  zwei\u2029drei", lines=True) == "eins\n\nzwei\ndrei"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_is_blind_to_case_and_normal_form(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert folded(unicodedata.normalize(form, text)) == folded(text)
    assert folded(folded(text)) == folded(text)


def test_a_search_finds_what_people_mean() -> None:
    assert folded("Straße  MÜLLER") == folded("STRASSE muller") == "strasse muller"
