"""What the base itself keeps of persons: answers already given, for a while."""

from django.utils.translation import gettext_lazy as _

from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.kit.receipts import KEPT

ACTIVITIES = (
    Activity(
        _("Technischer Betrieb"),
        _("Was jemand abschickt, gilt genau einmal, auch wenn das Netz hakt."),
        Basis.TASK,
        (
            Holding(
                "kit.Receipt",
                ("scope", "key", "fingerprint", "status", "body", "given_at"),
                Whose.PARTICIPANT,
                _("Die Antwort auf etwas Abgeschicktes, mit der Nummer des Geräts"),
                _("Doppeltes Absenden erkennen"),
                Term(Since.MADE, KEPT),
                _("sobald die Person auf „Mein Plan“ alles von ihrem Gerät löscht"),
            ),
        ),
    ),
)
