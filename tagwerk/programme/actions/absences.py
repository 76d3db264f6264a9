"""When a host is not free: not in the house yet, gone already, or at a stand. Plans and moves heed it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Day, Event
from tagwerk.kit.codes import new_code
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.changes import HostTimesSaid
from tagwerk.programme.models import Absence
from tagwerk.programme.rules import Away

Times = tuple[datetime | None, datetime | None]


@action
def note_absence(
    day: Day, hosts: Sequence[str], times: Times, *, name: str = "", kind: str = Away.AWAY, actor: str = ""
) -> tuple[Absence, int]:
    """Say that a host can hold no session from the first of the `times` to the second (None: all the day before, after).

    Gives the absence and its revision. Sessions that stand then stay there. Raises `Refusal` for what has no host,
    `Invalid` when it ends before it begins.
    """
    event = day.event
    hold(event.stream)
    start, end = times
    if not hosts:
        raise Refusal("no-host", _("Hier ist noch niemand eingetragen, der die Session hält."))
    if start and end and end <= start:
        sentence = _("Das Ende liegt vor dem Anfang.")
        raise Invalid("times", sentence, errors={"until": sentence})
    code = new_code(lambda code: Absence.objects.filter(event=event, code=code).exists())
    said = {"hosts": list(hosts), "host_name": name, "kind": Away(kind), "start": start, "end": end}
    absence = Absence.objects.create(event=event, day=day, code=code, **said)
    return absence, _tell(absence, actor)


@action
def withdraw_absence(event: Event, code: str, *, withdrawn: bool = True, actor: str = "") -> int:
    """Take an absence back, or let it hold after all; gives the revision."""
    hold(event.stream)
    absence = Absence.objects.filter(event=event, code=code).select_related("event").first()
    if absence is None:
        raise Unknown("no-such-absence", _("Diese Angabe gibt es nicht (mehr)."))
    absence.is_withdrawn = withdrawn
    absence.save(update_fields=["is_withdrawn"])
    return _tell(absence, actor)


def _tell(absence: Absence, actor: str) -> int:
    fact = HostTimesSaid(
        code=absence.code,
        withdrawn=absence.is_withdrawn,
        touches=(f"absence:{absence.code}",),
        before={"withdrawn": not absence.is_withdrawn},
        after={"withdrawn": absence.is_withdrawn},
    )
    return tell(absence.event.stream, fact, actor=actor)
