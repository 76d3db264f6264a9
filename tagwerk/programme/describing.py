"""Describes an event and its sessions to search engines and assistants, as data within their pages."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from tagwerk.events.models import Event
from tagwerk.events.rules import Phase
from tagwerk.exchange.linked_data import as_script, event_data, session_data
from tagwerk.exchange.ready import prepare
from tagwerk.kit.addresses import public_base
from tagwerk.programme.published import schedule_of


def event_described(request: HttpRequest, event: Event) -> SafeString:
    """Describe an event, without its sessions: they have pages of their own."""
    ready = prepare(schedule_of(event, public_base(request), 0, only=()))
    return _script(event_data(ready, is_cancelled=event.phase == Phase.CANCELLED, with_sessions=False))


def session_described(request: HttpRequest, event: Event, code: str) -> SafeString:
    """Describe one public session."""
    ready = prepare(schedule_of(event, public_base(request), 0, only={code}))
    return _script(session_data(ready, ready.schedule.talks[0])) if ready.schedule.talks else SafeString("")


def _script(data: Mapping[str, Any]) -> SafeString:
    return mark_safe(as_script(dict(data)))  # noqa: S308 - nothing in it can end the script element
