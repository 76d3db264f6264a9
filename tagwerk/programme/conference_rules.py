"""Decisions about prepared sessions on plain values: what may be said of them, and what clashes with what."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from tagwerk.kit.dates import Span
from tagwerk.programme.rules import Aid, Kind, Level, Licence, Recording, may_be_parallel

LONGEST = {
    "title": 200,
    "subtitle": 200,
    "description": 20_000,
    "plain_summary": 1_000,
    "dial_in": 60,
    "passcode": 40,
    "join_url": 300,
}
MOST_LINKS = 20
MOST_DAYS = 366  # between the days of one event
BY_HAND = tuple(kind for kind in Kind if kind != Kind.BARCAMP)
"""What can be prepared: sessions of the barcamp come from topics."""
_LANGUAGE = re.compile(r"([a-z]{2})?")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")


class Fault(StrEnum):
    """What is wrong with something that was typed."""

    EMPTY = "empty"
    LONG = "long"
    LINK = "link"
    CHOICE = "choice"
    MANY = "many"


def is_link(address: str, schemes: Collection[str] = ("http", "https")) -> bool:
    """Tell whether an address may stand on a page as a link: http or https, a host, nothing blank in it."""
    if len(address) > LONGEST["join_url"] or _BLANK.search(address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port or a bracket that is none
        return False


def faults(words: Mapping[str, Any]) -> dict[str, Fault]:
    """Give what is wrong with the words of a session, by field; those that are not there are not looked at.

    `title` may be empty: then the place is still to be filled.
    """
    found = {name: Fault.LONG for name, most in LONGEST.items() if len(words.get(name) or "") > most}
    if words.get("join_url") and "join_url" not in found and not is_link(words["join_url"]):
        found["join_url"] = Fault.LINK
    choices: Mapping[str, Iterable[str]] = {"kind": BY_HAND, "level": ("", *Level)}
    found |= {name: Fault.CHOICE for name, allowed in choices.items() if name in words and words[name] not in allowed}
    if not set(words.get("aids") or ()) <= set(Aid):
        found["aids"] = Fault.CHOICE
    if not _LANGUAGE.fullmatch(words.get("language") or ""):
        found["language"] = Fault.CHOICE
    links = words.get("links") or []
    if len(links) > MOST_LINKS:
        found["links"] = Fault.MANY
    elif not all(is_link(link["url"]) for link in links):
        found["links"] = Fault.LINK
    return found


def links_of(text: str) -> list[dict[str, str]]:
    """Read links from lines of `address words`; without words the address names itself."""
    lines = (line.strip() for line in text.split("\n"))
    pairs = (line.partition(" ") for line in lines if line)
    return [{"url": url, "title": title.strip()[:120] or url} for url, _blank, title in pairs]


def link_lines(links: Iterable[Mapping[str, str]]) -> str:
    """Give links as `links_of` reads them."""
    return "\n".join(one["url"] if one["title"] == one["url"] else f"{one['url']} {one['title']}" for one in links)


def recording_of(said: Collection[tuple[str, str]]) -> tuple[bool, str]:
    """Say whether a session must not be recorded, and the licence of its recording, from what each speaker said.

    One no is enough. A licence needs the word of all of them, and the strictest one holds; "" is none for others.
    """
    if any(choice == Recording.NO for choice, _licence in said):
        return True, ""
    licences = {licence for _choice, licence in said}
    open_ones = (Licence.CC_BY_SA, Licence.CC_BY)
    is_open = bool(said) and licences <= set(open_ones) and all(choice == Recording.YES for choice, _licence in said)
    return False, next(one for one in open_ones if one in licences).upper() if is_open else ""


class ClashKind(StrEnum):
    """Why two things cannot be as they are."""

    ROOM = "room"
    SPEAKER = "speaker"
    FEATURE = "feature"
    MARKET = "market"


@dataclass(frozen=True)
class Standing:
    """A session where it stands or shall stand: the session's number, its time, its room, who is needed there.

    `needs` are features that the room must have, `offers` those that it has (None: the whole house, or online).
    While the market is open alone (`kind`), nothing else happens.
    """

    number: int
    span: Span
    room: int | None
    hosts: frozenset[str]
    needs: frozenset[str] = frozenset()
    offers: frozenset[str] | None = None
    kind: str = Kind.TALK


@dataclass(frozen=True)
class Clash:
    """One clash of a session: with which other one (a room or somebody is needed twice, the market is open alone), or what the room lacks."""

    kind: ClashKind
    number: int
    other: int | None = None
    lacks: tuple[str, ...] = ()


def clashes(one: Standing, others: Iterable[Standing]) -> list[Clash]:
    """Give what stands against a session at its place, among all that stand or shall stand elsewhere."""
    found = []
    if one.offers is not None and not one.needs <= one.offers:
        found.append(Clash(ClashKind.FEATURE, one.number, lacks=tuple(sorted(one.needs - one.offers))))
    for other in others:
        if other.number == one.number or not one.span.overlaps(other.span):
            continue
        if one.room is not None and one.room == other.room:
            found.append(Clash(ClashKind.ROOM, one.number, other.number))
        elif one.hosts & other.hosts:
            found.append(Clash(ClashKind.SPEAKER, one.number, other.number))
        elif not may_be_parallel(one.kind, other.kind):
            found.append(Clash(ClashKind.MARKET, one.number, other.number))
    return found


def all_clashes(plan: Sequence[Standing]) -> list[Clash]:
    """Give every clash of a whole plan, each pair once, in the order of the plan."""
    return [clash for place, one in enumerate(plan) for clash in clashes(one, plan[place + 1 :])]


@dataclass(frozen=True)
class Named:
    """What a session is known by: its code ("" if none), its title as it is compared, its beginning."""

    code: str
    title: str
    start: datetime | None


def matched(read: Sequence[Named], ours: Sequence[Named]) -> dict[int, int]:
    """Say which of the sessions that were read is which of ours, by their places in the lists; no two are the same one.

    A code counts most, then title and beginning together, then a title that both lists hold only once.
    """
    found: dict[int, int] = {}
    for key in (_by_code, _by_time, _by_title):
        free = {number for number in range(len(ours)) if number not in found.values()}
        theirs = _once(key, read, {number for number in range(len(read)) if number not in found})
        mine = _once(key, ours, free)
        found |= {number: mine[name] for name, number in theirs.items() if name in mine}
    return found


def _by_code(one: Named) -> object:
    return one.code or None


def _by_time(one: Named) -> object:
    return (one.title, one.start) if one.title and one.start else None


def _by_title(one: Named) -> object:
    return one.title or None


def _once(key: Callable[[Named], object], sessions: Sequence[Named], chosen: Collection[int]) -> dict[object, int]:
    """Give the chosen sessions by a key that only one of them has."""
    keys = [(key(sessions[number]), number) for number in sorted(chosen)]
    counts = Counter(name for name, _number in keys)
    return {name: number for name, number in keys if name is not None and counts[name] == 1}


def slug_of(name: str, is_taken: Iterable[str] = ()) -> str:
    """Give the part of an address for a name: plain letters, digits and dashes, unlike those that are taken."""
    plain = name.casefold().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:34].strip("-") or "thema"
    taken = set(is_taken)
    wished = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in wished if slug not in taken)


def is_far(day: date, days: Collection[date]) -> bool:
    """Tell whether a day lies more than a year from all days of an event: then the year is a slip."""
    return bool(days) and min(abs((day - other).days) for other in days) > MOST_DAYS
