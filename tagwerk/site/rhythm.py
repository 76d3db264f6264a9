"""The rhythm of the day at the desk: where the round stands, who comes into the plan, what is announced to whom."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.barcamp.choice import choice_of
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import Policy, RoundPhase, State, is_gathering
from tagwerk.barcamp.stage import stage_of
from tagwerk.events.models import Event
from tagwerk.people import minting
from tagwerk.people.models import Screen

Plain = dict[str, Any]
NAMES: dict[RoundPhase, Callable[[], str]] = {
    RoundPhase.COLLECTING: lambda: _("Sammeln"),
    RoundPhase.PITCHING: lambda: _("Vorstellen"),
    RoundPhase.PLANNING: lambda: _("Planen"),
    RoundPhase.RUNNING: lambda: _("Läuft"),
    RoundPhase.CLOSING: lambda: _("Abschluss"),
}


def desk_rhythm(event: Event) -> Plain:
    """Give the steps of the current round, and the choice where a plan is to be announced."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None:
        return {"has_barcamp": False}
    stage = stage_of(event)
    phase = stage.round.phase if stage else None
    gathering = is_gathering(barcamp.publish_mode, phase)
    return {
        "has_barcamp": True,
        "stage": stage,
        "phase": phase,
        "phases": [{"value": p.value, "name": name(), "current": p == phase} for p, name in NAMES.items()],
        "choice": choice_shown(event) if gathering and phase in (None, RoundPhase.PLANNING) else None,
        "left_over": Topic.objects.filter(event=event, state=State.QUALIFIED).count() if not gathering else 0,
    }


def choice_shown(event: Event) -> Plain | None:
    """Give who comes into the plan at which threshold; None where nothing waits for a choice."""
    choice = choice_of(event)
    if not choice.candidates:
        return None
    number = len(choice.candidates)
    return {
        "topics": number,
        "places": choice.places,
        "threshold": choice.threshold,
        "inside": len(choice.chosen()),
        "everybody": len(choice.chosen()) == number,
        "by_threshold": choice.is_by_threshold,
        "by_crew": choice.policy == Policy.CREW,
        "lower": choice.threshold - 1,
        "higher": choice.threshold + 1,
        "nearby": [
            {"threshold": t, "inside": len(choice.chosen(t)), "current": t == choice.threshold}
            for t in range(max(1, choice.threshold - 2), choice.threshold + 3)
        ],
        "suggestion": choice.suggestion if choice.is_by_threshold else None,
        "likely": Topic.objects.filter(event=event, state=State.QUALIFIED, likely_slot__isnull=False).count(),
        "waiting": Topic.objects.filter(event=event, state=State.QUALIFIED, likely_slot__isnull=True).count(),
    }


def audience_of(event: Event) -> dict[str, int]:
    """Count the devices and walls that an announcement reaches."""
    walls = Screen.objects.live().filter(realm=event.realm, paired_at__isnull=False).count()
    return {"devices": minting.figures(event.realm).devices, "walls": walls}
