"""How the tour comes to the screens on which a new event is made."""

from playwright.sync_api import Page, expect

from tests.stories.proposals import open_details


def begin(page: Page, *screens: str) -> None:
    """Begin a new event and go on to a screen."""
    with page.expect_navigation():
        page.locator("form[action$='/accounts/events/new/'] button").click()
    for screen in screens:
        if screen == "start":
            page.locator("#id_name").fill(f"Tag {page.evaluate('performance.now()')}")
            page.locator("#id_first").fill("2027-03-11")
        if screen == "rooms":
            page.locator("#id_rooms").fill("Saal 120, Raum 2 30")
        with page.expect_navigation():
            page.locator("button[value=next]").click()
    if "rooms" in screens:
        with page.expect_navigation():
            page.locator("button[value=next]").click()


def days(page: Page) -> None:
    """Go on to the days."""
    begin(page, "start")


def rooms(page: Page) -> None:
    """Go on to the rooms, named already."""
    begin(page, "start", "days")
    page.locator("#id_rooms").fill("Saal 120, Raum 2 30")
    page.locator("button[value=next]").click()
    expect(page.locator(".room-ticks").last).to_be_visible()


def rhythm(page: Page) -> None:
    """Go on to the rhythm."""
    begin(page, "start", "days", "rooms")


def tone(page: Page) -> None:
    """Go on to the last screen."""
    begin(page, "start", "days", "rooms", "rhythm")
    open_details(page)
