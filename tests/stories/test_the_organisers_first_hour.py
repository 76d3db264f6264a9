"""The organiser's first hour: from the sign-in to an announced event, on a phone, with and without JavaScript."""

import json
import re
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.conftest import LAPTOP, PHONE, Somebody
from tests.stories.house import House

MINUTES = 5


def signed_in(house: House, somebody: Somebody, **options: object) -> Page:
    page = somebody(f"{house.base}/demo/{house.event}/", **options)
    page.locator("main form button").click()
    page.wait_for_url("**/desk/")
    page.goto(f"{house.base}/accounts/")
    return page


def describe(page: Page, name: str) -> None:
    """Go through the five screens; a slip and a way back are among them."""
    page.get_by_role("button", name="Veranstaltung anlegen").click()
    page.get_by_label("Wie heißt die Veranstaltung?").fill(name)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("alert")).to_contain_text("Erster Tag")
    page.get_by_label("Erster Tag").fill("2027-03-11")
    page.get_by_label("Wo?").fill("Rathaus")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Wie viele Menschen").fill("250")
    page.get_by_role("button", name="Zurück").click()
    expect(page.get_by_label("Wie heißt die Veranstaltung?")).to_have_value(name)
    expect(page.get_by_label("Wo?")).to_have_value("Rathaus")
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_label("Wie viele Menschen")).to_have_value("250")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Räume und Plätze").fill("Saal 120, Raum 2 30, Werkstatt 25")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("group", name="Saal").get_by_label("stufenlos").check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("vertraut:").check()
    expect(page.get_by_text("Platz für 12 Sessions")).to_be_visible()
    page.get_by_role("button", name="Veranstaltung anlegen").click()
    expect(page.get_by_text("Geschafft, die Veranstaltung ist angelegt.")).to_be_visible()


def fill_in(page: Page, need: str, **words: str) -> None:
    page.get_by_role("link", name=re.compile(f"Jetzt eintragen.*{need}")).click()
    for label, text in words.items():
        page.locator(f"#id_{label}").fill(text)
    page.locator("main form.fields button[type=submit]").click()
    if "Einrichten" not in page.title():
        page.locator("p.back a").click()


def announce(page: Page) -> None:
    expect(page.get_by_role("button", name="Ankündigen", exact=True)).to_be_disabled()
    fill_in(page, "Wer verantwortlich", name="Stadt Musterstadt")
    fill_in(
        page,
        "Das Impressum",
        imprint="Stadt Musterstadt, Rathausplatz 1",
        privacy_contact="datenschutz@musterstadt.example",
        accessibility_contact="barrierefrei@musterstadt.example",
    )
    fill_in(page, "Eine E-Mail-Adresse", contact_mail="ogt@musterstadt.example")
    page.get_by_role("button", name="Ankündigen", exact=True).click()
    expect(page.get_by_text("angekündigt", exact=True)).to_be_visible()


def test_from_the_sign_in_to_an_announced_event_on_a_phone(house: House, somebody: Somebody) -> None:
    began = time.monotonic()
    page = signed_in(house, somebody, screen=PHONE)
    describe(page, "Open Government Tag")
    stranger = somebody(f"{house.base}/open-government-tag/")
    expect(stranger.get_by_role("heading", name="Hier ist nichts.")).to_be_visible()
    announce(page)
    assert time.monotonic() - began < 60 * MINUTES
    stranger.reload()
    expect(stranger.locator("footer")).to_contain_text("ogt@musterstadt.example")
    stranger.locator("footer").get_by_role("link", name="Impressum").click()
    expect(stranger.get_by_text("Rathausplatz 1")).to_be_visible()


def test_the_same_without_javascript(house: House, somebody: Somebody) -> None:
    page = signed_in(house, somebody, screen=PHONE, java_script_enabled=False)
    describe(page, "Ganz ohne Skript")
    announce(page)


def test_what_was_begun_is_there_tomorrow(house: House, somebody: Somebody) -> None:
    page = signed_in(house, somebody)
    page.get_by_role("button", name="Veranstaltung anlegen").click()
    page.get_by_label("Wie heißt die Veranstaltung?").fill("Halb fertig")
    page.get_by_role("button", name="Weiter").click()
    other = signed_in(house, somebody)
    other.get_by_role("link", name="Halb fertig").click()
    expect(other.get_by_label("Wie heißt die Veranstaltung?")).to_have_value("Halb fertig")
    other.goto(f"{house.base}/accounts/")
    other.get_by_role("button", name=re.compile("Verwerfen.*Halb fertig")).click()
    expect(other.get_by_text("Halb fertig")).to_be_hidden()


