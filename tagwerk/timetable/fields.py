"""Checks of single values in untrusted JSON, each refused with one plain line."""

from collections.abc import Collection

SHOWN = 40
TEXT_LIMIT = 200
BIG = 10**15


class Refused(ValueError):
    """The input cannot be used; the message is one line for the person who wrote it."""


def shown(value: object) -> str:
    """Name a value briefly: scalars as Python writes them, the rest by kind."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) >= BIG:
        return "a number that is too large"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else ascii(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "..."


def keys(value: object, where: str, required: Collection[str], optional: Collection[str] = ()) -> dict[str, object]:
    """Return `value` as an object that has all required keys and no unknown one."""
    if not isinstance(value, dict):
        message = f"{where}: expected an object, found {shown(value)}"
        raise Refused(message)
    for key in value:
        if key not in required and key not in optional:
            message = f"{where}: unknown key {shown(key)}"
            raise Refused(message)
    for key in required:
        if key not in value:
            message = f"{where}: the key {shown(key)} is missing"
            raise Refused(message)
    return value


def rows(value: object, where: str, limit: int) -> list[object]:
    """Return `value` as a list of at most `limit` entries."""
    if not isinstance(value, list | tuple):
        message = f"{where}: expected a list, found {shown(value)}"
        raise Refused(message)
    if len(value) > limit:
        message = f"{where}: {len(value)} entries, at most {limit} are possible"
        raise Refused(message)
    return list(value)


def whole(value: object, where: str, low: int, high: int) -> int:
    """Return `value` as a whole number in low..high; true, 3.0 and NaN are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        message = f"{where}: expected a whole number from {low} to {high}, found {shown(value)}"
        raise Refused(message)
    return value


def text(value: object, where: str) -> str:
    """Return `value` as a text of 1 to 200 characters."""
    if not isinstance(value, str) or not 0 < len(value) <= TEXT_LIMIT:
        message = f"{where}: expected a text of 1 to {TEXT_LIMIT} characters, found {shown(value)}"
        raise Refused(message)
    return value


def texts(value: object, where: str, limit: int) -> frozenset[str]:
    """Return `value` as a set of texts; saying one twice is saying it once."""
    return frozenset(text(entry, f"{where}[{i}]") for i, entry in enumerate(rows(value, where, limit)))


def flag(value: object, where: str) -> bool:
    """Return `value` as true or false; 0 and 1 are neither."""
    if not isinstance(value, bool):
        message = f"{where}: expected true or false, found {shown(value)}"
        raise Refused(message)
    return value


def positions(value: object, where: str, count: int, limit: int) -> tuple[int, ...]:
    """Return `value` as ascending, distinct positions in a list of `count` entries."""
    entries = rows(value, where, limit)
    for entry in entries:
        if type(entry) is not int or not 0 <= entry < count:
            message = f"{where}: {shown(entry)} is not a position in a list of {count}"
            raise Refused(message)
    return tuple(sorted({entry for entry in entries if isinstance(entry, int)}))


def pair(value: object, where: str, counts: tuple[int, int]) -> tuple[int, int]:
    """Return `value` as two positions in lists of the given lengths."""
    first, second = _two(value, where)
    return whole(first, f"{where}[0]", 0, counts[0] - 1), whole(second, f"{where}[1]", 0, counts[1] - 1)


def _two(value: object, where: str) -> list[object]:
    entries = rows(value, where, 2)
    if len(entries) != 2:  # noqa: PLR2004 - a pair is two
        message = f"{where}: expected a pair"
        raise Refused(message)
    return entries
