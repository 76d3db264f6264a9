"""A programme from a file: read, laid beside the one that is there, taken over when the crew says so."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.exchange import plain
from tagwerk.exchange.difference import differences
from tagwerk.exchange.difference_words import sentence
from tagwerk.exchange.problems import Problem
from tagwerk.exchange.reading.door import read
from tagwerk.exchange.reading.gathering import Setting
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.importing import compare
from tagwerk.programme.models import Edition, Import, TakenImport

moderator = desk_page(RoleKind.MODERATOR)
SHOWN = 200  # differences and problems; more of them nobody reads
EDITIONS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@moderator
def page(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Take a file and show what it would change; take it over, put it aside, or take back what the last one brought."""
    problems: list[str] = []
    if request.method == "POST":
        if "discard" in request.POST:
            Import.objects.filter(event=event).delete()
            return redirect("site:desk_import", event.slug)
        if "apply" in request.POST:
            actions.take_over(event, rooms="rooms" in request.POST, actor=actor.mark)
            return redirect("site:desk_programme", event.slug)
        if "back" in request.POST:
            actions.take_import_back(event, actor=actor.mark)
            return redirect("site:desk_programme", event.slug)
        problems = _read(request, event)
        if not problems:
            return redirect("site:desk_import", event.slug)
    pending = Import.objects.filter(event=event).first()
    taken = TakenImport.objects.filter(event=event).first()
    context = {
        "problems": problems,
        "pending": pending,
        "taken": taken,
        **(_preview(event, pending) if pending else {}),
    }
    return render(request, "site/desk_import.html", context, status=422 if problems else 200)


@require_safe
@moderator
def editions(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the versions of the public programme, the newest first, with what changed in each."""
    rows = list(Edition.objects.filter(event=event)[: EDITIONS + 1])
    before = [*rows[1:], None][: len(rows)]
    shown = [
        {"edition": row, "changes": _changes(event, old, row) if old else []}
        for row, old in zip(rows, before, strict=True)
    ]
    return render(request, "site/desk_editions.html", {"editions": shown[:EDITIONS]})


def _read(request: HttpRequest, event: Event) -> list[str]:
    """Read the file that came and keep it; gives why it cannot be read, if so."""
    chosen = request.FILES.get("file")
    if chosen is None:
        return [_("Bitte wählen Sie eine Datei aus.")]
    setting = Setting(title=event.name, zone=event.zone)
    reading = read(chosen.read(), setting, name=chosen.name or "")
    if reading.schedule is None or not reading.schedule.talks:
        return [_said(problem) for problem in reading.problems] or [_("Diese Datei enthält kein Programm.")]
    actions.keep_import(event, chosen.name or "", reading.schedule, [_said(one) for one in reading.problems])
    return []


def _said(problem: Problem) -> str:
    return f"{problem.where}: {problem.what}"


def _preview(event: Event, pending: Import) -> dict[str, object]:
    comparison = compare(event, plain.from_values(pending.content))
    changes = [sentence(one, event.timezone) for one in comparison.differences]
    return {
        "comparison": comparison,
        "changes": changes[:SHOWN],
        "more": max(0, len(changes) - SHOWN),
        "notes": pending.problems[:SHOWN],
    }


def _changes(event: Event, old: Edition, new: Edition) -> list[str]:
    found = differences(plain.from_values(old.content), plain.from_values(new.content))
    return [sentence(one, event.timezone) for one in found][:SHOWN]
