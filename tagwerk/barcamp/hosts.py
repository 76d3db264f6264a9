"""Who holds a session, what they said shortly before it, and what a device has to hold itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from tagwerk.barcamp.expecting import Crowd, crowds
from tagwerk.barcamp.host_rules import counting, is_asked
from tagwerk.barcamp.models import HostSign, Topic
from tagwerk.barcamp.problem import topic_of
from tagwerk.barcamp.rules import Sign
from tagwerk.events.models import Event
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import DeviceKind
from tagwerk.programme.models import Session

MARK = "device:"


@dataclass(frozen=True)
class Hosted:
    """A session that a device holds; `sign` is what it said of it (empty: nothing that counts)."""

    code: str
    number: int
    title: str
    start: datetime
    end: datetime
    room_name: str
    sign: str
    is_asked: bool
    is_searching: bool
    has_begun: bool
    is_over: bool
    insight: str
    crowd: Crowd | None


REMEMBERED = timedelta(hours=12)  # so long after its end a host can say what a session brought


def host_devices(sessions: Collection[Session]) -> dict[int, set[int]]:
    """Give for each session the phones of its hosts, those of merged topics included; a paper card can say nothing."""
    found: dict[int, set[int]] = {session.pk: set() for session in sessions}
    for session in sessions:
        marks = (mark.removeprefix(MARK) for mark in session.hosts if mark.startswith(MARK))
        found[session.pk] |= {int(number) for number in marks}
    for place in ("session", "repeat"):
        merged = Topic.objects.filter(**{f"merged_into__{place}__in": found}, host__isnull=False)
        for session_id, device in merged.values_list(f"merged_into__{place}", "host_id"):
            found[session_id].add(device)
    every = set[int]().union(*found.values())
    phones = set(DeviceToken.objects.filter(pk__in=every, kind=DeviceKind.PHONE).values_list("pk", flat=True))
    return {session: devices & phones for session, devices in found.items()}


def last_signs(sessions: Iterable[Session]) -> dict[int, dict[int | None, str]]:
    """Give for each session the last sign of each device that still counts; None stands for the crew."""
    starts = {session.pk: session.placement.slot.start for session in sessions}
    found: dict[int, dict[int | None, str]] = defaultdict(dict)
    for row in HostSign.objects.filter(session__in=starts).order_by("pk"):
        found[row.session_id][row.device_id] = counting(row.kind, row.made_at, starts[row.session_id])
    return found


def said_by_hosts(sessions: Collection[Session]) -> dict[int, list[str]]:
    """Give for each session what each of its hosts said last (empty: nothing); who is vouched for is there."""
    devices, signs = host_devices(sessions), last_signs(sessions)
    said = {session: [signs[session].get(device, "") for device in hosts] for session, hosts in devices.items()}
    return {
        session: [*words, Sign.HERE] if words and signs[session].get(None) else words for session, words in said.items()
    }


def hosted_by(event: Event, device: DeviceToken) -> list[Hosted]:
    """Give the sessions that a device holds or held today, in order."""
    mine = Q(signs__device=device)
    for topic in ("topic", "repeated_topic"):
        mine |= Q(**{f"{topic}__host": device}) | Q(**{f"{topic}__merged__host": device})
    now = timezone.now()
    standing = Session.objects.of(event).filter(placement__is_active=True, placement__slot__end__gt=now - REMEMBERED)
    found = list(standing.filter(mine).distinct().select_related("topic", "repeated_topic").in_order())
    devices, signs = host_devices(found), last_signs(found)
    held = [session for session in found if device.pk in devices[session.pk]]
    known = crowds(held)
    return [_hosted(session, signs[session.pk].get(device.pk, ""), now, known.get(session.pk)) for session in held]


def _hosted(session: Session, sign: str, now: datetime, crowd: Crowd | None) -> Hosted:
    slot, room = session.placement.slot, session.placement.room
    topic = topic_of(session)
    zone = session.event.timezone
    return Hosted(
        code=session.code,
        number=topic.number if topic else 0,
        title=session.title,
        start=slot.start.astimezone(zone),
        end=slot.end.astimezone(zone),
        room_name=room.name if room else "",
        sign=sign,
        is_asked=is_asked(slot.start, slot.end, now),
        is_searching=session.searching_since is not None,
        has_begun=slot.start <= now,
        is_over=slot.end <= now,
        insight=session.note,
        crowd=crowd,
    )
