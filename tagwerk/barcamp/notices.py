"""Which notices concern a device: of sessions that it said it comes to, or that it brought."""

from django.db.models import F, Q

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
