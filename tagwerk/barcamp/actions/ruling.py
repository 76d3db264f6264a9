"""How the barcamp of an event is run is changed by its crew."""

from collections.abc import Mapping
from typing import Any

from tagwerk.barcamp.actions.choosing import choose
from tagwerk.barcamp.actions.planning import no_barcamp, offer_free_place
from tagwerk.barcamp.changes import RulesChanged
from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.rules import RoundPhase
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

RULES = ("publish_mode", "policy", "threshold", "counts", "reserve_rooms")


def rules_of(event: Event) -> dict[str, Any]:
    """Give the rules of an event's barcamp as plain values; raises `Refusal` where there is none."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None:
        raise no_barcamp()
    return {name: getattr(barcamp, name) for name in RULES}


@action
def set_rules(event: Event, wanted: Mapping[str, Any], *, actor: str = "") -> int:
    """Change some of the rules (see `RULES`; checked by the form); gives the revision.

    What is announced stays; where a plan is being made, who comes in is chosen anew.
    """
    hold(event.stream)
    before = rules_of(event)
    after = before | {name: wanted[name] for name in RULES if name in wanted}
    Barcamp.objects.filter(event=event).update(**after)
    fact = RulesChanged(
        threshold=after["threshold"], counts=after["counts"], touches=("rules",), before=before, after=after
    )
    revision = tell(event.stream, fact, actor=actor)
    event.barcamp.refresh_from_db()
    round_ = current_round(event)
    if round_ and round_.phase == RoundPhase.PLANNING:
        choose(event, actor=actor)
    offer_free_place(event, actor=actor)
    return revision
