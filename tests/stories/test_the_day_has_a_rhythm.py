"""The story of a morning: the crew switches, and phones, desk and wall change together, until the plan is announced."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House

PEOPLE = 2


@pytest.fixture
def morning(house: House) -> House:
    """Give a house that gathers its topics for one announcement, with a round that collects, and four new topics."""
    house.ask("PATCH", "/rules", {"publish_mode": "gesammelt", "threshold": PEOPLE, "counts": "enough"}, house.token)
    house.ask("POST", "/rounds", {}, house.token)
    for number in range(4):
        topic = house.propose(f"Anliegen {number}", host_name=f"Wer {number}")
        house.back(topic["code"], PEOPLE if number < 2 else 0)
    return house


def sessions(house: House) -> list[str]:
    """Give the sessions that everybody sees in a room."""
    return [session["code"] for session in house.state()["sessions"] if session["room"]]


def step(desk: Page, name: str) -> None:
    desk.locator("#desk-round").get_by_role("button", name=name, exact=True).click()
    expect(desk.locator("#desk-round [aria-current=step]")).to_have_text(name)


def test_from_the_last_pitch_to_the_plan_it_takes_three_taps(morning: House, phone: Somebody, desk: Page) -> None:
    visitor = phone("")
    desk.goto(morning.at("desk/"))
    expect(visitor.get_by_text("Jetzt: Themen sammeln")).to_be_visible(timeout=20_000)
    step(desk, "Vorstellen")
    expect(visitor.locator("#on-stage")).to_be_visible()
    taps = 1
    step(desk, "Planen")
    expect(visitor.get_by_role("heading", name="Pause. Der Plan entsteht.")).to_be_visible()
    expect(visitor.locator(".place--likely").first).to_contain_text("voraussichtlich")
    before = len(sessions(morning))
    taps += 1
    desk.get_by_role("link", name="Plan verkünden").click()
    expect(desk.get_by_role("dialog")).to_contain_text(re.compile(r"[4-9] Sessions\s+an"))
    taps += 1
    desk.get_by_role("button", name="Verkünden", exact=True).click()
    expect(desk.locator("#desk-round [aria-current=step]")).to_have_text("Läuft", timeout=20_000)
    expect(visitor.locator(".toast", has_text=re.compile(r"Der Plan steht: [4-9] Sessions\."))).to_be_visible()
    expect(visitor.locator(".place--likely")).to_have_count(0)
    assert len(sessions(morning)) >= before + 4
    assert taps == 3


def test_what_was_announced_too_early_is_taken_back_with_one_tap(morning: House, phone: Somebody, desk: Page) -> None:
    desk.goto(morning.at("desk/"))
    visitor = phone("topics/")
    topic = morning.propose("Nachmittags", host_name="Nina")
    morning.back(topic["code"], PEOPLE)
    for phase in ("pitching", "planning"):
        assert morning.ask("PUT", "/round", {"phase": phase}, morning.token)[0] == 200
    desk.reload()
    desk.get_by_role("link", name="Plan verkünden").click()
    desk.get_by_role("button", name="Verkünden", exact=True).click()
    card = visitor.locator(f"#topic-{topic['code']}")
    desk.get_by_role("button", name="Rückgängig").click()
    expect(desk.locator("#desk-round [aria-current=step]")).to_have_text("Planen", timeout=20_000)
    visitor.get_by_role("button", name="neues Thema zeigen").click()
    expect(card).to_contain_text("voraussichtlich")
    state = next(t for t in morning.state()["topics"] if t["code"] == topic["code"])
    assert (state["state"], state["session"]) == ("qualified", None)
