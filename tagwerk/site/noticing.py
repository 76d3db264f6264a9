"""Watches the plans: what moved is told to those who come, once it has settled."""

from django.db import connection
from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.events.rules import Phase
from tagwerk.live.models import Stream
from tagwerk.programme.actions import give_notices, has_changed, lift_embargoes, note_plan
from tagwerk.programme.models import CalendarEntry
from tagwerk.site.pushing import push_notices

CONCERNING = (Phase.ANNOUNCED, Phase.REGISTRATION_OPEN, Phase.REGISTRATION_CLOSED, Phase.LIVE)

_looked: dict[int, int] = {}  # event -> the revision at which its plan was compared last


def watch_plans() -> None:
    """Compare the plans that changed since the last time, and tell what is due."""
    try:
        revisions = dict(Stream.objects.values_list("number", "revision"))
        for event in _under_embargo():
            lift_embargoes(event, timezone.now())
        differing = set(_differing())
        for event in Event.objects.filter(phase__in=CONCERNING).select_related("realm"):
            if _looked.get(event.pk) != revisions.get(event.stream):
                if has_changed(event):
                    note_plan(event, timezone.now())
                _looked[event.pk] = revisions.get(event.stream, 0)
            if event.pk in differing:  # also while something is told every second
                told = give_notices(event, timezone.now())
                if told:
                    push_notices(event, told)
    finally:
        connection.close()


def _under_embargo() -> list[Event]:
    due = Event.objects.filter(sessions__embargo__until__lte=timezone.now())
    return list(due.select_related("realm").distinct())


def _differing() -> list[int]:
    rows = CalendarEntry.objects.filter(differs_since__isnull=False)
    return list(rows.values_list("session__event_id", flat=True).distinct())
