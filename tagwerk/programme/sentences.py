"""Says in the reader's language why a session stands where it stands, from kinds and numbers."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Reason = Mapping[str, Any]


def parts(reasons: Iterable[Reason]) -> list[str]:
    """Give the parts of the sentence, most important first."""
    return [part for part in (_part(reason) for reason in reasons) if part]


def sentence(reasons: Iterable[Reason]) -> str:
    """Give one plain sentence; empty without reasons."""
    said = "; ".join(parts(reasons))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _part(reason: Reason) -> str:
    kind, value = reason.get("kind", ""), reason.get("value")
    if kind in _COUNTED:
        return _counted(kind, int(value or 0))
    if kind in _NAMED:
        return _NAMED[kind]() % {"name": value}
    return _FIXED[kind]() if kind in _FIXED else str(reason.get("text", ""))


_COUNTED = {
    "interested",
    "largest_room",
    "room",
    "seats_short",
    "misses",
    "no_room_large_enough",
    "no_place_free",
    "slot_not_possible",
    "fewer_interested",
}
_FIXED = {
    "host_free": lambda: _("die Themengebenden sind dann frei"),
    "pinned": lambda: _("vom Team festgelegt"),
    "announced": lambda: _("bleibt, wo es angekündigt ist"),
}
_NAMED = {
    "host_busy": lambda: _("die Themengebenden sind schon bei „%(name)s“"),
    "clash": lambda: _("darf nicht gleichzeitig mit „%(name)s“ laufen"),
    "order": lambda: _("hängt von „%(name)s“ ab"),
    "no_room_with_feature": lambda: _("kein Raum hat die nötige Ausstattung"),
}


def _counted(kind: str, n: int) -> str:
    values = {"n": n}
    if kind == "interested":
        return ngettext("%(n)s Person interessiert", "%(n)s Personen interessiert", n) % values
    if kind == "largest_room":
        return ngettext("größter freier Raum mit %(n)s Platz", "größter freier Raum mit %(n)s Plätzen", n) % values
    if kind == "room":
        return ngettext("Raum mit %(n)s Platz", "Raum mit %(n)s Plätzen", n) % values
    if kind == "seats_short":
        return ngettext("%(n)s Platz zu wenig", "%(n)s Plätze zu wenig", n) % values
    if kind == "misses":
        return _misses(n)
    if kind == "no_room_large_enough":
        return _("kein passender Raum ist groß genug")
    if kind == "slot_not_possible":
        return _("zur gewünschten Zeit ist kein Zeitfenster mehr frei")
    if kind == "fewer_interested":
        return _("alle passenden Plätze gingen an Themen mit mehr Interesse")
    return _("alle passenden Plätze sind belegt")


def _misses(n: int) -> str:
    if not n:
        return _("niemand verpasst dadurch etwas anderes")
    return ngettext(
        "%(n)s Person würde etwas anderes verpassen", "%(n)s Personen würden etwas anderes verpassen", n
    ) % {"n": n}
