"""Tells shifted and anchored slots to open pages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tagwerk.events.changes import SlotAnchored, SlotsShifted
from tagwerk.events.models import Event
from tagwerk.live.changes import Fact
from tagwerk.live.wiring import Render
from tagwerk.programme.cards import grid_of
from tagwerk.site import fragments
from tagwerk.site.telling import event_of

WORDS = {5: lambda: _("fünf Minuten"), 10: lambda: _("zehn Minuten"), 15: lambda: _("fünfzehn Minuten")}
Times = Mapping[str, list[str]]


def shifted(stream: int, fact: Fact) -> Render:
    """Render the slots whose times changed, and the sentence to be read out."""
    if not isinstance(fact, SlotsShifted):
        raise TypeError(fact)
    event = event_of(stream)
    grid = grid_of(event)

    def render(audience: str) -> Mapping[str, Any]:
        text = sentence(event, fact.minutes, fact.before["times"], fact.after["times"])
        return {"text": text, "html": fragments.slots(grid, fact.slots, audience)}

    return render


def anchored(stream: int, fact: Fact) -> Render:
    """Render the slot that holds its time now, or does not."""
    if not isinstance(fact, SlotAnchored):
        raise TypeError(fact)
    grid = grid_of(event_of(stream))
    return lambda audience: {"html": fragments.slots(grid, {fact.slot}, audience)}


def sentence(event: Event, minutes: int, before: Times, after: Times) -> str:
    """Say what a delay does: from when on everything is later, and until when, if breaks take it up."""
    rows = sorted(
        (datetime.fromisoformat(before[number][0]), datetime.fromisoformat(after[number][0])) for number in after
    )
    moved = [(old, new) for old, new in rows if old != new]
    if minutes < 0:
        return _("Doch keine Verschiebung: Es gilt wieder der Plan von vorher.")
    if not moved:
        ends = max(datetime.fromisoformat(after[number][1]) for number in after)
        return _("Was gerade läuft, endet erst um %(end)s.") % {"end": _clock(event, ends)}
    values = {"from": _clock(event, moved[0][0]), "late": span(minutes)}
    if all(new - old == timedelta(minutes=minutes) for old, new in moved):
        return _("Alles ab %(from)s %(late)s später") % values
    return _("Alles ab %(from)s bis zu %(late)s später") % values


def span(minutes: int) -> str:
    """Say how long a delay is."""
    said = WORDS.get(minutes)
    return said() if said else ngettext("%(n)s Minute", "%(n)s Minuten", minutes) % {"n": minutes}


def _clock(event: Event, moment: datetime) -> str:
    return f"{moment.astimezone(event.timezone):%H:%M}"
