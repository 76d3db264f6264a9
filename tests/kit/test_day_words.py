"""Dates are written as each language does it, from one form."""

import re
from datetime import UTC, datetime

import pytest
from django.template import engines
from django.utils import translation

from tagwerk.kit.day_words import in_words
from tests.house.tree import ROOT, python_files, templates

BY_HAND = re.compile(r":%-?[djDJ]\.%|\bdate_format\(|\bDATE(TIME)?_FORMAT\b")
DAY = datetime(2026, 3, 5, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "german", "english"),
    [
        ("l, j. F Y", "Donnerstag, 5. März 2026", "Thursday, 5 March 2026"),
        ("j. F, H:i", "5. März, 09:05", "5 March, 09:05"),
        ("j.n. H:i", "5.3. 09:05", "5 Mar 09:05"),
        ("d.m.Y", "05.03.2026", "5 Mar 2026"),
        ("D, j.n.", "Do, 5.3.", "Thu, 5 Mar"),
        ("D j. N", "Do 5. März", "Thu 5 Mar"),
        ("d.m. H:i", "05.03. 09:05", "5 Mar 09:05"),
        ("H:i", "09:05", "09:05"),
    ],
)
def test_one_form_is_written_in_both_languages(form: str, german: str, english: str) -> None:
    page = engines["django"].from_string("{% load tz %}{% timezone 'UTC' %}{{ day|date:form }}{% endtimezone %}")
    for language, words in (("de", german), ("de-du", german), ("en", english)):
        with translation.override(language):
            assert page.render({"day": DAY, "form": form}) == words
            assert in_words(DAY, form) == words


def test_what_is_no_date_is_nothing() -> None:
    page = engines["django"].from_string("{{ day|date:'j. F' }}{{ none|date }}")
    assert page.render({"day": "gestern", "none": None}) == ""


def test_no_date_is_written_by_hand() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in [*python_files("tagwerk"), *templates()]
        for line in path.read_text(encoding="utf-8").splitlines()
        if BY_HAND.search(line)
    ]
    assert found == [], "kit/day_words.py writes dates as each language does"
