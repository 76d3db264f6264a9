"""A real browser for the stories: one Chromium per worker, a fresh and separate visit for each person."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str | None:
    """Find the browser: the one dev.py found (and perhaps installed), else the system's."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a browser; `browser.new_context()` is somebody's phone, with its own cookies."""
    path = chromium()
    if path is None:
        pytest.skip("Chromium is not there: apt install chromium-headless-shell")
    sandbox = () if os.geteuid() else ("--no-sandbox",)  # Chromium refuses root otherwise
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread, beside our queries
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox])
        yield browser
        browser.close()
