"""What the plain values of the papers are called: of whom, on which ground, until when."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tagwerk.kit.personal import Basis, Since, Term, Whose
from tagwerk.site.dossier.rules import Unit, told

WHOSE: Mapping[Whose, Any] = {
    Whose.PARTICIPANT: _("Teilnehmende"),
    Whose.HOST: _("Themengebende"),
    Whose.SPEAKER: _("Vortragende"),
    Whose.AUTHOR: _("Menschen, die etwas vorschlagen"),
    Whose.EXHIBITOR: _("Ausstellende"),
    Whose.CREW: _("Mitglieder des Teams"),
    Whose.CONTACT: _("Ansprechpersonen der verantwortlichen Stellen"),
}
BASES: Mapping[Basis, Any] = {
    Basis.TASK: _("Art. 6 Abs. 1 Buchst. e DSGVO (öffentliche Aufgabe) mit dem Datenschutzgesetz des Landes"),
    Basis.CONSENT: _("Art. 6 Abs. 1 Buchst. a DSGVO (Einwilligung)"),
    Basis.STAFF: _("Beschäftigte: Art. 6 Abs. 1 Buchst. e DSGVO mit dem Recht der Beschäftigten des Landes"),
}
_LONG: Mapping[Unit, Callable[[int], str]] = {
    Unit.DAY: lambda number: ngettext("%(number)s Tag", "%(number)s Tage", number),
    Unit.HOUR: lambda number: ngettext("%(number)s Stunde", "%(number)s Stunden", number),
    Unit.MINUTE: lambda number: ngettext("%(number)s Minute", "%(number)s Minuten", number),
}
_SINCE: Mapping[Since, Any] = {
    Since.EVENT: _("%(span)s nach der Veranstaltung"),
    Since.MADE: _("%(span)s lang"),
    Since.SENT: _("sobald sie versandt ist"),
    Since.ROLE: _("sobald die Rolle entzogen ist"),
    Since.ACCOUNT: _("mit dem Konto; dafür legt die verantwortliche Stelle eine Frist fest"),
    Since.ORGANISERS: _("keine Frist: bleibt, bis die Organisation es herausnimmt"),
}


def span_of(span: timedelta) -> str:
    """Give a period in words: `90 Tage`."""
    number, unit = told(span)
    return _LONG[unit](number) % {"number": number}


def until(term: Term) -> str:
    """Say until when something is kept."""
    return str(_SINCE[term.since]) % {"span": span_of(term.span)}
