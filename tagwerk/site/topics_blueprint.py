"""What the barcamp adds to the form of an event, and how one is opened from it."""

from collections.abc import Mapping
from typing import Any

from tagwerk.barcamp.actions import begin_round, open_barcamp, rules_of
from tagwerk.barcamp.forms import RulesForm, refusal_of
from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event
from tagwerk.site.blueprint_rules import BARCAMP, Pitching

USUAL = {"policy": "threshold", "threshold": 5, "publish_mode": "gesammelt", "counts": "enough", "reserve_rooms": 1}


def blueprint_of(event: Event) -> dict[str, Any]:
    """Give the rules of a barcamp and the times of its pitch round, as parts of a blueprint."""
    if not Barcamp.objects.filter(event=event).exists():
        return {"barcamp": None, "pitching": None}
    rules = rules_of(event)
    return {"barcamp": {name: rules[name] for name in BARCAMP}, "pitching": _pitching(event)}


def open_like(event: Event, rules: Mapping[str, Any] | None, round_: Mapping[str, Any] | None) -> None:
    """Open the barcamp of a new event; raises `Invalid` for rules that do not hold. None: it has no barcamp."""
    if rules is None:
        return
    form = RulesForm({**USUAL, **rules})
    if not form.is_valid():
        raise refusal_of(form)
    open_barcamp(event, **form.cleaned_data)
    if round_ is not None:
        begin_round(event, **round_)


def _pitching(event: Event) -> Pitching | None:
    round_ = current_round(event)
    if round_ is None or round_.pitch_at is None or round_.announce_at is None:
        return None
    begins, announced = (moment.astimezone(event.timezone) for moment in (round_.pitch_at, round_.announce_at))
    first = event.days.first()
    offset = (begins.date() - first.date).days if first else 0
    minutes = (begins.hour * 60 + begins.minute, announced.hour * 60 + announced.minute)
    return Pitching(*minutes, round_.seconds, max(0, offset))
