"""What the planning page shows: the search that runs, the plan it found, what is held fast, the last steps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.barcamp.models import Barcamp, PlanRun, Topic
from tagwerk.barcamp.plan_rules import EFFORTS, LIVE, MOST_FOR_PROOF, Change, RunState, Style, Task, prices_of
from tagwerk.barcamp.planner.preview import Preview, figures_of, is_searching, missing_words, preview_of, proof_of
from tagwerk.barcamp.planner.runs import can_prove
from tagwerk.barcamp.planner.whole import whole_of
from tagwerk.barcamp.rules import State
from tagwerk.barcamp.stage import is_gathering
from tagwerk.events.models import Event
from tagwerk.live.models import Change as Told
from tagwerk.programme.cards import grid_of
from tagwerk.programme.models import Session
from tagwerk.site.undo import said, steps

Plain = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """Something that changed the plan: when, what was done, and with which session or topic."""

    revision: int
    when: datetime
    words: str
    name: str


def overview(event: Event, number: int | None = None) -> Plain:
    """Give the planning page of an event; `number` asks for one of the plans found before."""
    runs = list(PlanRun.objects.filter(event=event).select_related("event__realm"))
    plans = [run for run in runs if run.task == Task.PLAN]
    searching = next((run for run in plans if is_searching(run)), None)
    shown = next((run for run in plans if run.number == number), None) if number else None
    found = shown or next(iter(plans), None)
    preview = preview_of(found) if found and found.found.get("cells") is not None and _is_open(found, number) else None
    whole = whole_of(event, Style.KEEP)
    lost = {subject.session for subject in whole.subjects if subject.is_lost}
    return {
        "figures": _figures(event),
        "lost": list(Session.objects.of(event).filter(code__in=lost).in_order()),
        "searching": _progress(searching) if searching else None,
        "failed": _failure(found) if found and not searching else None,
        "preview": preview,
        "gathers": is_gathering(event),
        "groups": groups(preview) if preview else [],
        "proof": _proof(event, runs, preview),
        "history": [_past(run) for run in plans if run.found.get("cells") is not None and run.asked["seconds"] != LIVE],
        "efforts": EFFORTS,
        "asked": found.asked if found else {"style": Style.KEEP, "seconds": EFFORTS[1]},
        "prices": prices_of(Barcamp.objects.get(event=event).prices),
        "held": _held(event),
        "steps": [_step(event, change) for change in steps(event)],
    }


def groups(preview: Preview) -> list[Plain]:
    """Give what a plan changes under its headings, and what finds no place."""
    names = {
        Change.ADDED: _("Neu im Programm"),
        Change.MOVED: _("Andere Zeit"),
        Change.OTHER_ROOM: _("Anderer Raum, gleiche Zeit"),
        Change.DROPPED: _("Kein Platz mehr"),
    }
    found = [{"kind": kind.value, "name": name, "rows": preview.rows[kind]} for kind, name in names.items()]
    found.append({"kind": "unplaced", "name": _("Findet keinen Platz"), "rows": preview.unplaced})
    return [group for group in found if group["rows"]]


def _is_open(run: PlanRun, number: int | None) -> bool:
    return run.state == RunState.FOUND or run.number == number


def _figures(event: Event) -> list[Plain]:
    standing = Session.objects.filter(event=event, placement__is_active=True, placement__room__isnull=False)
    waiting = Topic.objects.filter(event=event, state=State.QUALIFIED)
    return [
        {"label": _("im Programm"), "value": standing.count()},
        {"label": _("davon fest"), "value": standing.filter(placement__is_pinned=True).count()},
        {"label": _("warten"), "value": waiting.count()},
    ]


def _progress(run: PlanRun) -> Plain:
    known = run.progress
    before = known.get("before", {})
    return {
        "run": run,
        "percent": round(100 * known.get("share", 0)),
        "seated": known.get("seated"),
        "before": before.get("seated"),
        "most": before.get("most"),
    }


def _failure(run: PlanRun) -> Plain | None:
    """Give why a search found nothing: it died, or demands contradict each other."""
    died = run.state == RunState.SEARCHING
    if run.state != RunState.FAILED and not died:
        return None
    return {"run": run, "demands": missing_words(run)}


def _proof(event: Event, runs: list[PlanRun], preview: Preview | None) -> Plain:
    """Give what is proven about the plan that is shown, or that it can be asked."""
    proofs = [run for run in runs if run.task == Task.BOUND]
    running = next((run for run in proofs if is_searching(run)), None)
    better = proof_of(event, preview.figures.seated) if preview else None
    return {
        "is_possible": can_prove(),
        "is_too_large": Topic.objects.filter(event=event, state__in=(State.QUALIFIED, State.PLANNED)).count()
        > MOST_FOR_PROOF,
        "running": running,
        "bound": running.progress.get("bound") if running else None,
        "better": better,
        "is_optimal": better == 0.0,
    }


def _past(run: PlanRun) -> Plain:
    return {"run": run, "figures": figures_of(run.found), "name": _("Plan %(number)s") % {"number": run.number}}


def _held(event: Event) -> list[Plain]:
    """Give the slots to come with how many of their sessions are held fast."""
    rows = [row for row in grid_of(event).rows() if row.time in ("next", "later") and row.sessions]
    found = []
    for row in rows:
        standing = [card for card in row.sessions if not card.is_cancelled]
        pinned = sum(card.is_pinned for card in standing)
        if standing:
            found.append({"slot": row, "pinned": pinned, "all": len(standing), "is_all": pinned == len(standing)})
    return found


def _step(event: Event, change: Told) -> Step:
    keys = [key.partition(":")[2] for key in change.touches if key.startswith("session:")]
    titles = list(Session.objects.filter(event=event, code__in=keys).order_by("pk").values_list("title", flat=True)[:3])
    more = len(keys) - len(titles)
    name = ", ".join(titles) + (_(" und %(more)s mehr") % {"more": more} if titles and more > 0 else "")
    return Step(change.revision, change.told_at.astimezone(event.timezone), said(change), name)
