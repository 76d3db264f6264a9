"""Cleans text that people type: one normal form, nothing invisible, nothing that turns a line around."""

import re
import unicodedata

# Bidirectional overrides, embeddings and isolates: a name must not reorder its neighbours on a page.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
# Zero-width and other default-ignorable characters that make an "empty" text look filled.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# The joiner holds emoji families together; it is kept between two visible characters only.
_LOOSE_JOINER = re.compile("(?<![^\\s\u200d])\u200d|\u200d(?![^\\s\u200d])")
_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{3,}")
_MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4,}")


class Unreadable(ValueError):
    """The text holds what is no character at all: a lone surrogate or a control character."""


def clean(raw: str, *, lines: bool = False) -> str:
    """Give `raw` as it may be stored and shown; an empty string when nothing visible is left.

    NFC, without overrides and invisible characters, spaces folded; line breaks only with `lines`.
    Raises `Unreadable` on lone surrogates and on control characters (NUL, ESC ...).
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not lines:
        text = text.replace("\n", " ")
    text = text.replace("\t", " ")
    if any(unicodedata.category(character) in ("Cc", "Cs") and character != "\n" for character in text):
        raise Unreadable
    text = _settled(_SPACES.sub(" ", _INVISIBLE.sub("", _BIDI.sub("", text))))
    text = "\n".join(line.strip() for line in text.split("\n"))
    text = _MANY_LINES.sub("\n\n", text).strip()
    return text if any(_is_visible(character) for character in text) else ""


def _settled(text: str) -> str:
    """Normalise until nothing changes: what is taken out brings its neighbours together."""
    while True:
        calmer = unicodedata.normalize("NFC", _MARKS.sub("", _LOOSE_JOINER.sub("", text)))
        if calmer == text:
            return text
        text = calmer


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS"


def folded(text: str) -> str:
    """Give `text` for comparing and searching: case, accents and ß folded ("Straße" equals "STRASSE")."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
