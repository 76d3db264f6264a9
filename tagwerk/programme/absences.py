"""When hosts are not free, read and said: in a refusal, at the desk, in the Regie."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tagwerk.events.models import Slot
from tagwerk.programme.models import Absence
from tagwerk.programme.rules import Away


@dataclass(frozen=True)
class AbsenceCard:
    """A time at which a host is not free, in words; `day` says the date where the event has several."""

    code: str
    host_name: str
    words: str
    day: date | None


def absence_card(absence: Absence, *, with_day: bool = False) -> AbsenceCard:
    """Give an absence as the crew reads it."""
    day = absence.day.date if with_day else None
    return AbsenceCard(absence.code, absence.host_name, absence_words(absence), day)


def away_at(slot: Slot, hosts: Iterable[str], absences: Iterable[Absence]) -> Absence | None:
    """Give why one of the hosts is not free at the time of a slot; None when all are."""
    marks = set(hosts)
    found = (absence for absence in absences if absence.plain.bars(marks, slot.day_id, slot.span))
    return next(found, None) if marks else None


def absence_words(absence: Absence) -> str:
    """Say when a host is not free: as people say it."""
    zone = absence.day.event.timezone
    start, end = (moment and f"{moment.astimezone(zone):%H:%M}" for moment in (absence.start, absence.end))
    at_stand = absence.kind == Away.STAND
    if start and end:
        said = _("%(start)s–%(end)s am Stand") if at_stand else _("%(start)s–%(end)s nicht da")
    elif end:
        said = _("bis %(end)s am Stand") if at_stand else _("kommt erst um %(end)s")
    elif start:
        said = _("ab %(start)s am Stand") if at_stand else _("geht um %(start)s")
    else:
        said = _("den ganzen Tag am Stand") if at_stand else _("den ganzen Tag nicht da")
    return said % {"start": start, "end": end}
