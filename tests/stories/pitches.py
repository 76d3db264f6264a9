"""What stories about the pitch round share: a running round, a moderator's phone, its buttons."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.stories.conftest import PHONE, Somebody
from tests.stories.house import House

TAPS = """addEventListener("click", (event) => {
    if (event.isTrusted) (window.taps ??= []).push(event.target.closest("button, summary")?.textContent.trim());
}, true)"""


def round_with(house: House, titles: list[str]) -> list[Any]:
    """Let people bring topics and begin to pitch; gives the topics in their order."""
    topics = [house.propose(title, host_name=f"Person {number}") for number, title in enumerate(titles, 1)]
    assert house.crew_sends("stage/", do="begin") == 302
    return topics


def stage_of(house: House) -> Any:
    """Give the stage as the server sees it."""
    return house.ask("GET", "/stage", token=house.token)[1]


class Phone:
    """A moderator's phone that shows the Bühne, with a clock that the story moves."""

    def __init__(self, house: House, somebody: Somebody) -> None:
        self.page: Page = somebody(f"{house.base}/demo/{house.event}/", screen=PHONE, has_touch=True)
        self.page.get_by_role("button", name="Als Moderation eintreten").click()
        self.page.clock.install()
        self.page.goto(house.at("desk/stage/"))
        self.page.evaluate(TAPS)
        expect(self.page.locator("[data-live-state]")).to_have_text("live")

    @property
    def forward(self) -> Locator:
        """Give the large button."""
        return self.page.locator("[data-stage-next]")

    @property
    def number(self) -> Locator:
        """Give the place of the number on stage."""
        return self.page.locator("[data-stage-number]")

    def later(self, seconds: int = 30) -> None:
        """Let time pass on this phone."""
        self.page.clock.fast_forward(seconds * 1000)

    def tap(self, name: str) -> None:
        """Tap one of the small buttons."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def more(self, name: str) -> None:
        """Open or close what is behind a small button."""
        self.page.locator("summary", has_text=name).click()

    def is_sent(self) -> None:
        """Wait until nothing is kept on this phone any more."""
        expect(self.page.locator("[data-stage-kept]")).to_be_empty(timeout=30_000)

    def taps(self) -> list[str]:
        """Give what was tapped so far."""
        found: list[str] = self.page.evaluate("window.taps ?? []")
        return found
