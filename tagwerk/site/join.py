"""Joining with the hall code: a device that knows it counts for planning."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.headers import public
from tagwerk.kit.network import address_mark, address_of
from tagwerk.kit.refusals import Refusal
from tagwerk.people import actions
from tagwerk.people.taking_part import Participant, known, mint


@require_http_methods(["GET", "HEAD", "POST"])
@page
def join(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Ask for the hall code, and let the device count that knows it."""
    if request.method != "POST":
        return public(render(request, "site/join.html"))
    code = "".join(character for character in request.POST.get("code", "") if not character.isspace())[:20]
    try:
        someone = _with_code(request, event, code)
    except Refusal as refusal:
        if refusal.kind not in ("wrong-hall-code", "too-many-tries"):
            raise
        return render(request, "site/join.html", {"refusal": refusal, "code": code}, status=refusal.status)
    return someone.remember(request, redirect("site:home", event.slug))


def _with_code(request: HttpRequest, event: Event, code: str) -> Participant:
    device = known(request, event.realm)
    if device is None:
        return Participant(*mint(request, event.realm, code or "-"))
    origin = address_mark(address_of(request))
    try:
        actions.verify_device(device, origin, code or "-")
    except Refusal as refusal:
        if refusal.kind == "wrong-hall-code":
            actions.note_wrong_try(event.realm, origin)
        raise
    return Participant(device)
