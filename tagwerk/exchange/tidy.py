"""Makes single values fit to be written: texts, addresses, colours, numbers."""

import re
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit, urlunsplit

from tagwerk.kit.text import clean

LINE, NAME, PROSE, ADDRESS = 300, 120, 20_000, 2000
"""Most characters of a title, a name, a text, an address."""

YEARS = range(1990, 2200)
"""Years in which offsets are whole minutes and clocks can count."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
_HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# Texts of these letters only need no cleaning: that saves nine tenths of the time of a release.
_LETTERS = "[!-~\xa1-\xac\xae-\u017f\u2013\u2014\u2018-\u201f\u2026\u20ac]+"
_PLAIN_LINE = re.compile(f"{_LETTERS}(?: {_LETTERS})*")
_PLAIN_PROSE = re.compile(f"{_LETTERS}(?:(?: |\n\n?){_LETTERS})*")
_KEPT = "!$%&'()*+,/:;=?@~-._"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?")


def text(value: object, limit: int, *, lines: bool = False) -> str:
    """Give a text as it may be stored and shown, at most `limit` characters; what cannot be shown is left out."""
    raw = str(value or "")
    if not raw or (len(raw) <= limit and (_PLAIN_PROSE if lines else _PLAIN_LINE).fullmatch(raw)):
        return raw
    readable = clean(_UNFIT.sub("", raw[: 2 * limit].replace("\x85", "\n")), lines=lines)
    return readable if len(readable) <= limit else clean(readable[:limit], lines=lines)


def is_unfit(value: object) -> bool:
    """Tell whether a text holds what is no character at all."""
    return isinstance(value, str) and _UNFIT.search(value) is not None


def shown(value: str) -> str:
    """Give a text without what XML cannot hold."""
    return _UNFIT.sub("", value)


def address(value: object) -> str:
    """Give an address on the web as all formats take it; an empty string when it is none that may be linked to."""
    raw = str(value or "").strip()
    if not raw or len(raw) > ADDRESS or _BLANK.search(raw):
        return ""
    try:
        parts = urlsplit(raw)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in {"http", "https"} or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    path, query, fragment = (quote(_HALF_ESCAPE.sub("%25", part), safe=_KEPT) for part in parts[2:])
    plain = urlunsplit((parts.scheme.lower(), host if port is None else f"{host}:{port}", path, query, fragment))
    return plain if len(plain) <= ADDRESS else ""


def color(value: object) -> str:
    """Give a colour as `#rrggbb`, or an empty string."""
    return str(value).lower() if _COLOR.fullmatch(str(value or "")) else ""


def moment(value: object) -> datetime | None:
    """Give a moment in UTC to the second; None when it has no zone, or is no moment that calendars know."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    try:
        universal = value.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return None
    return universal if universal.year in YEARS else None


def natural(value: object) -> int:
    """Give a whole number from 0 to what fits in 31 bits; 0 for all else."""
    return value if isinstance(value, int) and 0 < value < 2**31 else 0
