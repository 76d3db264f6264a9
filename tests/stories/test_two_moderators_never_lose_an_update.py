"""The story of two moderators at two desks: each sees what the other did, and nothing gets lost between them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.stories.conftest import LAPTOP, Somebody
from tests.stories.house import House


@pytest.fixture
def second_desk(house: House, somebody: Somebody) -> Page:
    """Give a second moderator's desk, in a browser of its own."""
    page = somebody(f"{house.base}/demo/{house.event}/", screen=LAPTOP)
    page.get_by_role("button", name="Als Moderation eintreten").click()
    expect(page.locator("[data-live-state]")).to_have_text("live")
    return page


def row(desk: Page, session: str) -> Locator:
    """Give a session's row on a desk."""
    return desk.locator(f"#desk-session-{session}")


def open_move(desk: Page, session: str) -> Locator:
    """Open the dialog that moves a session, with all places in view."""
    row(desk, session).get_by_role("link", name="Verschieben").click()
    dialog = desk.get_by_role("dialog")
    dialog.locator("summary").click()
    return dialog


def standing(house: House, session: str) -> tuple[int, int]:
    """Tell where a session stands now: slot and room."""
    found = house.ask("GET", f"/sessions/{session}")[1]
    return found["slot"], found["room"]


def choose(dialog: Locator, place: dict[str, int]) -> None:
    """Choose a place and move."""
    dialog.locator(f"label:has(input[value='{place['slot']}-{place['room']}'])").click()
    dialog.get_by_role("button", name="Verschieben").click()


def test_the_second_to_move_a_session_reads_what_the_first_did(house: House, desk: Page, second_desk: Page) -> None:
    topic = house.planned("Beide wollen mich")
    session = topic["session"]
    expect(row(desk, session)).to_be_visible()
    first, second = open_move(desk, session), open_move(second_desk, session)
    there, elsewhere = house.free_place(but=2), house.free_place(but=5)
    choose(first, there)
    expect(row(desk, session).locator(".tag", has_text="statt")).to_be_visible()
    expect(row(second_desk, session).locator(".tag", has_text="statt")).to_be_attached()  # behind the open dialog

    choose(second, elsewhere)
    refusal = second.locator("[data-refusal]")
    expect(refusal).to_contain_text("Jemand anderes war schneller.")
    expect(refusal).to_contain_text(f"Thema {topic['number']}")
    expect(refusal).to_contain_text("statt")
    assert standing(house, session) == (there["slot"], there["room"])
    second_desk.keyboard.press("Escape")
    expect(row(second_desk, session).get_by_role("link", name="Verschieben")).to_be_focused()

    choose(open_move(second_desk, session), elsewhere)  # having seen it, the second decides anew
    expect(second_desk.get_by_role("dialog")).to_have_count(0)
    assert standing(house, session) == (elsewhere["slot"], elsewhere["room"])


def test_one_place_goes_to_one_of_two_sessions(house: House, desk: Page, second_desk: Page) -> None:
    mine, yours = house.planned("Will in den Raum")["session"], house.planned("Will da auch hin")["session"]
    before = standing(house, yours)
    expect(row(desk, yours)).to_be_visible()
    expect(row(second_desk, yours)).to_be_visible()
    first, second = open_move(desk, mine), open_move(second_desk, yours)
    place = house.free_place(but=1)
    choose(first, place)
    expect(desk.get_by_role("dialog")).to_have_count(0)
    choose(second, place)
    expect(second.locator("[data-refusal]")).to_contain_text(re.compile("schneller|Dort steht schon"))
    assert standing(house, mine) == (place["slot"], place["room"])
    assert standing(house, yours) == before


def test_taking_back_what_somebody_built_on_is_refused_in_words(house: House, desk: Page) -> None:
    session = house.planned("Erst fest, dann fort")["session"]
    row(desk, session).get_by_role("button", name="Festhalten").click()
    undo = desk.get_by_role("button", name="Rückgängig")
    expect(undo).to_be_visible()
    place = house.free_place(but=3)
    assert house.move(session, **place)[0] == 200
    undo.click()
    expect(desk.locator(".toast", has_text="Jemand anderes war schneller.")).to_be_visible()
    assert standing(house, session) == (place["slot"], place["room"])
    assert house.ask("GET", f"/sessions/{session}")[1]["pinned"]


def test_what_one_desk_does_is_seen_on_the_other_and_on_phones_without_reload(
    house: House, desk: Page, second_desk: Page, phone: Somebody
) -> None:
    session = house.planned("Wandert durch den Tag")["session"]
    reader, listener = phone("schedule/"), phone("")
    for page in (reader, listener):
        expect(page.locator("[data-live-state]")).to_have_text("live")
    place = house.free_place(but=4)
    choose(open_move(desk, session), place)
    expect(row(second_desk, session).locator(".tag", has_text="statt")).to_be_visible()
    expect(reader.locator(f"#session-{session}", has_text="statt")).to_be_visible()

    row(desk, session).get_by_role("button", name="Festhalten").click()
    expect(row(second_desk, session).locator(".tag", has_text="fest")).to_be_visible()
    row(desk, session).get_by_role("button", name="Absagen").click()
    expect(row(second_desk, session).locator(".tag", has_text="abgesagt")).to_be_visible()
    expect(reader.locator(f"#session-{session}", has_text="Fällt aus")).to_be_visible()

    desk.get_by_label("Mitteilung an alle").fill("Gruppenfoto um zwölf")
    desk.get_by_role("button", name="Mitteilen").click()
    expect(second_desk.locator(".news", has_text="Gruppenfoto um zwölf")).to_be_visible()
    expect(listener.locator("#news", has_text="Gruppenfoto um zwölf")).to_be_visible()
    desk.locator(".news li", has_text="Gruppenfoto").get_by_role("button", name="Zurückziehen").click()
    expect(second_desk.locator(".news", has_text="Gruppenfoto um zwölf")).to_have_count(0)
    expect(listener.locator("#news", has_text="Gruppenfoto um zwölf")).to_have_count(0)


def test_a_topic_that_one_desk_puts_aside_leaves_the_other(house: House, desk: Page, second_desk: Page) -> None:
    topic = house.propose("Kommt in den Speicher")
    for page in (desk, second_desk):
        page.locator("[data-new-bar] button").click()
        expect(page.locator(f"#desk-topic-{topic['code']}")).to_be_visible()
    mine = desk.locator(f"#desk-topic-{topic['code']}")
    mine.locator("summary").click()
    mine.get_by_role("button", name="In den Themenspeicher").click()
    expect(second_desk.locator(f"#desk-topic-{topic['code']}.desk-row--open")).to_have_count(0)
