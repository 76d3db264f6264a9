"""Make the pictures of README.md from a demo with its crowd: a phone, the desk, the hall screen.

Run with the tests' environment: .venv/bin/python tools/screenshots.py [SECONDS to let the crowd work first]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import chromium  # noqa: E402 - the tests' way of finding a browser

PICTURES = ROOT / "docs" / "pictures"
USUAL_WAIT = 200.0
TURN = 12_500  # milliseconds after which the hall screen shows another slot
ADDRESS = "http://barcamp.musterstadt.example"  # what the hall screen tells people to type


def addresses(process: "subprocess.Popen[str]") -> dict[str, str]:
    """Read what the demo prints until it is ready."""
    found: dict[str, str] = {}
    for line in process.stdout or ():
        name, _colon, value = line.strip().partition(": ")
        found[name] = value
        if name == "ready":
            return found
    raise SystemExit("the demo did not start")


def opened(browser: Browser, url: str, width: int, height: int, scale: float = 1) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=scale, locale="de-DE"
    )
    page = context.new_page()
    page.goto(url)
    return page


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)  # fonts, the live connection, the first change
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KiB")


def take(browser: Browser, urls: dict[str, str]) -> None:
    shoot(opened(browser, urls["participant"], 390, 780, 1.5), "participant")
    desk = opened(browser, urls["moderator"], 1280, 860)
    desk.get_by_role("button", name="Als Moderation eintreten").click()
    shoot(desk, "desk")
    shoot(busiest(opened(browser, urls["hall screen"], 1280, 720)), "hall-screen")


def busiest(board: Page) -> Page:
    """Wait until the hall screen shows a slot with several sessions."""
    for _turn in range(10):
        if board.locator(".board__room:visible").count() > 1:
            break
        board.wait_for_timeout(TURN)
    return board


def main(arguments: list[str]) -> int:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tagwerk", "demo", "--port", "0"]
        settings = {**os.environ, "TAGWERK_DATA": folder, "TAGWERK_URL": ADDRESS, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)
        try:
            urls = addresses(process)
            time.sleep(float(arguments[0]) if arguments else USUAL_WAIT)
            with sync_playwright() as playwright:
                path = chromium()
                sandbox = [] if os.geteuid() else ["--no-sandbox"]
                take(playwright.chromium.launch(executable_path=path, args=sandbox), urls)
        finally:
            process.terminate()
            process.wait(20)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
