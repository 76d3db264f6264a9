"""Lets a visitor's device act: recognises it, or mints it at its first action, never at a page view."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tagwerk.kit.fields import readable
from tagwerk.kit.network import address_mark, address_of
from tagwerk.kit.refusals import Refusal
from tagwerk.people import actions
from tagwerk.people.actors import by_cookies, cookie_name, over_https
from tagwerk.people.models import DeviceToken, Realm

LONGEST_CODE = 20
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


def recognised_or_minted(request: HttpRequest, realm: Realm, hall_code: str = "") -> Participant:
    """Give the device of a request, minting it when this is its first action."""
    device = known(request, realm)
    if device is not None:
        return Participant(device)
    return Participant(*mint(request, realm, hall_code))


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
