"""What happens to names once their time is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp.privacy import NAMES_KEPT, forget_names
from tagwerk.live.models import Change, Stream
from tagwerk.people.models import DeviceToken
from tests.town import Town, planned

pytestmark = pytest.mark.django_db


def test_names_devices_and_told_words_go_ninety_days_after_the_event(town: Town) -> None:
    session = planned(town)
    epoch = Stream.objects.get(pk=town.event.stream).epoch
    later = timezone.now() + NAMES_KEPT + timedelta(days=2)
    assert forget_names(later) >= 1
    session.refresh_from_db()
    session.topic.refresh_from_db()
    assert session.topic.title
    assert (session.topic.host_name, session.topic.host, session.host_name, session.hosts) == ("", None, "", [])
    assert not DeviceToken.objects.filter(realm=town.event.realm).exists()
    assert not Change.objects.filter(stream=town.event.stream).exclude(words={}).exists()
    assert Stream.objects.get(pk=town.event.stream).epoch == epoch + 1
    assert forget_names(later) == 0


def test_names_stay_while_they_are_needed(town: Town) -> None:
    session = planned(town)
    assert forget_names(timezone.now() + timedelta(days=30)) == 0
    session.refresh_from_db()
    assert session.host_name
