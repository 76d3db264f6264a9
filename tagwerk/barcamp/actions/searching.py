"""A search for a better plan is begun, heard of, stopped and dropped; it runs beside everything else."""

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.changes import PlanSearched
from tagwerk.barcamp.models import PlanRun
from tagwerk.barcamp.plan_rules import LIVE, RunState, Task, is_lost
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell

KEPT = 12
"""Searches that are remembered, for comparing."""


@action
def begin_search(
    event: Event, task: Task, revision: int, asked: dict[str, Any], given: dict[str, Any], *, actor: str = ""
) -> PlanRun:
    """Note that a search begins on the state of an event at a revision; raises `Refusal` while another one runs."""
    hold(event.stream)
    now = timezone.now()
    for running in PlanRun.objects.filter(event=event, task=task, state=RunState.SEARCHING):
        if not is_lost(running.heard_at, now):
            raise Refusal("search-running", _("Es wird schon gesucht. Bitte warten Sie, oder halten Sie die Suche an."))
        _end(running, RunState.FAILED, {})
    number = (PlanRun.objects.filter(event=event).aggregate(most=Max("number"))["most"] or 0) + 1
    earlier = PlanRun.objects.filter(event=event)
    earlier.filter(asked__seconds=LIVE).delete()  # what followed the votes is overtaken
    earlier.exclude(pk__in=earlier.values_list("pk", flat=True)[: KEPT - 1]).delete()
    run = PlanRun.objects.create(
        event=event, number=number, task=task, revision=revision, asked=asked, given=given, heard_at=now
    )
    _tell(run, actor)
    return run


@action
def note_progress(run: PlanRun, progress: dict[str, Any]) -> bool:
    """Store how far a search is; tells whether it shall go on."""
    known = PlanRun.objects.filter(pk=run.pk, state=RunState.SEARCHING)
    known.update(progress=progress, heard_at=timezone.now())
    return known.filter(is_stopping=False).exists()


@action
def note_found(run: PlanRun, found: dict[str, Any], *, failed: bool = False) -> None:
    """Store what a search found, or why it could not; one that was dropped meanwhile stays so."""
    hold(run.event.stream)
    if PlanRun.objects.filter(pk=run.pk, state=RunState.SEARCHING).exists():
        _end(run, RunState.FAILED if failed else RunState.FOUND, found)
        _tell(run, "")


@action
def stop_search(event: Event, number: int, *, actor: str = "") -> PlanRun:
    """Ask a search for the best so far; it answers within a second."""
    hold(event.stream)
    run = run_at(event, number)
    PlanRun.objects.filter(pk=run.pk, state=RunState.SEARCHING).update(is_stopping=True)
    return run


@action
def drop_plan(event: Event, number: int, *, actor: str = "") -> PlanRun:
    """Put a found plan aside; what stands stays as it is."""
    hold(event.stream)
    run = run_at(event, number)
    if run.state in (RunState.FOUND, RunState.FAILED):
        _end(run, RunState.DROPPED, run.found)
        _tell(run, actor)
    return run


def run_at(event: Event, number: int | None) -> PlanRun:
    """Give a search of an event; raises `Unknown`."""
    run = PlanRun.objects.select_related("event__realm").filter(event=event, number=number or 0).first()
    if run is None:
        raise Unknown("no-such-plan", _("Diesen Plan gibt es nicht mehr. Bitte suchen Sie neu."))
    return run


def _end(run: PlanRun, state: RunState, found: dict[str, Any]) -> None:
    run.state, run.found, run.heard_at = state, found, timezone.now()
    run.save(update_fields=["state", "found", "heard_at"])


def _tell(run: PlanRun, actor: str) -> None:
    tell(run.event.stream, PlanSearched(code=str(run.number), state=run.state, task=run.task), actor=actor)
