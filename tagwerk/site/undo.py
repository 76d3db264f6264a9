"""Takes back what the crew did: the inverse of a change, unless somebody has built on it since."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.live.conflicts import check_fresh
from tagwerk.live.models import Change
from tagwerk.people.actors import Actor
from tagwerk.site.alarms import is_taking_over
from tagwerk.site.finding import number_or_none
from tagwerk.site.rooms import topics_panel
from tagwerk.site.undo_programme import PROGRAMME
from tagwerk.site.undoable import Undoable

OFFERED = timedelta(seconds=20)  # the bar shows for ten; a slow network may take the rest


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


def last_done(event: Event, mark: str, since: int) -> str:
    """Give where the undo bar for what somebody just did is asked for; empty when there was nothing to take back."""
    mine = Change.objects.filter(stream=event.stream, actor=mark, revision__gt=since).order_by("-revision")
    done = next((change for change in mine if said(change)), None)
    return f"?undo={done.revision}" if done else ""


def said(change: Change) -> str:
    """Say what was done, for the undo bar; empty where it cannot be taken back."""
    known = _undoable().get(change.kind)
    return known.label() if known and known.is_possible(change) else ""


def undo_change(event: Event, revision: int | None, mark: str) -> int:
    """Do the opposite of a change of the crew; gives the revision of that.

    Raises `Refusal` when there is nothing to undo, or (409) when the same thing was changed since.
    """
    change = Change.objects.filter(stream=event.stream, revision=revision or 0).first()
    if change is None or not said(change) or not _is_ours(change):
        raise Refusal("nothing-to-undo", _("Das lässt sich nicht mehr zurücknehmen."))
    check_fresh(event.stream, change.revision, change.touches)
    return _undoable()[change.kind].take_back(event, change, mark)


def _undoable() -> Mapping[str, Undoable]:
    return {**PROGRAMME, **topics_panel().UNDOABLE}


def _is_ours(change: Change) -> bool:
    """Tell whether the crew may take it back: its own doing, and that somebody took a session over."""
    return not change.actor.startswith("device:") or is_taking_over(change)
