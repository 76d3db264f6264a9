"""Decisions about stands on plain values: what may be said of one, and which line of a list means which stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from tagwerk.kit.text import folded
from tagwerk.programme.conference_rules import MOST_LINKS, Fault, is_link

LONGEST = {
    "name": 120,
    "shows": 200,
    "about": 6_000,
    "number": 12,
    "place": 80,
    "join_url": 300,
    "dial_in": 60,
    "passcode": 40,
    "contact_name": 80,
    "contact_mail": 200,
    "contact_phone": 40,
}
CONTACT = ("contact_name", "contact_mail", "contact_phone")
MOST_TAGS = 12
LONGEST_TAG = 40
MOST_BOOTHS = 500
KEPT = timedelta(days=90)
"""How long after the event one can still read whom to write to at a stand."""
_MAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]+@[^@\s,;<>()\[\]\\\"]+\.[^@\s,;<>()\[\]\\\".]{2,}")
_DIGITS = re.compile(r"(\d+)")


def is_secure_link(address: str) -> bool:
    """Tell whether an address may stand at a stand as a link: https, a host, nothing blank in it."""
    return is_link(address) and address.lower().startswith("https://")


def is_mail(text: str) -> bool:
    """Tell whether a text is one mail address."""
    return bool(_MAIL.fullmatch(text))


def faults(words: Mapping[str, Any]) -> dict[str, Fault]:
    """Give what is wrong with the words of a stand, by field; those that are not there are not looked at."""
    found = {name: Fault.LONG for name, most in LONGEST.items() if len(words.get(name) or "") > most}
    if "name" in words and not words["name"].strip():
        found["name"] = Fault.EMPTY
    if words.get("join_url") and not is_secure_link(words["join_url"]):
        found["join_url"] = Fault.LINK
    if words.get("contact_mail") and not is_mail(words["contact_mail"]):
        found["contact_mail"] = Fault.CHOICE
    links, tags = words.get("links") or [], words.get("tags") or []
    if len(links) > MOST_LINKS:
        found["links"] = Fault.MANY
    elif not all(is_secure_link(one["url"]) for one in links):
        found["links"] = Fault.LINK
    if len(tags) > MOST_TAGS:
        found["tags"] = Fault.MANY
    elif any(len(tag) > LONGEST_TAG for tag in tags):
        found["tags"] = Fault.LONG
    return found


def tags_of(text: str) -> list[str]:
    """Read tags from a list with commas, semicolons or lines between; the sign # and doubled ones are left out."""
    found: dict[str, str] = {}
    for piece in re.split(r"[,;\n]", text):
        tag = " ".join(piece.split()).lstrip("#").strip()
        if tag:
            found.setdefault(folded(tag), tag)
    return list(found.values())


def in_order_of_numbers(number: str) -> tuple[bool, tuple[tuple[bool, int, str], ...]]:
    """Give by what stand numbers are sorted: 2 before 12, A2 before A12, stands without a number last."""
    parts = [part for part in _DIGITS.split(number.casefold()) if part]
    return not parts, tuple((not _DIGITS.fullmatch(part), int(part) if part.isdecimal() else 0, part) for part in parts)


class Lot(StrEnum):
    """What would become of a line of a list."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Line:
    """A line of a list of exhibitors: the words that it has, what becomes of it, and of which stand (None: a new one).

    `wrong` says by field why it cannot be taken, `changed` names the fields in which it differs.
    """

    words: Mapping[str, Any]
    lot: Lot
    code: str | None = None
    wrong: Mapping[str, Fault] | None = None
    changed: tuple[str, ...] = ()


def compared(read: Sequence[Mapping[str, Any]], known: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Say what becomes of each line that was read, beside the stands that are `known` (words, with their `code`).

    A stand is known again by its name, whatever its case. A field that a line is silent about stays as it is.
    """
    ours = {folded(one["name"]): one for one in known}
    seen: set[str] = set()
    lines = []
    for words in read:
        name = folded(words.get("name", "").strip())
        lines.append(_line(words, ours.get(name), is_doubled=name in seen))
        seen.add(name)
    return lines


def _line(words: Mapping[str, Any], old: Mapping[str, Any] | None, *, is_doubled: bool) -> Line:
    wrong = faults({"name": "", **words})
    if wrong:
        return Line(words, Lot.WRONG, wrong=wrong)
    if is_doubled:
        return Line(words, Lot.DOUBLED)
    if old is None:
        return Line(words, Lot.NEW)
    changed = tuple(name for name, value in words.items() if name != "name" and old.get(name) != value)
    return Line(words, Lot.CHANGED if changed else Lot.SAME, old["code"], changed=changed)
