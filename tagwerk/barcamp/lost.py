"""Which likely places are none any more: taken, closed, begun, against a pair, or without their host."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from tagwerk.barcamp import rules
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.pairs import bonds_of, broken_at
from tagwerk.barcamp.problem import Standing, likely, standing_in
from tagwerk.events.models import Event
from tagwerk.kit.dates import Span
from tagwerk.programme.absences import away_at
from tagwerk.programme.market_hours import kept_for_market, market_hours
from tagwerk.programme.models import Absence


def has_lost_places(event: Event) -> bool:
    """Tell whether a topic is likely to stand where it cannot stand (any more)."""
    waiting = [topic for topic in Topic.objects.of(event).waiting_for_a_place() if topic.likely_slot]
    hoped, standing = likely(waiting), standing_in(event)
    absences, bonds, hours = list(Absence.objects.of(event)), bonds_of(event), market_hours(event)
    for topic, own in zip(waiting, hoped, strict=True):
        others = [*standing, *(other for other in hoped if other is not own)]
        times = [(other.topic, other.slot.span) for other in others]
        if _is_closed(topic, hours) or _is_taken(own, others) or away_at(own.slot, own.hosts, absences):
            return True
        if broken_at(bonds, topic.pk, own.slot.span, times):
            return True
    return False


def _is_closed(topic: Topic, hours: Sequence[Span]) -> bool:
    slot, room = topic.likely_slot, topic.likely_room
    if slot is None or room is None:
        return True
    if slot.has_begun(timezone.now()) or not slot.is_open or not room.is_usable(slot):
        return True
    return kept_for_market(slot, hours)


def _is_taken(own: Standing, others: Iterable[Standing]) -> bool:
    return any(
        (other.slot.pk, other.room) == (own.slot.pk, own.room)
        or (other.slot.span.overlaps(own.slot.span) and rules.clashes(own.hosts, other.hosts))
        for other in others
    )
