"""The story of a host who cannot come: one tap on their phone, and desk and door know it; somebody else takes over."""

import re

from playwright.sync_api import Page, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House

NEAR = """
from datetime import timedelta
from django.utils import timezone
from tagwerk.events.models import Slot
from tagwerk.programme.models import Session
slot = Session.objects.get(code="{session}").placement.slot
by = timezone.now() + timedelta(minutes=8) - slot.start
for one in Slot.objects.all():
    one.start, one.end = one.start + by, one.end + by
    one.save()
"""


def own_topic(page: Page, title: str) -> str:
    """Let somebody propose on their phone; gives the topic's code."""
    page.get_by_label("Worum geht es?").fill(title)
    page.get_by_label("Name an der Wand").fill("Aylin")
    page.get_by_role("button", name=re.compile("vorschlagen|Vorschlagen")).click()
    expect(page).to_have_url(re.compile(r"/topics/[A-Z0-9]{6}/"))
    return page.url.split("/topics/")[1][:6]


def test_one_tap_tells_the_desk_and_the_door_and_another_takes_over(house: House, desk: Page, phone: Somebody) -> None:
    host = phone("topics/new/")
    code = own_topic(host, "Haushalt ohne Angst")
    house.back(code, house.threshold())
    session = house.ask("GET", f"/topics/{code}")[1]["session"]
    house.run(NEAR.format(session=session))

    door, reader = phone(f"sessions/{session}/"), phone("schedule/")
    desk.reload()
    host.goto(house.at("schedule/"))
    for page in (door, reader, desk):
        expect(page.locator("[data-live-state]")).to_have_text("live")
    ask = host.locator("[data-hosting-ask]")
    expect(ask).to_contain_text("Gleich dran:")
    expect(host.locator("body")).to_be_focused()  # it does not steal the focus
    ask.get_by_role("button", name="Schaffe es nicht").click()
    expect(ask).to_contain_text("Das Team weiß es")
    expect(desk.locator(f"#desk-alarm-{session}")).to_contain_text("Aylin schafft es nicht", timeout=2_000)
    expect(door.get_by_role("button", name="Ich übernehme")).to_be_visible(timeout=2_000)
    expect(reader.locator(f"#session-{session}")).to_contain_text("Wir suchen jemanden", timeout=2_000)

    door.locator("input[name=host_name]").fill("Bela")
    door.get_by_role("button", name="Ich übernehme").click()
    expect(door.locator(".lead")).to_have_text("Bela")
    expect(desk.locator(f"#desk-alarm-{session}")).to_contain_text("Bela übernimmt statt Aylin", timeout=2_000)
    expect(reader.locator(f"#session-{session}")).not_to_contain_text("Wir suchen jemanden")
    expect(host.locator("[data-hosting-ask]")).to_have_count(0)

    desk.get_by_role("button", name="Übernahme zurücknehmen").click()
    expect(reader.locator(f"#session-{session}")).to_contain_text("Aylin")
    expect(reader.locator(f"#session-{session}")).to_contain_text("Wir suchen jemanden")
    desk.get_by_role("button", name="Es ist jemand da").click()
    expect(door.get_by_role("button", name="Ich übernehme")).to_have_count(0)
    expect(desk.locator(f"#desk-alarm-{session}")).to_have_count(0)


def test_the_day_is_shifted_after_it_was_seen_and_back_again(house: House, desk: Page, phone: Somebody) -> None:
    topic = house.planned("Alles später")
    reader = phone("schedule/")
    slot = reader.locator(f"section.slot:has(#session-{topic['session']})")
    before = slot.locator("h3").inner_text()
    desk.reload()
    desk.get_by_role("link", name="Alles ab jetzt 15 Minuten später").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.locator("table")).to_be_visible()
    dialog.get_by_role("button", name="Verschieben").click()
    expect(slot.locator("h3")).not_to_have_text(before)
    desk.get_by_role("button", name="Rückgängig").click()
    expect(slot.locator("h3")).to_have_text(before)
