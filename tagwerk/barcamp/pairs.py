"""Which topics must not meet, and which comes first; a topic that went into another one is meant by that one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tagwerk.barcamp.models import Pair, Topic
from tagwerk.barcamp.rules import PairKind, keeps_pair
from tagwerk.barcamp.together import alive
from tagwerk.events.models import Event
from tagwerk.kit.dates import Span


@dataclass(frozen=True)
class Bond:
    """A pair as it holds today."""

    number: int
    kind: str
    first: Topic
    second: Topic

    def keeps(self, topic: int, span: Span, other: int, others: Span) -> bool:
        """Tell whether two topics may stand at these times; always so where the bond is not about both."""
        if (topic, other) == (self.first.pk, self.second.pk):
            return keeps_pair(self.kind, span, others)
        if (topic, other) == (self.second.pk, self.first.pk):
            return keeps_pair(self.kind, others, span)
        return True

    def other(self, topic: int) -> Topic:
        """Give the one that is not this topic."""
        return self.second if topic == self.first.pk else self.first

    def words(self, topic: int) -> str:
        """Say the bond from the side of a topic."""
        if self.kind == PairKind.APART:
            said = _("nicht gleichzeitig mit %(number)s")
        else:
            said = _("vor %(number)s") if topic == self.first.pk else _("erst nach %(number)s")
        return said % {"number": self.other(topic).number}


def bonds_of(event: Event) -> list[Bond]:
    """Give the bonds of an event; two topics that were merged are one and have none with themselves."""
    pairs = Pair.objects.filter(event=event).select_related("first__merged_into", "second__merged_into")
    bonds = [Bond(pair.pk, pair.kind, alive(pair.first), alive(pair.second)) for pair in pairs]
    return [bond for bond in bonds if bond.first.pk != bond.second.pk]


def bonds_with(bonds: Iterable[Bond], topic: int) -> Iterator[Bond]:
    """Give the bonds that a topic is part of."""
    return (bond for bond in bonds if topic in (bond.first.pk, bond.second.pk))


def broken_at(
    bonds: Iterable[Bond], topic: int, span: Span, standing: Iterable[tuple[int | None, Span]]
) -> Bond | None:
    """Give a bond that a topic would break at a time, beside what stands (topic and time); None when it breaks none."""
    mine = list(bonds_with(bonds, topic))
    if not mine:
        return None
    found = ((bond, other, times) for other, times in standing if other for bond in mine)
    return next((bond for bond, other, times in found if not bond.keeps(topic, span, other, times)), None)
