"""The story of those who see, hear or move differently: every page, in every light, on every screen, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.stories.places import EVERYBODY, LIGHT, Tour, Who

WHOLE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    }
}
SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size", "region"]}}
AXE = Axe().axe_script
RUN = """async (options) => {
    const found = await axe.run({...options, resultTypes: ["violations"]});
    return found.violations.flatMap(({id, nodes}) =>
        nodes.map(({target, html}) => `${id}: ${target}: ${html.slice(0, 120)}`));
}"""
# Over both languages each light meets each width, and every rule a small and a wide page.
WAYS = {
    "de": (("light", 360, WHOLE), ("dark", 1280, SEEN)),
    "en": (("light", 1280, WHOLE), ("dark", 360, SEEN)),
}
TALL = "Math.max(800, document.scrollingElement.scrollHeight)"


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_axe_finds_nothing_in_any_light_on_any_screen(tour: Tour, who: Who, language: str) -> None:
    faults: dict[str, list[str]] = {}
    for place, page in tour.visit(who, language):
        assert page.locator("html").get_attribute("lang") == language, place.name
        page.evaluate(AXE)
        for light, width, rules in WAYS[language]:
            page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 800})
            if place.name not in LIGHT:  # what sticks to an edge then covers nothing that scrolling would free
                page.set_viewport_size({"width": width, "height": page.evaluate(TALL)})
            if found := page.evaluate(RUN, rules):
                faults[f"{place.name} ({language}, {light}, {width})"] = found
    assert not faults


def test_axe_is_awake(tour: Tour) -> None:
    for _place, page in tour.visit("anybody"):
        page.evaluate(AXE)
        page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<h6>x</h6><img src=x>')")
        assert {fault.partition(":")[0] for fault in page.evaluate(RUN, WHOLE)} >= {"image-alt", "heading-order"}
        return


# Colours as computed, of every piece of text that is seen: what lies below is blended together, canvas first.
PALE = """() => {
    const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
    const light = (rgb) => {
        const [r, g, b] = rgb.map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
        const chain = [];
        for (let at = element; at; at = at.parentElement) chain.unshift(getComputedStyle(at).backgroundColor);
        return chain.reduce((below, colour) => over(rgba(colour), below), [255, 255, 255]);
    };
    const isSeen = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && element.getBoundingClientRect().width > 1 && !element.closest(".kern-sr-only, .skip");
    const found = [];
    let looked = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !isSeen(element)) continue;
        looked += 1;
        const style = getComputedStyle(element);
        const below = ground(element);
        const ink = over(rgba(style.color), below);
        const [a, b] = [light(ink), light(below)].sort((x, y) => y - x);
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < (isLarge ? 3 : 4.5)) found.push(`${ratio.toFixed(2)}: ${walker.currentNode.textContent.trim()}`);
    }
    return {looked, found};
}"""


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_text_is_readable_in_the_dark(tour: Tour, who: Who) -> None:
    faults: dict[str, list[str]] = {}
    for place, page in tour.visit(who, color_scheme="dark", viewport={"width": 360, "height": 800}):
        seen = page.evaluate(PALE)
        assert seen["looked"] > 3, place.name
        if seen["found"]:
            faults[place.name] = seen["found"]
        if place.name not in LIGHT:
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 19, 28)", place.name
    assert not faults


SHAPE = """() => {
    const faults = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > innerWidth) faults.push(`scrolls sideways: ${root.scrollWidth} of ${innerWidth}`);
    const isSeen = (element) => element.checkVisibility({visibilityProperty: true}) && !element.closest(".kern-sr-only, .skip");
    const first = [...document.querySelectorAll("h1")];
    if (first.length !== 1) faults.push(`${first.length} h1`);
    if (!document.title.trim()) faults.push("no title");
    for (const element of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
        if (!isSeen(element)) continue;
        const target = element.matches("[type=radio], [type=checkbox]") ? element.closest("label") ?? element : element;
        const box = target.getBoundingClientRect();
        const isInSentence = element.matches("p a, li p a") && element.closest("p").textContent.trim() !== element.textContent.trim();
        const least = Math.min(box.width, box.height);
        if (least < 24 && !isInSentence) faults.push(`${least.toFixed(1)} px: ${target.outerHTML.slice(0, 90)}`);
        if (box.right > innerWidth + 1 && !element.closest(".scroller")) faults.push(`outside: ${target.outerHTML.slice(0, 90)}`);
    }
    return faults;
}"""


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_small_phone_shows_everything_large_enough_and_without_scrolling_sideways(tour: Tour, who: Who) -> None:
    faults: dict[str, list[str]] = {}
    for place, page in tour.visit(who):
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 640})
            if place.name != "the hall screen" and (found := page.evaluate(SHAPE)):
                faults[f"{place.name} ({width})"] = found
    assert not faults


FOCUS = """() => {
    const isFocusable = (element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled;
    const faults = [];
    const part = document.querySelector("dialog[open]") ?? document;
    for (const element of part.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']")) {
        if (!isFocusable(element)) continue;
        element.focus({focusVisible: true, preventScroll: true});
        if (document.activeElement !== element) { faults.push(`takes no focus: ${element.outerHTML.slice(0, 90)}`); continue; }
        const around = element.matches("label input") ? element.nextElementSibling ?? element : element;
        const shown = [element, around].some((one) => {
            const style = getComputedStyle(one);
            const isDrawn = style.outlineStyle !== "none" && !/^rgba\\(.*, 0\\)$/.test(style.outlineColor);
            return isDrawn && parseFloat(style.outlineWidth) >= 2;
        });
        if (!shown) faults.push(`shows no focus: ${element.outerHTML.slice(0, 90)}`);
    }
    return faults;
}"""


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_focus_is_seen_wherever_it_is(tour: Tour, who: Who) -> None:
    faults = {place.name: found for place, page in tour.visit(who) if (found := page.evaluate(FOCUS))}
    assert not faults


def test_nothing_moves_for_those_who_asked_for_it(tour: Tour) -> None:
    moving = "document.getAnimations().map((one) => one.animationName ?? one.transitionProperty)"
    for place, page in tour.visit("anybody"):
        page.locator("body").evaluate("(body) => body.classList.add('is-changed', 'is-placed')")
        assert page.evaluate(moving) == [], place.name
        if place.name == "the programme":
            break
