"""Takes back what the crew did: the inverse of a change, unless somebody has built on it since."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.live.conflicts import check_fresh
from tagwerk.live.models import Change, Stream
from tagwerk.people.actors import Actor
from tagwerk.site.alarms import is_taking_over
from tagwerk.site.finding import number_or_none
from tagwerk.site.rooms import topics_panel
from tagwerk.site.undo_programme import PROGRAMME
from tagwerk.site.undoable import Undoable

OFFERED = timedelta(seconds=20)  # the bar shows for ten; a slow network may take the rest
TAKEN_BACK = timedelta(minutes=2)  # who works by keyboard or screen reader needs time; what is older, others rely on


def offer(event: Event, actor: Actor, revision: str) -> dict[str, Any] | None:
    """Give what the undo bar shows for a change that this person just made; None when there is nothing."""
    number = number_or_none(revision)
    recent = timezone.now() - OFFERED
    change = Change.objects.filter(
        stream=event.stream, revision=number or 0, actor=actor.mark, told_at__gt=recent
    ).first()
    words = said(change) if change else ""
    if change is None or not words:
        return None
    url = reverse("site:desk_undo", args=[event.slug])
    return {"url": url, "revision": change.revision, "text": words}


def done(event: Event, actor: Actor, page: str, do: Callable[[], object]) -> HttpResponseBase:
    """Do something and lead on to a page of the desk, which offers to take back what can be taken back of it."""
    before = Stream.objects.get(pk=event.stream).revision
    do()
    mine = Change.objects.filter(stream=event.stream, actor=actor.mark, revision__gt=before).order_by("-revision")
    last = next((change for change in mine if said(change)), None)
    return redirect(reverse(page, args=[event.slug]) + (f"?undo={last.revision}" if last else ""))


def said(change: Change) -> str:
    """Say what was done, for the undo bar; empty where it cannot be taken back."""
    known = _undoable().get(change.kind)
    return known.label(change) if known and known.is_possible(change) else ""


def undo_change(event: Event, revision: int | None, actor: Actor) -> int:
    """Do the opposite of what the actor did a moment ago, or of a taking over; gives the revision of that.

    Raises `Forbidden` when the actor's role does not do such things, `Refusal` when there is nothing to undo, or
    (409) when the same thing was changed since.
    """
    change = Change.objects.filter(stream=event.stream, revision=revision or 0).first()
    known = _undoable().get(change.kind) if change else None
    if change is None or known is None or not known.is_possible(change) or not _is_open(change, actor):
        raise Refusal("nothing-to-undo", _("Das lässt sich nicht mehr zurücknehmen."))
    actor.needs(known.role)
    check_fresh(event.stream, change.revision, change.touches)
    return known.take_back(event, change, actor.mark)


def _undoable() -> Mapping[str, Undoable]:
    return {**PROGRAMME, **topics_panel().UNDOABLE}


def _is_open(change: Change, actor: Actor) -> bool:
    """Tell whether it may be taken back: what the actor just did, and that somebody took a session over."""
    is_recent = change.told_at > timezone.now() - TAKEN_BACK
    return (change.actor == actor.mark and is_recent) or is_taking_over(change)
