"""What one device did in a barcamp."""

from dataclasses import dataclass, field

from tagwerk.barcamp.models import Coming, Interest, Topic
from tagwerk.barcamp.rules import State
from tagwerk.events.models import Event
from tagwerk.people.models import DeviceToken


@dataclass(frozen=True)
class Mine:
    """Codes of topics and sessions."""

    interest: list[str] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)


def mine(event: Event, device: DeviceToken | None) -> Mine:
    """Give what the device did at this event, newest last."""
    if device is None:
        return Mine()
    own = Interest.objects.filter(device=device, topic__event=event)
    interest = own.exclude(topic__state=State.MERGED).order_by("pk")  # it lives on in the topic that both are now
    coming = Coming.objects.filter(device=device, session__event=event).order_by("pk")
    proposals = Topic.objects.filter(host=device, event=event).order_by("number")
    return Mine(
        interest=list(interest.values_list("topic__code", flat=True)),
        coming=list(coming.values_list("session__code", flat=True)),
        proposals=list(proposals.values_list("code", flat=True)),
    )
