"""What follows in a barcamp when people say more about themselves: two devices are one, somebody is not in the house."""

from typing import cast

from django.db.models import QuerySet

from tagwerk.barcamp.actions.backing import seen_by_everybody, tell_count
from tagwerk.barcamp.actions.planning import qualify_if_ready
from tagwerk.barcamp.models import Coming, HostSign, Interest, Topic
from tagwerk.barcamp.rules import DEVICE
from tagwerk.kit.writer import action
from tagwerk.live.changes import Fact
from tagwerk.people.changes import DevicesJoined, PresenceChanged
from tagwerk.programme.models import Absence, Session


@action
def join_wishes(stream: int, fact: Fact, actor: str) -> None:
    """Give a device what another one did: each topic is counted once. Follows `DevicesJoined`."""
    joined = cast("DevicesJoined", fact)
    for topic in _tapped(stream, joined.other):
        before = seen_by_everybody(topic)
        theirs = Interest.objects.filter(topic=topic, device=joined.other)
        if Interest.objects.filter(topic=topic, device=joined.device).exists():
            topic.interest -= theirs.delete()[0]
        else:
            theirs.update(device=joined.device)
        topic.counted = Interest.objects.filter(topic=topic, device__is_verified=True).count()
        topic.save(update_fields=["interest", "counted"])
        tell_count(topic, before, remote=topic.remote_interest(), actor=actor)
        qualify_if_ready(topic, actor=actor)
    already = Coming.objects.filter(device=joined.device).values("session")
    theirs_coming = Coming.objects.filter(device=joined.other)
    theirs_coming.filter(session__in=already).delete()
    theirs_coming.update(device=joined.device)
    HostSign.objects.filter(device=joined.other).update(device=joined.device)
    _move_topics(stream, joined)


@action
def count_remote_anew(stream: int, fact: Fact, actor: str) -> None:
    """Tell the desk how the interest is divided, once somebody said where they are. Follows `PresenceChanged`."""
    for topic in _tapped(stream, cast("PresenceChanged", fact).device):
        tell_count(topic, seen_by_everybody(topic), remote=topic.remote_interest(), actor=actor)


def _tapped(stream: int, device: int) -> QuerySet[Topic]:
    found = Topic.objects.filter(event__realm=stream, interests__device=device)
    return found.select_related("event__barcamp").order_by("number")


def _move_topics(stream: int, joined: DevicesJoined) -> None:
    """Give a device the topics that it brought as another; the sessions that it holds know it by the new number."""
    Topic.objects.filter(host=joined.other).update(host=joined.device)
    before, now = f"{DEVICE}{joined.other}", f"{DEVICE}{joined.device}"
    known: list[Session | Absence] = list(Session.objects.filter(event__realm=stream))
    for row in [*known, *Absence.objects.filter(event__realm=stream)]:
        if before in row.hosts:
            row.hosts = list(dict.fromkeys(now if mark == before else mark for mark in row.hosts))
            row.save(update_fields=["hosts"])
