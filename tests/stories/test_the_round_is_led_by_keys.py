"""The story of a moderator and a scribe without a mouse: the Bühne and the Regie by keyboard alone, also with a presenter."""

from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.pitches import stage_of
from tests.stories.test_keyboard_alone_is_enough import press, reach


def number_on_stage(house: House) -> int | None:
    current = stage_of(house)["current"]
    return int(current["number"]) if current else None


def test_the_buehne_by_tab_and_by_presenter(house: House, desk: Page) -> None:
    for title in ("Erstes", "Zweites"):
        house.propose(title, host_name=title)
    desk.clock.install()
    desk.goto(house.at("desk/stage/"))
    press(desk, desk.get_by_role("button", name="Vorstellen beginnen"))
    expect(desk.locator("[data-stage-dock]")).to_be_visible()
    expect(desk.locator("[data-live-state]")).to_have_text("live")
    press(desk, desk.locator("[data-stage-next]"))
    number = desk.locator("[data-stage-number]")
    expect(number).not_to_be_empty()
    first = number.inner_text()
    desk.clock.fast_forward(30_000)  # the same key at once would be the same step
    desk.keyboard.press("PageDown")
    expect(number).not_to_have_text(first)
    desk.keyboard.press("PageUp")
    expect(number).to_have_text(first)
    expect(desk.locator("[data-stage-kept]")).to_be_empty()
    assert number_on_stage(house) == int(first)


def test_the_scribe_counts_merges_and_takes_back(house: House, desk: Page) -> None:
    into, other = (house.propose(title, host_name=title) for title in ("Haushalt offen", "Offener Haushalt"))
    desk.goto(house.at("desk/regie/"))
    row = desk.locator(f"#regie-topic-{into['code']}")
    press(desk, row.get_by_role("button", name="+5"))
    expect(row.locator(".regie-count")).to_contain_text("5 Hände")
    press(desk, row.locator("summary", has_text="Bearbeiten"))
    reach(desk, row.get_by_label("Zusammenlegen mit Nr."))
    desk.keyboard.type(str(other["number"]))
    desk.keyboard.press("Enter")
    press(desk, desk.get_by_role("button", name="Zusammenlegen"))
    expect(row).to_contain_text(f"mit Thema {other['number']}")
    press(desk, desk.locator("[data-undo]").get_by_role("button", name="Rückgängig"))
    expect(row).not_to_contain_text(f"mit Thema {other['number']}")


def test_a_helper_enters_a_card_by_keys(house: House, desk: Page, somebody: Somebody) -> None:
    topic = house.propose("Ohne Telefon dabei")
    card = house.card()
    desk.goto(house.at(f"desk/cards/{card}/"))
    reach(desk, desk.locator("#numbers"))
    desk.keyboard.type(str(topic["number"]))
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-card-note]")).to_be_visible()
    assert house.ask("GET", f"/topics/{topic['code']}", token=house.token)[1]["interest"] == 1
