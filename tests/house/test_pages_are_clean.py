"""Pages load nothing from elsewhere and carry no inline script, style or handler, as the strict CSP demands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import tree

DATA_BLOCK = r"""type=["']application/(?:ld\+)?json["']"""
IN_PAGES = {
    "an inline script": re.compile(rf"<script(?![^>]*(?:\ssrc=|{DATA_BLOCK}))", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"""=\s*["']\s*javascript:""", re.IGNORECASE),
    "something of a third party": re.compile(
        r"""<(?!a\b|blockquote\b)[a-z][^>]*\s(?:src|srcset|href|poster|data|action|formaction)\s*=\s*["'](?:https?:)?//""",
        re.IGNORECASE,
    ),
}
IN_STYLES = {"something of a third party": re.compile(r"""(?:url\(\s*["']?|@import\s+["'])(?:https?:)?//""")}
IN_SCRIPTS = {
    "something of a third party": re.compile(r"""["'`](?:https?:)?//(?!www\.w3\.org/)\w"""),
    "code from text": re.compile(r"\beval\(|\bnew Function\("),
}
COMMENT = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}", re.DOTALL)


def faults(source: str, rules: dict[str, re.Pattern[str]]) -> Iterator[str]:
    """Name each fault with its line; template tags inside a tag's attributes do not hide it."""
    source = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    source = re.sub(r"{%.*?%}|{{.*?}}", lambda tag: re.sub(r"[^\n]", "_", tag[0]), source, flags=re.DOTALL)
    for fault, pattern in rules.items():
        yield from (f"{source.count(chr(10), 0, found.start()) + 1}: {fault}" for found in pattern.finditer(source))


def faults_of(paths: list[Path], rules: dict[str, re.Pattern[str]]) -> list[str]:
    return [f"{tree.name(path)}:{fault}" for path in paths for fault in faults(path.read_text(encoding="utf-8"), rules)]


def test_templates_are_clean() -> None:
    assert not faults_of(tree.templates(), IN_PAGES)


def test_style_sheets_are_clean() -> None:
    assert not faults_of(tree.styles(), IN_STYLES)


def test_scripts_are_clean() -> None:
    assert not faults_of([path for path in tree.scripts() if "assets/js" in tree.name(path)], IN_SCRIPTS)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<script>let a</script>", "an inline script"),
        ("<style>p{}</style>", "an inline style sheet"),
        ('<p class="a{% if b > 1 %}c{% endif %}" style="color:red">', "an inline style"),
        ('<button onclick="go()">', "an inline handler"),
        ('<button hx-on:click="go()">', "an inline handler"),
        ('<a href="javascript:go()">', "a script as an address"),
        ('<img src="https://example.org/a.png">', "something of a third party"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "something of a third party"),
    ],
)
def test_a_fault_in_a_template_is_seen(source: str, fault: str) -> None:
    assert list(faults(f"<main>\n{source}", IN_PAGES)) == [f"2: {fault}"]


@pytest.mark.parametrize(
    "source",
    [
        '<script src="{% static "build/app.js" %}" defer></script>',
        '<a href="https://example.org/">elsewhere</a>',
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<script type="application/json" id="said">{}</script>',
        "{# <style> would be wrong here #}",
        '<p data-style="on" data-once="x">style= onclick=</p>',
    ],
)
def test_what_is_allowed_in_a_template_is_let_be(source: str) -> None:
    assert not list(faults(source, IN_PAGES))


def test_a_fault_in_a_style_sheet_or_a_script_is_seen() -> None:
    assert list(faults("a{background:url(https://example.org/a.png)}", IN_STYLES))
    assert list(faults('import "https://example.org/a.js"', IN_SCRIPTS))
    assert list(faults("eval(text)", IN_SCRIPTS))
    assert not list(faults('document.createElementNS("http://www.w3.org/2000/svg", "svg") // see below', IN_SCRIPTS))
