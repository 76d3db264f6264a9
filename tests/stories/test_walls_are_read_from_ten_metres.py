"""The story of every wall in every state: seven rooms, the longest titles, three screens; all large, all whole."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.stories import walls
from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.town import another_event

SCREENS: dict[str, tuple[ViewportSize, float]] = {
    "a projector": ({"width": 1920, "height": 1080}, 1),
    "an old projector, four to three": ({"width": 1024, "height": 768}, 1),
    "a city's laptop at 125 %": ({"width": 1024, "height": 576}, 1.25),  # 1280 x 720 real pixels
}
DISRUPTION = "⚠ Der Strom im Erdgeschoss ist ausgefallen – Bitte alle in den Ratssaal – Nächste Nachricht um 10:40"
STATES: dict[str, dict[str, str]] = {
    "collecting": {"phase": "collecting"},
    "stage": {"phase": "pitching", "stage": "yes"},
    "planning": {"phase": "planning"},
    "plan": {"phase": "running", "full": "yes"},
    "closing": {"phase": "closing"},
    "disruption": {"notice": DISRUPTION},
    "qr": {"wall": "qr"},
    "black": {"wall": "black"},
}
SEVEN = 7

# Every piece of text that is seen: large enough for the last row, inside the safe margin, inside what it stands in.
FAULTS = """() => {
    const faults = [];
    const least = innerHeight * 0.035 - 0.1;
    const fits = ".board__row, .foyer__grid th, .foyer__grid td, .board__slot, .board__panel, .board__poster, .door, .board__foot, .board__strip, .board__head";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const isInside = (inner, outer, slack) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
        && inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
    const margin = {left: innerWidth * 0.05, top: innerHeight * 0.05, right: innerWidth * 0.95, bottom: innerHeight * 0.95};
    const foot = document.querySelector(".board__foot").getBoundingClientRect();
    let seen = 0;
    while (walker.nextNode()) {
        const words = walker.currentNode.textContent.trim();
        const element = walker.currentNode.parentElement;
        if (!words || !element.checkVisibility({visibilityProperty: true})) continue;
        if (element.closest(".kern-sr-only, .board__tools, .toasts, meter, progress")) continue;
        seen += 1;
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < least) faults.push(`${(size / innerHeight * 100).toFixed(1)} % of the height: ${words}`);
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const holder = element.closest(fits);
        for (const box of range.getClientRects()) {
            // the box of a line is taller than its letters
            if (!isInside(box, margin, size * 0.25)) faults.push(`in the margin: ${words}`);
            if (holder && !isInside(box, holder.getBoundingClientRect(), size * 0.25)) faults.push(`cut: ${words}`);
            const isAbove = element.closest(".board__slots, .board__state, .door");
            if (isAbove && foot.height && box.bottom > foot.top + size * 0.25) faults.push(`over the foot: ${words}`);
        }
        for (let at = element; at !== document.body; at = at.parentElement) {
            if (getComputedStyle(at).overflow === "visible") continue;
            if (at.scrollHeight > at.clientHeight + 2 || at.scrollWidth > at.clientWidth + 1) faults.push(`hidden: ${words}`);
        }
    }
    return {seen, faults: [...new Set(faults)]};
}"""


@pytest.fixture(scope="module")
def hall(house: House) -> House:
    """Give an event with seven rooms, full of the longest titles, of which one slot runs."""
    event = another_event(house, "waende")
    walls.fill(house, "waende")
    return event


@pytest.fixture
def on_walls(somebody: Somebody) -> "OnWalls":
    return OnWalls(somebody)


class OnWalls:
    """Opens a wall on the three screens, one after the other."""

    def __init__(self, somebody: Somebody) -> None:
        self.somebody = somebody

    def __call__(self, url: str) -> Iterator[tuple[str, Page]]:
        for name, (screen, scale) in SCREENS.items():
            page = self.somebody(url, screen=screen, device_scale_factor=scale)
            page.evaluate("document.fonts.ready")
            expect(page.locator("html[data-connection=live]")).to_be_attached()
            yield name, page


def faults_on(page: Page, *, least: int = 3) -> list[str]:
    """Look at each page of a wall; gives what cannot be read."""
    found: list[str] = []
    for _page in range(max(1, page.locator("[data-dots] i").count())):
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        seen = page.evaluate(FAULTS)
        assert seen["seen"] >= least
        found += seen["faults"]
        page.keyboard.press("ArrowRight")
    return found


@pytest.mark.parametrize("state", STATES)
def test_the_hall_screen_is_read_in_every_state(hall: House, on_walls: OnWalls, state: str) -> None:
    walls.bring(hall, **STATES[state])
    for name, page in on_walls(hall.at("board/")):
        expect(page.locator(f"#board-state[data-shows={state}]")).to_be_attached()
        assert faults_on(page, least={"black": 0, "qr": 2}.get(state, 3)) == [], name
        if state == "plan":
            expect(page.locator(".is-shown .board__room")).to_have_count(SEVEN)
        if state == "stage":
            title = page.locator(".board__on-stage").evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)")
            assert title >= 0.09 * page.evaluate("innerHeight") - 0.1
        if state == "qr":
            box = page.locator(".board__large-qr svg").bounding_box()
            assert box
            assert box["height"] >= 0.5 * page.evaluate("innerHeight")
        else:
            expect(page.locator(".board__join")).to_contain_text(f"{hall.port}/{hall.event}")


def test_black_is_black(hall: House, somebody: Somebody) -> None:
    walls.bring(hall, wall="black")
    page = somebody(hall.at("board/"), screen=SCREENS["a projector"][0])
    expect(page.locator("body.is-idle")).to_be_attached()
    hall.announce("Das sieht im Dunkeln niemand")
    expect(page.locator("[data-changed]")).to_contain_text("Das sieht im Dunkeln niemand")
    picture = page.evaluate_handle("document.body").as_element()
    assert picture
    colours = page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const {data} = context.getImageData(0, 0, image.width, image.height);
            return data.every((part, at) => at % 4 === 3 || part === 0);
        }""",
        list(page.screenshot()),
    )
    assert colours is True


