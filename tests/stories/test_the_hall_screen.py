"""The story of those who read from ten metres away: large, whole, honest about its age, and it says what changed."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.town import another_event

SEVEN = 7
TITLE = "Wie wird aus dem Haushalt ein Gespräch mit allen im Ort? ({})"
SCREENS: dict[str, tuple[ViewportSize, float]] = {
    "a projector": ({"width": 1920, "height": 1080}, 1),
    "an old projector, four to three": ({"width": 1024, "height": 768}, 1),
    "a city's laptop at 125 %": ({"width": 1024, "height": 576}, 1.25),  # 1280 x 720 real pixels
}
FILL = """
from tagwerk.events.models import Event, Slot; from tagwerk.events.actions import add_room; from tagwerk.programme.actions import schedule
event = Event.objects.at('{slug}').get()
add_room(event, 'Trausaal', 20); add_room(event, 'Dachterrasse mit Blick', 20)
slot = Slot.objects.filter(day__event=event, is_open=True).order_by('start').first()
[schedule(event, slot, room, title='{title}'.format(room.position), host_name='') for room in event.rooms.all()]
"""

# Every text that is seen on the screen: large enough for the last row, and nothing of it cut off.
FAULTS = """() => {
    const faults = [];
    const least = innerHeight * 0.035 - 0.1;
    const walker = document.createTreeWalker(document.querySelector("[data-board]"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const words = walker.currentNode.textContent.trim();
        const element = walker.currentNode.parentElement;
        if (!words || !element.checkVisibility({visibilityProperty: true})) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < least) faults.push(`${(size / innerHeight * 100).toFixed(1)} % of the height: ${words}`);
        const box = element.getBoundingClientRect();
        if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) faults.push(`outside: ${words}`);
        for (let at = element; at !== document.body; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.overflow === "visible") continue;
            if (at.scrollHeight > at.clientHeight + 2 || at.scrollWidth > at.clientWidth + 1) faults.push(`cut: ${words}`);
        }
    }
    return faults;
}"""


@pytest.fixture(scope="module")
def seven(house: House) -> House:
    """Give an event whose first slot is full: seven rooms, seven long titles."""
    event = another_event(house, "sieben")
    house.run(FILL.format(slug="sieben", title=TITLE))
    return event


@pytest.mark.parametrize("name", SCREENS)
def test_seven_rooms_stand_there_whole_and_large(seven: House, somebody: Somebody, name: str) -> None:
    screen, scale = SCREENS[name]
    page = somebody(seven.at("board/"), screen=screen, device_scale_factor=scale)
    page.keyboard.press("ArrowRight")
    for _page in range(len(page.locator("[data-board-page]").all())):
        if page.locator(".is-shown .board__room").count() == SEVEN:
            break
        page.keyboard.press("ArrowRight")
    expect(page.locator(".is-shown .board__room")).to_have_count(SEVEN)
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    assert page.evaluate(FAULTS) == []
    lowest = page.locator(".is-shown .board__row").last.evaluate("(row) => row.getBoundingClientRect().bottom")
    assert lowest <= page.locator(".board__foot").evaluate("(foot) => foot.getBoundingClientRect().top")


def test_the_address_stands_there_typed_and_as_a_code(house: House, wall: Page) -> None:
    expect(wall.locator(".board__join")).to_contain_text(f"127.0.0.1:{house.port}/{house.event}")
    box = wall.locator(".board__qr svg").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 1080 * 0.09


def test_one_slot_after_the_other_is_shown(house: House, wall: Page) -> None:
    house.planned("Kommt eine Seite weiter")
    wall.clock.install()
    wall.reload()
    shown = wall.locator(".is-shown [class=board__when]")
    first = shown.inner_text()
    expect(wall.locator("[data-dots] i.is-shown")).to_have_count(1)
    wall.clock.fast_forward(12_100)
    expect(shown).not_to_have_text(first)


def test_a_change_fills_the_screen_and_then_stays_in_the_footer(house: House, wall: Page) -> None:
    topic = house.planned("Zieht im Großen um")
    wall.clock.install()
    wall.reload()
    expect(wall.locator("html[data-connection=live]")).to_be_attached()
    assert house.move(topic["session"], **house.free_place(but=2))[0] == 200
    notice, footer = wall.locator("[data-notice]"), wall.locator("[data-changed]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("GEÄNDERT")
    expect(notice).to_contain_text(f"Thema {topic['number']}")
    assert notice.bounding_box() == {"x": 0, "y": 0, "width": 1920, "height": 1080}
    wall.clock.fast_forward(20_100)
    expect(notice).to_be_hidden()
    expect(footer).to_contain_text(f"Thema {topic['number']}")
    assert wall.evaluate(FAULTS) == []
    wall.clock.fast_forward(600_000)
    expect(footer).to_be_hidden()


def test_it_says_how_old_it_is_when_the_server_is_gone_and_goes_on_by_itself(house: House, wall: Page) -> None:
    wall.clock.install(time=datetime.now(UTC))
    wall.reload()
    expect(wall.locator("html[data-connection=live]")).to_be_attached()
    house.kill()
    expect(wall.locator("html[data-connection=searching]")).to_be_attached()
    stale = wall.locator("[data-stale]")
    wall.clock.fast_forward(31_000)
    expect(stale).to_have_text(re.compile(r"^Stand \d\d:\d\d – Verbindung wird gesucht$"))
    assert wall.evaluate(FAULTS) == []
    house.come_back()
    wall.clock.fast_forward(5_000)
    expect(stale).to_be_hidden()


def test_a_reload_shows_the_same_and_needs_nobody_to_sign_in(house: House, wall: Page) -> None:
    house.planned("Noch da nach dem Neuladen")
    expect(wall.locator(".board__row", has_text="Noch da nach dem Neuladen")).to_have_count(1)
    before = sorted(wall.locator(".board__row").all_text_contents())
    wall.reload()
    assert sorted(wall.locator(".board__row").all_text_contents()) == before
    assert wall.context.cookies() == []


def test_one_button_fills_the_screen_and_the_pointer_hides(house: House, wall: Page) -> None:
    wall.mouse.move(500, 500)
    button = wall.get_by_role("button", name="Vollbild")
    button.click()
    expect(button).to_be_hidden()
    assert wall.evaluate("document.fullscreenElement === document.documentElement")
    expect(wall.locator("body.is-idle")).to_be_attached()
    assert wall.locator("body").evaluate("(body) => getComputedStyle(body).cursor") == "none"
