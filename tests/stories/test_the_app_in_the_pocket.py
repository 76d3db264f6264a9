"""The story of the app in the pocket: nothing before a tap, everything without a network after it, and every write once."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.stories import conftest
from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.pockets import (
    keep_for_the_way,
    keeps_anything,
    kept_pages,
    line_to,
    release_anew,
    wait_until_kept,
    wake_worker,
)

NAME = "mitmachen.localhost"  # browsers know that it is this machine
CORE = ["", "offline/", "rooms/", "schedule/", "topics/", "topics/new/"]
STAND = re.compile(r"^Stand \d\d:\d\d$")
TOLD = "from tagwerk.live.models import Change as C; print([c.kind for c in C.objects.filter(revision__gt={}, kind__startswith='topic').order_by('revision')])"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """Give a running house that also answers to a city's own name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAGWERK_HOSTS", f"127.0.0.1,localhost,{NAME}")
        with conftest.running(tmp_path_factory, worker_id, "pocket") as house:
            yield house


def interest(house: House, topic: Any) -> int:
    """Give how many are interested."""
    return int(house.ask("GET", f"/topics/{topic['code']}", token=house.token)[1]["interest"])


def propose(page: Page, house: House, title: str) -> None:
    """Type a topic on the page for it and send it."""
    page.goto(house.at("topics/new/"))
    page.get_by_label("Worum geht es?").fill(title)
    page.get_by_role("button", name="Thema vorschlagen").click()


