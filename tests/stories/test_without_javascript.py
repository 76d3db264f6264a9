"""The story of those whose browser runs no scripts: reading, proposing, showing interest and the whole desk as plain forms."""

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import LAPTOP, Somebody
from tests.stories.house import House


@pytest.fixture
def plain(phone: Somebody) -> Somebody:
    """Give a function that opens a page in a browser without JavaScript."""
    return lambda path="", **options: phone(path, java_script_enabled=False, **options)


@pytest.fixture
def plain_desk(house: House, somebody: Somebody) -> Page:
    """Give the desk in a browser without JavaScript."""
    page = somebody(f"{house.base}/demo/{house.event}/", screen=LAPTOP, java_script_enabled=False)
    page.get_by_role("button", name="Als Moderation eintreten").click()
    return page


def test_everything_can_be_read(house: House, plain: Somebody) -> None:
    topic = house.planned("Lesbar ohne alles", description="Auch dieser Satz.")
    page = plain("")
    page.get_by_role("link", name="Programm").first.click()
    page.get_by_role("link", name="Lesbar ohne alles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lesbar ohne alles")
    expect(page.get_by_text("Saal")).to_be_visible()
    page.goto(house.at(f"topics/{topic['number']}/"))
    expect(page.get_by_text("Auch dieser Satz.")).to_be_visible()
    page.goto(house.at("board/"))
    expect(page.locator(".board__row", has_text="Lesbar ohne alles")).to_have_count(1)


def test_the_hall_screen_shows_something_even_so(house: House, plain: Somebody) -> None:
    page = plain("board/", screen={"width": 1280, "height": 720})
    expect(page.locator("[data-board-page]").first).to_be_visible()


def test_a_topic_is_proposed_and_what_was_typed_survives_the_question(house: House, plain: Somebody) -> None:
    page = plain("topics/new/")
    page.get_by_label("Worum geht es?").fill("Ohne Skript „dabei“ & <froh>")
    page.get_by_label("Name an der Wand").fill("Ada")
    page.locator("summary", has_text="Weitere Angaben").click()
    page.get_by_label("Beschreibung").fill("Zeile eins\nZeile zwei")
    page.locator("[name=needs]").first.check()
    page.locator("[name=needs]").nth(1).check()
    page.get_by_role("button", name="Thema vorschlagen").click()
    assert page.context.cookies() == []
    page.get_by_role("button", name="Mitmachen").click()
    expect(page.get_by_text("Danke!")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ohne Skript „dabei“ & <froh>")
    topic = next(one for one in house.state()["topics"] if one["host_name"] == "Ada")
    assert topic["description"] == "Zeile eins\nZeile zwei"
    assert len(topic["needs"]) == 2


def test_mistakes_come_back_with_what_was_typed(house: House, plain: Somebody) -> None:
    page = plain("topics/new/")
    page.get_by_label("Name an der Wand").fill("Grace")
    page.locator("[name=purpose]").nth(1).check()
    page.locator("summary", has_text="Weitere Angaben").click()
    page.get_by_label("Beschreibung").fill("Das soll bleiben.")
    page.get_by_role("button", name="Thema vorschlagen").click()
    expect(page.locator(".errors")).to_be_visible()
    expect(page.get_by_label("Name an der Wand")).to_have_value("Grace")
    expect(page.locator("[name=purpose]").nth(1)).to_be_checked()
    expect(page.get_by_label("Beschreibung")).to_have_value("Das soll bleiben.")
    page.get_by_label("Worum geht es?").fill("Jetzt mit Titel")
    page.get_by_role("button", name="Thema vorschlagen").click()
    page.get_by_role("button", name="Mitmachen").click()
    expect(page.get_by_text("Danke!")).to_be_visible()


def test_interest_leads_to_my_plan_where_it_is_taken_back(house: House, plain: Somebody) -> None:
    topic = house.propose("Einmal hin und zurück")
    page = plain(f"topics/{topic['code']}/")
    page.get_by_role("button", name="Interessiert mich").click()
    page.get_by_role("button", name="Mitmachen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mein Plan")
    assert _interest(house, topic) == 1
    page.locator("article", has_text="Einmal hin und zurück").get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator("article", has_text="Einmal hin und zurück")).to_have_count(0)
    assert _interest(house, topic) == 0


def test_coming_is_said_and_taken_back(house: House, plain: Somebody) -> None:
    topic = house.planned("Komme ich oder nicht")
    page = plain(f"sessions/{topic['session']}/")
    page.get_by_role("button", name="Ich komme").click()
    page.get_by_role("button", name="Mitmachen").click()
    row = page.locator("li.session", has_text="Komme ich oder nicht")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator("li.session", has_text="Komme ich oder nicht")).to_have_count(0)


def test_the_desk_moves_pins_cancels_and_takes_back(house: House, plain_desk: Page) -> None:
    session = house.planned("Ohne Skript verschoben")["session"]
    plain_desk.reload()
    row = plain_desk.locator(f"#desk-session-{session}")
    before = row.locator("b").inner_text()
    row.get_by_role("link", name="Verschieben").click()
    plain_desk.locator("main label.target").nth(1).click()
    plain_desk.get_by_role("button", name="Verschieben").click()
    expect(row.locator(".tag", has_text="statt")).to_be_visible()
    plain_desk.get_by_role("button", name="Rückgängig").click()
    expect(row.locator("b")).to_have_text(before)
    expect(row.locator(".tag", has_text="statt")).to_have_count(0)

    row.get_by_role("button", name="Festhalten").click()
    expect(row.locator(".tag", has_text="fest")).to_be_visible()
    row.get_by_role("button", name="Lösen").click()
    row.get_by_role("button", name="Absagen").click()
    expect(row.locator(".tag", has_text="abgesagt")).to_be_visible()
    row.get_by_role("button", name="Findet doch statt").click()
    expect(row.get_by_role("button", name="Absagen")).to_be_visible()


def test_the_desk_tells_everybody_something_and_takes_it_back(house: House, plain_desk: Page, plain: Somebody) -> None:
    plain_desk.get_by_label("Mitteilung an alle").fill("Das WLAN hat einen neuen Namen")
    plain_desk.get_by_role("button", name="Mitteilen").click()
    reader = plain("")
    expect(reader.locator("#news")).to_contain_text("Das WLAN hat einen neuen Namen")
    plain_desk.get_by_role("button", name="Zurückziehen").first.click()
    reader.reload()
    expect(reader.locator("#news")).not_to_contain_text("Das WLAN hat einen neuen Namen")


def test_a_move_to_a_place_that_was_just_taken_says_so_in_words(house: House, plain_desk: Page) -> None:
    topic = house.planned("War schneller weg")
    session = topic["session"]
    plain_desk.goto(house.at(f"desk/sessions/{session}/move/"))
    assert house.move(session, **house.free_place(but=3))[0] == 200
    plain_desk.get_by_role("button", name="Verschieben").click()
    expect(plain_desk.get_by_role("heading", level=1)).to_have_text("Da war jemand schneller.")
    expect(plain_desk.locator("[data-problem]")).to_contain_text(f"Thema {topic['number']}")


def _interest(house: House, topic: dict[str, str]) -> int:
    return int(house.ask("GET", f"/topics/{topic['code']}", token=house.token)[1]["interest"])
