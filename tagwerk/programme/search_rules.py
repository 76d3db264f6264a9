"""How a search in the programme understands German, on plain values."""

import re

from tagwerk.kit.text import folded

SHORTEST_STEM = 5
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_WORD = re.compile(r"[\w#+]+")
_ENDING = re.compile(r"(?:ern|en|er|es|em|e|n|s)$")


def searchable(text: str) -> str:
    """Give text as a search compares it: case, accents and umlauts folded, be they written as ü or as ue."""
    plain = folded(text.casefold().translate(_UMLAUTS))
    return re.sub(r"(?<![aeq])ue|(?<=[a-z])ae|oe", lambda pair: pair[0][0], plain)


def stems(words: str) -> list[str]:
    """Give the stems of the words that somebody searches: without their ending, so that they stand in compounds too."""
    return [_stem(word) for word in _WORD.findall(searchable(words[:80]))]


def matches(wanted: list[str], text: str) -> bool:
    """Tell whether every wanted stem stands somewhere in a text, be it inside of a longer word."""
    plain = searchable(text)
    return all(stem in plain for stem in wanted)


def _stem(word: str) -> str:
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) >= SHORTEST_STEM else word
