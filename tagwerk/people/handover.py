"""Going on elsewhere: five characters let another phone act as the same device."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.codes import ALPHABET
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.people import minting, tokens
from tagwerk.people.actions import check_tries
from tagwerk.people.changes import DevicesJoined, DeviceVerified
from tagwerk.people.models import DeviceKey, DeviceToken, Realm, ReturnCode

LENGTH = 5
VALID = timedelta(minutes=10)


def normal_return_code(typed: str) -> str:
    """Give a typed code in the form in which it was drawn; what cannot be one becomes empty."""
    code = "".join(character for character in typed[:20].upper() if character.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


@action
def draw(device: DeviceToken) -> str:
    """Draw a code with which another phone goes on as this device; it holds for ten minutes and once.

    A new code ends the one before it. Only its hash is stored, with a key of the house: it is too short for
    a plain one.
    """
    hold(device.realm_id)
    ReturnCode.objects.filter(device=device).delete()
    code = "".join(secrets.choice(ALPHABET) for _number in range(LENGTH))
    ReturnCode.objects.create(device=device, digest=_digest(device.realm_id, code), drawn_at=timezone.now())
    return code


@action
def redeem(realm: Realm, origin: str, code: str, other: DeviceToken | None) -> tuple[DeviceToken, str]:
    """Let a phone go on as the device that drew a code; gives the device and the phone's own secret.

    `other` is the device that the phone was until now: what it did is joined with the rest. Raises `Invalid`
    for a code that nobody drew (or too long ago), `TooMany` after thirty of them.
    """
    hold(realm.pk)
    check_tries(realm, origin)
    drawn = ReturnCode.objects.filter(
        digest=_digest(realm.pk, code), drawn_at__gt=timezone.now() - VALID, device__realm=realm
    )
    found = drawn.filter(device__revoked_at__isnull=True).select_related("device__realm").first() if code else None
    if found is None:
        sentence = _(
            "Dieser Code stimmt nicht oder ist älter als zehn Minuten. Bitte lassen Sie sich einen neuen zeigen."
        )
        raise Invalid("wrong-return-code", sentence, errors={"code": sentence})
    device = found.device
    found.delete()
    if other is not None and other.pk != device.pk:
        _join(device, other)
    secret = tokens.new_secret(tokens.DEVICE)
    DeviceKey.objects.create(device=device, digest=tokens.digest(secret))
    return device, secret


@action
def forget_phone(device: DeviceToken, secret: str) -> bool:
    """Shut one phone of several out; gives False, and does nothing, when it is the device's only one.

    What the device did stays: its other phones can still take it back.
    """
    hold(device.realm_id)
    digest = tokens.digest(secret)
    keys = DeviceKey.objects.filter(device=device)
    if keys.filter(digest=digest).delete()[0]:
        return True
    heir = keys.order_by("pk").first()
    if heir is None:
        return False
    DeviceToken.objects.filter(pk=device.pk, digest=digest).update(digest=heir.digest)
    heir.delete()
    return True


def phones(device: DeviceToken) -> int:
    """Count the phones that act as a device."""
    return 1 + DeviceKey.objects.filter(device=device).count()


@action
def forget_old_codes() -> int:
    """Delete the codes whose time is over; gives their number."""
    return ReturnCode.objects.filter(drawn_at__lt=timezone.now() - VALID).delete()[0]


def _join(device: DeviceToken, other: DeviceToken) -> None:
    """Make two devices of one person one; whoever holds a secret of the second goes on with the first."""
    actor = f"device:{device.pk}"
    other.refresh_from_db()
    if other.is_verified and not device.is_verified:
        device.is_verified, device.with_hall_code = True, other.with_hall_code
        device.save(update_fields=["is_verified", "with_hall_code"])
        tell(device.realm_id, DeviceVerified(device=device.pk), actor=actor)
    tell(device.realm_id, DevicesJoined(device=device.pk, other=other.pk), actor=actor)
    DeviceKey.objects.filter(device=other).update(device=device)
    ReturnCode.objects.filter(device=other).delete()
    DeviceToken.objects.filter(pk=other.pk).update(revoked_at=timezone.now())
    DeviceKey.objects.create(device=device, digest=other.digest)
    minting.note(device.realm_id)


def _digest(realm: int, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"return {realm} {code}".encode(), hashlib.sha256).hexdigest()
