"""Says in the reader's language what the planner says in kinds and numbers: prices, obstacles, demands that contradict."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tagwerk.events.models import FEATURE_NAMES
from tagwerk.timetable.reasons import Reason


def price_words(seated: int, clash: int) -> str:
    """Say what a change costs: people with a seat, then sessions of one theme at the same time."""
    if seated > 0:
        return ngettext("%(n)s Platz weniger", "%(n)s Plätze weniger", seated) % {"n": seated}
    if seated < 0:
        return ngettext("%(n)s Platz mehr", "%(n)s Plätze mehr", -seated) % {"n": -seated}
    return _("zwei Sessions eines Themenfelds gleichzeitig") if clash > 0 else _("kostet nichts")


def obstacle_words(reason: Reason) -> str:
    """Say what stands against a place."""
    said = _OBSTACLES.get(reason.kind)
    return said(reason.value) if said else reason.text


def demand_words(demand: Mapping[str, Any], where: str = "") -> str:
    """Say a demand of those that contradict each other; `where` names its place, for those that have one."""
    said = _DEMANDS.get(demand["kind"])
    return said() % {"names": _names(demand["topics"]), "where": where} if said else str(demand["text"])


def _names(topics: Sequence[str]) -> str:
    quoted = [_("„%(name)s“") % {"name": name} for name in topics]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted)


def _features(value: Any) -> str:
    names: Mapping[str, Any] = {feature.value: name for feature, name in FEATURE_NAMES.items()}
    lacking = ", ".join(str(names.get(word, word)) for word in str(value).split(", "))
    return _("dem Raum fehlt: %(features)s") % {"features": lacking}


_OBSTACLES: Mapping[str, Callable[[Any], str]] = {
    "pinned": lambda _value: _("festgehalten"),
    "room_closed": lambda _value: _("dort ist dann geschlossen oder freigehalten"),
    "no_room_with_feature": _features,
    "no_room_large_enough": lambda _value: _("der Raum ist zu klein"),
    "slot_not_possible": lambda _value: _("dann können die Themengebenden nicht"),
    "order": lambda _value: _("die Reihenfolge zu einer anderen Session passt dann nicht"),
    "host_busy": lambda name: _("die Themengebenden sind dann bei „%(name)s“") % {"name": name},
    "clash": lambda name: _("darf nicht gleichzeitig mit „%(name)s“ laufen") % {"name": name},
    "taken": lambda name: _("belegt von „%(name)s“, das nicht tauschen kann") % {"name": name},
}
_DEMANDS: Mapping[str, Callable[[], str]] = {
    "must_place": lambda: _("ein Platz für %(names)s"),
    "must_place_all": lambda: _("alle Themen sollen einen Platz bekommen"),
    "pin": lambda: _("%(names)s steht fest: %(where)s"),
    "room_closed": lambda: _("geschlossen oder freigehalten: %(where)s"),
    "host": lambda: _("dieselben Themengebenden: %(names)s"),
    "no_overlap": lambda: _("nicht gleichzeitig: %(names)s"),
    "before": lambda: _("in dieser Reihenfolge: %(names)s"),
    "needs": lambda: _("%(names)s braucht eine Ausstattung, die nicht jeder Raum hat"),
    "min_capacity": lambda: _("%(names)s braucht einen großen Raum"),
    "slots": lambda: _("%(names)s kann nur zu bestimmten Zeiten stattfinden"),
}
