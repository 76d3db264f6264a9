"""How the barcamp of an event is run is changed by its crew."""

from collections.abc import Mapping
from typing import Any

from tagwerk.barcamp.actions.choosing import choose
from tagwerk.barcamp.actions.planning import no_barcamp, offer_free_place, qualify_if_ready
from tagwerk.barcamp.changes import RulesChanged
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import RoundPhase, State, lot_of, reasons_for_everybody
from tagwerk.barcamp.stage import current_round
from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

RULES = ("publish_mode", "policy", "threshold", "counts", "reserve_rooms", "prices")


def rules_of(event: Event) -> dict[str, Any]:
    """Give the rules of an event's barcamp as plain values; raises `Refusal` where there is none."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None:
        raise no_barcamp()
    return {name: getattr(barcamp, name) for name in RULES}


@action
def set_rules(event: Event, wanted: Mapping[str, Any], *, actor: str = "") -> int:
    """Change some of the rules (see `RULES`; checked by the form); gives the revision.

    What is announced stays; where a plan is being made, who comes in is chosen anew, else what has enough by the new
    rules qualifies.
    """
    hold(event.stream)
    known = rules_of(event)
    after = {name: wanted[name] for name in RULES if name in wanted and wanted[name] != known[name]}
    before, now = {name: known[name] for name in after}, known | after
    Barcamp.objects.filter(event=event).update(**now)
    fact = RulesChanged(
        threshold=now["threshold"], counts=now["counts"], touches=("rules",), before=before, after=after
    )
    revision = tell(event.stream, fact, actor=actor)
    event.barcamp.refresh_from_db()
    if "counts" in after:
        _hush_sessions(event, known["counts"], now["counts"])
    round_ = current_round(event)
    if round_ and round_.phase == RoundPhase.PLANNING:
        choose(event, actor=actor)
    else:
        topics = Topic.objects.of(event).filter(state=State.OPEN)
        for topic in sorted(topics, key=lambda topic: (-topic.demand, lot_of(event.pk, topic.number))):
            qualify_if_ready(topic, actor=actor)
    offer_free_place(event, actor=actor)
    return revision


def _hush_sessions(event: Event, before: str, now: str) -> None:
    """Let the reasons of sessions say as much about the interest as everybody may know from now on."""
    for topic in Topic.objects.of(event).exclude(session=None):
        for session in topic.sessions:
            said = session.reasons
            if topic.repeat is None and said == reasons_for_everybody(before, topic.reasons):
                said = topic.reasons
            session.reasons = reasons_for_everybody(now, said)
            session.save(update_fields=["reasons"])
