"""Somebody proposes on a phone, the crew reads and accepts, who speaks confirms, and everybody sees it in the programme."""

import re

from playwright.sync_api import Page, expect

from tests.stories.conftest import PHONE, Somebody
from tests.stories.house import House

TITLE = "Gießkannen für alle"


def propose(page: Page) -> str:
    """Propose, with a slip on the way; give the personal link."""
    page.get_by_role("link", name="Etwas vorschlagen").click()
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label("Worum geht es?").fill("Wie **Nachbarn** Bäume gießen.")
    page.get_by_label("Ihr Name").fill("Nele Wasser")
    page.get_by_role("button", name="Vorschlag absenden").click()
    expect(page.get_by_role("alert")).to_contain_text("E-Mail")
    expect(page.get_by_label("Titel")).to_have_value(TITLE)
    page.get_by_label("E-Mail").fill("nele@musterstadt.example")
    page.get_by_label("Das Team darf").check()
    page.get_by_role("button", name="Vorschlag absenden").click()
    expect(page.get_by_role("heading", name="Danke!")).to_be_visible()
    return page.locator(".secret-link").inner_text()


def accept(desk: Page, house: House) -> None:
    """Read, score, accept, tell, give a place and release."""
    desk.goto(f"{house.base}/{house.event}/desk/contributions/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_label("5", exact=True).check()
    desk.get_by_role("button", name="Speichern", exact=True).click()
    desk.goto(f"{house.base}/{house.event}/desk/contributions/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("button", name="Annehmen").click()
    expect(desk.get_by_text("noch nicht mitgeteilt")).to_be_visible()
    desk.get_by_role("link", name="Zum Entwurf im Programm").click()
    desk.get_by_label("Beginn").fill("23:00")
    desk.get_by_label("Ende").fill("23:20")
    desk.get_by_role("button", name="Speichern").click()
    desk.goto(f"{house.base}/{house.event}/desk/contributions/tell/")
    expect(desk.get_by_text(TITLE).first).to_be_visible()
    desk.get_by_role("button", name="Als mitgeteilt vermerken").click()


def test_from_a_phone_into_the_programme(house: House, somebody: Somebody) -> None:
    phone = somebody(f"{house.base}/{house.event}/contributions/", screen=PHONE, java_script_enabled=False)
    link = propose(phone)
    desk = somebody(f"{house.base}/demo/{house.event}/")
    desk.locator("main form button").click()
    desk.wait_for_url("**/desk/")
    accept(desk, house)
    other = somebody(link, screen=PHONE)
    expect(other).to_have_url(re.compile("/contributions/mine/$"))
    other.get_by_role("button", name="Ja, ich bin dabei").click()
    expect(other.get_by_text("Sie haben zugesagt.")).to_be_visible()
    desk.goto(f"{house.base}/{house.event}/desk/speakers/")
    expect(desk.locator(".programme-line", has_text="Nele Wasser")).to_contain_text("hat zugesagt")
    desk.goto(f"{house.base}/{house.event}/desk/programme/")
    desk.get_by_role("button", name="Ausgewählte veröffentlichen").click()
    expect(desk.locator("section[aria-labelledby=public]")).to_contain_text(TITLE)
    other.goto(f"{house.base}/{house.event}/schedule/?q=Gießkannen")
    other.get_by_role("link", name=TITLE).first.click()
    expect(other.get_by_text("Nele Wasser").first).to_be_visible()
