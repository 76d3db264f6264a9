"""Forms of hosts that work without JavaScript: being there or not, and taking a session over."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tagwerk.barcamp import actions
from tagwerk.barcamp.forms import checked_name
from tagwerk.barcamp.rules import Sign
from tagwerk.barcamp.views import mine_url, participant
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.codes import normal
from tagwerk.kit.refusals import Invalid
from tagwerk.people.taking_part import ask, needed


@require_POST
@page
def sign(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Note what a host says of their session."""
    device = needed(request, event.realm)
    session = actions.sign(event, normal(code), device, as_sign(request.POST.get("sign", "")))
    return redirect(f"{mine_url(event)}#hosting-{session.code}")


@require_POST
@page
def insight(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Let a host say what their session brought."""
    device = needed(request, event.realm)
    session = actions.sum_up_own(event, normal(code), device, request.POST.get("insight", ""))
    return redirect(f"{mine_url(event)}#hosting-{session.code}")


@require_POST
@page
def take_over(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Become the host of a session that nobody holds."""
    someone = participant(request, event)
    if someone is None:
        return ask(request)
    name = checked_name(request.POST.get("host_name", ""))
    session = actions.take_over(event, normal(code), name, someone.device)
    return someone.remember(request, redirect("programme:session", event.slug, session.code))


def as_sign(text: str) -> Sign:
    """Read a sign; raises `Invalid` for anything else."""
    try:
        return Sign(text)
    except ValueError as fault:
        sentence = _("Bitte sagen Sie, ob Sie da sind oder nicht kommen können.")
        raise Invalid("no-such-sign", sentence, errors={"sign": sentence}) from fault
