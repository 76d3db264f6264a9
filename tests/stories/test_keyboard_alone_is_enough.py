"""The story of those without a mouse or a finger: whole ways by keyboard, with the focus always somewhere sensible."""

from playwright.sync_api import Locator, Page, expect

from tests.stories.conftest import LAPTOP, Somebody
from tests.stories.house import House

MOST_STEPS = 90


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press a key until the target has the focus, as somebody would who cannot point."""
    expect(target).to_be_visible()
    for _step in range(MOST_STEPS):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST_STEPS} steps did not lead to {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach a control and press a key on it."""
    reach(page, target)
    page.keyboard.press(key)


def test_the_first_step_leads_past_the_navigation(house: House, phone: Somebody) -> None:
    page = phone("topics/", screen=LAPTOP)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main").get_by_role("link", name="Thema vorschlagen").first).to_be_focused()


def test_proposing_needs_no_mouse_and_mistakes_are_found(house: House, phone: Somebody) -> None:
    page = phone("topics/new/")
    press(page, page.get_by_role("button", name="Thema vorschlagen"))
    mistake = page.locator(".errors a").first
    press(page, mistake)
    title = page.get_by_label("Worum geht es?")
    expect(title).to_be_focused()
    page.keyboard.type("Tastatur statt Maus")
    reach(page, page.get_by_role("radio", name="Erfahrung teilen"))
    page.keyboard.press("ArrowDown")
    reach(page, page.get_by_label("Name an der Wand"))
    page.keyboard.type("Noor")
    reach(page, page.locator("summary", has_text="Weitere Angaben"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Beschreibung"))
    page.keyboard.type("Alles geht auch so.")
    press(page, page.get_by_role("button", name="Thema vorschlagen"))
    expect(page.get_by_text("Danke!")).to_be_visible()
    assert "?new=1" in page.url
    topic = next(one for one in house.state()["topics"] if one["title"] == "Tastatur statt Maus")
    assert (topic["host_name"], topic["description"]) == ("Noor", "Alles geht auch so.")


def test_interest_goes_on_and_off_under_the_same_finger(house: House, phone: Somebody) -> None:
    topic = house.propose("An und aus")
    page = phone("topics/")
    card = page.locator(f"#topic-{topic['code']}")
    press(page, card.get_by_role("button", name="Interessiert mich"), "Space")
    back = card.get_by_role("button", name="Zurücknehmen")
    expect(back).to_be_focused()
    expect(card.get_by_text("Gezählt.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(card.get_by_role("button", name="Interessiert mich")).to_be_focused()
    expect(card.get_by_text("Zurückgenommen.")).to_be_visible()


def test_coming_and_searching_need_no_mouse(house: House, phone: Somebody) -> None:
    topic = house.planned("Kommen und finden")
    page = phone("topics/")
    reach(page, page.get_by_role("searchbox"))
    page.keyboard.type(str(topic["number"]))
    page.keyboard.press("Enter")
    expect(page.locator("#topics article")).to_have_count(1)
    press(page, page.get_by_role("link", name="Kommen und finden"))
    press(page, page.get_by_role("link", name="Zum Programmpunkt"))
    press(page, page.get_by_role("button", name="Ich komme"))
    expect(page.locator("[data-coming][data-mine=on] button")).to_be_focused()
    expect(page.get_by_text("Schön, dass Sie kommen.")).to_be_visible()


def test_the_focus_stays_while_others_change_what_has_it(house: House, phone: Somebody) -> None:
    topic = house.propose("Alle wollen hin")
    page = phone("topics/")
    card = page.locator(f"#topic-{topic['code']}")
    reach(page, card.get_by_role("button", name="Interessiert mich"))
    house.back(topic["code"], house.threshold())
    expect(card.locator(".place")).to_be_visible()
    expect(card.get_by_role("button", name="Interessiert mich")).to_be_focused()


def test_new_topics_are_let_in_by_key_and_the_focus_goes_to_them(house: House, phone: Somebody) -> None:
    page = phone("topics/")
    expect(page.locator("[data-live-state]")).to_have_text("live")
    house.propose("Gerade dazugekommen")
    press(page, page.locator("[data-new-bar] button"))
    expect(page.get_by_role("link", name="Gerade dazugekommen")).to_be_focused()


def test_the_desk_moves_a_session_in_a_dialog(house: House, desk: Page) -> None:
    session = house.planned("Zieht um")["session"]
    row = desk.locator(f"#desk-session-{session}")
    move = row.get_by_role("link", name="Verschieben")
    press(desk, move)
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert desk.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(move).to_be_focused()

    desk.keyboard.press("Enter")
    reach(desk, dialog.get_by_role("radio").first)
    desk.keyboard.press("ArrowDown")
    press(desk, dialog.get_by_role("button", name="Verschieben"))
    expect(dialog).to_have_count(0)
    expect(row.locator(".tag", has_text="statt")).to_be_visible()
    expect(row.get_by_role("link", name="Verschieben")).to_be_focused()


def test_the_desk_pins_cancels_and_takes_back(house: House, desk: Page) -> None:
    session = house.planned("Wird festgehalten")["session"]
    row = desk.locator(f"#desk-session-{session}")
    press(desk, row.get_by_role("button", name="Festhalten"))
    expect(row.get_by_text("fest", exact=True)).to_be_visible()
    expect(row.get_by_role("button", name="Lösen")).to_be_focused()
    press(desk, row.get_by_role("button", name="Absagen"))
    expect(row.get_by_text("abgesagt")).to_be_visible()
    expect(row.get_by_role("button", name="Findet doch statt")).to_be_focused()
    undo = desk.get_by_role("button", name="Rückgängig")
    press(desk, undo)
    expect(row.get_by_text("abgesagt")).to_have_count(0)
    expect(undo).to_have_count(0)
    assert row.evaluate("(row) => row.contains(document.activeElement)")


def test_the_desk_tells_everybody_something(house: House, desk: Page, phone: Somebody) -> None:
    reader = phone("")
    expect(reader.locator("[data-live-state]")).to_have_text("live")
    field = desk.get_by_label("Mitteilung an alle")
    reach(desk, field)
    desk.keyboard.type("Das Büfett ist eröffnet")
    desk.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    expect(reader.locator("#news", has_text="Das Büfett ist eröffnet")).to_be_visible()
