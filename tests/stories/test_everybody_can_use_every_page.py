"""The story of those who see, hear or move differently: every page, in every light, on every screen, in both languages.

One way through all pages looks at everything, because opening a page takes longer than looking at it.
"""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Response

from tests.stories import looking
from tests.stories.places import EVERYBODY, LIGHT, Tour, Who
from tests.stories.validity import invalid
from tests.stories.words import FORMAL, GERMAN, INFORMAL, brought_by_people, matching, said

WRONG = {"de": INFORMAL, "en": GERMAN}  # the event says Sie
DARK = "rgb(18, 19, 28)"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_right_for_everybody(tour: Tour, tmp_path: Path, who: Who, language: str) -> None:
    own = brought_by_people(tour.house, replace(tour.house, event="leer"))
    faults: dict[str, list[str]] = defaultdict(list)
    answers: list[Response] = []
    names, is_formal = [], False
    for place, page in tour.visit(who, language, answers):
        names.append(place.name)
        (tmp_path / f"{place.name}.html").write_text(answers[-1].text(), encoding="utf-8")
        found = faults[place.name]
        if page.locator("html").get_attribute("lang") != language:
            found.append("another language")
        words = said(page, own)
        found += [f"words: {one}" for one in matching(words, WRONG[language])]
        is_formal = is_formal or bool(matching(words, FORMAL))
        found += looking.against_the_rules(page, language, is_scrolled=place.name not in LIGHT)
        if language == "de":
            found += looking.pale_in_the_dark(page)
            if place.name not in LIGHT and page.evaluate("getComputedStyle(document.body).backgroundColor") != DARK:
                found.append("not dark")
            found += [] if place.name == "the hall screen" else looking.too_small_or_too_wide(page)
            found += looking.focus_unseen(page)
    assert len(set(names)) >= 3
    assert is_formal or language == "en"
    assert {name: found for name, found in faults.items() if found} == {}
    assert invalid(tmp_path) == {}


def test_axe_is_awake(tour: Tour) -> None:
    for _place, page in tour.visit("anybody"):
        page.evaluate(looking.AXE)
        page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<h6>x</h6><img src=x>')")
        found = page.evaluate(looking.RUN, looking.WHOLE)
        assert {fault.partition(":")[0] for fault in found} >= {"image-alt", "heading-order"}
        return


def test_an_invalid_page_is_seen(tmp_path: Path) -> None:
    page = '<!DOCTYPE html><html lang="de"><head><title>x</title></head><body><p><div></div></p></body></html>'
    (tmp_path / "wrong.html").write_text(page)
    assert "wrong" in invalid(tmp_path)


def test_nothing_moves_for_those_who_asked_for_it(tour: Tour) -> None:
    moving = "document.getAnimations().map((one) => one.animationName ?? one.transitionProperty)"
    for place, page in tour.visit("anybody"):
        page.locator("body").evaluate("(body) => body.classList.add('is-changed', 'is-placed')")
        assert page.evaluate(moving) == [], place.name
        if place.name == "the programme":
            break
