"""What the desk has to hear at once: sessions without a host, and who took over."""

import json
from dataclasses import dataclass

from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.live.changes import CREW, Fact
from tagwerk.live.models import Change, Stream
from tagwerk.programme.cards import SessionCard, placed_sessions, session_card
from tagwerk.programme.changes import HostFound, HostMissing


@dataclass(frozen=True)
class Alarm:
    """A session whose host is missing (`reason`: cannot, silent, crew), or that somebody else holds now.

    `revision` is the change that told it, `instead` who stood there before.
    """

    session: SessionCard
    reason: str
    revision: int
    instead: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still missing."""
        return self.session.is_searching


@dataclass(frozen=True)
class _Told:
    """What was told last of a session."""

    reason: str
    revision: int
    is_taking_over: bool
    instead: str


def alarms(event: Event, fact: Fact | None = None) -> list[Alarm]:
    """Give what the desk shows on top, in the order of the day: nothing of what is over or cancelled.

    `fact` is what is being told right now and stands in no ledger yet.
    """
    changes = Change.objects.filter(stream=event.stream, kind__in=(HostMissing.kind, HostFound.kind))
    newest = {change.code: _told(change) for change in changes.order_by("revision")}
    if isinstance(fact, HostMissing | HostFound):
        newest[fact.code] = _being_told(event, fact)
    ahead = placed_sessions(event).filter(
        code__in=newest, placement__is_active=True, placement__slot__end__gt=timezone.now()
    )
    return [
        Alarm(session_card(session, {}), told.reason, told.revision, told.instead)
        for session in ahead
        if (told := newest[session.code]).is_taking_over or session.searching_since is not None
    ]


def is_taking_over(change: Change) -> bool:
    """Tell whether a change tells of somebody who took a session over."""
    return change.kind == HostFound.kind and "host" in change.before


def instead_of(change: Change) -> str:
    """Give the name that stood there before somebody took over; empty once the words of the event are blanked."""
    told = change.words.get(CREW, {}).get("de", "")
    return str(json.loads(told).get("instead", "")) if told else ""


def _told(change: Change) -> _Told:
    taking_over = is_taking_over(change)
    instead = instead_of(change) if taking_over else ""
    return _Told(str(change.after.get("reason", "")), change.revision, taking_over, instead)


def _being_told(event: Event, fact: HostMissing | HostFound) -> _Told:
    revision = Stream.objects.get(pk=event.stream).revision
    taking_over = isinstance(fact, HostFound) and "host" in fact.before
    return _Told(str(fact.after.get("reason", "")), revision, taking_over, getattr(fact, "instead", ""))
