"""Says in the reader's language why a session stands where it stands, from kinds and numbers."""

from collections.abc import Callable, Iterable, Mapping
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
    if kind == "misses":
        return _misses(int(value or 0))
    if kind == "kept_apart":
        return _kept_apart(int(value or 0), str(reason.get("name", "")))
    if kind in _COUNTED:
        number = int(value or 0)
        return _COUNTED[kind](number) % {"n": number}
    if kind in _SAID:
        return _SAID[kind]() % {"name": value}
    return str(reason.get("text", ""))


def _misses(number: int) -> str:
    if not number:
        return _("niemand verpasst dadurch etwas anderes")
    said = ngettext(
        "%(n)s Person würde etwas anderes verpassen", "%(n)s Personen würden etwas anderes verpassen", number
    )
    return said % {"n": number}


def _kept_apart(number: int, name: str) -> str:
    if not number or not name:
        return ""
    said = ngettext(
        "%(n)s Person möchte auch „%(name)s“, das zu einer anderen Zeit läuft",
        "%(n)s Personen möchten auch „%(name)s“, das zu einer anderen Zeit läuft",
        number,
    )
    return said % {"n": number, "name": name}


# Kind -> how it is said of a number
_COUNTED: Mapping[str, Callable[[int], str]] = {
    "interested": lambda n: ngettext("%(n)s Person interessiert", "%(n)s Personen interessiert", n),
    "largest_room": lambda n: ngettext(
        "größter freier Raum mit %(n)s Platz", "größter freier Raum mit %(n)s Plätzen", n
    ),
    "room": lambda n: ngettext("Raum mit %(n)s Platz", "Raum mit %(n)s Plätzen", n),
    "seats_short": lambda n: ngettext("%(n)s Platz zu wenig", "%(n)s Plätze zu wenig", n),
}
# Kind -> how it is said, with the name of another session where there is one
_SAID: Mapping[str, Callable[[], str]] = {
    "host_free": lambda: _("die Themengebenden sind dann frei"),
    "pinned": lambda: _("vom Team festgelegt"),
    "announced": lambda: _("bleibt, wo es angekündigt ist"),
    "place_gone": lambda: _("am bisherigen Platz geht es nicht mehr"),
    "more_seats": lambda: _("so finden mehr Menschen einen Platz"),
    "fits": lambda: _("der Raum passt dazu, wie viele kommen wollen"),
    "moved": lambda: _("vom Team verlegt"),
    "no_room_large_enough": lambda: _("kein passender Raum ist groß genug"),
    "place_lost": lambda: _("der Platz von vorher ist inzwischen vergeben"),
    "no_place_free": lambda: _("alle passenden Plätze sind belegt"),
    "slot_not_possible": lambda: _("zur gewünschten Zeit ist kein Zeitfenster mehr frei"),
    "fewer_interested": lambda: _("alle passenden Plätze gingen an Themen mit mehr Interesse"),
    "host_busy": lambda: _("die Themengebenden sind schon bei „%(name)s“"),
    "clash": lambda: _("darf nicht gleichzeitig mit „%(name)s“ laufen"),
    "order": lambda: _("hängt von „%(name)s“ ab"),
    "no_room_with_feature": lambda: _("kein Raum hat die nötige Ausstattung"),
}
