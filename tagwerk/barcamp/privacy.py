"""What happens to the personal words of a barcamp once their time is over."""

from datetime import datetime, timedelta

from django.db.models import Max

from tagwerk.barcamp.actions.proposing import searchable
from tagwerk.barcamp.models import Topic
from tagwerk.events.models import Event
from tagwerk.kit.writer import action
from tagwerk.live.actions import blank_words, hold
from tagwerk.people.models import DeviceToken
from tagwerk.programme.models import Absence, Session
from tagwerk.programme.rules import Kind

NAMES_KEPT = timedelta(days=90)


@action
def forget_names(now: datetime) -> int:
    """Remove hosts' names and all devices of events that ended 90 days ago; gives how many events that were.

    What is left says nothing about persons: titles, counts, places.
    """
    ended = Event.objects.annotate(end=Max("days__slots__end")).filter(end__lt=now - NAMES_KEPT)
    due = [event for event in ended if DeviceToken.objects.filter(realm=event.realm_id).exists() or _has_names(event)]
    for event in due:
        hold(event.stream)
        for topic in Topic.objects.filter(event=event):
            topic.host_name, topic.host = "", None
            topic.searchable = searchable(topic)
            topic.save(update_fields=["host_name", "host", "searchable"])
        Session.objects.filter(event=event, kind=Kind.BARCAMP).update(host_name="", hosts=[])
        Absence.objects.filter(event=event).delete()
        DeviceToken.objects.filter(realm=event.realm_id).delete()
        blank_words(event.stream)
    return len(due)


def _has_names(event: Event) -> bool:
    named = Topic.objects.filter(event=event).exclude(host_name="")
    return named.exists() or Absence.objects.filter(event=event).exists()
