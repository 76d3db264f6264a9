"""What the desk has to hear at once: sessions without a host, and who took over."""

import json
from dataclasses import dataclass

from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.live.changes import CREW
from tagwerk.live.models import Change
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


def alarms(event: Event) -> list[Alarm]:
    """Give what the desk shows on top, in the order of the day: nothing of what is over or cancelled."""
    told = Change.objects.filter(stream=event.stream, kind__in=(HostMissing.kind, HostFound.kind))
    newest = {change.code: change for change in told.order_by("revision")}
    ahead = placed_sessions(event).filter(
        code__in=newest, placement__is_active=True, placement__slot__end__gt=timezone.now()
    )
    found = [_alarm(session_card(session, {}), newest[session.code]) for session in ahead]
    return [alarm for alarm in found if alarm.is_open or is_taking_over(newest[alarm.session.code])]


def is_taking_over(change: Change) -> bool:
    """Tell whether a change tells of somebody who took a session over."""
    return change.kind == HostFound.kind and "host" in change.before


def instead_of(change: Change) -> str:
    """Give the name that stood there before somebody took over; empty once the words of the event are blanked."""
    told = change.words.get(CREW, {}).get("de", "")
    return str(json.loads(told).get("instead", "")) if told else ""


def _alarm(card: SessionCard, change: Change) -> Alarm:
    instead = instead_of(change) if is_taking_over(change) else ""
    return Alarm(card, str(change.after.get("reason", "")), change.revision, instead)
