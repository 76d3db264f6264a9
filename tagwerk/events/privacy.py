"""What an event says of those who answer for it; and the end of what only its own days needed: devices, who did what."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.kit.writer import action
from tagwerk.live.actions import forget_tellers, hold
from tagwerk.live.privacy import KEPT, knows_somebody
from tagwerk.people.models import DeviceToken

LATE = timedelta(days=1)  # what is told of an event that is long over still reaches open pages
_STAYS = Term(Since.ORGANISERS)
ACTIVITIES = (
    Activity(
        _("Angaben zur Veranstaltung"),
        _(
            "Wer einlädt, wer antwortet und wer verantwortlich ist, steht auf öffentlichen Seiten, wie es das Recht verlangt."
        ),
        Basis.TASK,
        (
            Holding(
                "events.Event",
                ("contact_mail", "contact_phone"),
                Whose.CONTACT,
                _("E-Mail-Adresse und Telefon für Fragen"),
                _("Fragen beantworten"),
                _STAYS,
                is_public=True,
            ),
            Holding(
                "events.Body",
                ("name", "address", "url"),
                Whose.CONTACT,
                _("Verantwortliche Stellen mit Anschrift"),
                _("Verantwortliche nennen"),
                _STAYS,
                is_public=True,
            ),
            Holding(
                "events.Duties",
                ("imprint", "privacy_contact", "accessibility_contact", "enforcement"),
                Whose.CONTACT,
                _("Impressum, Kontakte für Datenschutz und Barrierefreiheit"),
                _("Pflichtangaben"),
                _STAYS,
                is_public=True,
            ),
            Holding(
                "events.Outline",
                ("person", "answers", "changed_at"),
                Whose.CREW,
                _("Angefangene Beschreibung einer neuen Veranstaltung"),
                _("Nach einer Pause weitermachen"),
                Term(Since.ACCOUNT),
                _("sobald die Veranstaltung angelegt oder der Anfang verworfen ist"),
            ),
        ),
    ),
)


@action
def forget_traces(now: datetime) -> int:
    """Delete the devices of events that ended 90 days ago, and who did what in them; gives how many events that were."""
    ends = Event.objects.annotate(end=Max("days__slots__end"))
    due = [event for event in ends.filter(end__lt=now - KEPT) if _forget(event, now)]
    return len(due)


def _forget(event: Event, now: datetime) -> bool:
    devices = DeviceToken.objects.filter(realm=event.realm_id)
    is_known = knows_somebody(event.stream, now - LATE)
    if not is_known and not devices.exists():
        return False
    hold(event.stream)
    devices.delete()
    forget_tellers(event.stream, now - LATE)
    return True
