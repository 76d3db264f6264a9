"""A visitor says how they take part, and goes on with another phone."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.events.rules import Mode
from tagwerk.kit.addresses import public_base
from tagwerk.kit.refusals import Refusal
from tagwerk.people import actions
from tagwerk.people.handover import draw, normal_return_code
from tagwerk.people.taking_part import ask, go_on, known, willing
from tagwerk.site.board import qr_svg


def is_hybrid(event: Event) -> bool:
    """Tell whether people may take part in the house and from elsewhere, so that it is worth asking."""
    return event.days.exclude(mode=Mode.ON_SITE).exists()


@require_POST
@page
def presence(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Note how this device's person takes part."""
    someone = willing(request, event.realm)
    if someone is None:
        return ask(request)
    actions.say_presence(someone.device, request.POST.get("presence", ""))
    return someone.remember(request, redirect("site:mine", event.slug))


@require_http_methods(["GET", "HEAD", "POST"])
@page
def code(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Ask for the code that the other phone shows, and go on here as the same device."""
    has_device = known(request, event.realm) is not None
    if request.method != "POST":
        return render(request, "site/mine_code.html", {"has_device": has_device})
    typed = request.POST.get("code", "")
    try:
        someone = go_on(request, event.realm, normal_return_code(typed))
    except Refusal as refusal:
        if refusal.kind not in ("wrong-return-code", "too-many-tries"):
            raise
        context = {"refusal": refusal, "code": typed[:20], "has_device": has_device}
        return render(request, "site/mine_code.html", context, status=refusal.status)
    return someone.remember(request, redirect(f"{reverse('site:mine', args=[event.slug])}?here=1"))


@require_POST
@page
def show_code(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Draw a code for another phone and show it, typed and as a QR code."""
    device = known(request, event.realm)
    if device is None:
        return redirect("site:mine", event.slug)
    drawn = draw(device)
    entry = reverse("site:mine_code", args=[event.slug])
    base = public_base(request)
    # After the hash a code reaches neither a log nor another site.
    context = {"code": drawn, "entry": f"{base.partition('://')[2]}{entry}", "qr_svg": qr_svg(f"{base}{entry}#{drawn}")}
    return render(request, "site/mine_show_code.html", context)
