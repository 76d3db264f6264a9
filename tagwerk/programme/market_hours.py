"""When the market of an event is open alone, so that everybody can go there."""

from collections.abc import Iterable

from tagwerk.events.models import Event, Slot
from tagwerk.kit.dates import Span
from tagwerk.programme.models import Placement
from tagwerk.programme.rules import Kind


def market_hours(event: Event) -> list[Span]:
    """Give the public visiting hours of an event's market, in order."""
    rows = Placement.objects.filter(session__event=event, session__kind=Kind.MARKET, is_active=True)
    return [row.slot.span for row in rows.select_related("slot").order_by("slot__start", "pk")]


def kept_for_market(slot: Slot, hours: Iterable[Span]) -> bool:
    """Tell whether nothing else may happen in a slot because the market is open then."""
    return any(slot.span.overlaps(span) for span in hours)
