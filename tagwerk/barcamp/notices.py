"""Which notices concern a device: of sessions that it said it comes to, or that it brought."""

from collections.abc import Collection

from django.db.models import F, Q

from tagwerk.barcamp.models import Coming, Topic
from tagwerk.events.models import Event
from tagwerk.people.models import DeviceToken
from tagwerk.programme.models import Notice

MOST = 10


def notices_for(event: Event, device: DeviceToken | None) -> list[Notice]:
    """Give the newest notices that a device has to hear, newest first."""
    if device is None:
        return []
    coming = Q(session__coming__device=device, told_at__gt=F("session__coming__said_at"))
    own = Q(session__topic__host=device) | Q(session__repeated_topic__host=device)
    found = Notice.objects.filter(coming | own, event=event).select_related("session", "event").distinct()
    return list(found.order_by("-told_at", "-pk")[:MOST])


def who_comes(sessions: Collection[int]) -> set[int]:
    """Give the devices of those who come to one of the sessions or hold it."""
    coming = Coming.objects.filter(session__in=sessions).values_list("device", flat=True)
    topics = Topic.objects.filter(Q(session__in=sessions) | Q(repeat__in=sessions), host__isnull=False)
    return {*coming, *topics.values_list("host", flat=True)}
