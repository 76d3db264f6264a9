"""The secret address under which a calendar fetches what a device comes to: made from a key, never stored."""

import base64

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from tagwerk.kit.writer import action
from tagwerk.people.models import DeviceToken, Realm

BYTES = 20  # 160 bits: nobody guesses it
DIGITS = 18


def feed_secret(device: DeviceToken) -> str:
    """Give the secret part of the address, 32 letters and digits behind the device's number."""
    digest = salted_hmac("tagwerk.people.feeds", f"{device.pk}:{device.feed_version}", algorithm="sha256").digest()
    return f"{device.pk}-{base64.b32encode(digest[:BYTES]).decode().lower()}"


def device_by_feed(realm: Realm, secret: str) -> DeviceToken | None:
    """Give the device whose calendar has this secret; None where it is wrong, renewed or forgotten."""
    number = secret.partition("-")[0]
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        return None
    device = DeviceToken.objects.live().filter(realm=realm, pk=number).first()
    return device if device and constant_time_compare(feed_secret(device), secret) else None


@action
def renew_feed(device: DeviceToken) -> None:
    """Make the address anew: calendars that know the old one hear nothing more."""
    DeviceToken.objects.filter(pk=device.pk).update(feed_version=F("feed_version") + 1)
    device.refresh_from_db(fields=["feed_version"])
