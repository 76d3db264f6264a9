"""The story of the paper: every sheet has its size, nothing is cut off, and the folder opens without a network."""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stories.conftest import LAPTOP, Somebody
from tests.stories.house import House
from tests.stories.large import ROOMS, large

A4, A4_WIDE, A3, A3_WIDE, A6 = (210, 297), (297, 210), (297, 420), (420, 297), (105, 148)
CUT_OFF = """() => {
    const faults = [];
    for (const sheet of document.querySelectorAll(".sheet:not(.sheet--flow)")) {
        const box = sheet.getBoundingClientRect();
        for (const part of sheet.querySelectorAll("*")) {
            if (!part.checkVisibility()) continue;
            const own = part.getBoundingClientRect();
            const isOut = own.right > box.right + 1 || own.bottom > box.bottom + 1 || own.left < box.left - 1 || own.top < box.top - 1;
            if (isOut) faults.push(`outside: ${sheet.className}: ${part.outerHTML.slice(0, 80)}`);
            const isCut = getComputedStyle(part).overflow === "hidden" && part.scrollHeight > part.clientHeight + 1;
            if (isCut && !part.matches(".blank-name")) faults.push(`cut: ${part.outerHTML.slice(0, 80)}`);
        }
    }
    return faults;
}"""


@pytest.fixture(scope="module")
def hall(house: House) -> House:
    """Give an event with seven rooms, eight slots and thirty long titles."""
    return large(house, "papier")


@pytest.fixture
def crew(hall: House, somebody: Somebody) -> Page:
    """Give the page of what can be printed."""
    page = somebody(f"{hall.base}/demo/barcamp/", screen=LAPTOP)
    page.get_by_role("button", name="Als Moderation eintreten").click()
    page.goto(hall.at("desk/print/"))
    return page


def pages(page: Page) -> list[tuple[int, int]]:
    """Print a page into a PDF; gives the size of each of its pages in millimetres."""
    document = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", document)
    return [(round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) for width, height in boxes]


def test_everything_is_printed_on_paper_of_its_size_and_nothing_is_cut_off(crew: Page) -> None:
    crew.locator("[name=number]").fill("6")
    crew.get_by_role("button", name="Neue Karten machen").click()
    expect(crew.locator(".ticket")).to_have_count(6)
    assert pages(crew) == [A4, A4], "four cards on a page"
    crew.go_back()
    crew.locator("[name=wifi_name]").fill("Buergerhaus-Gast-im-ersten-Stock")
    crew.locator("[name=wifi_password]").fill("ein langes Passwort, das man gerade noch abtippen kann: 4711-x")
    crew.locator("[name=with_code]").check()
    crew.get_by_role("button", name="Alles drucken").click()
    expect(crew.get_by_role("heading", level=1)).to_have_text("Alles drucken")
    printed = Counter(pages(crew))
    assert printed == {A4: 1 + len(ROOMS) + 1 + 2 + 2, A3_WIDE: 1, A4_WIDE: 8}, (
        "crew, doors, poster, stickers, cards; grid; topic cards"
    )
    crew.emulate_media(media="print")
    assert crew.evaluate(CUT_OFF) == []


OTHER_SIZES = {
    "poster": ("poster_size", "a3", [A3]),
    "topics": ("topic_size", "a5", [A4] * 15),
    "cards": ("card_size", "a6", [A6] * 2),
}


@pytest.mark.parametrize("sheet", OTHER_SIZES)
def test_other_sizes(hall: House, crew: Page, sheet: str) -> None:
    field, value, sizes = OTHER_SIZES[sheet]
    if sheet == "cards":
        crew.locator("[name=number]").fill("2")
        crew.get_by_role("button", name="Neue Karten machen").click()
        expect(crew.locator(".ticket")).to_have_count(2)
        crew.goto(hall.at("desk/print/"))
    crew.locator(f"[name={field}][value={value}]").check()
    crew.locator(f"button[formaction$='/print/{sheet}/']").click()
    expect(crew.locator(".sheet").first).to_be_visible()
    assert pages(crew) == sizes
    crew.emulate_media(media="print")
    assert crew.evaluate(CUT_OFF) == []


def test_the_folder_opens_and_prints_with_the_network_cut(
    hall: House, crew: Page, browser: Browser, tmp_path: Path
) -> None:
    with crew.expect_download() as loading:
        crew.get_by_role("link", name="Notfallmappe jetzt laden").click()
    assert re.fullmatch(r"notfallmappe-papier-\d{4}\.html", loading.value.suggested_filename)
    path = tmp_path / loading.value.suggested_filename
    loading.value.save_as(path)
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(path.as_uri())
    expect(page.locator(".sheet--grid td b")).to_have_count(30)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    assert page.evaluate("document.fonts.check('600 12px \"Fira Sans\"')")
    printed = pages(page)
    assert printed[0] == A3_WIDE
    assert set(printed[1:]) == {A4}
    assert len(printed) >= 1 + len(ROOMS) + 2
    page.emulate_media(media="print")
    assert page.evaluate(CUT_OFF) == []
    context.close()


ANNOUNCED = """
from tagwerk.barcamp.changes import PlanPublished
from tagwerk.events.models import Event
from tagwerk.live.actions import tell
from tagwerk.people.models import Person
mark = f"person:{Person.objects.get(email='moderation@musterstadt.example').pk}"
tell(Event.objects.at("papier").get().stream, PlanPublished(sessions=30), actor=mark)
"""


def test_an_announced_plan_is_downloaded_by_itself_and_once(hall: House, crew: Page) -> None:
    crew.goto(hall.at("desk/"))
    hall.run(ANNOUNCED)
    with crew.expect_download() as loading:
        crew.reload()
    assert loading.value.suggested_filename.startswith("notfallmappe-papier-")
    downloads: list[object] = []

    def note(download: object) -> None:
        downloads.append(download)

    crew.on("download", note)
    crew.reload()
    expect(crew.get_by_text("Der Plan liegt als Notfallmappe in Ihren Downloads.")).to_be_visible()
    crew.wait_for_timeout(500)
    assert downloads == []
