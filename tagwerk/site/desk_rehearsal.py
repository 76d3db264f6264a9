"""The crew begins and ends a rehearsal."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page
from tagwerk.people import minting
from tagwerk.people.actors import Actor
from tagwerk.people.rules import RoleKind
from tagwerk.site import rehearsal
from tagwerk.site.board import public_url, qr_svg
from tagwerk.site.crowds import crowds


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(RoleKind.MODERATOR)
def page(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Say what a rehearsal is and how it goes; a POST begins or ends it."""
    if request.method == "POST":
        return _do(event, request.POST.get("do", ""))
    copy = rehearsal.running(event)
    context: dict[str, Any] = {
        "copy": copy,
        "original": copy.rehearsal_of if copy else event,
        "is_over": "over" in request.GET,
    }
    if copy is not None:
        address = public_url(request, copy)
        context |= {"figures": minting.figures(copy.realm), "address": address, "qr_svg": qr_svg(address)}
    return render(request, "site/desk_rehearsal.html", context)


def _do(event: Event, do: str) -> HttpResponseBase:
    copy = rehearsal.running(event)
    if do == "begin":
        rehearsal.begin(event)
        crowds.tend()
    elif do == "end" and copy is not None:
        original = copy.rehearsal_of
        rehearsal.end(copy)
        crowds.tend()
        event = original or event
        return redirect(f"{reverse('site:desk_rehearsal', args=[event.slug])}?over=1")
    return redirect("site:desk_rehearsal", event.slug)
