"""The story of a host in the hall: two topics ahead the phone says so, on whatever page it is, and it never scrolls away."""

import re

from playwright.sync_api import expect

from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.pitches import stage_of


def next_topic(house: House) -> None:
    stage = stage_of(house)["current"]
    assert house.crew_sends("stage/", do="next", ended=stage["code"] if stage else "") == 302


def test_two_topics_ahead_the_phone_calls_its_host_and_nobody_else(house: House, phone: Somebody) -> None:
    for title in ("Eins", "Zwei"):
        house.propose(title, host_name=f"Person {title}")
    host, visitor = phone("topics/new/"), phone("")
    host.get_by_label("Worum geht es?").fill("Das Dritte")
    host.get_by_label("Name an der Wand").fill("Aylin")
    host.get_by_role("button", name=re.compile("vorschlagen", re.IGNORECASE)).click()
    expect(host).to_have_url(re.compile(r"/topics/[A-Z0-9]{6}/"))
    host.goto(house.at("schedule/"))
    for page in (host, visitor):
        expect(page.locator("[data-live-state]")).to_have_text("live")
    assert house.crew_sends("stage/", do="begin") == 302

    banner = host.locator("[data-hosting-stage]")
    next_topic(house)
    expect(banner).to_contain_text("Noch zwei Themen, dann sind Sie dran. Bitte kommen Sie zur Bühne.", timeout=2_000)
    expect(banner).to_be_in_viewport()
    next_topic(house)
    expect(banner).to_contain_text("Sie sind als Nächstes dran", timeout=2_000)
    next_topic(house)
    expect(banner).to_contain_text("Sie sind dran: Bühne", timeout=2_000)
    host.reload()
    expect(banner).to_contain_text("Sie sind dran: Bühne")
    next_topic(house)
    expect(banner).to_be_hidden(timeout=2_000)
    expect(visitor.locator("[data-hosting-stage]")).to_be_hidden()
