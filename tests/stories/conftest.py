"""What stories share: a running house per worker and database, people with phones, a desk and a wall."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.stories import house as houses
from tests.stories.house import House

PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
WALL: ViewportSize = {"width": 1920, "height": 1080}
Somebody = Callable[..., Page]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """Give a running house with an empty barcamp, on the database that this run is about."""
    with pytest.MonkeyPatch.context() as patch:
        url = os.environ.get("DATABASE_URL", "")
        if url:
            patch.setenv("DATABASE_URL", _own_database(url, f"stories_{worker_id}"))
        running = houses.start(tmp_path_factory.mktemp("house"))
        yield running
        running.stop()


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


def _own_database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    head, _slash, tail = url.rpartition("/")
    return f"{head}/{name}?{tail.partition('?')[2]}"
