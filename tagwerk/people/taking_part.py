"""Lets a visitor's device act: recognises it, or mints it at its first action, never at a page view."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tagwerk.kit.fields import readable
from tagwerk.kit.network import address_mark, address_of
from tagwerk.kit.refusals import Refusal
from tagwerk.people import actions, handover
from tagwerk.people.actors import by_cookies, cookie_name, over_https
from tagwerk.people.models import DeviceToken, Realm

LONGEST_CODE = 20
ASKED = "join"  # the name of the button on the page that asks a browser without JavaScript
KEPT = 60 * 60 * 24 * 120  # days of the event, its preparation and its follow-up


@dataclass(frozen=True)
class Participant:
    """A device that may act; `secret` is set when it was minted in this request."""

    device: DeviceToken
    secret: str = ""

    def remember(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Hand a fresh secret to the browser."""
        if self.secret:
            secure = over_https(request)
            response.set_cookie(
                cookie_name(self.device.realm.slug, secure=secure),
                self.secret,
                max_age=KEPT,
                secure=secure,
                httponly=True,
                samesite="Lax",
            )
        return response


def known(request: HttpRequest, realm: Realm) -> DeviceToken | None:
    """Give the device of a request, None when it has none yet."""
    return by_cookies(request, realm).device


def needed(request: HttpRequest, realm: Realm) -> DeviceToken:
    """Give the device of a request; raises `Unauthenticated` when it has none."""
    return by_cookies(request, realm).as_device()


def recognised_or_minted(request: HttpRequest, realm: Realm, hall_code: str = "") -> Participant:
    """Give the device of a request, minting it when this is its first action."""
    device = known(request, realm)
    if device is not None:
        return Participant(device)
    return Participant(*mint(request, realm, hall_code))


def willing(request: HttpRequest, realm: Realm) -> Participant | None:
    """Give the device that acts; None when the browser has to be asked first.

    A page with our script sent its device along; without one only the button of the asking page mints.
    """
    device = known(request, realm)
    if device is not None:
        return Participant(device)
    return recognised_or_minted(request, realm) if ASKED in request.POST else None


def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask whether the browser wants to take part, keeping what was typed."""
    names = [name for name in request.POST if name != ASKED]
    kept = [(name, value) for name in names for value in request.POST.getlist(name)]
    return render(request, "kit/mitmachen.html", {"kept": kept, "action": request.path})


def go_on(request: HttpRequest, realm: Realm, code: str) -> Participant:
    """Let a browser go on as the device that drew a code; a wrong one is remembered and refused."""
    origin = address_mark(address_of(request), "return code")  # wrong hall codes from the same house are others'
    try:
        return Participant(*handover.redeem(realm, origin, code, known(request, realm)))
    except Refusal as refusal:
        if refusal.kind == "wrong-return-code":
            actions.note_wrong_try(realm, origin)
        raise


def secret_of(request: HttpRequest, realm: Realm) -> str:
    """Give the secret that a browser showed; an empty text when it has none."""
    return request.COOKIES.get(cookie_name(realm.slug, secure=over_https(request)), "")


def mint(request: HttpRequest, realm: Realm, hall_code: str = "") -> tuple[DeviceToken, str]:
    """Mint a device for a request; a wrong hall code is remembered and refused."""
    origin = address_mark(address_of(request))
    hall_code = readable(hall_code, "hall_code")[:LONGEST_CODE]
    try:
        return actions.mint_device(realm, origin, hall_code)
    except Refusal as refusal:
        if refusal.kind == "wrong-hall-code":
            actions.note_wrong_try(realm, origin)
        raise
