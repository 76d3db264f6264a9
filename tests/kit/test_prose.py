"""Formatted text shows what was meant and can do no harm."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.prose import LONGEST, TAGS, html_of


class Tags(HTMLParser):
    """Reads the tags of HTML with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def test_what_people_format_is_shown() -> None:
    html = html_of("# Worum es geht\n\n- eins\n- **zwei**\n\nMehr: [Seite](https://a.example/x?y=1&z=2)\nneue Zeile")
    assert "<h3>Worum es geht</h3>" in html
    assert "<strong>zwei</strong>" in html
    assert 'href="https://a.example/x?y=1&amp;z=2" rel="noopener noreferrer nofollow"' in html
    assert "<br>" in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://a.example/pixel.png)",
        '<a href="https://a.example" hx-get="/desk/">x</a>',
        "<style>body{display:none}</style>",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
    ],
)
def test_nothing_hostile_becomes_html(hostile: str) -> None:
    found = Tags(html_of(hostile)).found
    assert {tag for tag, _attributes in found} <= TAGS
    for _tag, attributes in found:
        assert set(attributes) <= {"href", "rel"}
        assert attributes.get("href", "https:").startswith("https:")


@given(st.text(max_size=200))
def test_no_text_brings_more_than_plain_markup(text: str) -> None:
    html = html_of(text)
    assert "<script" not in html
    assert "<img" not in html


def test_what_is_far_too_long_is_cut_and_not_worked_on() -> None:
    assert len(html_of("[" * 5_000_000)) < 2 * LONGEST