def test_all_walls_switch_within_a_second_and_the_large_code_goes_back_by_itself(
    hall: House, somebody: Somebody
) -> None:
    walls.bring(hall, phase="collecting")
    pages = [somebody(hall.at("board/"), screen=screen) for screen, _scale in SCREENS.values()]
    for page in pages:
        expect(page.locator("html[data-connection=live]")).to_be_attached()
    pages[0].clock.install()
    pages[0].reload()
    expect(pages[0].locator("html[data-connection=live]")).to_be_attached()
    assert hall.crew_sends("walls/", wall="qr") == 302
    for page in pages:
        expect(page.locator(".board__large-qr")).to_be_visible(timeout=1_000)
    pages[0].clock.fast_forward(61_000)
    expect(pages[0].locator(".board__large-qr")).to_be_hidden()
    expect(pages[0].locator(".board__call")).to_have_text("Ihr Thema fehlt noch?")


def test_the_foyer_shows_the_grid_with_the_slot_that_runs(hall: House, on_walls: OnWalls) -> None:
    walls.bring(hall, full="yes")
    for name, page in on_walls(hall.at("board/foyer/")):
        rooms = page.locator(".is-shown tbody tr:visible")
        expect(rooms).to_have_count(4 if "four to three" in name else SEVEN)
        expect(page.locator(".is-shown thead th[data-time=now]:visible")).to_have_count(1)
        assert faults_on(page) == [], name


def test_a_door_says_whether_there_is_room_and_who_is_looked_for(hall: House, on_walls: OnWalls) -> None:
    walls.bring(hall, full="yes")
    rooms = hall.state()["rooms"]
    for room in (rooms[0], rooms[-1]):
        for name, page in on_walls(hall.at(f"board/{room['id']}/")):
            expect(page.get_by_role("heading", level=1)).to_have_text(room["name"])
            assert faults_on(page) == [], (name, room["name"])
    page = somebody_at(on_walls, hall.at(f"board/{rooms[0]['id']}/"))
    expect(page.get_by_text("Voll.")).to_be_visible()
    expect(page.get_by_text("Wir suchen jemanden, der übernimmt.")).to_be_visible()
    expect(page.locator(".door__qr svg").first).to_be_visible()


