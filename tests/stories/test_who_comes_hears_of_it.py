"""Somebody comes to a session, it is moved: their page says from where to where, and nobody else's does."""

from playwright.sync_api import expect

from tests.stories.conftest import Somebody
from tests.stories.house import House

SETTLED = 30_000  # milliseconds; what moved is told when it has stood for five seconds


def test_who_comes_is_told_from_where_to_where_until_they_know(house: House, somebody: Somebody) -> None:
    topic = house.planned("Bürgerhaushalt", host_name="Cem")
    session = house.at(f"sessions/{topic['session']}/")
    comes, looks = somebody(session), somebody(session)
    comes.get_by_role("button", name="Ich komme").click()
    expect(comes.get_by_text("Schön, dass Sie kommen.")).to_be_visible()
    comes.goto(house.at("schedule/"))
    for page in (comes, looks):
        expect(page.locator("html[data-connection=live]")).to_be_attached()
    assert comes.request.get(
        f"{session}session.ics"
    ).ok  # the plan is compared every two seconds; a calendar asks for it now
    free = next(room["id"] for room in reversed(house.state()["rooms"]) if room["id"] != topic["room"])
    assert house.move(topic["session"], slot=topic["slot"], room=free)[0] == 200
    notice = comes.get_by_role("region", name="In Ihrem Plan geändert")
    expect(notice).to_contain_text("„Bürgerhaushalt“ in", timeout=SETTLED)
    expect(looks.locator("[data-notices]")).to_be_hidden()
    notice.get_by_role("button", name="Alles klar").press("Enter")
    expect(notice).to_be_hidden()
    comes.reload()
    expect(comes.locator("html[data-connection=live]")).to_be_attached()
    expect(comes.locator("[data-notices]")).to_be_hidden()
    comes.goto(house.at("mine/"))
    expect(comes.get_by_role("region", name="In Ihrem Plan geändert")).to_contain_text("statt")
