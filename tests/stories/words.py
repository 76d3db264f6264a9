"""The words of pages: what a page says by itself, and what people wrote."""

import re
from typing import Any

from playwright.sync_api import Page

from tagwerk.site.demo import call, frame, ogt, stands
from tests.stories.house import House

FORMAL = re.compile(r"\b(?:Sie|Ihr|Ihre[mnrs]?|Ihnen)\b")
INFORMAL = re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?)\b")
GERMAN = re.compile(
    r"\b(?:und|oder|aber|der|das|den|dem|des|ein|eine[mnrs]?|nicht|kein[en]?|ist|sind|wird|werden|mit|ohne|für|von|vom|zum"
    r"|zur|im|auf|aus|bei|nach|noch|schon|hier|bitte|Sie|Ihre?|du|dein|ich|wir|uns|Thema|Themen|Programm|Raum|Räume|Platz"
    r"|Plätze|Uhr|Jetzt|Gleich|frei|statt|heute|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\b|[äöüßÄÖÜ]"
)

# Everything that is seen, read out or will be: text, labels, placeholders, the script's words; not what names its own language.
WORDS = """() => {
    const found = [document.title];
    const take = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!element?.closest("script, style, [lang]:not(html)")) found.push(walker.currentNode.textContent);
        }
        for (const element of root.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
            for (const name of ["aria-label", "placeholder", "title", "alt"]) found.push(element.getAttribute(name) ?? "");
    };
    take(document.body);
    for (const template of document.querySelectorAll("template")) take(template.content);
    return found.map((words) => words.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def in_the_demo() -> set[str]:
    """Give what the demo tells of its house and of the events of the past."""
    framed = (frame.EVENT, frame.DUTIES, frame.VENUE, *frame.PARTNERS, frame.NEXT)
    texts: set[str] = {str(words) for told in framed for words in told.values()}
    for past in ogt.PAST:
        texts |= {past.name, past.motto, past.place, *past.organisations, *past.organisations.values()}
        texts |= {str(row[0]) for row in (*past.rooms, *past.tracks)} | {name for one in past.replaced for name in one}
        for item in past.items:
            texts |= {item.title, *(name for name, _part in item.people), *item.text.split("\n")}
    for name, (shown, tags) in stands.SHOWS.items():
        texts |= {name, shown, *tags}
    texts |= {*ogt.AREAS, *(str(area) for area in ogt.AREAS), *ogt.SAMPLE_STAND.split("\n"), "Karten für alle"}
    proposed = [str(row[number]) for row in call.PROPOSALS for number in (0, 3, 4, 5)]  # title, who, where from, text
    for words in (call.TEXT, call.REMARK, call.REFUSAL, *proposed, "Bänke im Park", "Wo man sitzt."):
        texts |= {words, " ".join(words.split()), *re.split(r"\*\*|\n(?:- )?", words)}
    texts |= {part.strip() for part in texts}
    said = {line for words in texts for line in words.split("\n")}
    return said | {line.strip("*") for line in said} | {" ".join(words.split()) for words in texts}


def brought_by_people(*houses: House) -> list[str]:
    """Give every text of the events that people wrote, the longest first; it stays as they wrote it."""
    texts: set[str] = {"Das habe ich mitgebracht", "Quastenflosser", "Moderation", *in_the_demo()}
    for house in houses:
        state: dict[str, Any] = house.ask("GET", "")[1]
        texts |= {str(state[name]) for name in ("name", "motto", "place")}
        for row in (*state["topics"], *state["sessions"], *state["rooms"], *state["announcements"]):
            for name in ("title", "host_name", "name", "text"):
                texts.add(str(row.get(name) or ""))
            texts |= set(str(row.get("description") or "").split("\n"))
    return sorted(filter(None, texts), key=len, reverse=True)


def said(page: Page, but: list[str]) -> list[str]:
    """Give what the page says by itself."""
    found = []
    for words in page.evaluate(WORDS):
        for text in but:
            words = words.replace(text, "")  # noqa: PLW2901 - piece by piece
        found.append(words)
    return found


def matching(words: list[str], pattern: re.Pattern[str]) -> list[str]:
    return sorted({one for one in words if pattern.search(one)})
