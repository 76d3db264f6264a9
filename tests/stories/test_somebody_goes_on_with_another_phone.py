"""A phone runs out of power: five characters or a QR code, and the other one has the same plan."""

import re
import time

from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House

WITHIN = 20.0  # seconds for a phone change by QR


def shown(phone: Page, house: House) -> str:
    phone.goto(house.at("mine/"))
    phone.get_by_role("button", name="Code zeigen").click()
    return phone.locator(".return-code").inner_text().strip()


def test_the_other_phone_has_the_same_plan_within_twenty_seconds(house: House, phone: Somebody) -> None:
    topic = house.propose("Was mich interessiert")
    first = phone("topics/")
    first.locator(f'form[data-interest="{topic["code"]}"][data-mine=off] button').click()
    expect(first.locator(f"#said-{topic['code']}")).to_contain_text("Gezählt")

    began = time.monotonic()
    code = shown(first, house)
    assert re.fullmatch("[A-HJ-NP-Z2-9]{5}", code)
    second = phone(f"mine/code/#{code}")  # what the camera opens
    expect(second.locator("#code")).to_have_value(code)
    assert "#" not in second.url
    second.get_by_role("button", name="Hier weitermachen").click()
    expect(second.get_by_text("Hier geht es weiter.")).to_be_visible()
    expect(second.locator(f"#topic-{topic['code']}")).to_be_visible()
    assert time.monotonic() - began < WITHIN
    second.goto(house.at("topics/"))
    expect(second.locator(f'form[data-interest="{topic["code"]}"][data-mine=on]')).to_be_visible()
    assert next(row for row in house.state()["topics"] if row["code"] == topic["code"])["interest"] == 1


def test_a_phone_that_was_used_already_brings_its_wishes_along(house: House, phone: Somebody) -> None:
    topics = [house.propose(title)["code"] for title in ("Auf beiden", "Nur auf dem zweiten")]
    first, second = phone("topics/"), phone("topics/")
    for page, codes in ((first, topics[:1]), (second, topics)):
        for code in codes:
            page.locator(f'form[data-interest="{code}"][data-mine=off] button').click()
            expect(page.locator(f"#said-{code}")).to_contain_text("Gezählt")
    typed = shown(first, house)
    second.goto(house.at("mine/"))
    second.get_by_role("link", name="Ich habe einen Code vom anderen Gerät").click()
    second.get_by_label("Code, fünf Zeichen").fill(typed.lower())
    second.get_by_role("button", name="Hier weitermachen").click()
    for page in (first, second):
        page.goto(house.at("mine/"))
        for code in topics:
            expect(page.locator(f"#topic-{code}")).to_be_visible()
    counts = {row["code"]: row["interest"] for row in house.state()["topics"]}
    assert [counts[code] for code in topics] == [1, 1]


def test_who_is_online_says_so_with_one_tap_and_the_desk_sees_the_split(
    house: House, phone: Somebody, desk: Page
) -> None:
    topic = house.propose("Von überall her")
    desk.goto(house.at("desk/"))
    count = desk.locator(f"#desk-topic-{topic['code']} [data-count]")
    visitor = phone("")
    visitor.get_by_role("button", name="online", exact=True).click()
    expect(visitor.get_by_role("button", name="online", exact=True)).to_have_attribute("aria-pressed", "true")
    visitor.goto(house.at("topics/"))
    visitor.locator(f'form[data-interest="{topic["code"]}"][data-mine=off] button').click()
    expect(count).to_contain_text("davon 1 online")
    visitor.goto(house.at(""))
    expect(visitor.get_by_role("button", name="online", exact=True)).to_have_attribute("aria-pressed", "true")
    visitor.get_by_role("button", name="vor Ort", exact=True).click()
    expect(count.locator("[data-remote]")).to_be_hidden()
