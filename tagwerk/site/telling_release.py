"""Tells to open pages what became public or was hidden: slots that are few arrive with it, for many each page fetches itself."""

from collections.abc import Collection

from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import grid_of
from tagwerk.programme.changes import ProgrammeHidden, ProgrammeReleased
from tagwerk.programme.models import Placement
from tagwerk.site import fragments
from tagwerk.site.telling import Fields, event_of

AT_MOST = 12  # slots in one message; a slot weighs some kilobytes


def released(stream: int, fact: Fact) -> Render:
    """Render the slots in which new sessions stand."""
    if not isinstance(fact, ProgrammeReleased):
        raise TypeError(fact)
    rows = Placement.objects.filter(session__event__realm=stream, session__code__in=fact.sessions, is_active=True)
    return _slots(stream, set(rows.values_list("slot", flat=True)))


def hidden(stream: int, fact: Fact) -> Render:
    """Render the slots in which hidden sessions stood, without them."""
    if not isinstance(fact, ProgrammeHidden):
        raise TypeError(fact)
    return _slots(stream, fact.slots)


def _slots(stream: int, numbers: Collection[int]) -> Render:
    """Render slots, if they are not too many, and what runs now; the desk fetches itself."""
    grid = grid_of(event_of(stream))
    few = numbers if len(numbers) <= AT_MOST else ()

    def render(audience: str) -> Fields:
        return {"html": fragments.slots(grid, few, audience)} if audience != CREW else {}

    return render
