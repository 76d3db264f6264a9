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


def test_a_session_is_prepared_at_its_stand_and_its_open_page_follows_the_stand(
    house: House, phone: Somebody, desk: Page
) -> None:
    desk.goto(house.at("desk/market/new/"))
    desk.get_by_label("Wer stellt aus?").fill("Bürgerenergie")
    desk.get_by_label("Standnummer").fill("31")
    desk.get_by_role("button", name="Speichern").click()
    desk.get_by_role("link", name="Bürgerenergie", exact=True).click()
    stand = desk.url
    desk.get_by_role("link", name="Session am Stand anlegen").click()
    desk.get_by_label("Was findet am Stand statt?").fill("Balkonkraftwerk zum Anfassen")
    desk.get_by_label("Beginn").fill("18:00")
    desk.get_by_label("Ende").fill("18:20")
    desk.get_by_role("button", name="Als Entwurf anlegen").click()
    expect(desk.get_by_text("Das ist noch ein Entwurf.")).to_be_visible()
    desk.goto(house.at("desk/programme/"))
    desk.get_by_role("button", name="Ausgewählte veröffentlichen").click()

    schedule = phone("schedule/")
    schedule.get_by_role("link", name="Balkonkraftwerk zum Anfassen").click()
    page = schedule
    expect(page.get_by_text("Bürgerenergie, Stand 31")).to_be_visible()
    page.evaluate("window.opened = true")
    desk.goto(stand)
    desk.get_by_label("Wer stellt aus?").fill("Bürgerenergie Musterstadt")
    desk.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("link", name="Bürgerenergie Musterstadt")).to_be_visible()
    line = desk.get_by_role("listitem").filter(has_text="Bürgerenergie Musterstadt")
    line.get_by_role("button", name="Zur Seite legen").click()
    expect(page.get_by_role("link", name="Bürgerenergie Musterstadt")).to_be_hidden()
    line.get_by_role("button", name="Wieder zeigen").click()
    expect(page.get_by_role("link", name="Bürgerenergie Musterstadt")).to_be_visible()
    assert page.evaluate("window.opened"), "nobody had to load it anew"
    line.get_by_role("button", name="Zur Seite legen").click()
    expect(page.get_by_role("link", name="Bürgerenergie Musterstadt")).to_be_hidden()
