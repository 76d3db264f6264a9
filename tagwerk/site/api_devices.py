"""JSON calls of a device: it is minted, says how its person takes part, and where it wants to be told."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Router

from tagwerk.events.calls import call
from tagwerk.kit.language import short
from tagwerk.kit.problems import Problem
from tagwerk.kit.receipts import Answer
from tagwerk.kit.web_push import Subscription
from tagwerk.people import actions as people
from tagwerk.people.api import DeviceIn, DeviceMe, DeviceOut, PresenceIn, PushIn, PushOut
from tagwerk.people.models import DeviceToken
from tagwerk.people.subscribing import subscribe, unsubscribe
from tagwerk.people.taking_part import mint

router = Router(tags=["events"])
REFUSALS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}


@router.post("/{slug}/devices", response={201: DeviceOut, **REFUSALS}, summary="Take part without an account")
def mint_device(request: HttpRequest, slug: str, body: DeviceIn | None = None) -> Any:
    """Mint a device; its token is given once."""
    who = call(request, slug)
    device, secret = mint(request, who.event.realm, body.hall_code if body else "")
    return 201, {"token": secret, "verified": device.is_verified}


@router.get("/{slug}/devices/me", response={200: DeviceMe, **REFUSALS}, summary="This device")
def read_device(request: HttpRequest, slug: str) -> Any:
    """Give what is known of the device that asks."""
    return _me(call(request, slug).actor.as_device())


@router.put("/{slug}/devices/me", response={200: DeviceMe, **REFUSALS}, summary="Say how you take part")
def change_device(request: HttpRequest, slug: str, body: PresenceIn) -> JsonResponse:
    """Note that this device's person is in the house, or takes part from elsewhere."""
    who = call(request, slug)
    device = who.actor.as_device()

    def perform() -> Answer:
        people.say_presence(device, body.presence)
        return Answer(200, _me(device))

    return who.write(perform)


@router.put("/{slug}/devices/me/push", response={200: dict[str, Any], **REFUSALS}, summary="Be told while asleep")
def subscribe_device(request: HttpRequest, slug: str, body: PushIn) -> JsonResponse:
    """Note where this device's browser wants a note when something changed for it."""
    who = call(request, slug)
    device = who.actor.as_device()

    def perform() -> Answer:
        subscribe(device, Subscription(body.endpoint, body.p256dh, body.auth), short())
        return Answer(200, {"push": True})

    return who.write(perform)


@router.delete("/{slug}/devices/me/push", response={200: dict[str, Any], **REFUSALS}, summary="Be told no more")
def unsubscribe_device(request: HttpRequest, slug: str, body: PushOut) -> JsonResponse:
    """Send this browser nothing more."""
    who = call(request, slug)
    device = who.actor.as_device()

    def perform() -> Answer:
        unsubscribe(device, body.endpoint)
        return Answer(200, {"push": False})

    return who.write(perform)


def _me(device: DeviceToken) -> dict[str, Any]:
    return {"presence": device.presence, "verified": device.is_verified}
