"""What the crew says of topics for the plan: which never meet, which comes first, which belong together."""

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp import rules
from tagwerk.barcamp.actions.backing import topic_at
from tagwerk.barcamp.changes import TopicPlanned, TopicsPaired, TopicThemed
from tagwerk.barcamp.models import LONGEST_THEME, Pair, Topic
from tagwerk.barcamp.pairs import Bond, bonds_of, broken_at
from tagwerk.barcamp.problem import Standing, standing_in
from tagwerk.barcamp.rules import PairKind
from tagwerk.barcamp.together import alive
from tagwerk.events.models import Event
from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.changes import Fact
from tagwerk.programme.changes import SessionMoved, SessionsRearranged


@action
def pair(event: Event, code: str, other: str, kind: str, *, actor: str = "") -> int:
    """Say that two topics never meet (`apart`), or that the first comes `before` the other; gives the revision.

    What stands already stays there. Raises `Refusal` for a topic with itself, a pair that is known, and orders that
    go round in a circle.
    """
    hold(event.stream)
    first, second = alive(topic_at(event, code)), alive(topic_at(event, other))
    if first == second:
        raise Refusal("same-topic", _("Das ist dasselbe Thema."))
    if kind == PairKind.APART and second.number < first.number:
        first, second = second, first
    bonds = bonds_of(event)
    if any((bond.kind, bond.first, bond.second) == (kind, first, second) for bond in bonds):
        raise Refusal("paired-already", _("Das ist schon gemerkt."))
    orders = {(bond.first.pk, bond.second.pk) for bond in bonds if bond.kind == PairKind.BEFORE}
    if kind == PairKind.BEFORE and rules.goes_round(orders, first.pk, second.pk):
        raise Refusal("order-circle", _("Das geht im Kreis: Das andere Thema soll schon nach diesem kommen."))
    Pair.objects.create(event=event, first=first, second=second, kind=PairKind(kind))
    return _tell(first, second, kind, paired=True, actor=actor)


@action
def unpair(event: Event, code: str, other: str, kind: str, *, actor: str = "") -> int:
    """Take a pair back; gives the revision."""
    hold(event.stream)
    first, second = alive(topic_at(event, code)), alive(topic_at(event, other))
    known = (bond for bond in bonds_of(event) if bond.kind == kind)
    found = [bond.number for bond in known if {bond.first.pk, bond.second.pk} == {first.pk, second.pk}]
    if not Pair.objects.filter(pk__in=found).delete()[0]:
        raise Refusal("not-paired", _("Das ist schon zurückgenommen."))
    return _tell(first, second, kind, paired=False, actor=actor)


@action
def set_theme(event: Event, code: str, theme: str, *, actor: str = "") -> int:
    """Put a topic under a theme (empty: under none); gives the revision."""
    hold(event.stream)
    topic, label = topic_at(event, code), readable(theme, "theme")
    if len(label) > LONGEST_THEME:
        sentence = _("Bitte fassen Sie sich kürzer: höchstens 40 Zeichen.")
        raise Invalid("too-long", sentence, errors={"theme": sentence})
    before, topic.theme = topic.theme, label
    topic.save(update_fields=["theme"])
    fact = TopicThemed(
        code=topic.code,
        number=topic.number,
        touches=(f"theme:{topic.code}",),
        before={"theme": before},
        after={"theme": label},
    )
    return tell(event.stream, fact, actor=actor)


@action
def check_pairs(stream: int, fact: Fact, _actor: str) -> None:
    """Refuse what would break a pair; follows whatever puts a session into another slot."""
    bonds = bonds_of(event := Event.objects.get(realm_id=stream))
    if not bonds:
        return
    standing = standing_in(event)
    changed = _entered(fact)
    for one in standing:
        if one.session not in changed or one.topic is None:
            continue
        others = [(other.topic, other.slot.span) for other in standing if other is not one]
        if broken := broken_at(bonds, one.topic, one.slot.span, others):
            raise _refused(broken, one)


def _entered(fact: Fact) -> set[str]:
    """Give the sessions that stand in another slot since a fact."""
    if isinstance(fact, SessionsRearranged):
        return {move.code for move in fact.moves if move.slot != move.from_slot}
    if isinstance(fact, SessionMoved):
        return {fact.code} if fact.slot != fact.from_slot else set()
    return {fact.session if isinstance(fact, TopicPlanned) else fact.code}


def _refused(bond: Bond, standing: Standing) -> Refusal:
    topic = standing.topic or 0
    number = (bond.first if bond.first.pk == topic else bond.second).number
    sentence = _("Thema %(number)s soll %(words)s stehen. Lösen Sie das zuerst in der Regie.")
    extra = {"topic": bond.other(topic).code}
    return Refusal("pair-broken", sentence % {"number": number, "words": bond.words(topic)}, extra=extra)


def _tell(first: Topic, second: Topic, kind: str, *, paired: bool, actor: str) -> int:
    fact = TopicsPaired(
        code=first.code,
        number=first.number,
        other=second.code,
        other_number=second.number,
        pair=kind,
        paired=paired,
        touches=(f"pair:{first.code}:{second.code}:{kind}",),
        before={"paired": not paired, "other": second.code, "pair": kind},
        after={"paired": paired},
    )
    return tell(first.event.stream, fact, actor=actor)
