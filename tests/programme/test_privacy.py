"""What is personal in a programme goes 90 days after its event."""

from datetime import timedelta

import pytest

from tagwerk.programme import actions
from tagwerk.programme.editions import current_edition
from tagwerk.programme.models import Edition, Speaker
from tagwerk.programme.privacy import KEPT, forget_contacts
from tests.programme.actions.test_conference import prepared
from tests.town import Town, at

pytestmark = pytest.mark.django_db


def test_how_speakers_are_reached_is_forgotten_in_time(town: Town) -> None:
    ada = actions.add_speaker(town.event, {"name": "Ada", "email": "a@a.example", "availability": "ab zehn"})
    session = prepared(town)
    actions.set_parts(session, [(ada, "speaker")])
    actions.release(town.event)
    edition = current_edition(town.event)
    over = at(15, 45) + KEPT
    assert forget_contacts(over - timedelta(minutes=1)) == 0
    assert forget_contacts(over + timedelta(minutes=1)) == 1
    ada = Speaker.objects.get()
    assert (ada.name, ada.email, ada.availability) == ("Ada", "", "")
    assert Edition.objects.get().content == {"title": town.event.name}
    assert current_edition(town.event).number == edition.number + 1
    assert forget_contacts(over + timedelta(minutes=2)) in (0, 1)
