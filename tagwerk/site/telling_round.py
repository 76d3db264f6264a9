"""Tells the rhythm of the day to open pages: phones, desk and walls change together."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tagwerk.barcamp.changes import PlanPublished, RoundPhaseChanged
from tagwerk.barcamp.rules import RoundPhase
from tagwerk.live.changes import CREW, Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import grid_of
from tagwerk.site import fragments
from tagwerk.site.first_screen import first_screen
from tagwerk.site.rhythm import desk_rhythm
from tagwerk.site.telling import event_of

Fields = Mapping[str, Any]
SENTENCES = {
    RoundPhase.COLLECTING: lambda: _("Jetzt: Themen sammeln."),
    RoundPhase.PITCHING: lambda: _("Jetzt werden die Themen vorgestellt."),
    RoundPhase.PLANNING: lambda: _("Pause. Der Plan entsteht."),
    RoundPhase.RUNNING: lambda: _("Das Programm läuft."),
    RoundPhase.CLOSING: lambda: _("Jetzt kommt der Abschluss."),
}


def phase(stream: int, fact: Fact) -> Render:
    """Render the first screen of phones, and the rhythm at the desk."""
    event = event_of(stream)
    entered = fact.phase if isinstance(fact, RoundPhaseChanged) else ""

    def render(audience: str) -> Fields:
        text = SENTENCES[RoundPhase(entered)]() if entered else ""
        if audience == CREW:
            return {"text": text, "html": fragments.rendered(event, "site/_desk_round.html", **desk_rhythm(event))}
        return {"text": text, "html": fragments.rendered(event, "site/_first.html", **first_screen(event))}

    return render


def plan(stream: int, fact: Fact) -> Render:
    """Render the whole programme once, for all that was announced (or taken back) in one go."""
    event = event_of(stream)
    grid = grid_of(event)

    def render(audience: str) -> Fields:
        html = fragments.slots(grid, [slot.pk for slot in grid.slots], audience)
        if audience == CREW:
            html += fragments.rendered(event, "site/_desk_round.html", **desk_rhythm(event))
        return {"html": html, "text": _announced(fact)}

    return render


def _announced(fact: Fact) -> str:
    if not isinstance(fact, PlanPublished):
        return _("Der Plan wird noch einmal überarbeitet.")
    number = fact.sessions
    return ngettext("Der Plan steht: %(n)s Session.", "Der Plan steht: %(n)s Sessions.", number) % {"n": number}
