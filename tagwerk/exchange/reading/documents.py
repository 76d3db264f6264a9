"""Takes values out of JSON documents of unknown make: what has the wrong type counts as missing."""

import json
from typing import Any

from tagwerk.exchange.reading.limits import Unreadable

Document = dict[str, Any]


def loaded(data: bytes) -> object:
    """Read JSON; raises `Unreadable`."""
    try:
        return json.loads(data)
    except (RecursionError, ValueError) as fault:
        raise Unreadable("json", str(fault)) from fault


def part(value: object, *keys: str) -> Document:
    """Give the document that lies under keys within another; an empty one when there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def parts(value: object, key: str) -> list[Document]:
    """Give the documents of a list under a key."""
    listed = value.get(key) if isinstance(value, dict) else None
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def said(value: object, *keys: str, language: str = "de") -> str:
    """Give the text under the first of the keys that has one; of a text in several languages the one asked for."""
    for key in keys:
        found = value.get(key) if isinstance(value, dict) else None
        if text := in_language(found, language):
            return text
    return ""


def in_language(value: object, language: str = "de") -> str:
    """Give a text; of several languages the one asked for, else the first; numbers as they are written."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        texts = [text for key in (language, *value) if isinstance(text := value.get(key), str) and text]
        return texts[0] if texts else ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def number(value: object, key: str) -> int:
    """Give the whole number under a key; 0 when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def texts(value: object, key: str) -> tuple[str, ...]:
    """Give the texts of a list under a key."""
    listed = value.get(key) if isinstance(value, dict) else None
    return tuple(text for text in listed if isinstance(text, str)) if isinstance(listed, list) else ()


def switched_on(value: object, key: str) -> tuple[str, ...]:
    """Give the names under a key that are true."""
    return tuple(name for name, on in part(value, key).items() if on is True)
