"""Reads the parts of a template file strictly: what does not hold is refused with its place in the document."""

from collections.abc import Collection
from typing import Any

from tagwerk.kit.text import Unreadable, clean


class Refused(ValueError):
    """A file does not hold; `where` names the place in it as a path, `why` is a short English reason."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


class Part:
    """A part of a document with the path to it; unknown keys are refused by name."""

    def __init__(self, raw: object, where: str, known: Collection[str]) -> None:
        if not isinstance(raw, dict):
            raise Refused(where, "not an object")
        unknown = sorted(str(key) for key in raw if key not in known)
        if unknown:
            raise Refused(f"{where}.{unknown[0][:40]}", "unknown key")
        self.raw, self.where = raw, where

    def part(self, name: str, known: Collection[str]) -> "Part":
        return Part(self.raw.get(name) or {}, f"{self.where}.{name}", known)

    def parts(self, name: str, most: int, known: Collection[str]) -> "list[Part]":
        rows = self.raw.get(name, [])
        if not isinstance(rows, list) or len(rows) > most:
            raise Refused(name, f"not a list of at most {most}")
        return [Part(row, f"{name}[{number}]", known) for number, row in enumerate(rows)]

    def text(self, name: str, longest: int, *, lines: bool = False) -> str:
        raw = self.raw.get(name, "")
        try:
            text = clean(raw, lines=lines) if isinstance(raw, str) and len(raw) <= 10 * longest else None
        except Unreadable:
            text = None
        if text is None or len(text) > longest:
            raise Refused(f"{self.where}.{name}", f"not a text of at most {longest} letters")
        return text

    def number(self, name: str, least: int, most: int, default: Any = ...) -> Any:
        raw = self.raw.get(name, default)
        if raw is default and default is not ...:
            return default
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise Refused(f"{self.where}.{name}", f"not a whole number from {least} to {most}")
        return raw

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.raw.get(name, default)
        if not isinstance(raw, bool):
            raise Refused(f"{self.where}.{name}", "neither true nor false")
        return raw

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        raw = self.raw.get(name, default)
        if raw not in choices:
            raise Refused(f"{self.where}.{name}", "unknown")
        return str(raw)

    def chosen(self, name: str, choices: Collection[Any]) -> tuple[Any, ...]:
        """Give several of the choices, each once; without the key none."""
        raw = self.raw.get(name, [])
        if not isinstance(raw, list) or not all(type(one) in (str, int) and one in choices for one in raw):
            raise Refused(f"{self.where}.{name}", "unknown")
        return tuple(dict.fromkeys(raw))

    def minutes(self, name: str) -> int:
        raw = self.raw.get(name)
        hours, colon, minutes = raw.partition(":") if isinstance(raw, str) else ("", "", "")
        digits = hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()
        is_read = bool(colon) and digits and len(hours) <= 2 and len(minutes) == 2  # noqa: PLR2004 - HH:MM
        if not is_read or int(hours) >= 48 or int(minutes) >= 60:  # noqa: PLR2004 - until the next midnight
            raise Refused(f"{self.where}.{name}", "not a time such as 09:30")
        return int(hours) * 60 + int(minutes)


def clock(minutes: int) -> str:
    """Write minutes since midnight as a time of day; beyond 24:00 it is the next morning."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
