"""Tells a release to open pages: slots that are few arrive with it, for many each page fetches itself anew."""

from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import grid_of
from tagwerk.programme.changes import ProgrammeReleased
from tagwerk.programme.models import Placement
from tagwerk.site import fragments
from tagwerk.site.telling import Fields, event_of

AT_MOST = 12  # slots in one message; a slot weighs some kilobytes


def released(stream: int, fact: Fact) -> Render:
    """Render the slots in which new sessions stand."""
    if not isinstance(fact, ProgrammeReleased):
        raise TypeError(fact)
    event = event_of(stream)
    rows = Placement.objects.filter(session__event=event, session__code__in=fact.sessions, is_active=True)
    slots = set(rows.values_list("slot", flat=True))
    grid = grid_of(event) if 0 < len(slots) <= AT_MOST else None

    def render(audience: str) -> Fields:
        return {"html": fragments.slots(grid, slots, audience)} if grid and audience != CREW else {}

    return render
