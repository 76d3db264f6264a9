"""The story of the organiser whom data protection, accessibility and staff council ask: one button, one file."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tagwerk.exchange.printer import missing
from tests.stories.conftest import LAPTOP, PHONE, Somebody
from tests.stories.house import House
from tests.stories.test_the_organisers_first_hour import signed_in

PARTS = (
    "Verzeichnis von Verarbeitungstätigkeiten",
    "Löschfristen",
    "Bericht zur Barrierefreiheit",
    "Was von der Arbeit des Teams aufgezeichnet wird",
)


@pytest.mark.skipif(bool(missing()), reason=f"WeasyPrint or Pango is not on this machine: {missing()}")
def test_one_button_makes_the_folder_and_one_file_takes_it_along(
    house: House, somebody: Somebody, tmp_path: Path
) -> None:
    page = signed_in(house, somebody, screen=PHONE)
    page.goto(house.at("desk/setup/"))
    page.get_by_role("link", name="Unterlagen zusammenstellen").click()
    for part in PARTS:
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Als PDF herunterladen").click()
    assert download.value.suggested_filename == f"unterlagen-{house.event}.pdf"
    file = tmp_path / "unterlagen.pdf"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")


def test_the_browser_prints_the_same_and_each_part_on_its_own_sheet(house: House, somebody: Somebody) -> None:
    page = signed_in(house, somebody, screen=LAPTOP)
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(house.at("desk/setup/dossier/"))
    page.get_by_role("button", name="Drucken").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Drucken")).to_be_hidden()
    breaks = page.locator(".dossier__part").evaluate_all("(all) => all.map((one) => getComputedStyle(one).breakBefore)")
    assert breaks == ["page"] * len(PARTS)
    assert page.locator("#record").evaluate("(part) => getComputedStyle(part).color") == "rgb(0, 0, 0)"


def test_what_is_missing_leads_to_where_it_is_said(house: House, somebody: Somebody) -> None:
    page = signed_in(house, somebody, screen=PHONE)
    page.goto(house.at("desk/setup/dossier/"))
    way = page.locator("[aria-labelledby=missing-heading] a").first
    expect(way).to_be_visible()
    way.click()
    page.wait_for_url("**/desk/setup/**")
    expect(page.locator("main form")).to_be_visible()
