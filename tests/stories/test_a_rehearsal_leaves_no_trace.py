"""The crew rehearses: a copy with a band on every page and a crowd in it; afterwards all of it is gone."""

from playwright.sync_api import Page, expect

from tests.stories.conftest import LAPTOP, PHONE, WALL, Somebody
from tests.stories.house import House

SOON = 60_000  # milliseconds; the crowd is a program that has to start
PROBE = "barcamp-probe"


def test_a_rehearsal_with_a_crowd_and_then_nothing(house: House, somebody: Somebody, desk: Page) -> None:
    house.propose("Das echte Thema")
    before = house.state()
    desk.goto(house.at("desk/"))
    desk.get_by_role("link", name="Probelauf").click()
    desk.get_by_role("button", name="Probelauf starten").click()
    expect(desk.get_by_role("heading", name="Die Probe läuft")).to_be_visible()

    copy = house.of(PROBE, house.token)
    phone = somebody(copy.at(""), screen=PHONE)
    wall = somebody(copy.at("board/"), screen=WALL)
    desk.get_by_role("link", name="Schreibtisch der Probe").click()
    for page in (phone, wall, desk):
        expect(page.locator(".probe")).to_contain_text("PROBE")
        expect(page.locator(".probe")).to_be_in_viewport()
    shown = wall.locator(".probe").evaluate("band => parseFloat(getComputedStyle(band).fontSize)")
    assert shown >= 0.035 * WALL["height"]

    topics = desk.locator("#topics .desk-row")
    desk.locator("[data-new-bar] button").or_(topics.first).first.wait_for(timeout=SOON)
    phone.goto(copy.at("topics/"))
    expect(phone.locator("#topics .topic").first).to_be_visible(timeout=SOON)
    expect(phone.locator("[data-count-text]").first).not_to_have_text("0", timeout=SOON)
    expect(desk.locator("#desk-devices-line")).not_to_contain_text(" 0 Geräte", timeout=SOON)

    desk.goto(house.at("desk/rehearsal/"))
    desk.locator("summary", has_text="Probe beenden").click()
    desk.get_by_role("button", name="Ja, Probe beenden").click()
    expect(desk.get_by_text("ganz gelöscht")).to_be_visible()
    expect(phone.locator(".probe")).to_be_hidden(timeout=SOON)  # open pages find out by themselves
    gone = somebody(copy.at(""), screen=LAPTOP)
    expect(gone.locator("[data-problem], h1").first).to_be_visible()
    assert gone.request.get(copy.at("")).status == 404
    after = house.state()
    assert {key: after[key] for key in ("topics", "sessions", "slots", "rooms")} == {
        key: before[key] for key in ("topics", "sessions", "slots", "rooms")
    }


def test_the_desk_sees_how_many_devices_come(house: House, desk: Page) -> None:
    desk.goto(house.at("desk/"))
    desk.locator("#desk-devices summary").click()
    desk.get_by_label("Personen im Haus").fill("4")
    desk.locator("#desk-people button").click()
    expect(desk.locator("#desk-devices-line")).to_contain_text("4 Personen im Haus")
    for _phone in range(9):
        house.device()
    expect(desk.locator("#desk-devices .note--warn")).to_be_visible(timeout=SOON)
    desk.get_by_role("button", name="Auf").click()
    expect(desk.locator("[data-undo]")).to_contain_text("Mehr Geräte zählen.")
    raised = desk.locator("#desk-devices b").last.inner_text()
    desk.get_by_role("button", name="Rückgängig").click()
    expect(desk.locator("#desk-devices b").last).not_to_have_text(raised)
