"""How the tour comes to the pages behind a personal link."""

import re

from playwright.sync_api import Page, expect


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")


def propose(page: Page) -> None:
    """Propose something, as somebody who then has a page of their own."""
    for name, words in (
        ("title", "Bänke im Park"),
        ("abstract", "Wo man sitzt."),
        ("name", "Ida"),
        ("email", "i@i.example"),
    ):
        page.locator(f"#id_{name}").fill(words)
    page.locator("#id_consent").check()
    page.locator("main form.fields button[type=submit]").click()
    expect(page.locator(".secret-link")).to_be_visible()


def own_page(page: Page) -> None:
    propose(page)
    page.locator("main a.kern-btn").click()
    open_details(page)


def speakers_page(page: Page) -> None:
    """Open the page of somebody who speaks, by the link that the desk gives."""
    with page.expect_navigation():
        page.locator("main .programme-line a").first.click()
    page.locator("button[value=copy]").click()
    link = page.locator(".secret-link").inner_text()
    if page.locator("html").get_attribute("lang") == "en":  # the link speaks the language of who gets it
        link = re.sub(r"(https?://[^/]+)/", r"\1/en/", link)
    page.goto(link)
    open_details(page)


def rehearsal_page(page: Page) -> None:
    """Open the page for a recording, with what it says of a file that is none."""
    speakers_page(page)
    page.goto(page.locator("a[href$='/mine/rehearsal/']").evaluate("(link) => link.href") + "?fault=kind")
