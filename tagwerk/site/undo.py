"""Takes back what the crew did: the inverse of a change, unless somebody has built on it since."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, undoing
from tagwerk.live.conflicts import check_fresh
from tagwerk.live.models import Change, Stream
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site.alarms import is_taking_over
from tagwerk.site.finding import number_or_none
from tagwerk.site.rooms import market_panel, topics_panel
from tagwerk.site.undo_frame import FRAME
from tagwerk.site.undo_programme import PROGRAMME
from tagwerk.site.undoable import Undoable

OFFERED = timedelta(seconds=20)  # the bar shows for ten; a slow network may take the rest
MOST_STEPS = 20
PLAN_KINDS = (
    "plan.applied",
    "plan.published",
    "session.cancelled",
    "session.moved",
    "session.pinned",
    "session.restored",
    "sessions.pinned",
    "sessions.rearranged",
    "slots.shifted",
    "topic.planned",
)
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
    known = undoable().get(change.kind)
    return known.label(change) if known and known.is_possible(change) else ""


@action
def undo_change(event: Event, revision: int | None, actor: Actor) -> int:
    """Do the opposite of what the actor did a moment ago, of a taking over, or of a step of the plan.

    Gives the revision of that. Raises `Forbidden` when the actor's role does not do such things, `Refusal` when there is
    nothing to undo, or (409) when the same thing was changed since.
    """
    hold(event.stream)
    change = Change.objects.filter(stream=event.stream, revision=revision or 0).first()
    known = undoable().get(change.kind) if change else None
    if change is None or known is None or not known.is_possible(change) or not _is_open(event, change, actor):
        raise Refusal("nothing-to-undo", _("Das lässt sich nicht mehr zurücknehmen."))
    actor.needs(known.role)
    check_fresh(event.stream, change.revision, change.touches)
    with undoing(change.revision):
        return known.take_back(event, change, actor.mark)


def undoable() -> Mapping[str, Undoable]:
    """Give what can be taken back, by kind."""
    return {**PROGRAMME, **FRAME, **topics_panel().UNDOABLE, **market_panel().UNDOABLE}


def _is_open(event: Event, change: Change, actor: Actor) -> bool:
    """Tell whether it may be taken back: what the actor just did, a taking over, and by who leads, the last steps."""
    is_recent = change.told_at > timezone.now() - TAKEN_BACK
    if (change.actor == actor.mark and is_recent) or is_taking_over(change):
        return True
    return actor.may(RoleKind.MODERATOR) and any(change.revision == step.revision for step in steps(event))


def steps(event: Event, most: int = MOST_STEPS) -> list[Change]:
    """Give the last steps in which the crew changed the plan and that can be taken back, the newest first.

    What was part of a larger step is taken back with it.
    """
    told = Change.objects.filter(stream=event.stream)
    undone = set(told.filter(undoes__isnull=False).values_list("undoes", flat=True))
    crew = told.filter(kind__in=PLAN_KINDS, undoes=None).exclude(Q(actor="") | Q(actor__startswith="device:"))
    found: list[Change] = []
    parts: list[range] = []
    for change in crew.order_by("-revision").defer("words").iterator():
        is_open = change.revision not in undone and not any(change.revision in part for part in parts)
        if is_open and undoable()[change.kind].is_possible(change):
            found.append(change)
        first, last = change.after.get("parts", (1, 0))
        parts.append(range(first, last + 1))
        if len(found) == most:
            break
    return found
