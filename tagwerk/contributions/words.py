"""What the plain values of contributions are called on pages and in mails."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.contributions.rules import Ask, Missing, State
from tagwerk.programme.rules import Licence

STATE_WORDS: Mapping[str, Any] = {
    State.NEW: _("neu"),
    State.REVIEW: _("in Prüfung"),
    State.ACCEPTED: _("angenommen"),
    State.WAITING: _("Warteliste"),
    State.DECLINED: _("abgelehnt"),
    State.WITHDRAWN: _("zurückgezogen"),
}
TOLD_WORDS: Mapping[str, Any] = {**STATE_WORDS, "": _("in Prüfung")}
ASK_WORDS: Mapping[str, Any] = {
    Ask.PLAIN: _("Zusammenfassung in Leichter Sprache"),
    Ask.LANGUAGE: _("Sprache"),
    Ask.LEVEL: _("Für wen"),
    Ask.TRACK: _("Themenstrang"),
    Ask.NEEDS: _("Was der Raum braucht"),
    Ask.FURTHER: _("Weitere Personen"),
    Ask.AVAILABILITY: _("Wann es passt"),
}
MISSING_WORDS: Mapping[str, Any] = {
    Missing.CONFIRMED: _("die Zusage, dass Sie kommen"),
    Missing.BIOGRAPHY: _("ein paar Sätze zu Ihrer Person"),
    Missing.PORTRAIT: _("ein Foto"),
    Missing.RECORDING: _("ob wir eine Aufzeichnung zeigen dürfen"),
    Missing.SLIDES: _("Ihre Folien"),
}
NEWS_WORDS: Mapping[str, Any] = {
    "has_confirmed": _("Zusage"),
    "availability": _("Zeiten"),
    "biography": _("Text zur Person"),
    "organisation": _("Organisation"),
    "links": _("Links im Netz"),
    "technical": _("Technik"),
    "rehearsal_url": _("Probeaufnahme"),
    "recording": _("Aufzeichnung"),
    "portrait": _("Foto"),
    "slides": _("Folien"),
    "name": _("Name"),
}
LICENCE_WORDS: Mapping[str, Any] = {
    Licence.HERE: _("nur auf den Seiten der Veranstaltung"),
    Licence.CC_BY: _("für alle, mit Namensnennung (CC BY 4.0)"),
    Licence.CC_BY_SA: _("für alle, mit Namensnennung und unter gleichen Bedingungen (CC BY-SA 4.0)"),
}
