"""The words for the states of an event and its days."""

from django.utils.translation import gettext_lazy as _

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
    Phase.ANNOUNCED: _("Ankündigen"),
    Phase.REGISTRATION_OPEN: _("Anmeldung öffnen"),
    Phase.REGISTRATION_CLOSED: _("Anmeldung schließen"),
    Phase.LIVE: _("Los geht’s: alle können mitmachen"),
    Phase.FOLLOW_UP: _("Zu Ende: Nachbereitung beginnen"),
    Phase.DOCUMENTED: _("Als dokumentiert abschließen"),
    Phase.ARCHIVED: _("Ins Archiv legen"),
    Phase.POSTPONED: _("Verschieben"),
    Phase.CANCELLED: _("Absagen"),
}
