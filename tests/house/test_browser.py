"""The browser of the stories starts, and people in it are strangers to each other."""

from playwright.sync_api import Browser


def test_two_people_have_nothing_in_common(browser: Browser) -> None:
    one, other = browser.new_context(), browser.new_context()
    one.add_cookies([{"name": "device", "value": "1", "url": "http://127.0.0.1/"}])
    assert one.cookies()
    assert not other.cookies()
    page = other.new_page()
    page.set_content("<main lang=de><h1>Guten Tag</h1></main>")
    assert page.get_by_role("heading").inner_text() == "Guten Tag"
    one.close()
    other.close()
