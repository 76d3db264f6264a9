"""What an announcement needs, and which links may be stored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagwerk.events.frame_rules import Need, NotALink, link, missing

EVERYTHING = dict.fromkeys(Need, "said")


def test_nothing_is_missing_when_all_is_said() -> None:
    assert missing(EVERYTHING) == ()


@pytest.mark.parametrize("need", list(Need))
def test_each_need_is_named_when_it_is_empty(need: Need) -> None:
    assert missing({**EVERYTHING, need: ""}) == (need,)
    assert missing({name: True for name in Need if name != need}) == (need,)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("  ", ""),
        (" https://example.org/a?b=c#d ", "https://example.org/a?b=c#d"),
        ("www.musterstadt.example/partner", "https://www.musterstadt.example/partner"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
        ("https://münchen.example/straße", "https://münchen.example/straße"),
    ],
)
def test_a_link_is_kept(typed: str, stored: str) -> None:
    assert link(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//.example",
        "data:text/html,x.y",
        "ftp://example.org/",
        "https://example.org/\r\nSet-Cookie: a=b",
        "https://user:secret@example.org/",
        "https://",
        "https://nohost",
        "https://example.org:99999/",
        'https://example.org/"onload="',
        "https://[::1/",
        "https://example.org/" + "x" * 300,
        "das Haus um die Ecke",
    ],
)
def test_what_nobody_could_open_is_refused(typed: str) -> None:
    with pytest.raises(NotALink):
        link(typed)


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_a_stored_link_is_one_line_of_http(typed: str) -> None:
    try:
        stored = link(typed)
    except NotALink:
        return
    assert stored == "" or stored.lower().startswith(("http://", "https://"))
    assert stored.isprintable()
