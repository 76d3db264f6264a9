"""The hall code and the screens that show it: who is in the house counts for planning."""

import secrets
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.people import tokens
from tagwerk.people.models import DeviceToken, Realm, Screen

ASKING = timedelta(minutes=10)
MOST_ASKING = 50


def draw_code() -> str:
    """Draw six digits, the first of them not a zero."""
    return f"{secrets.randbelow(900_000) + 100_000}"


@action
def change_hall_code(realm: Realm) -> str:
    """Draw a new hall code and give it; paired screens show it within seconds."""
    code = draw_code()
    Realm.objects.filter(pk=realm.pk).update(hall_code=code)
    return code


@action
def require_hall_code(realm: Realm, *, needed: bool) -> None:
    """Say whether new devices need the hall code to count for planning."""
    Realm.objects.filter(pk=realm.pk).update(needs_hall_code=needed)


@action
def ask_pairing(realm: Realm) -> tuple[Screen, str]:
    """Let a screen ask to be paired; gives its row with the code to show, and the secret that it keeps.

    Old questions are forgotten, so that nobody can fill the table by asking.
    """
    waiting = Screen.objects.filter(realm=realm, paired_at__isnull=True)
    waiting.filter(asked_at__lt=timezone.now() - ASKING).delete()
    if waiting.count() >= MOST_ASKING:
        waiting.order_by("asked_at")[0].delete()
    secret = tokens.new_secret(tokens.SCREEN)
    screen = Screen.objects.create(
        realm=realm, digest=tokens.digest(secret), pairing_code=draw_code(), asked_at=timezone.now()
    )
    return screen, secret


@action
def pair_screen(realm: Realm, code: str, label: str) -> Screen:
    """Let the screen that shows this code show the hall code; raises `Invalid` when none does."""
    recent = timezone.now() - ASKING
    asking = Screen.objects.live().filter(realm=realm, paired_at__isnull=True, asked_at__gt=recent)
    screen: Screen | None = asking.filter(pairing_code=code).first() if code else None
    if screen is None:
        sentence = _("Diesen Code zeigt gerade kein Bildschirm. Bitte tippen Sie dort noch einmal auf „Koppeln“.")
        raise Invalid("no-such-screen", sentence, errors={"code": sentence})
    screen.label, screen.pairing_code, screen.paired_at = readable(label, "label")[:60], "", timezone.now()
    screen.save()
    return screen


@action
def revoke_screen(realm: Realm, number: int) -> None:
    """Take the hall code off a screen."""
    Screen.objects.filter(realm=realm, pk=number).update(revoked_at=timezone.now())


def screen_of(realm: Realm, secret: str) -> Screen | None:
    """Give the screen that holds a secret, unless it was revoked."""
    found = Screen.objects.live().filter(realm=realm, digest=tokens.digest(secret))
    screen: Screen | None = found.first() if secret else None
    return screen


def device_figures(realm: Realm) -> dict[str, int]:
    """Count the devices of a realm: all, those that do not count, and those of the last ten minutes."""
    recent = Q(minted_at__gt=timezone.now() - ASKING)
    found = DeviceToken.objects.live().filter(realm=realm)
    return found.aggregate(
        devices=Count("pk"), unverified=Count("pk", filter=Q(is_verified=False)), recent=Count("pk", filter=recent)
    )
