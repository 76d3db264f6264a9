"""The story of those who see, hear or move differently: every page, in every light, on every screen, in both languages.

One way through all pages looks at everything, because opening a page takes longer than looking at it.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.stories import looking
from tests.stories.places import EVERYBODY, LIGHT, Tour, Who, is_page
from tests.stories.validity import invalid
from tests.stories.words import FORMAL, GERMAN, INFORMAL, brought_by_people, matching, said

DARK = "rgb(18, 19, 28)"


@dataclass
class Heard:
    """What a browser heard on its way: `answers` are pages, `asked` all addresses, `complaints` what the console said."""

    answers: list[Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Listen to a page from its first step on."""
        page.on("response", lambda answer: self.answers.append(answer) if is_page(answer) else None)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if _is_bad(said) else None)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))


def _is_bad(said: ConsoleMessage) -> bool:
    is_the_page_itself = said.location["url"] == (said.page.url if said.page else "")  # a page of status 404 or 422
    return said.type == "error" and not (is_the_page_itself and "Failed to load resource" in said.text)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_right_for_everybody(tour: Tour, tmp_path: Path, who: Who) -> None:
    own = brought_by_people(tour.house, replace(tour.house, event="leer"))
    faults: dict[str, list[str]] = defaultdict(list)
    heard, is_formal = Heard(), False
    for place, page in tour.visit(who, "de", heard.listen):
        (tmp_path / f"{place.name}.html").write_text(heard.answers[-1].text(), encoding="utf-8")
        found = faults[place.name]
        if page.locator("html").get_attribute("lang") != "de":
            found.append("another language")
        words = said(page, own)
        found += [f"words: {one}" for one in matching(words, INFORMAL)]  # the event says Sie
        is_formal = is_formal or bool(matching(words, FORMAL))
        found += looking.against_the_rules(page, is_scrolled=place.name not in LIGHT)
        found += looking.pale_in_the_dark(page)
        if place.name not in LIGHT and page.evaluate("getComputedStyle(document.body).backgroundColor") != DARK:
            found.append("not dark")
        found += [] if place.name == "the hall screen" else looking.too_small_or_too_wide(page)
        found += looking.focus_unseen(page)
    assert len(faults) >= 3
    assert is_formal
    assert {name: found for name, found in faults.items() if found} == {}
    assert invalid(tmp_path) == {}


@pytest.mark.both_databases  # so that every page was seen once on each of them
@pytest.mark.parametrize("who", EVERYBODY)
def test_in_english_every_page_is_english_asks_nobody_else_and_has_nothing_to_complain_about(
    tour: Tour, tmp_path: Path, who: Who
) -> None:
    own = brought_by_people(tour.house, replace(tour.house, event="leer"))
    faults: dict[str, list[str]] = {}
    heard = Heard()
    for place, page in tour.visit(who, "en", heard.listen, bypass_csp=False):
        (tmp_path / f"{place.name}.html").write_text(heard.answers[-1].text(), encoding="utf-8")
        faults[place.name] = matching(said(page, own), GERMAN)
        if page.locator("html").get_attribute("lang") != "en":
            faults[place.name].append("another language")
    assert len(faults) >= 3
    assert {name: found for name, found in faults.items() if found} == {}
    here = urlsplit(tour.house.base).netloc
    assert {urlsplit(url).netloc for url in heard.asked if not url.startswith("data:")} == {here}
    assert heard.complaints == []
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
