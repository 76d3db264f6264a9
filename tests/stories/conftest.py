"""What stories share: a running house per worker and database, people with phones, a desk and a wall."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.stories import house as houses
from tests.stories import places, town
from tests.stories.house import House

PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
WALL: ViewportSize = {"width": 1920, "height": 1080}
Somebody = Callable[..., Page]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """Give a running house with an empty barcamp, on the database that this run is about."""
    with _running(tmp_path_factory, f"stories_{worker_id}") as house:
        yield house


@pytest.fixture(scope="session")
def tour(browser: Browser, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[places.Tour]:
    """Give the way through every page of a filled house, which nobody changes: all who only look share it."""
    with _running(tmp_path_factory, f"tour_{worker_id}") as house:
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
def _running(folders: pytest.TempPathFactory, name: str) -> Iterator[House]:
    with pytest.MonkeyPatch.context() as patch:
        url = os.environ.get("DATABASE_URL", "")
        if url:
            patch.setenv("DATABASE_URL", _own_database(url, name))
        running = houses.start(folders.mktemp("house"))
        try:
            yield running
        finally:
            running.stop()


def _own_database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
