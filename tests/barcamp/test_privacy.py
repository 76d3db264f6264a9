"""What happens to names once their time is over."""

from datetime import datetime, timedelta

import pytest

from tagwerk.barcamp.actions import count_hands
from tagwerk.barcamp.models import HandCount
from tagwerk.barcamp.privacy import NAMES_KEPT, forget_names
from tests.town import Town, planned

pytestmark = pytest.mark.django_db


def _end(town: Town) -> datetime:
    return max(slot.end for day in town.event.days.all() for slot in day.slots.all())


def test_names_go_ninety_days_after_the_event(town: Town) -> None:
    session = planned(town)
    count_hands(town.event, session.topic.code, 3, actor="person:1")
    later = _end(town) + NAMES_KEPT + timedelta(minutes=1)
    assert forget_names(later) >= 1
    session.refresh_from_db()
    session.topic.refresh_from_db()
    assert session.topic.title
    assert (session.topic.host_name, session.topic.host, session.host_name, session.hosts) == ("", None, "", [])
    assert set(HandCount.objects.values_list("actor", flat=True)) == {""}
    assert forget_names(later) == 0


def test_names_stay_while_they_are_needed(town: Town) -> None:
    session = planned(town)
    assert forget_names(_end(town) + NAMES_KEPT - timedelta(minutes=1)) == 0
    session.refresh_from_db()
    assert session.host_name
