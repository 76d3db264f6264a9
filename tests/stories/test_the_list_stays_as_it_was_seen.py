"""The story of a thumb that knows where its topic stands: within a visit the list never sorts itself anew."""

from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House


def titles(page: Page) -> list[str]:
    """Give what the list shows, from top to bottom."""
    return page.locator("#topics h3").all_inner_texts()


def test_the_order_of_a_visit_is_kept_and_new_topics_come_first(house: House, phone: Somebody) -> None:
    for letter in "ABCD":
        house.propose(f"Reihenfolge {letter}")
    page = phone("topics/")
    first = titles(page)
    assert len(first) >= 4
    # whoever comes a second later is shown the least seen ones first; who comes at the same moment gets the same page
    assert any(titles(phone("topics/")) != first for _other in range(5))
    page.reload()
    assert titles(page) == first

    house.propose("Später gekommen")
    page.goto(house.at("schedule/"))
    page.get_by_role("link", name="Themen").first.click()
    expect(page.locator("#topics h3")).to_have_count(len(first) + 1)
    assert titles(page) == ["Später gekommen", *first]

    house.propose("Kam live dazu")
    page.get_by_role("button", name="1 neues Thema zeigen").click()
    expect(page.locator("#topics h3").first).to_have_text("Kam live dazu")
    page.reload()
    assert titles(page) == ["Kam live dazu", "Später gekommen", *first]


def test_a_search_shows_its_own_order_and_does_not_disturb_the_list(house: House, phone: Somebody) -> None:
    house.propose("Suche Alpha")
    house.propose("Suche Beta")
    page = phone("topics/")
    before = titles(page)
    page.goto(house.at("topics/?q=Suche"))
    expect(page.locator("#topics h3")).to_have_count(2)
    page.goto(house.at("topics/"))
    assert titles(page) == before
