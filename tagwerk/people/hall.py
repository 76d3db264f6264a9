"""The hall code and the screens that show it: who is in the house counts for planning."""

import secrets
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.fields import readable
from tagwerk.kit.refusals import Invalid, TooMany
from tagwerk.kit.writer import action
from tagwerk.people import tokens
from tagwerk.people.models import Realm, Screen

ASKING = timedelta(minutes=10)
MOST_ASKING = 200
MOST_OF_ONE = 20  # a large house behind one address, with every screen at once


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
def ask_pairing(realm: Realm, origin: str = "", secret: str = "") -> tuple[Screen, str]:
    """Let a screen ask to be paired; gives its row with the code to show, and the secret that it keeps.

    `secret` is what it has from asking before: then it waits once. Old questions are forgotten, and nobody fills
    the table or pushes a waiting screen out by asking: one address has so many questions at a time and then gets
    `TooMany`; if all addresses together ask too often, the oldest question of the most curious one goes.
    """
    waiting = Screen.objects.filter(realm=realm, paired_at__isnull=True)
    waiting.filter(asked_at__lt=timezone.now() - ASKING).delete()
    if secret:
        waiting.filter(digest=tokens.digest(secret)).delete()
    if waiting.filter(origin=origin).count() >= MOST_OF_ONE:
        raise TooMany("too-many-screens", _("Von hier warten schon viele Bildschirme. Bitte später noch einmal."))
    if waiting.count() >= MOST_ASKING:
        curious = waiting.values("origin").annotate(number=Count("pk")).order_by("-number", "origin")[0]
        waiting.filter(origin=curious["origin"]).order_by("asked_at")[0].delete()
    secret = tokens.new_secret(tokens.SCREEN)
    screen = Screen.objects.create(
        realm=realm,
        digest=tokens.digest(secret),
        pairing_code=_free_code(waiting),
        origin=origin,
        asked_at=timezone.now(),
    )
    return screen, secret


def _free_code(waiting: QuerySet[Screen]) -> str:
    """Draw a code that no waiting screen shows."""
    shown = set(waiting.values_list("pairing_code", flat=True))
    return next(code for code in iter(draw_code, "") if code not in shown)


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
    """Give the screen that holds a secret, unless it was revoked or waited so long that its code is void."""
    found = Screen.objects.live().filter(realm=realm, digest=tokens.digest(secret))
    known = Q(paired_at__isnull=False) | Q(asked_at__gt=timezone.now() - ASKING)
    screen: Screen | None = found.filter(known).first() if secret else None
    return screen
