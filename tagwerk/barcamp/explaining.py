"""The page that says in plain words how the plan comes about, with the numbers of this event."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tagwerk.barcamp.actions.planning import no_barcamp
from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.plan_rules import prices_of
from tagwerk.barcamp.rules import kept_rooms
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.headers import public
from tagwerk.programme.rules import FREEZE


@require_safe
@page
def how_planned(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Say how a topic comes into the programme, when and where, and what is promised to whom."""
    barcamp = Barcamp.objects.filter(event=event).first()
    if barcamp is None:
        raise no_barcamp()
    context = {
        "barcamp": barcamp,
        "prices": prices_of(barcamp.prices),
        "kept": kept_rooms(barcamp.publish_mode, barcamp.reserve_rooms),
        "freeze": int(FREEZE.total_seconds() // 60),
    }
    return public(render(request, "barcamp/how_planned.html", context))
