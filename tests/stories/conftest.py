"""What stories share: a running house per worker and database, people with phones, a desk and a wall."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.stories import house as houses
from tests.stories import places, prepared, town
from tests.stories.house import House

PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
WALL: ViewportSize = {"width": 1920, "height": 1080}
Somebody = Callable[..., Page]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """Give a running house with an empty barcamp, on the database that this run is about."""
    with running(tmp_path_factory, worker_id, "stories") as house:
        yield house


@pytest.fixture(scope="session")
def tour(browser: Browser, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[places.Tour]:
    """Give the way through every page of a filled house, which nobody changes: all who only look share it."""
    with running(tmp_path_factory, worker_id, "tour") as house:
        empty = town.another_event(house, "leer")
        yield places.tour(browser, house, empty, town.fill(house))


@pytest.fixture
def somebody(browser: Browser) -> Iterator[Somebody]:
    """Give a function that lets somebody come in with a device of their own and open a page."""
    visits: list[BrowserContext] = []

    def come_in(url: str, *, screen: ViewportSize = PHONE, **options: Any) -> Page:
        context = browser.new_context(viewport=screen, locale="de-DE", timezone_id="Europe/Berlin", **options)
        visits.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield come_in
    for context in visits:
        context.close()


@pytest.fixture
def phone(house: House, somebody: Somebody) -> Somebody:
    """Give a function that opens a page of the event on a new phone."""
    return lambda path="", **options: somebody(house.at(path), **options)


@pytest.fixture
def desk(house: House, somebody: Somebody) -> Page:
    """Give the moderator's desk on a laptop, signed in through the demo's door."""
    page = somebody(f"{house.base}/demo/{houses.EVENT}/", screen=LAPTOP)
    page.get_by_role("button", name="Als Moderation eintreten").click()
    return page


@pytest.fixture
def wall(house: House, somebody: Somebody) -> Page:
    """Give the hall screen."""
    return somebody(house.at("board/"), screen=WALL)


@contextmanager
def running(folders: pytest.TempPathFactory, worker: str, name: str) -> Iterator[House]:
    """Run a house of its own, a copy of the prepared one; it is stopped at the end."""
    folder = folders.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        url = prepared.copy(prepared.shared_by_workers(folders, worker), folder, f"{name}_{worker}")
        if url:
            patch.setenv("DATABASE_URL", url)
        running = houses.start(folder)
        try:
            yield running
        finally:
            running.stop()
