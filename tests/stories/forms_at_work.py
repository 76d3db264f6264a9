"""Forms of the desk in the states that the tours look at: with a preview, with what follows, refused."""

from playwright.sync_api import Page, expect


def other_date(page: Page) -> None:
    """Look at what another date for a day would bring."""
    with page.expect_navigation():
        page.locator("a[href*='/frame/days/']").first.click()
    page.locator("#id_date").fill("2020-11-14")
    with page.expect_navigation():
        page.locator("main form.fields button[type=submit]").click()
    expect(page.locator("[name=confirmed]")).to_be_attached()


def slot_backwards(page: Page) -> None:
    """Let a slot end before it begins."""
    with page.expect_navigation():
        page.locator("a[href*='/frame/slots/']").first.click()
    page.locator("#id_start").fill("12:00")
    page.locator("#id_end").fill("11:00")
    page.evaluate("document.querySelector('main form.fields').noValidate = true")
    page.locator("main form.fields button[type=submit]").click()
    expect(page.locator(".errors")).to_be_visible()


def list_of_booths(page: Page) -> None:
    """Look at what a list would change."""
    page.locator("#list-text").fill("Name;Stand;E-Mail\nKarten für alle;15\nFreifunk;2;nein\nNeuland;3")
    with page.expect_navigation():
        page.locator("main form.fields button[type=submit]").click()
    expect(page.locator("#preview")).to_be_visible()


def session_at_stand(page: Page) -> None:
    """Open the form for a session at the first stand, and send it without a word."""
    with page.expect_navigation():
        page.locator(".programme-line__title a[href*='/desk/market/']").first.click()
    with page.expect_navigation():
        page.locator("a[href$='/sessions/new/']").click()
    with page.expect_navigation():
        page.locator("main form.fields button[type=submit]").click()
    expect(page.locator(".errors")).to_be_visible()
