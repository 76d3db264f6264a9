"""The crew counts the people in the house, and lets more devices count."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.people import minting
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind


@require_POST
@desk_page(RoleKind.HELPER)
def people(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Note how many people are in the house."""
    return _back(event, minting.count_people(event.realm, request.POST.get("people", ""), actor=actor.mark))


@require_POST
@desk_page(RoleKind.MODERATOR)
def budget(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Let half as many devices more count for planning."""
    return _back(event, minting.raise_budget(event.realm, actor=actor.mark))


def _back(event: Event, revision: int) -> HttpResponseBase:
    return redirect(f"{reverse('site:desk', args=[event.slug])}?undo={revision}")
