"""The story of those who need it larger, darker, calmer or read aloud: chosen in one place, kept only once chosen."""

import re

from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House

VOICE = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", {configurable: true, value: {
    speak(piece) { said.push([piece.lang, piece.text]); document.documentElement.dataset.said = said.join(); piece.onstart?.(); setTimeout(() => piece.onend?.(), 5); },
    cancel() { said.push("cancel"); },
    getVoices() { return []; },
}});
"""
SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
INK = "getComputedStyle(document.body).color"


def open_view(page: Page) -> None:
    """Open the place where it is chosen, with the keyboard."""
    page.locator("[data-view] summary").focus()
    page.keyboard.press("Enter")


def test_letters_contrast_and_motion_are_chosen_in_one_place_and_stay(house: House, phone: Somebody) -> None:
    page = phone("")
    open_view(page)
    assert page.evaluate("localStorage.length") == 0
    for _step in range(5):
        page.get_by_role("button", name="Schrift größer").click()
    page.get_by_label("Starke Kontraste").check()
    page.get_by_label("Nichts bewegt sich").check()
    page.keyboard.press("Escape")
    expect(page.locator("[data-view] summary")).to_be_focused()
    house.propose("Wie wird aus einem Haushaltsplan ein Gespräch?")
    for path, language in (("topics/", "de"), ("rooms/", "de"), ("schedule/", "en")):
        page.goto(house.at(path, language))
        assert page.evaluate(SIZE) == 16 * 1.75
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), path
    assert page.evaluate(INK) == "rgb(0, 0, 0)"
    page.locator("h1").evaluate("(heading) => heading.classList.add('is-placed')")
    assert page.evaluate("document.getAnimations().length") == 0
    open_view(page)
    page.get_by_role("button", name="Letters as usual").click()
    page.get_by_label("Strong contrasts").uncheck()
    assert page.evaluate(SIZE) == 16
    page.emulate_media(contrast="more")  # what the system asks for is heeded, unless this person said otherwise
    assert page.evaluate(INK) != "rgb(0, 0, 0)"
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.evaluate(INK) == "rgb(0, 0, 0)"
    expect(page.get_by_label("Strong contrasts", exact=True)).to_be_checked()


def test_a_page_is_read_aloud_in_its_language_until_it_is_stopped(house: House, phone: Somebody) -> None:
    topic = house.propose("Zum Zuhören", description="Erster Satz. Zweiter Satz.", host_name="Ada")
    page = phone("")
    page.add_init_script(VOICE)
    page.goto(house.at(f"topics/{topic['code']}/"))
    reader = page.locator("main [data-read]")
    reader.get_by_role("button", name="Seite vorlesen").click()
    expect(page.locator("html")).to_have_attribute("data-said", re.compile("Zweiter Satz"))
    assert page.evaluate("said.some(([lang, words]) => lang === 'de-DE' && words === 'Zum Zuhören')")
    assert not page.evaluate("said.some(([_lang, words]) => /Interessiert mich|Seite vorlesen/.test(words))")
    expect(reader.get_by_role("button", name="Seite vorlesen")).to_be_visible()  # it came to the end

    page.goto(house.at("schedule/", "en"))
    open_view(page)
    page.evaluate("() => { speechSynthesis.speak = (piece) => said.push([piece.lang, piece.text]); }")  # never ends
    view = page.locator("[data-view] [data-read]")
    view.get_by_role("button", name="Read this page aloud").click()
    page.keyboard.press("Enter")  # the focus went to the button that stops it
    assert page.evaluate("said.at(-1)") == "cancel"
    assert page.evaluate("said.filter((one) => one[0] === 'en').length") == 1


def test_without_a_voice_nothing_offers_one(house: House, phone: Somebody) -> None:
    page = phone("")
    page.add_init_script("delete window.speechSynthesis;")
    page.goto(house.at("schedule/"))
    open_view(page)
    expect(page.get_by_label("Starke Kontraste")).to_be_visible()
    expect(page.get_by_role("button", name="Seite vorlesen")).to_have_count(0)
