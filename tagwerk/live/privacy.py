"""What the ledger knows of who did something, and until when."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.live.models import Change

KEPT = timedelta(days=90)  # after the event
ACTIVITIES = (
    Activity(
        _("Protokoll der Änderungen"),
        _(
            "Alle offenen Seiten zeigen denselben Stand, niemand überschreibt andere, und Versehen lassen sich zurücknehmen."
        ),
        Basis.STAFF,
        (
            Holding(
                "live.Change",
                ("actor",),
                Whose.CREW,
                _("Nummer des Kontos oder Geräts, von dem eine Änderung kam; welche Änderung, wann"),
                _("Eigene Änderungen zurücknehmen, gleichzeitige Änderungen erkennen"),
                Term(Since.EVENT, KEPT),
            ),
            Holding(
                "live.Change",
                ("words",),
                Whose.HOST,
                _("Was offene Seiten gemeldet bekamen; darin stehen auch Namen von Themengebenden"),
                _("Seiten nachliefern, was sie ohne Netz verpasst haben"),
                Term(Since.EVENT, KEPT),
            ),
        ),
    ),
)


def knows_somebody(stream: int, before: datetime) -> bool:
    """Tell whether something that was told before a moment still says who did it, or has its words."""
    told = Change.objects.filter(stream=stream, told_at__lt=before)
    return told.filter(~Q(actor="") | ~Q(words={})).exists()
