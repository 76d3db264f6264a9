"""The crew enters exhibitors from a list, one opens in front of everybody, and a time slot moves under an open page."""

from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House


def test_stands_and_slots_appear_on_open_pages(house: House, phone: Somebody, desk: Page) -> None:
    market, schedule = phone("market/"), phone("schedule/")
    expect(market.get_by_text("Hier entsteht der Marktplatz.")).to_be_visible()

    desk.goto(house.at("desk/market/list/"))
    desk.locator("#list-text").fill("Stadtwerke; 12; Foyer; Ladesäulen zum Anfassen\nFreifunk; 2; Foyer")
    desk.get_by_role("button", name="Ansehen, was sich ändert").click()
    expect(desk.get_by_text("Neu: 2.")).to_be_visible()
    desk.get_by_role("button", name="Übernehmen").click()
    expect(market.get_by_role("link", name="Stadtwerke")).to_be_visible()
    market.get_by_role("link", name="Stadtwerke").click()
    expect(market.get_by_text("Stand 12, Foyer")).to_be_visible()

    slot = next(slot for slot in house.state()["slots"] if slot["open"])
    desk.goto(house.at(f"desk/setup/frame/slots/{slot['id']}/"))
    begins = desk.locator("#id_start").input_value()
    earlier = f"{begins[:3]}{int(begins[3:]) + 5:02}"  # slots of the demo begin at a quarter of an hour
    desk.locator("#id_end").fill(earlier)
    desk.get_by_role("button", name="Speichern").click()
    expect(desk.get_by_role("button", name="Rückgängig")).to_be_visible()
    expect(schedule.locator(f"#slot-until-{slot['id']}")).to_have_text(f"bis {earlier}")
