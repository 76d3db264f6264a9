"""The story of those without a phone: a card on paper, a helper who taps for them in seconds, one wish list each."""

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import LAPTOP, PHONE, Somebody
from tests.stories.house import House
from tests.stories.large import large

MARKED = (3, 7, 12, 18, 21)
SECONDS = 20


@pytest.fixture(scope="module")
def hall(house: House) -> House:
    """Give an event with thirty topics."""
    return large(house, "papier")


@pytest.fixture
def helper(hall: House, somebody: Somebody) -> Somebody:
    """Give a function that lets a helper sign in and open a page of the event."""

    def come_in(path: str, **options: object) -> Page:
        page = somebody(f"{hall.base}/demo/barcamp/", **options)
        page.get_by_role("button", name="Als Moderation eintreten").click()
        page.goto(hall.at(path))
        return page

    return come_in


def wishes(hall: House, code: str) -> list[int]:
    """Give the numbers that a card wishes for, as stored."""
    rows = f"Interest.objects.filter(device__card__code='{code}').values_list('topic__number', flat=True)"
    return [int(n) for n in hall.run(f"from tagwerk.barcamp.models import Interest; print(*sorted({rows}))").split()]


def test_five_numbers_by_thumb_are_five_taps(hall: House, helper: Somebody) -> None:
    code, after = hall.card(), hall.card()
    page = helper(f"desk/cards/{code}/", screen=PHONE, has_touch=True, is_mobile=True)  # the camera opened it
    expect(page.locator("#numbers")).not_to_be_focused()  # no keyboard covers the pad
    begun = page.evaluate("Date.now()")
    for number in MARKED:
        page.locator(f'.card-key[value="{number}"]').tap()
        expect(page.locator("[data-card-said]")).to_contain_text(f"{number} ")
        expect(page.locator("[data-card-said]")).to_be_in_viewport()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(len(MARKED))
    expect(page.locator("[data-card-list] li")).to_have_count(len(MARKED))
    expect(page.locator("#code")).to_be_in_viewport()
    page.locator("#code").fill(after)
    page.get_by_role("button", name="Öffnen").tap()
    page.wait_for_url(f"**/desk/cards/{after}/")
    assert page.evaluate("Date.now()") - begun < SECONDS * 1000
    assert wishes(hall, code) == list(MARKED)
    assert wishes(hall, after) == []


def test_the_same_number_again_takes_it_back_and_quick_taps_all_arrive(hall: House, helper: Somebody) -> None:
    code = hall.card()
    page = helper(f"desk/cards/{code}/", screen=PHONE)
    page.evaluate("for (let n = 1; n <= 20; n += 1) document.querySelector(`.card-key[value='${n}']`).click()")
    page.evaluate("for (let n = 1; n <= 10; n += 1) document.querySelector(`.card-key[value='${n}']`).click()")
    expect(page.locator('[aria-pressed="true"]')).to_have_count(10)
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Öffnen").click()  # which waits until every tap has arrived
    page.wait_for_url(f"**/desk/cards/{code}/")
    expect(page.locator("[data-card-said]")).to_be_empty()
    assert wishes(hall, code) == list(range(11, 21))
    page.reload()
    expect(page.locator('[aria-pressed="true"]')).to_have_count(10)


def test_a_card_is_done_by_keyboard_and_the_next_code_can_be_typed_at_once(hall: House, helper: Somebody) -> None:
    codes = [hall.card() for _card in range(3)]
    page = helper("desk/cards/", screen=LAPTOP)
    expect(page.locator("#code")).to_be_focused()
    keys = 0
    begun = page.evaluate("Date.now()")
    for code in codes:
        for typed in (code.lower(), " ".join(map(str, MARKED))):
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
            keys += len(typed) + 1
            page.wait_for_load_state()
            expect(page.locator(":focus")).to_have_attribute("id", "numbers" if typed == code.lower() else "code")
    took = (page.evaluate("Date.now()") - begun) / 1000 / len(codes)
    assert keys / len(codes) == 20, "6 for the code, 12 for five numbers, twice Enter"
    assert took < SECONDS
    expect(page.get_by_text("Gemerkt: 3, 7, 12, 18, 21.")).to_be_visible()
    assert [wishes(hall, code) for code in codes] == [list(MARKED)] * 3


def test_what_is_tapped_without_a_network_arrives_later(hall: House, helper: Somebody) -> None:
    code = hall.card()
    page = helper(f"desk/cards/{code}/")
    page.context.set_offline(True)
    page.locator('.card-key[value="4"]').click()
    expect(page.get_by_text("Gespeichert. Wird gesendet, sobald Netz da ist.")).to_be_visible()
    page.context.set_offline(False)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
        pass
    assert wishes(hall, code) == [4]


def test_it_works_without_javascript(hall: House, helper: Somebody) -> None:
    code = hall.card()
    page = helper(f"desk/cards/{code}/", java_script_enabled=False)
    page.locator('.card-key[value="5"]').click()
    page.locator("#numbers").fill("6 777")
    page.get_by_role("button", name="Merken").click()
    expect(page.get_by_text("Diese Nummern gibt es nicht: 777.")).to_be_visible()
    page.locator('.card-key[value="5"]').click()
    expect(page.locator('[aria-pressed="true"]')).to_have_text(
        "6 Offene Daten: was Rathaus, Schule und Verein davon haben, x2"
    )
    page.locator("summary", has_text="Eigenes Thema").click()
    page.get_by_label("Worum geht es?").fill("Vom Papier an die Wand")
    page.get_by_role("button", name="Thema vorschlagen").click()
    expect(page.get_by_text("ist vorgeschlagen")).to_be_visible()
    assert wishes(hall, code) == [6]


CAMERA = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "HTTPS://X.EXAMPLE/papier/desk/cards/%s/" }]; } };
navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    return canvas.captureStream(10);
};
"""


def test_the_camera_of_the_page_opens_a_card_where_the_browser_reads_codes(hall: House, helper: Somebody) -> None:
    code = hall.card()
    page = helper("desk/cards/")
    assert page.evaluate("'BarcodeDetector' in window") == page.locator("[data-scan]").is_visible()
    page.add_init_script(CAMERA % code)
    page.reload()
    page.get_by_role("button", name="Mit der Kamera scannen").click()
    page.wait_for_url(f"**/desk/cards/{code}/")
