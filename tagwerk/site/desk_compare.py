"""Two plans side by side, room by room: the one that stands, and those that were found."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tagwerk.barcamp.actions.searching import run_at
from tagwerk.barcamp.models import PlanRun, Topic
from tagwerk.barcamp.plan_rules import Cell, Task, as_cell
from tagwerk.barcamp.planner.preview import figures_of
from tagwerk.barcamp.problem import topic_of
from tagwerk.events.models import Event, Room, Slot
from tagwerk.events.pages import desk_page
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.programme.models import Session
from tagwerk.site.finding import number_or_none

STANDING = 0
"""The number under which the plan that stands is asked for."""


@dataclass(frozen=True)
class Side:
    """A plan: its number and name, what stands where, and how many find a seat (None: not counted)."""

    number: int
    name: str
    stands: dict[Cell, str]
    seated: int | None


@require_safe
@desk_page(RoleKind.MODERATOR)
def compare(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show two plans side by side; without a choice, the one that stands and the newest that was found."""
    plans = [run for run in PlanRun.objects.filter(event=event, task=Task.PLAN) if run.found.get("cells") is not None]
    newest = plans[0].number if plans else STANDING
    left = _side(event, number_or_none(request.GET.get("left", "")) or STANDING)
    right = _side(event, _chosen(request.GET.get("right", ""), newest))
    choices = [{"number": STANDING, "name": _("steht jetzt")}]
    choices += [{"number": run.number, "name": _("Plan %(number)s") % {"number": run.number}} for run in plans]
    context = {"left": left, "right": right, "choices": choices, "slots": _rows(event, left, right)}
    return render(request, "site/desk_compare.html", context)


def _chosen(text: str, usual: int) -> int:
    number = number_or_none(text)
    return usual if number is None else number


def _side(event: Event, number: int) -> Side:
    standing = _standing(event)
    if number == STANDING:
        return Side(STANDING, _("steht jetzt"), {cell: name for cell, name, _code in standing}, None)
    run = run_at(event, number)
    given, found = run.given, run.found
    moved = {subject["session"] for subject in given["subjects"] if subject["session"]}
    stands = {cell: name for cell, name, code in standing if code not in moved}
    titles = {topic.code: str(topic) for topic in Topic.objects.filter(event=event)}
    for subject, numbers in zip(given["subjects"], found.get("cells", []), strict=False):
        cell = as_cell(numbers)
        if cell:
            stands[cell] = titles.get(subject["topic"], "")
    return Side(number, _("Plan %(number)s") % {"number": number}, stands, figures_of(found).seated)


def _standing(event: Event) -> list[tuple[Cell, str, str]]:
    sessions = Session.objects.of(event).filter(placement__is_active=True, placement__room__isnull=False)
    found = []
    for session in sessions.select_related("topic", "repeated_topic"):
        place = session.placement
        found.append(((place.slot_id, place.room_id or 0), str(topic_of(session) or session), session.code))
    return found


def _rows(event: Event, left: Side, right: Side) -> list[dict[str, Any]]:
    slots = Slot.objects.filter(day__event=event).select_related("day__event").order_by("start")
    rooms: list[Room] = list(event.rooms.all())
    found = []
    for slot in slots:
        rows = []
        for room in rooms:
            one, other = left.stands.get((slot.pk, room.pk), ""), right.stands.get((slot.pk, room.pk), "")
            if one or other:
                rows.append({"room": room.name, "left": one, "right": other, "differs": one != other})
        if rows:
            found.append({"slot": slot, "rows": rows, "differs": any(row["differs"] for row in rows)})
    return found
