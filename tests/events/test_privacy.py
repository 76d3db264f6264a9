"""What only the days of an event needed ends with them: devices, and who did what."""

from datetime import datetime, timedelta

import pytest

from tagwerk.events.privacy import LATE, forget_traces
from tagwerk.live.models import Change, Stream
from tagwerk.live.privacy import KEPT
from tagwerk.people.models import DeviceToken
from tests.town import Town, planned

pytestmark = pytest.mark.django_db


def _end(town: Town) -> datetime:
    return max(slot.end for slot in [*town.slots, *town.breaks])


def _told(town: Town) -> set[tuple[str, bool]]:
    return {(change.actor, bool(change.words)) for change in town.told()}


def test_devices_and_who_did_what_go_ninety_days_after_the_event(town: Town) -> None:
    planned(town)
    epoch = Stream.objects.get(pk=town.event.stream).epoch
    later = _end(town) + KEPT + timedelta(minutes=1)
    assert forget_traces(later) == 1
    assert not DeviceToken.objects.filter(realm=town.event.realm).exists()
    assert _told(town) == {("", False)}
    assert Stream.objects.get(pk=town.event.stream).epoch == epoch + 1
    assert forget_traces(later) == 0, "nothing is left to be forgotten, and open pages need not fetch anything anew"


def test_it_stays_while_it_is_needed(town: Town) -> None:
    planned(town)
    before = _told(town)
    assert forget_traces(_end(town) + KEPT - timedelta(minutes=1)) == 0
    assert _told(town) == before
    assert DeviceToken.objects.filter(realm=town.event.realm).exists()


def test_what_is_told_of_an_old_event_reaches_open_pages_first(town: Town) -> None:
    planned(town)
    later = _end(town) + KEPT + timedelta(days=5)
    last = town.told()[-1]
    Change.objects.filter(pk=last.pk).update(told_at=later - LATE / 2)
    assert forget_traces(later) == 1
    last.refresh_from_db()
    assert last.words
    assert forget_traces(later) == 0
    assert forget_traces(later + LATE) == 1
