"""Names that stay: from an address, always the same guid, number and slug."""

import re
import unicodedata
from uuid import NAMESPACE_URL, UUID, uuid5

NUMBERS = 2**31 - 1
"""Ids are positive and fit into the 32 bits that older programs keep for them."""

SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe", "ł": "l"})
_OTHERS = re.compile(r"[^a-z0-9]+")
_ACRONYM_OTHERS = re.compile(r"[^a-z0-9_]+")
LONGEST_SLUG, LONGEST_TEXT = 60, 300


def guid_of(url: str) -> str:
    """Give the UUID (version 5, of addresses) that belongs to an address."""
    return str(uuid5(NAMESPACE_URL, url))


def guid_within(guid: str, part: str) -> str:
    """Give the UUID of a part of something that has one: the second time of a session, say."""
    return str(uuid5(UUID(guid), part))


def known_guid(text: str) -> str:
    """Give a UUID in the one way of writing it; an empty string when it is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def number_of(guid: str) -> int:
    """Give the positive number that belongs to a guid."""
    return UUID(guid).int % NUMBERS + 1


def slug_of(text: str) -> str:
    """Give words for an address: `[a-z0-9-]`, umlauts spelled out, at most 60 characters; may be empty."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].lower().translate(SPELLED))
    return _OTHERS.sub("-", "".join(c for c in plain if c.isascii())).strip("-")[:LONGEST_SLUG].strip("-")


def acronym_of(text: str) -> str:
    """Give the short name that all schemas take: at least four of `[a-z0-9_]`."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].lower().translate(SPELLED))
    short = _ACRONYM_OTHERS.sub("_", "".join(c for c in plain if c.isascii()).replace("-", "_")).strip("_")
    return short[:LONGEST_SLUG].ljust(4, "_") if short else "schedule"
