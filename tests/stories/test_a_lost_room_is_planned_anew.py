"""The story of a room that is lost: the plan is searched beside everything else, applied by keys, and taken back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.stories.conftest import LAPTOP, Somebody
from tests.stories.house import House

LATER = """
from datetime import timedelta
from django.utils import timezone
from tagwerk.events.actions import shift
from tagwerk.events.models import Event, Slot
event = Event.objects.at("barcamp").get()
first = Slot.objects.filter(day__event=event).earliest("start").start
shift(event, timezone.now() + timedelta(hours=2) - first)
"""


@pytest.fixture(autouse=True)
def in_good_time(house: House) -> None:
    """Let the day begin in two hours: what begins within thirty minutes is not moved any more."""
    house.run(LATER)


@pytest.fixture
def planning(desk: Page) -> Page:
    """Give the planning page of a moderator."""
    desk.get_by_role("link", name="Planung").click()
    expect(desk.get_by_role("heading", level=1, name="Planung")).to_be_visible()
    expect(desk.locator("[data-live-state]")).to_have_text("live")
    return desk


def place_of(house: House, session: str) -> tuple[int, int]:
    found = house.ask("GET", f"/sessions/{session}")[1]
    return found["slot"], found["room"]


def switch_room(house: House, room: int, verb: str) -> None:
    assert house.crew_sends("regie/", do=verb, number=str(room)) < 400


def press(page: Page, role: str, name: str) -> None:
    """Press a button by the keyboard alone."""
    button = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    button.focus()
    page.keyboard.press("Enter")


def test_a_lost_room_is_planned_anew_by_keys_and_everybody_sees_it(
    house: House, planning: Page, phone: Somebody
) -> None:
    codes = [house.planned(f"Im großen Saal {turn}")["session"] for turn in range(2)]
    before = [place_of(house, code) for code in codes]
    session = phone(f"sessions/{codes[0]}/")
    expect(session.locator("[data-live-state]")).to_have_text("live")
    switch_room(house, before[0][1], "close")
    planning.reload()
    expect(planning.get_by_text(re.compile(r"kann nicht bleiben|können nicht bleiben")).first).to_be_visible()

    planning.get_by_label("2 Sekunden", exact=True).check()
    press(planning, "button", "Plan suchen")
    expect(planning.get_by_role("progressbar")).to_be_visible()
    expect(planning.get_by_role("heading", name=re.compile("was er ändert"))).to_be_visible(timeout=15_000)
    assert [place_of(house, code) for code in codes] == before, "looking changes nothing"
    press(planning, "button", "Übernehmen")
    expect(planning.locator("[data-undo]")).to_contain_text("Plan übernommen.")
    after = place_of(house, codes[0])
    assert after[1] != before[0][1]
    expect(session.get_by_text(re.compile("statt")).first).to_be_visible()

    switch_room(house, before[0][1], "open")
    steps = planning.get_by_role("region", name="Letzte Schritte").get_by_role("button")
    steps.first.focus()
    planning.keyboard.press("Enter")
    expect(planning.get_by_text("Noch nichts verschoben")).to_be_visible()
    assert [place_of(house, code) for code in codes] == before
    expect(session.get_by_text(re.compile("statt"))).to_have_count(0)


def test_the_preview_follows_the_votes_where_the_crew_wants_it(house: House, planning: Page) -> None:
    room = place_of(house, house.planned("Schon da")["session"])[1]
    switch_room(house, room, "close")
    planning.reload()
    expect(planning.locator("[data-live-state]")).to_have_text("live")
    planning.get_by_label(re.compile("Mitlaufen")).check()
    house.back(house.propose("Noch eins")["code"], 1)
    expect(planning.get_by_role("heading", name=re.compile("was er ändert"))).to_be_visible(timeout=10_000)
    expect(planning.get_by_label(re.compile("Mitlaufen"))).to_be_checked()
    switch_room(house, room, "open")


def test_a_second_moderator_sees_the_search_and_stops_it(house: House, planning: Page, somebody: Somebody) -> None:
    room = place_of(house, house.planned("Zum Anhalten")["session"])[1]
    switch_room(house, room, "close")
    other = somebody(f"{house.base}/demo/{house.event}/", screen=LAPTOP)
    other.get_by_role("button", name="Als Moderation eintreten").click()
    other.get_by_role("link", name="Planung").click()
    expect(other.locator("[data-live-state]")).to_have_text("live")
    planning.reload()
    planning.get_by_label("60 Sekunden").check()
    planning.get_by_role("button", name="Plan suchen").click()
    stop = other.get_by_role("button", name="Anhalten und den besten nehmen")
    expect(stop).to_be_visible()
    stop.click()
    for page in (planning, other):
        expect(page.get_by_role("heading", name=re.compile("was er ändert"))).to_be_visible(timeout=15_000)
    switch_room(house, room, "open")
