"""Takes back what the crew did with rounds, rules and the plan."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.barcamp import actions
from tagwerk.barcamp.rules import ASIDE
from tagwerk.events.actions import switch_room
from tagwerk.events.models import Event
from tagwerk.events.rules import room_use
from tagwerk.live.models import Change, Stream
from tagwerk.people.rules import RoleKind
from tagwerk.site.undoable import Undoable


def _phase(event: Event, change: Change, mark: str) -> int:
    if not change.before["phase"]:
        return actions.drop_round(event, actor=mark)
    return actions.take_phase_back(event, change.before, actor=mark)


def _plan(event: Event, change: Change, mark: str) -> int:
    return actions.unpublish(event, change, actor=mark)


def _applied(event: Event, change: Change, mark: str) -> int:
    return actions.take_plan_back(event, change, actor=mark)


def _rules(event: Event, change: Change, mark: str) -> int:
    return actions.set_rules(event, change.before, actor=mark)


def _hands(event: Event, change: Change, mark: str) -> None:
    was, now = change.before, change.after
    if was["estimate"] != now["estimate"]:
        actions.count_hands(event, change.code, was["estimate"], estimate=True, actor=mark)
        return
    actions.count_hands(event, change.code, was["hands"] - now["hands"], actor=mark)


def _split(event: Event, change: Change, mark: str) -> None:
    actions.split(event, change.code, actor=mark)


def _merge(event: Event, change: Change, mark: str) -> None:
    into = next(key for key in change.touches if key != f"topic:{change.code}")
    twice = change.before.get("made_twice", False)
    actions.merge(event, into.partition(":")[2], change.code, twice=twice, actor=mark)


def _twice(event: Event, change: Change, mark: str) -> None:
    actions.offer_twice(event, change.code, twice=change.before["twice"], actor=mark)


def _pair(event: Event, change: Change, mark: str) -> int:
    do = actions.pair if change.before["paired"] else actions.unpair
    return do(event, change.code, change.before["other"], change.before["pair"], actor=mark)


def _theme(event: Event, change: Change, mark: str) -> int:
    return actions.set_theme(event, change.code, change.before["theme"], actor=mark)


def _room(event: Event, change: Change, mark: str) -> None:
    number = int(change.touches[0].partition(":")[2])
    switch_room(event, number, room_use(change.before), actor=mark)


def _take_decision_back(event: Event, change: Change, mark: str) -> None:
    back = actions.take_decision_back if _is_aside(change.after) else actions.put_aside_again
    back(event, change.code, change.before, actor=mark)


def _take_admission_back(event: Event, change: Change, mark: str) -> None:
    actions.take_admission_back(event, change.code, change.before, actor=mark)


def _is_aside(values: Mapping[str, Any]) -> bool:
    return values.get("state") in ASIDE


def _step(event: Event, change: Change, mark: str) -> None:
    actions.undo_step(event, change.after["step"], actor=mark)


def _and_revision(do: Callable[[Event, Change, str], object]) -> Callable[[Event, Change, str], int]:
    def take_back(event: Event, change: Change, mark: str) -> int:
        do(event, change, mark)
        return Stream.objects.get(pk=event.stream).revision

    return take_back


UNDOABLE: Mapping[str, Undoable] = {
    "round.phase": Undoable(lambda _change: _("Umgeschaltet."), _phase, role=RoleKind.MODERATOR),
    "plan.published": Undoable(lambda _change: _("Verkündet."), _plan, role=RoleKind.MODERATOR),
    "plan.applied": Undoable(
        lambda _change: _("Plan übernommen."), _applied, lambda change: bool(change.before), RoleKind.MODERATOR
    ),
    "barcamp.rules": Undoable(lambda _change: _("Gespeichert."), _rules, role=RoleKind.MODERATOR),
    "stage.step": Undoable(
        lambda _change: _("Weiter."), _and_revision(_step), lambda change: bool(change.touches), RoleKind.MODERATOR
    ),
    "topic.hands": Undoable(lambda _change: _("Hände gezählt."), _and_revision(_hands), role=RoleKind.MODERATOR),
    "topic.merged": Undoable(lambda _change: _("Zusammengelegt."), _and_revision(_split), role=RoleKind.MODERATOR),
    "topic.split": Undoable(lambda _change: _("Getrennt."), _and_revision(_merge), role=RoleKind.MODERATOR),
    "topic.twice": Undoable(lambda _change: _("Gemerkt."), _and_revision(_twice), role=RoleKind.MODERATOR),
    "topics.paired": Undoable(lambda _change: _("Gemerkt."), _pair, role=RoleKind.MODERATOR),
    "topic.theme": Undoable(lambda _change: _("Gemerkt."), _theme, role=RoleKind.MODERATOR),
    "topic.closed": Undoable(
        lambda change: _("Beiseitegelegt.") if _is_aside(change.after) else _("Wieder in der Liste."),
        _and_revision(_take_decision_back),
        lambda change: _is_aside(change.after) or _is_aside(change.before),
    ),
    "topic.admitted": Undoable(lambda _change: _("Aufgenommen."), _and_revision(_take_admission_back)),
    "room.switched": Undoable(lambda _change: _("Gemerkt."), _and_revision(_room), role=RoleKind.MODERATOR),
}
