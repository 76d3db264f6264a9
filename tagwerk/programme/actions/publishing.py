"""Numbers the states of a public programme: what other programs read gets a version that only rises."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tagwerk.events.models import Event
from tagwerk.exchange import plain
from tagwerk.exchange.schedule import Schedule
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.programme.models import Edition

KEPT = 30
"""Versions that are kept beside those that the crew released."""


@action
def publish(event: Event, schedule: Schedule, *, revision: int, is_release: bool = False, note: str = "") -> Edition:
    """Keep a state of the public programme if it differs from the one before; gives the newest version.

    `revision` is the state of the ledger that it was read at: an older one than what is known changes nothing.
    """
    hold(event.stream)
    newest = Edition.objects.filter(event=event).first()
    content = plain.to_values(schedule)
    digest = plain.digest(content)
    if newest and (revision < newest.revision or newest.digest == digest):
        _seen(newest, revision, is_release=is_release, note=note)
        return newest
    number = newest.number + 1 if newest else 1
    now = timezone.now()
    said: Mapping[str, Any] = {"is_release": is_release, "note": note[:200], "revision": revision, "made_at": now}
    edition = Edition.objects.create(
        event=event,
        number=number,
        digest=digest,
        content=content | {"version": str(number), "changed_at": now.isoformat()},
        **said,
    )
    old = Edition.objects.filter(event=event, is_release=False).values_list("pk", flat=True)[KEPT:]
    Edition.objects.filter(pk__in=list(old)).delete()
    return edition


def _seen(edition: Edition, revision: int, *, is_release: bool, note: str) -> None:
    """Note that the programme is still as it was, and that the crew calls it a release, if it does."""
    edition.revision = max(edition.revision, revision)
    edition.is_release = edition.is_release or is_release
    edition.note = note[:200] or edition.note
    edition.save(update_fields=["revision", "is_release", "note"])
