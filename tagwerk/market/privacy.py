"""What a market keeps of persons, and what happens to it once its time is over."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.personal import Activity, Basis, Holding, Since, Term, Whose
from tagwerk.kit.writer import action
from tagwerk.market.models import Booth
from tagwerk.market.rules import CONTACT, KEPT


def has_booths(event: Any) -> bool:
    """Tell whether an event has a market, be it one that nobody sees yet."""
    return Booth.objects.filter(event=event).exists()


ACTIVITIES = (
    Activity(
        _("Marktplatz"),
        _("Besucherinnen und Besucher finden Stände und können den Ausstellenden schreiben."),
        Basis.TASK,
        (
            Holding(
                "market.Booth",
                CONTACT,
                Whose.EXHIBITOR,
                _("Name, E-Mail-Adresse und Telefon einer Ansprechperson am Stand"),
                _("Dem Stand schreiben können"),
                Term(Since.EVENT, KEPT),
                is_public=True,
                basis=Basis.CONSENT,
            ),
        ),
        has_booths,
    ),
)


@action
def forget_contacts(now: datetime) -> int:
    """Remove whom one could write to, from stands of events that ended 90 days ago; gives how many stands."""
    ended = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - KEPT)
    nobody = dict.fromkeys(CONTACT, "")
    return Booth.objects.filter(event__in=list(ended)).exclude(**nobody).update(**nobody)
