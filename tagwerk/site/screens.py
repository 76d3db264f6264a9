"""Screens of the house: paired by the crew, they show the hall code."""

from urllib.parse import urlsplit

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import desk_page, page
from tagwerk.kit.network import address_mark, address_of
from tagwerk.kit.refusals import Refusal
from tagwerk.people import hall, minting
from tagwerk.people.actors import Actor, over_https
from tagwerk.people.models import Screen
from tagwerk.people.rules import RoleKind
from tagwerk.site.finding import number_or_none
from tagwerk.site.news import current_notices
from tagwerk.site.undo import offer
from tagwerk.site.walls import remote_control

COOKIE, SECURE_COOKIE = "tw-screen-", "__Host-tw-screen-"
KEPT = 60 * 60 * 24 * 7

crew = desk_page(RoleKind.HELPER)


@require_POST
@page
def ask(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Let this screen ask to be paired."""
    secure = over_https(request)
    name = _cookie_name(event, secure=secure)
    origin = address_mark(address_of(request))
    _screen, secret = hall.ask_pairing(event.realm, origin, request.COOKIES.get(name, ""))
    response = redirect(_wall(request, event))
    response.set_cookie(name, secret, max_age=KEPT, secure=secure, httponly=True, samesite="Lax")
    return response


@require_safe
@page
def code(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Tell a screen what it may show: the pairing code while it waits, then the hall code; nothing to others."""
    secret = request.COOKIES.get(_cookie_name(event, secure=over_https(request)), "")
    screen = hall.screen_of(event.realm, secret)
    if screen is None:
        return JsonResponse({"state": "none"})
    if screen.paired_at is None:
        return JsonResponse({"state": "waiting", "pairing_code": screen.pairing_code})
    return JsonResponse({"state": "paired", "hall_code": event.realm.hall_code})


@require_http_methods(["GET", "HEAD", "POST"])
@crew
def screens(request: HttpRequest, event: Event, actor: Actor) -> HttpResponseBase:
    """Show the hall code, the walls and their remote control; a POST does what its button says."""
    request.is_desk = True  # type: ignore[attr-defined]
    refusal = None
    if request.method == "POST":
        try:
            _do(request, event, actor)
        except Refusal as found:
            refusal = found
        else:
            return redirect("site:desk_screens", event.slug)
    context = {
        "realm": event.realm,
        "screens": Screen.objects.live().filter(realm=event.realm, paired_at__isnull=False).order_by("paired_at"),
        "figures": minting.figures(event.realm),
        "rooms": event.rooms.all(),
        "announcements": current_notices(event),
        "undo": offer(event, actor, request.GET.get("undo", "")),
        "refusal": refusal,
        "may_relax": actor.may(RoleKind.MODERATOR),
        **remote_control(event),
    }
    return render(request, "site/desk_screens.html", context, status=refusal.status if refusal else 200)


def _do(request: HttpRequest, event: Event, actor: Actor) -> None:
    do = request.POST.get("do", "")
    if do == "pair":
        digits = "".join(character for character in request.POST.get("code", "")[:20] if character.isdigit())
        hall.pair_screen(event.realm, digits, request.POST.get("label", ""))
    elif do == "revoke":
        hall.revoke_screen(event.realm, number_or_none(request.POST.get("screen", "")) or 0)
    elif do == "change":
        hall.change_hall_code(event.realm)
    elif do in ("require", "relax"):
        actor.needs(RoleKind.MODERATOR)  # who need not show the code decides who counts
        hall.require_hall_code(event.realm, needed=do == "require")


def _wall(request: HttpRequest, event: Event) -> str:
    """Give the wall page on which the button was pressed."""
    path = urlsplit(request.headers.get("Referer", "")).path
    hall_screen = reverse("site:board", args=[event.slug])
    return path if path.startswith(hall_screen) and url_has_allowed_host_and_scheme(path, None) else hall_screen


def _cookie_name(event: Event, *, secure: bool) -> str:
    return f"{SECURE_COOKIE if secure else COOKIE}{event.slug}"
