"""What is looked at on a page in a browser: rules of accessibility, contrast, sizes, focus; each gives the faults found."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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
# Together with the texts in the dark below each light meets each width.
WAYS = (("light", 360, WHOLE), ("dark", 1280, SEEN), ("light", 1280, SEEN))
TALL = "Math.max(800, document.scrollingElement.scrollHeight)"


def against_the_rules(page: Page, *, is_scrolled: bool = True) -> list[str]:
    """Let axe look in two lights on two screens; `is_scrolled` tells that a page is more than its screen shows."""
    page.evaluate(AXE)
    found: list[str] = []
    for light, width, rules in WAYS:
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        if is_scrolled:  # what sticks to an edge then covers nothing that scrolling would free
            page.set_viewport_size({"width": width, "height": page.evaluate(TALL)})
        found += [f"{fault} ({light}, {width})" for fault in page.evaluate(RUN, rules)]
    return found


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


def pale_in_the_dark(page: Page) -> list[str]:
    """Find texts on a small phone in the dark that stand out too little from what they lie on."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 800})
    seen = page.evaluate(PALE)
    return [*seen["found"], *([] if seen["looked"] > 3 else ["hardly any text was seen"])]


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


def too_small_or_too_wide(page: Page) -> list[str]:
    """Find what a finger misses and what lies outside of a small phone."""
    found: list[str] = []
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 640})
        found += [f"{fault} ({width})" for fault in page.evaluate(SHAPE)]
    return found


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


def focus_unseen(page: Page) -> list[str]:
    """Find what takes no focus, or does not show it."""
    found: list[str] = page.evaluate(FOCUS)
    return found
