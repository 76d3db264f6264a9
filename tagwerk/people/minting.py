"""Devices beside people: what the desk is told about new devices, and what the crew may do about them.

Minting is the busiest thing of an event's first minute. It only leaves a note in memory here; a chore of the
server looks at the notes every few seconds and tells the desk what has become of them.
"""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.people import rules
from tagwerk.people.changes import BudgetChanged, DevicesCounted, HouseCounted
from tagwerk.people.models import DeviceToken, Realm

RECENT, HOUR = timedelta(minutes=10), timedelta(hours=1)
AT_LATEST = 30.0  # seconds after which even a small difference is told
MOST_PEOPLE = 100_000

_noted: set[int] = set()
_shown: dict[int, tuple[rules.HouseFigures, float]] = {}


def note(realm: int) -> None:
    """Remember that the devices of a realm changed; costs nothing and stores nothing."""
    _noted.add(realm)


def figures(realm: Realm) -> rules.HouseFigures:
    """Count the devices of a realm, beside the people in the house."""
    now = timezone.now()
    recent = Q(minted_at__gt=now - RECENT)
    earlier = Q(minted_at__gt=now - RECENT - HOUR) & ~recent
    counted = DeviceToken.objects.live().filter(realm=realm)
    found = counted.aggregate(
        devices=Count("pk"),
        unverified=Count("pk", filter=Q(is_verified=False)),
        recent=Count("pk", filter=recent),
        earlier=Count("pk", filter=earlier),
    )
    before = found.pop("earlier") * (RECENT / HOUR)
    return rules.HouseFigures(**found, before=before, people=realm.people_in_house, budget=realm.minting_budget)


def tell_noted() -> int:
    """Tell the desks what has become of their devices since the last time; gives how many were told.

    What makes no noticeable difference stays noted, and is told half a minute later.
    """
    told = 0
    for number in tuple(_noted):
        _noted.discard(number)
        realm = Realm.objects.filter(pk=number).first()
        if realm is None:
            _shown.pop(number, None)
            continue
        shown, at = _shown.get(number, (None, 0.0))
        now = figures(realm)
        if rules.is_worth_telling(shown, now) or time.monotonic() - at > AT_LATEST:
            _shown[number] = (now, time.monotonic())
            tell_devices(number, now)
            told += 1
        else:
            _noted.add(number)
    return told


@action
def tell_devices(realm: int, now: rules.HouseFigures) -> None:
    """Tell the desk how many devices there are."""
    tell(realm, DevicesCounted(devices=now.devices, unverified=now.unverified))


@action
def count_people(realm: Realm, people: object, *, actor: str = "") -> int:
    """Note how many people the crew counted in the house (an empty text: nobody counted); gives the revision."""
    number = _whole_number(people)
    hold(realm.pk)
    return _change(realm, HouseCounted, "people_in_house", number, actor, people=number)


@action
def set_budget(realm: Realm, budget: int, *, actor: str = "") -> int:
    """Say how many devices count for planning; gives the revision."""
    hold(realm.pk)
    return _change(realm, BudgetChanged, "minting_budget", budget, actor, budget=budget)


@action
def raise_budget(realm: Realm, *, actor: str = "") -> int:
    """Let half as many devices more count for planning; gives the revision."""
    hold(realm.pk)
    realm.refresh_from_db()
    return set_budget(realm, rules.raised(realm.minting_budget), actor=actor)


@action
def put_back(realm: Realm, before: Mapping[str, int | None], *, actor: str = "") -> int:
    """Take the crew's last word about people or budget back; `before` is what the change kept."""
    if "people_in_house" in before:
        return count_people(realm, before["people_in_house"], actor=actor)
    return set_budget(realm, before["minting_budget"] or realm.minting_budget, actor=actor)


def _change(realm: Realm, kind: Any, name: str, value: int | None, actor: str, **numbers: Any) -> int:
    realm.refresh_from_db()
    before = getattr(realm, name)
    setattr(realm, name, value)
    realm.save(update_fields=[name])
    fact = kind(**numbers, touches=(name,), before={name: before}, after={name: value})
    return tell(realm.pk, fact, actor=actor)


def _whole_number(people: object) -> int | None:
    words = "".join(str("" if people is None else people).split())
    if not words:
        return None
    if not (words.isascii() and words.isdigit()) or int(words[:9]) > MOST_PEOPLE:
        sentence = _("Bitte geben Sie eine ganze Zahl an, oder nichts.")
        raise Invalid("people", sentence, errors={"people": sentence})
    return int(words)