def test_nothing_is_kept_before_a_tap_then_public_pages_only_and_a_tap_removes_them(
    house: House, phone: Somebody
) -> None:
    page = phone("topics/")
    for path in ("", "schedule/", "offline/"):
        page.goto(house.at(path))
    assert not keeps_anything(page)
    keep_for_the_way(page)
    assert page.context.cookies() == []  # keeping pages makes no device
    page.goto(f"{house.base}/demo/{house.event}/")
    page.get_by_role("button", name="Als Moderation eintreten").click()
    topic = house.planned("Öffentlich genug")
    private = ["mine/", "mine/code/", "desk/", "desk/stage/", "desk/planning/", "join/", "topics/new/?x=1"]
    for path in [*private, f"topics/{topic['code']}/", "how-planned/"]:
        answer = page.goto(house.at(path))
        assert answer
        if path.startswith(("mine", "desk")):
            assert answer.headers["cache-control"] == "no-store", path
    page.goto(house.at(f"topics/{topic['number']}/"))  # the worker lets an address lead elsewhere
    expect(page).to_have_url(house.at(f"topics/{topic['code']}/"))
    page.goto(f"{house.base}/accounts/logout/")
    page.goto(house.at("mine/"))
    page.evaluate("fetch(document.body.dataset.mine, {headers: {Accept: 'application/json'}}).then((a) => a.text())")
    expected = [f"/{house.event}/{path}" for path in [*CORE, f"topics/{topic['code']}/", "how-planned/"]]
    assert kept_pages(page) == sorted(expected)
    page.locator("[data-view] summary").click()
    page.locator("[data-view]").get_by_role("button", name="Löschen").click()
    expect(page.get_by_role("button", name="Für unterwegs speichern")).to_be_visible()
    page.goto(house.at("topics/"))
    assert kept_pages(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_after_one_visit_and_one_tap_everything_opens_within_a_second_without_a_network(
    house: House, phone: Somebody
) -> None:
    topic = house.planned("Funkloch im Keller", host_name="Ada")
    page = phone("topics/")
    page.locator(f"#topic-{topic['code']}").get_by_role("button", name="Interessiert mich").click()
    expect(page.get_by_text("Gezählt.")).to_be_visible()
    wait_until_kept(page)
    page.context.set_offline(True)
    took = []
    for path in [*CORE, f"topics/{topic['code']}/", "mine/"]:
        begun = time.monotonic()
        page.goto(house.at(path), wait_until="commit")
        expect(page.locator("h1")).to_be_attached()
        took.append(time.monotonic() - begun)
        expect(page.locator("[data-live-state]")).to_have_text(STAND)
    assert sorted(took)[len(took) // 2] < 1, "a machine that does other things too may be late once"
    own = page.locator("[data-own-plan]")
    expect(own.get_by_text("Funkloch im Keller")).to_be_visible()
    expect(own.locator("[data-own-stand]")).to_have_text(STAND)
    expect(own.get_by_role("button", name="Zurücknehmen")).to_be_visible()
    page.goto(house.at("sessions/ZZZZZZ/"))  # never seen: the list it would stand in
    expect(page).to_have_url(house.at("schedule/#session-ZZZZZZ"))


def test_ten_writes_made_without_a_network_arrive_once_and_in_order_though_the_page_was_killed(
    house: House, phone: Somebody
) -> None:
    topics = [house.propose(f"Wunsch {number}") for number in range(4)]
    page = phone("topics/")
    keep_for_the_way(page)
    before = house.state()["revision"]
    page.context.set_offline(True)
    propose(page, house, "Erstens gedacht")
    expect(page.get_by_text("Gespeichert. Wird gesendet, sobald Netz da ist.").first).to_be_visible()
    page.goto(house.at("topics/"))
    for topic in topics:
        page.locator(f"#topic-{topic['code']}").get_by_role("button", name="Interessiert mich").click()
    propose(page, house, "Zweitens gedacht")
    page.goto(house.at("topics/"))
    page.locator(f"#topic-{topics[0]['code']}").get_by_role("button", name="Zurücknehmen").click()
    page.locator(f"#topic-{topics[1]['code']}").get_by_role("button", name="Zurücknehmen").click()
    page.locator(f"#topic-{topics[1]['code']}").get_by_role("button", name="Interessiert mich").click()
    propose(page, house, "Drittens gedacht")
    expect(page.locator("[data-post-count]")).to_have_text("10 Eingaben warten auf Netz")
    page.close(run_before_unload=False)
    assert house.run(TOLD.format(before)).strip() == "[]"
    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(f"{house.base}/imprint/")
    wake_worker(other)
    deadline = time.monotonic() + 15
    while "Drittens gedacht" not in [topic["title"] for topic in house.state()["topics"]]:
        assert time.monotonic() < deadline
        other.wait_for_timeout(100)
    titles = [topic["title"] for topic in house.state()["topics"] if topic["title"].endswith("gedacht")]
    assert titles == ["Erstens gedacht", "Zweitens gedacht", "Drittens gedacht"]
    assert [interest(house, topic) for topic in topics] == [0, 1, 1, 1]
    told = house.run(TOLD.format(before)).strip()
    taps = ["topic.count"]
    assert told == str(["topic.proposed", *taps * 4, "topic.proposed", *taps * 3, "topic.proposed"])
    other.goto(house.at("offline/"))
    expect(other.locator(".post__part--good")).to_have_count(3)
    expect(other.locator("[data-post-waiting]")).to_be_hidden()
    assert house.run(TOLD.format(before)).strip() == told


def test_a_tap_is_kept_though_the_page_is_left_in_the_same_moment(house: House, phone: Somebody) -> None:
    topics = [house.propose(f"Im Gehen getippt {number}") for number in range(2)]
    page = phone("topics/")
    keep_for_the_way(page)
    page.context.set_offline(True)
    buttons = [f"#topic-{topic['code']} form[data-mine=off] button" for topic in topics]
    for button in buttons:
        expect(page.locator(button)).to_be_visible()
    leave = "([taps, away]) => { for (const tap of taps) document.querySelector(tap).click(); location.href = away; }"
    page.evaluate(leave, [buttons, house.at("rooms/")])
    page.wait_for_url(house.at("rooms/"))
    expect(page.locator("[data-post-count]")).to_have_text("2 Eingaben warten auf Netz")
    page.goto(house.at("topics/"))  # and they were not noted twice
    expect(page.locator("[data-post-count]")).to_have_text("2 Eingaben warten auf Netz")
    page.context.set_offline(False)
    expect(page.locator("[data-post-waiting]")).to_be_hidden(timeout=15_000)
    assert [interest(house, topic) for topic in topics] == [1, 1]


def test_what_is_refused_comes_back_to_its_author_with_the_reason_and_the_text(house: House, phone: Somebody) -> None:
    parked, wish = house.propose("Wird geparkt"), house.propose("Wird gesucht", wanted=True)
    page = phone("topics/")
    keep_for_the_way(page)
    page.goto(house.at(f"topics/{wish['code']}/"))
    page.context.set_offline(True)
    page.get_by_label("Ihr Name an der Wand").fill("Grace aus dem Keller")
    page.get_by_role("button", name="Ich biete es an").click()
    page.goto(house.at("topics/"))
    page.locator(f"#topic-{parked['code']}").get_by_role("button", name="Interessiert mich").click()
    house.ask("POST", f"/topics/{parked['code']}/park", {}, house.token)
    house.ask("POST", f"/topics/{wish['code']}/adopt", {"host_name": "Ada"}, house.device())
    page.goto(house.at("schedule/"))
    page.context.set_offline(False)
    back = page.locator(".post__part--back")
    expect(back).to_have_count(2)
    expect(back.nth(0)).to_contain_text("Wird gesucht")
    expect(back.nth(0).locator("blockquote")).to_have_text("Grace aus dem Keller")
    expect(back.nth(1)).to_contain_text("Wird geparkt")
    expect(back.nth(1)).to_contain_text("steht nicht mehr zur Wahl")
    page.reload()
    expect(back).to_have_count(2)
    back.nth(1).get_by_role("button", name="Verwerfen").click()
    expect(back).to_have_count(1)


def test_a_page_is_right_five_seconds_after_a_minute_without_a_line(house: House, somebody: Somebody) -> None:
    with line_to(house.port) as line:
        page = somebody("about:blank")
        page.clock.install()
        page.goto(f"http://127.0.0.1:{line.port}/{house.event}/topics/")
        expect(page.locator("[data-live-state]")).to_have_text("live")
        page.evaluate("window.stayed = true")
        line.cut()
        house.propose("In der stillen Minute")
        for _step in range(12):
            page.clock.fast_forward(5_000)
            page.wait_for_timeout(50)
        expect(page.locator("[data-live-state]")).to_have_text(STAND)
        line.mend()
        page.clock.run_for(5_000)
        expect(page.get_by_role("button", name="1 neues Thema zeigen")).to_be_visible()
        assert page.evaluate("window.stayed")
        page.close()


def test_the_event_is_an_app_of_its_own_under_the_citys_name(house: House, somebody: Somebody) -> None:
    base = f"http://{NAME}:{house.port}"
    page = somebody(f"{base}/{house.event}/")
    wire = page.context.new_cdp_session(page)
    wire.send("Page.enable")
    manifest = wire.send("Page.getAppManifest")
    assert manifest["url"] == f"{base}/{house.event}/manifest.webmanifest"
    assert manifest["errors"] == []
    described = page.evaluate("(url) => fetch(url).then((answer) => answer.json())", manifest["url"])
    assert described["name"] == "Barcamp Musterstadt"
    assert described["start_url"] == described["scope"] == described["id"] == f"/{house.event}/"
    assert {icon["purpose"] for icon in described["icons"]} == {"any", "maskable"}
    size = "(src) => new Promise((go) => { const i = new Image(); i.onload = () => go([i.width, i.height]); i.src = src; })"
    assert [page.evaluate(size, icon["src"]) for icon in described["icons"][:3]] == [[192, 192], [512, 512], [512, 512]]
    ways = [shortcut["url"] for shortcut in described["shortcuts"]]
    assert page.evaluate("(ways) => Promise.all(ways.map(async (way) => (await fetch(way)).status))", ways) == [200] * 4
    keep_for_the_way(page)
    errors = [error["errorId"] for error in wire.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert [error for error in errors if error != "in-incognito"] == []
    scopes = "navigator.serviceWorker.getRegistrations().then((all) => all.map(({scope}) => scope))"
    assert page.evaluate(scopes) == [f"{base}/{house.event}/"]
    page.context.set_offline(True)
    page.goto(f"{base}/{house.event}/schedule/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Programm")


def test_an_app_of_the_version_before_goes_on_with_the_new_server_and_becomes_the_new_one(
    house: House, phone: Somebody
) -> None:
    topic, waiting = house.propose("Vor dem Update"), house.propose("Lag noch da")
    page = phone("topics/")
    keep_for_the_way(page)
    # as the version before the worker left it: a tap that never got through
    path = f"/api/v1/events/{house.event}/topics/{waiting['code']}/interest?lang=de"
    entry = {"key": "0" * 32, "method": "PUT", "path": path, "kind": "interest", "code": waiting["code"], "isOn": True}
    page.evaluate("(one) => localStorage.setItem('tw:barcamp:outbox', JSON.stringify([one]))", entry)
    parts = "caches.keys().then(([name]) => caches.open(name)).then((store) => store.keys()).then((all) => all.map(({url}) => url).join())"
    worker = "fetch(document.body.dataset.worker, {cache: 'no-store'}).then((answer) => answer.text()).then((text) => text.slice(0, 20))"
    before = page.evaluate(worker)
    mark = "0123456789ab"
    release_anew(house, mark)

    expect(page.locator("[data-live-state]")).to_have_text("live", timeout=10_000)
    page.locator(f"#topic-{topic['code']}").get_by_role("button", name="Interessiert mich").click()
    expect(page.get_by_text("Gezählt.")).to_be_visible(timeout=30_000)
    assert page.evaluate(worker) != before
    deadline = time.monotonic() + 30
    page.reload()
    while page.locator(f"script[src*='{mark}']").count() == 0:  # a slow answer lets the worker show the page it has
        assert time.monotonic() < deadline, page.content()[:500]
        page.reload()
    expect(page.locator("[data-live-state]")).to_have_text("live")
    deadline = time.monotonic() + 20
    while mark not in page.evaluate(parts) or page.evaluate(parts).count("app.") != 2:
        assert time.monotonic() < deadline, page.evaluate(parts)
        page.wait_for_timeout(200)
    assert [interest(house, one) for one in (topic, waiting)] == [1, 1]
    page.context.set_offline(True)
    page.goto(house.at("schedule/"))
    expect(page.locator(f"link[href*='{mark}']")).to_have_count(1)
    assert page.evaluate("getComputedStyle(document.querySelector('.site-header')).position") == "sticky"
