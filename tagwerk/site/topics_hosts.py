"""What composed pages show and do about hosts; `no_hosts` stands in for it where the barcamp is closed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from tagwerk.barcamp import actions
from tagwerk.barcamp.hosts import Hosted, hosted_by
from tagwerk.barcamp.models import HostSign, Topic
from tagwerk.barcamp.rules import LISTED, RoundPhase
from tagwerk.barcamp.stage import stage_of
from tagwerk.events.models import Event
from tagwerk.live.models import Change
from tagwerk.people.models import DeviceToken

Plain = dict[str, Any]


def watch(now: datetime) -> int:
    """Notice sessions that run without a sign of their host; gives how many are missing."""
    return actions.alarm_missing_hosts(now)


def mine(event: Event, device: DeviceToken | None) -> Plain | None:
    """Give what a host's phone needs: its topics, its sessions, and who is on stage; None for everybody else."""
    if device is None:
        return None
    topics = list(Topic.objects.filter(host=device, event=event, state__in=LISTED).order_by("number"))
    if not topics and not HostSign.objects.filter(device=device).exists():
        return None
    return {
        "topics": [
            {"code": topic.code, "number": topic.number, "title": topic.title, "pitch": topic.pitch} for topic in topics
        ],
        "sessions": [asdict(hosted) for hosted in hosted_by(event, device) if not hosted.is_over],
        "stage": _stage(event),
    }


def plan(event: Event, device: DeviceToken | None) -> list[Hosted]:
    """Give the sessions that a device holds, for its own page."""
    return [] if device is None else sorted(hosted_by(event, device), key=lambda hosted: hosted.is_over)


def give_back(event: Event, change: Change, name: str, mark: str) -> int:
    """Let who held a session before somebody took it over stand there again."""
    host = DeviceToken.objects.filter(pk=change.before["host"], realm=event.realm).first()
    return actions.give_back(event, change.code, host, name, revision=change.revision, actor=mark)


def send_back(event: Event, change: Change, mark: str) -> int:
    """Take a topic that was fetched out of its place again."""
    return actions.send_back(event, change.code, change.before, actor=mark)


def _stage(event: Event) -> Plain | None:
    stage = stage_of(event)
    if stage is None or stage.round.phase != RoundPhase.PITCHING:
        return None
    return {
        "number": stage.current.number if stage.current else None,
        "coming": [topic.number for topic in stage.following],
    }
