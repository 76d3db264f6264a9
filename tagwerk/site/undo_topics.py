"""Takes back what the crew did with rounds, rules and the plan."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tagwerk.barcamp import actions
from tagwerk.events.models import Event
from tagwerk.live.models import Change
from tagwerk.site.undoable import Undoable


def _phase(event: Event, change: Change, mark: str) -> int:
    before = change.before["phase"]
    return actions.enter_round_phase(event, before, actor=mark) if before else actions.drop_round(event, actor=mark)


def _plan(event: Event, change: Change, mark: str) -> int:
    return actions.unpublish(event, change, actor=mark)


def _rules(event: Event, change: Change, mark: str) -> int:
    return actions.set_rules(event, change.before, actor=mark)


UNDOABLE: Mapping[str, Undoable] = {
    "round.phase": Undoable(lambda: _("Umgeschaltet."), _phase),
    "plan.published": Undoable(lambda: _("Verkündet."), _plan),
    "barcamp.rules": Undoable(lambda: _("Gespeichert."), _rules),
}
