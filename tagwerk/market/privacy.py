"""What happens to the contacts of a market once their time is over."""

from datetime import datetime

from django.db.models import Max

from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.market.models import Booth
from tagwerk.market.rules import CONTACT, KEPT


@action
def forget_contacts(now: datetime) -> int:
    """Remove whom one could write to, from stands of events that ended 90 days ago; gives how many stands."""
    ended = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - KEPT)
    nobody = dict.fromkeys(CONTACT, "")
    return Booth.objects.filter(event__in=list(ended)).exclude(**nobody).update(**nobody)
