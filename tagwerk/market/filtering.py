"""Filters of the market: by words, theme, tag; each is part of the address."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tagwerk.kit.text import folded
from tagwerk.market.cards import BoothCard
from tagwerk.programme.filtering import Choice, Filter
from tagwerk.programme.search_rules import matches, stems

MOST_TAGS = 12  # that are offered, the most common first


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see; "" stands for everything."""

    words: str = ""
    track: str = ""
    tag: str = ""

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Wanted":
        """Read it from an address; what is unknown finds nothing, and is never an error."""
        words = said.get("q", "")[:80].replace("\0", "").strip()
        return cls(words, said.get("track", "")[:40], said.get("tag", "")[:40])

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is left out."""
        return self == Wanted()

    def url(self, base: str, **change: str) -> str:
        """Give the address of the market with one value changed."""
        values = {"q": self.words, "track": self.track, "tag": self.tag} | change
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{base}?{query}" if query else base


def found(cards: Sequence[BoothCard], wanted: Wanted) -> list[BoothCard]:
    """Give the stands that are wanted."""
    sought, tag = stems(wanted.words), folded(wanted.tag)
    return [
        card
        for card in cards
        if (not wanted.track or (card.theme is not None and card.theme.slug == wanted.track))
        and (not tag or tag in map(folded, card.tags))
        and matches(sought, card.text)
    ]


def chips(cards: Sequence[BoothCard], wanted: Wanted, base: str) -> list[Filter]:
    """Give the filters that make a difference: one with a single value is none."""
    themes = {card.theme.slug: card.theme for card in cards if card.theme}
    tags = Counter(tag for card in cards for tag in card.tags)
    common = [tag for tag, _times in tags.most_common(MOST_TAGS)]
    kept = [*common, *([wanted.tag] if wanted.tag and wanted.tag in tags and wanted.tag not in common else [])]
    offers: list[tuple[str, str, list[tuple[str, str, str]]]] = [
        (_("Themenstrang"), "track", [(slug, theme.name, theme.accent) for slug, theme in themes.items()]),
        (_("Schlagwort"), "tag", [(tag, tag, "") for tag in sorted(kept, key=folded)]),
    ]
    return [_filter(label, name, values, wanted, base) for label, name, values in offers if len(values) > 1]


def _filter(label: str, name: str, values: list[tuple[str, str, str]], wanted: Wanted, base: str) -> Filter:
    chosen = getattr(wanted, name)
    choices = [
        Choice(text, wanted.url(base, **{name: "" if value == chosen else value}), value == chosen, accent)
        for value, text, accent in values
    ]
    return Filter(label, choices)
