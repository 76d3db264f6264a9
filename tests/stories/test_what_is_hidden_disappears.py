"""The crew hides what was public: it leaves every open page and every copy on a phone within seconds."""

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.pockets import keep_for_the_way

TITLES = ("Der Entwurf, den noch niemand sehen soll", "Was alle sehen dürfen")
RELEASED = """
from django.utils import timezone; from tagwerk.events.models import Event, Slot; from tagwerk.programme.actions import schedule
event = Event.objects.at('{event}').get()
slot = Slot.objects.filter(day__event=event, start__gt=timezone.now()).order_by('start')[{place}]
print(schedule(event, slot, event.rooms.all()[1], title='{title}', kind='talk').code)
"""
WITHIN = 8_000  # milliseconds


KEPT = """async ([path, words, isThere, within]) => {
    for (const until = Date.now() + within; Date.now() < until; await new Promise((done) => setTimeout(done, 100))) {
        const found = await caches.match(path);
        if (isThere === Boolean(found && (await found.text()).includes(words))) return true;
    }
    return false;
}"""


def kept_says(page: Page, path: str, words: str, *, is_there: bool = True) -> bool:
    """Wait until the copy of a page on this device says something, or says it no more; False when it never comes."""
    return bool(page.evaluate(KEPT, [path, words, is_there, WITHIN]))


def public(house: House, title: str, place: int) -> str:
    """Put a talk into the first slots of the day; gives its code."""
    return house.run(RELEASED.format(event=house.event, title=title, place=place)).strip()


def hide(house: House, desk: Page, code: str) -> None:
    """Let the crew hide one item."""
    desk.goto(house.at("desk/programme/"))
    desk.locator(f"#line-{code} [name=session]").check()
    desk.get_by_text("Wieder verbergen").click()
    desk.get_by_role("button", name="Ausgewählte verbergen").click()
    expect(desk.get_by_role("button", name="Rückgängig")).to_be_visible()


@pytest.mark.parametrize("path", ["schedule/", "", "board/", "rooms/"])
def test_it_leaves_open_pages_and_comes_back_with_one_tap(house: House, phone: Somebody, desk: Page, path: str) -> None:
    title = f"{TITLES[0]}: {path}"
    code = public(house, title, 0)
    page = phone(path)
    expect(page.get_by_text(title).first).to_be_attached()
    page.evaluate("window.opened = true")
    hide(house, desk, code)
    expect(page.get_by_text(title)).to_have_count(0, timeout=WITHIN)
    desk.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text(title).first).to_be_attached(timeout=WITHIN)
    assert page.evaluate("window.opened"), "nobody had to load it anew"
    hide(house, desk, code)


def test_its_own_page_says_so_and_another_ones_stays(house: House, phone: Somebody, desk: Page) -> None:
    one, other = (public(house, title, place) for place, title in enumerate(TITLES))
    page, beside = phone(f"sessions/{one}/"), phone(f"sessions/{other}/")
    for open_page, title in ((page, TITLES[0]), (beside, TITLES[1])):
        expect(open_page.get_by_role("heading", name=title)).to_be_visible()
    hide(house, desk, one)
    expect(page.get_by_text(TITLES[0])).to_have_count(0, timeout=WITHIN)
    expect(beside.get_by_role("heading", name=TITLES[1])).to_be_visible()


def test_the_copy_on_a_phone_forgets_it_too(house: House, phone: Somebody, desk: Page) -> None:
    code = public(house, TITLES[0], 2)
    page = phone("schedule/")
    keep_for_the_way(page)
    schedule, own = f"/{house.event}/schedule/", f"/{house.event}/sessions/{code}/"
    assert kept_says(page, schedule, TITLES[0])
    page.goto(house.at(f"sessions/{code}/"))
    assert kept_says(page, own, TITLES[0])
    page.goto(house.at("topics/"))
    hide(house, desk, code)
    assert kept_says(page, own, TITLES[0], is_there=False)
    assert kept_says(page, schedule, TITLES[0], is_there=False)
    page.context.set_offline(True)
    page.goto(house.at(f"sessions/{code}/"))
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.get_by_text(TITLES[0])).to_have_count(0)
