"""The story of a hall with bad reception: taps wait and count once, pages catch up, and say how old they are."""

import re
import time

from playwright.sync_api import APIResponse, Page, Route, expect

from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.proxies import holding_streams_back

STORED = "Gespeichert. Wird gesendet, sobald Netz da ist."


def interest(house: House, topic: dict[str, str]) -> int:
    """Give how many are interested."""
    return int(house.ask("GET", f"/topics/{topic['code']}", token=house.token)[1]["interest"])


def live(page: Page) -> Page:
    """Wait until a page says that it is live."""
    expect(page.locator("[data-live-state]")).to_have_text("live")
    return page


def test_a_tap_without_network_is_kept_and_counted_once(house: House, phone: Somebody) -> None:
    topic = house.propose("Funkloch im Keller")
    page = live(phone(f"topics/{topic['code']}/"))
    page.context.set_offline(True)
    expect(page.locator("[data-live-state]")).to_have_text("Verbindung wird gesucht")
    page.get_by_role("button", name="Interessiert mich").click()
    expect(page.get_by_text(STORED)).to_be_visible()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_be_visible()
    assert interest(house, topic) == 0

    page.context.set_offline(False)
    expect(page.get_by_text("Gezählt.")).to_be_visible()
    assert interest(house, topic) == 1
    live(page)
    page.reload()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_be_visible()
    assert interest(house, topic) == 1


def test_a_tap_whose_answer_got_lost_is_sent_again_after_a_reload_and_counts_once(
    house: House, phone: Somebody
) -> None:
    topic = house.propose("Antwort verschluckt")
    page = phone(f"topics/{topic['code']}/")
    keys: list[str] = []

    def swallow(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.fetch()  # the server has it
        route.abort()  # the phone does not know

    page.route("**/interest?*", swallow, times=1)
    page.get_by_role("button", name="Interessiert mich").click()
    expect(page.get_by_text(STORED)).to_be_visible()
    assert interest(house, topic) == 1
    with page.expect_request("**/interest?*") as again:
        page.reload()
    assert again.value.headers["idempotency-key"] == keys[0]
    expect(page.get_by_text("Gezählt.")).to_be_visible()
    assert interest(house, topic) == 1


def test_on_and_off_without_network_end_as_they_were_tapped_last(house: House, phone: Somebody) -> None:
    topic = house.propose("Hin und her")
    page = phone(f"topics/{topic['code']}/")
    page.context.set_offline(True)
    for name in ("Interessiert mich", "Zurücknehmen", "Interessiert mich", "Zurücknehmen"):
        page.get_by_role("button", name=name).click()
    page.context.set_offline(False)
    expect(page.get_by_text("Zurückgenommen.")).to_be_visible()
    assert interest(house, topic) == 0


def test_a_late_answer_does_not_take_back_what_was_tapped_meanwhile(house: House, phone: Somebody) -> None:
    known, topic = house.propose("Schon länger"), house.propose("Gerade eben")
    page = phone("topics/")
    page.locator(f"#topic-{known['code']}").get_by_role("button", name="Interessiert mich").click()
    expect(page.get_by_text("Gezählt.")).to_be_visible()
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/mine/", lambda route: held.append((route, route.fetch())) if not held else route.continue_())
    page.reload()
    card = page.locator(f"#topic-{topic['code']}")
    card.get_by_role("button", name="Interessiert mich").click()
    expect(card.get_by_text("Gezählt.")).to_be_visible()
    ((route, answer),) = held
    assert topic["code"] not in answer.text()
    with page.expect_request("**/mine/"):  # it asks again
        route.fulfill(response=answer)
    expect(page.locator(f"#topic-{known['code']}").get_by_role("button", name="Zurücknehmen")).to_be_visible()
    expect(card.get_by_role("button", name="Zurücknehmen")).to_be_visible()


def test_after_a_power_cut_pages_are_live_within_seconds_and_hear_once_what_they_missed(
    house: House, phone: Somebody
) -> None:
    page = live(phone(""))
    house.kill()
    expect(page.locator("[data-live-state]")).to_have_text("Verbindung wird gesucht")
    house.come_back()
    back = time.monotonic()
    house.announce("Der Strom ist wieder da")
    expect(page.locator("[data-live-state]")).to_have_text("live", timeout=5_000)
    assert time.monotonic() - back < 5
    notice = page.locator("#news li", has_text="Der Strom ist wieder da")
    expect(notice).to_have_count(1)
    toast = page.locator(".toast", has_text="Der Strom ist wieder da")
    expect(toast).to_have_count(1)
    house.announce("Und der Kaffee auch")
    expect(page.locator("#news li", has_text="Und der Kaffee auch")).to_have_count(1)
    expect(notice).to_have_count(1)
    expect(toast).to_have_count(1)


def test_behind_a_proxy_that_holds_the_stream_back_the_page_asks_and_says_how_old_it_is(
    house: House, somebody: Somebody
) -> None:
    with holding_streams_back(house.port) as port:
        page = somebody("about:blank")
        page.clock.install()
        page.goto(f"http://127.0.0.1:{port}/{house.event}/topics/")
        state = page.locator("[data-live-state]")
        page.clock.fast_forward(8_000)  # a page asks by itself from its first seconds on
        expect(state).to_have_text(re.compile(r"^Stand \d\d:\d\d:\d\d$"))
        house.propose("Kommt auch so an")
        page.clock.fast_forward(7_000)
        expect(page.get_by_role("button", name="1 neues Thema zeigen")).to_be_visible()
        page.clock.fast_forward(27_000)  # now it knows that the stream is held back, and goes on asking
        before = state.inner_text()
        page.clock.fast_forward(7_000)
        expect(state).not_to_have_text(before)
        page.close()


def test_announcements_are_read_politely_and_at_most_every_20_seconds(house: House, phone: Somebody) -> None:
    page = phone("")
    page.clock.install()
    page.reload()
    live(page)
    spoken = page.locator("[data-announcer]")
    assert spoken.get_attribute("aria-live") == "polite"
    expect(page.locator("[aria-live=assertive], [role=alert]")).to_have_count(0)
    house.announce("Erstens")
    expect(spoken).to_have_text("Erstens")
    for words in ("Zweitens", "Drittens"):
        house.announce(words)
        expect(page.locator(".toast", has_text=words)).to_be_visible()
    expect(spoken).to_have_text("Erstens")
    page.clock.fast_forward(20_000)
    expect(spoken).to_have_text("Drittens")


def test_no_change_takes_the_focus_or_what_is_being_typed(house: House, phone: Somebody) -> None:
    page = live(phone("topics/new/"))
    title = page.get_by_label("Worum geht es?")
    title.fill("Mitten im Sa")
    house.announce("Bitte nicht stören lassen")
    expect(page.locator(".toast", has_text="Bitte nicht stören lassen")).to_be_visible()
    expect(title).to_be_focused()
    page.keyboard.type("tz")
    expect(title).to_have_value("Mitten im Satz")

    page = live(phone("topics/"))
    search = page.get_by_role("searchbox")
    search.fill("Halbes Wo")
    house.planned("Neues beim Tippen")
    expect(page.locator("[data-new-bar] button")).to_be_visible()
    expect(search).to_be_focused()
    expect(search).to_have_value("Halbes Wo")
