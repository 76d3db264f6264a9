"""The words for the states of an event and its days."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tagwerk.events.rules import Mode, Phase

PHASE_NAMES = {
    Phase.DRAFT: _("Entwurf"),
    Phase.ANNOUNCED: _("angekündigt"),
    Phase.REGISTRATION_OPEN: _("Anmeldung offen"),
    Phase.REGISTRATION_CLOSED: _("Anmeldung geschlossen"),
    Phase.LIVE: _("läuft"),
    Phase.FOLLOW_UP: _("Nachbereitung"),
    Phase.DOCUMENTED: _("dokumentiert"),
    Phase.ARCHIVED: _("im Archiv"),
    Phase.POSTPONED: _("verschoben"),
    Phase.CANCELLED: _("abgesagt"),
}
MODE_NAMES = {Mode.ON_SITE: _("vor Ort"), Mode.ONLINE: _("online"), Mode.HYBRID: _("hybrid")}
STEP_NAMES = {
    Phase.ANNOUNCED: pgettext_lazy("Phase", "Ankündigen"),
    Phase.REGISTRATION_OPEN: pgettext_lazy("Phase", "Anmeldung öffnen"),
    Phase.REGISTRATION_CLOSED: pgettext_lazy("Phase", "Anmeldung schließen"),
    Phase.LIVE: pgettext_lazy("Phase", "Los geht’s: alle können mitmachen"),
    Phase.FOLLOW_UP: pgettext_lazy("Phase", "Zu Ende: Nachbereitung beginnen"),
    Phase.DOCUMENTED: pgettext_lazy("Phase", "Als dokumentiert abschließen"),
    Phase.ARCHIVED: pgettext_lazy("Phase", "Ins Archiv legen"),
    Phase.POSTPONED: pgettext_lazy("Phase", "Verschieben"),
    Phase.CANCELLED: pgettext_lazy("Phase", "Absagen"),
}
