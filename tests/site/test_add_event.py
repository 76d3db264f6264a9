"""`add_event`: an event as a draft, whose plan is announced together and whose lunch stays where it is."""

import pytest
from django.core.management import CommandError, call_command

from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.rules import PublishMode
from tagwerk.events.models import Event, Slot
from tagwerk.events.rules import Phase

pytestmark = pytest.mark.django_db
USUAL = ("fest", "--name", "Barcamp", "--date", "2027-03-12", "--rooms", "Saal 120, Tisch 1 8")


def test_the_plan_is_announced_together_unless_said_otherwise() -> None:
    call_command("add_event", *USUAL)
    assert Event.objects.at("fest").get().phase == Phase.DRAFT
    assert Barcamp.objects.get(event__realm__slug="fest").publish_mode == PublishMode.TOGETHER
    call_command("add_event", "anders", *USUAL[1:], "--publish", PublishMode.AT_ONCE.value)
    assert Barcamp.objects.get(event__realm__slug="anders").publish_mode == PublishMode.AT_ONCE


def test_lunch_is_a_break_that_no_delay_moves_and_sessions_begin_after_it() -> None:
    call_command("add_event", *USUAL, "--begin", "10:00", "--rounds", "4", "--lunch", "12:30")
    slots = Slot.objects.filter(day__event__realm__slug="fest").order_by("start")
    assert [str(slot).split("–")[0] for slot in slots] == ["10:00", "11:00", "12:30", "13:30", "14:30"]
    assert [slot.is_open for slot in slots] == [True, True, False, True, True]
    assert [slot.is_anchored for slot in slots] == [False, False, True, False, False]


@pytest.mark.parametrize("rooms", ["Saal", "120", "Saal 0"])
def test_a_room_needs_a_name_and_seats(rooms: str) -> None:
    with pytest.raises(CommandError):
        call_command("add_event", *USUAL[:-1], rooms)
    assert not Event.objects.at("fest").exists()