def test_an_event_goes_to_another_city_as_a_file(house: House, somebody: Somebody, tmp_path: Path) -> None:
    topic = house.propose("Streng vertraulich", host_name="Kim Geheim")
    page = signed_in(house, somebody, screen=LAPTOP)
    page.goto(house.at("desk/contributions/call/"))
    page.get_by_label("Was suchen Sie?").fill("Zeigt uns, was bei euch läuft.")
    page.get_by_role("button", name="Speichern").click()
    page.goto(house.at("desk/setup/"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Vorlage herunterladen").click()
    file = tmp_path / "vorlage.json"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    for word in (topic["code"], "Kim Geheim", "vertraulich", "musterstadt.example", "Stadtwerke"):
        assert word not in text
    rooms = [room["name"] for room in json.loads(text)["rooms"]]
    page.goto(f"{house.base}/accounts/events/like/")
    expect(page.get_by_text("Noch keine Datei gewählt")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_label("Aus einer Vorlage").click()
    chooser.value.set_files(file)
    expect(page.get_by_text("vorlage.json")).to_be_visible()
    expect(page.get_by_text("Noch keine Datei gewählt")).to_be_hidden()
    page.get_by_label("Wie heißt die Veranstaltung?").fill("Nachbarstadt lädt ein")
    page.get_by_label("Erster Tag").fill("2027-05-04")
    page.get_by_role("button", name="Veranstaltung anlegen").click()
    expect(page.get_by_text("Geschafft")).to_be_visible()
    for room in rooms:
        expect(page.locator("aside")).to_contain_text(room)
    page.goto(f"{house.base}/nachbarstadt-laedt-ein/desk/contributions/call/")
    expect(page.get_by_label("Was suchen Sie?")).to_have_value("Zeigt uns, was bei euch läuft.")
    expect(page.get_by_role("button", name="Jetzt schließen")).to_be_hidden()


def test_a_second_person_joins_by_a_link(house: House, somebody: Somebody) -> None:
    page = signed_in(house, somebody)
    page.goto(house.at("desk/setup/team/"))
    page.get_by_label("Für wen?").fill("Jonas")
    page.get_by_label("Moderation: Programm").check()
    page.get_by_role("button", name="Link erzeugen").click()
    jonas = somebody(page.locator(".secret-link").inner_text())
    assert "twi_" not in jonas.url
    jonas.get_by_label("Ihr Name").fill("Jonas")
    jonas.get_by_label("E-Mail-Adresse").fill("jonas@musterstadt.example")
    jonas.get_by_label("Passwort").fill("ein langer Satz für Jonas")
    jonas.get_by_role("button", name="Konto anlegen und dabei sein").click()
    expect(jonas.get_by_role("heading", name="Noch ein Schritt bis zum Schreibtisch")).to_be_visible()
    page.reload()
    expect(page.get_by_text("jonas@musterstadt.example")).to_be_visible()


def test_a_partners_logo_is_seen_by_everybody(house: House, somebody: Somebody, tmp_path: Path) -> None:
    from PIL import Image

    file = tmp_path / "logo.jpg"
    Image.new("RGB", (1200, 400), "#0a6070").save(file)
    page = signed_in(house, somebody, screen=LAPTOP)
    page.goto(house.at("desk/setup/lists/partners/"))
    page.get_by_label("Name").fill("Werke mit Logo")
    page.locator("#id_logo").set_input_files(file)
    page.get_by_role("button", name="Hinzufügen").click()
    expect(page.get_by_role("link", name="Werke mit Logo")).to_be_visible()
    stranger = somebody(house.at("about/"))
    picture = stranger.locator(".partner__logo")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 640)


def test_a_file_that_is_too_large_is_said_in_words(house: House, somebody: Somebody, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"\x89PNG" * 2_000_000)
    page = signed_in(house, somebody)
    page.goto(house.at("desk/setup/lists/partners/"))
    page.get_by_label("Name").fill("Werke mit großem Logo")
    page.locator("#id_logo").set_input_files(file)
    page.get_by_role("button", name="Hinzufügen").click()
    expect(page.get_by_label("Name")).to_have_value("Werke mit großem Logo")  # nothing was sent
    assert "höchstens 2" in str(page.locator("#id_logo").evaluate("(field) => field.validationMessage"))
    page.locator("#id_logo").evaluate("(field) => field.form.submit()")  # as where no script runs
    expect(page.locator("[data-problem]")).to_contain_text("Hier passen höchstens 2,1\xa0MB hinein")