def somebody_at(on_walls: OnWalls, url: str) -> Page:
    return next(page for _name, page in on_walls(url))


def test_full_is_seen_on_every_wall_and_page_within_two_seconds(hall: House, somebody: Somebody) -> None:
    state = hall.state()
    now = min(session["start"] for session in state["sessions"] if session["room"])
    session = next(one for one in state["sessions"] if one["start"] == now and one["room"] == state["rooms"][3]["id"])
    assert hall.ask("DELETE", f"/sessions/{session['code']}/full", token=hall.token)[0] == 200
    walls.bring(hall, phase="running")
    paths = ("board/", "board/foyer/", f"board/{session['room']}/", "schedule/", f"sessions/{session['code']}/", "")
    pages = {path: somebody(hall.at(path), screen={"width": 1280, "height": 720}) for path in paths}
    for page in pages.values():
        expect(page.locator("html[data-connection=live]")).to_be_attached()
    assert hall.ask("PUT", f"/sessions/{session['code']}/full", token=hall.token)[0] == 200
    places = {
        "board/": f"#board-session-{session['code']} .board__full",
        "board/foyer/": f"#foyer-wide-{session['code']} .board__full",
        f"board/{session['room']}/": f"#door-{session['code']} .door__word--bad",
        "schedule/": f"#session-{session['code']} .session__full",
        f"sessions/{session['code']}/": f"#session-whole-{session['code']} .note--bad",
        "": f"#now li:has(> a[href$='/{session['code']}/']) .now__full",
    }
    for path, place in places.items():
        expect(pages[path].locator(place)).to_be_attached(timeout=2_000)
        if "foyer" not in path and path != "board/":
            expect(pages[path].locator(place)).to_contain_text(re.compile(r"Noch Platz: .+, Thema \d+"))
    expect(pages["board/"].locator(".board__elsewhere").first).to_contain_text("Noch Platz: ")


def test_a_crew_pairs_a_screen_and_only_that_one_shows_the_code(hall: House, somebody: Somebody) -> None:
    walls.bring(hall, phase="running")
    desk = somebody(f"{hall.base}/demo/{hall.event}/", screen={"width": 1280, "height": 800})
    desk.get_by_role("button", name="Als Moderation eintreten").click()
    desk.goto(hall.at("desk/screens/"))
    wall, other = (somebody(hall.at("board/"), screen=SCREENS["a projector"][0]) for _number in range(2))
    wall.mouse.move(500, 500)
    wall.get_by_role("button", name="Koppeln").click()
    digits = wall.locator(".board__foot [data-screen=waiting] [data-digits]")
    expect(digits).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    desk.get_by_label("Ziffern auf dem Bildschirm").fill(digits.inner_text())
    desk.get_by_label("Wo steht er?").fill("Saal links")
    desk.get_by_role("button", name="Bildschirm koppeln").click()
    expect(desk.get_by_text("Saal links")).to_be_visible()
    code = desk.locator(".hall-code").inner_text()
    shown = wall.locator(".board__foot [data-screen=paired] [data-digits]")
    expect(shown).to_have_text(code)
    expect(other.get_by_text(code)).to_have_count(0)
    desk.get_by_role("button", name="QR groß").click()
    expect(wall.locator(".board__code")).to_contain_text(code)
    expect(other.locator(".board__large-qr")).to_be_visible()
    expect(other.locator(".board__code")).to_be_hidden()
    assert wall.evaluate(FAULTS)["faults"] == []
    desk.locator("[data-undo]").get_by_role("button", name="Rückgängig").click()
    expect(shown).to_be_visible()
    expect(shown).to_have_text(code)
    expect(desk).to_have_url(re.compile("/desk/screens/$"))
