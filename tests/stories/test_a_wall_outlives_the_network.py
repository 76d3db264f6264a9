"""The story of a wall whose network is cut: a reload shows the last state and its age, and later it is right again."""

import re
import time
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from tests.stories.conftest import WALL, Somebody
from tests.stories.house import House

KEPT = """async () => {
    const names = await caches.keys();
    const stores = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return stores.flat().map(({url}) => new URL(url).pathname).sort();
}"""


def kept(page: Page) -> Any:
    return page.evaluate(KEPT)


def keeps(page: Page, words: str) -> None:
    """Wait until the page's own state in the store says these words."""
    script = "caches.match(location.pathname).then((found) => found?.text() ?? '')"
    deadline = time.monotonic() + 20
    while words not in page.evaluate(script):
        assert time.monotonic() < deadline
        page.wait_for_timeout(200)


def test_a_reload_without_network_shows_the_last_state_and_says_how_old_it_is(house: House, wall: Page) -> None:
    house.planned("Stand noch da")
    expect(wall.locator(".board__row", has_text="Stand noch da")).to_have_count(1)
    keeps(wall, "Stand noch da")
    rows = sorted(wall.locator(".board__row").all_text_contents())

    wall.clock.install(time=datetime.now(UTC))
    house.kill()
    wall.reload()
    assert sorted(wall.locator(".board__row").all_text_contents()) == rows
    assert wall.evaluate("getComputedStyle(document.querySelector('.board__foot')).display") == "flex"
    wall.clock.fast_forward(31_000)
    stale = wall.locator("[data-stale]")
    expect(stale).to_have_text(re.compile(r"^Stand \d\d:\d\d – Verbindung wird gesucht$"))

    house.come_back()
    wall.clock.fast_forward(5_000)
    expect(stale).to_be_hidden()
    house.planned("Kam danach")
    expect(wall.locator(".board__row", has_text="Kam danach")).to_have_count(1)


def test_only_walls_and_what_they_are_made_of_are_kept(house: House, wall: Page) -> None:
    wall.mouse.move(500, 500)
    wall.get_by_role("button", name="Koppeln").click()
    expect(wall.locator(".board__foot [data-screen=waiting]")).to_be_visible()
    keeps(wall, "data-board")
    door = house.state()["rooms"][0]["id"]
    for path in (f"board/{door}/", "board/code/", "", "mine/", "board/foyer/"):
        wall.goto(house.at(path))
    wall.goto(house.at("board/"))
    wall.wait_for_timeout(1_500)
    pages = [path for path in kept(wall) if not path.startswith("/static/")]
    root = f"/{house.event}/board/"
    assert pages == sorted([root, f"{root}{door}/", f"{root}foyer/"])
    assert any(path.endswith(".css") for path in kept(wall))


def test_a_phone_gets_no_worker_from_the_walls(house: House, phone: Somebody) -> None:
    page = phone("")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_the_time_on_a_reloaded_wall_is_the_time_of_day(house: House, somebody: Somebody) -> None:
    page = somebody(house.at("board/"), screen=WALL)
    keeps(page, "data-board")
    house.kill()
    page.clock.install(time=datetime.now(UTC))
    page.clock.fast_forward(3_600_000)
    page.reload()
    expected = page.evaluate(
        "new Date().toLocaleTimeString('de', {hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin'})"
    )
    expect(page.locator("[data-clock]")).to_have_text(expected)
    house.come_back()
