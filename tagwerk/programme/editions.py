"""The newest version of a public programme, ready to be written in any format; worked out once per change."""

import json
from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.exchange import plain
from tagwerk.exchange.ready import Ready, prepare
from tagwerk.live.models import Stream
from tagwerk.programme.actions import has_changed, note_plan, publish
from tagwerk.programme.models import Edition
from tagwerk.programme.published import schedule_of

NOWHERE = "http://localhost"
"""Stands in kept versions for this house, where nobody has said under which address it is reached."""
MOST = 64  # versions that are remembered

_ready: OrderedDict[tuple[str, int, str], Ready] = OrderedDict()
_lock = Lock()


def current_edition(event: Event) -> Edition:
    """Give the newest version of an event's public programme; one is made if it changed since the last."""
    revision = Stream.objects.values_list("revision", flat=True).get(pk=event.stream)
    newest = Edition.objects.filter(event=event).defer("content").first()
    return newest if newest and newest.revision >= revision else edition_at(event, revision)


def edition_at(event: Event, revision: int, *, is_release: bool = False, note: str = "") -> Edition:
    """Read the public programme and keep it as a version if it differs; `revision` is what was known before reading."""
    if has_changed(event):
        note_plan(event, timezone.now())
    schedule = schedule_of(event, settings.BASE_URL or NOWHERE, 0)
    return publish(event, schedule, revision=revision, is_release=is_release, note=note)


def ready_of(edition: Edition, base: str) -> Ready:
    """Give a version as every writer takes it; its addresses lie under `base` where no other was set up."""
    key = edition.digest, edition.number, "" if settings.BASE_URL else base
    with _lock:
        known = _ready.get(key)
    if known is None:
        content = edition.content
        if key[2]:
            content = json.loads(json.dumps(content).replace(f'"{NOWHERE}/', f'"{base}/'))
        known = prepare(plain.from_values(content))
        with _lock:
            _ready[key] = known
            while len(_ready) > MOST:
                _ready.popitem(last=False)
    return known
