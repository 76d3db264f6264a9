"""Everything from now on is later: slots move, sessions keep their slots, and it can be taken back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tagwerk.events.actions import anchor_slot
from tagwerk.events.models import Room, Slot
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.programme.actions import delay, forecast, schedule, take_delay_back
from tests.town import Town, cell, planned


@pytest.fixture
def running(town: Town) -> Town:
    """The town's first slot has run for twenty minutes: 45 + 15 until 12:45, lunch, 60 minutes apart."""
    shift = timezone.now() - timedelta(minutes=20) - town.slots[0].start
    for slot in Slot.objects.filter(day__event=town.event):
        slot.start, slot.end = slot.start + shift, slot.end + shift
        slot.save()
    return town


def times(town: Town) -> list[tuple[datetime, datetime]]:
    return list(Slot.objects.filter(day__event=town.event).order_by("pk").values_list("start", "end"))


def test_sessions_keep_their_slots_while_slots_move(running: Town) -> None:
    session = planned(running)
    before, stands = times(running), cell(session)
    revision = delay(running.event, 15, actor="person:1")
    after = times(running)
    assert after[0] == (before[0][0], before[0][1] + timedelta(minutes=15))
    assert after[1] == tuple(moment + timedelta(minutes=5) for moment in before[1])
    assert after[2:] == before[2:], "the gaps have taken it up"
    assert cell(session) == stands
    told = running.told("slots.shifted")[-1]
    assert (told.revision, told.after["minutes"]) == (revision, 15)

    take_delay_back(running.event, told.before["times"], 15, revision=revision, actor="person:1")
    assert times(running) == before
    assert running.told("slots.shifted")[-1].after["minutes"] == -15


def test_two_people_do_not_shift_the_same_day_twice(running: Town) -> None:
    seen = running.revision
    delay(running.event, 5, revision=seen)
    with pytest.raises(Refusal, match="stale"):
        delay(running.event, 5, revision=seen)


def test_an_anchor_holds_is_named_and_may_be_let_go(running: Town) -> None:
    lunch = running.breaks[0]
    anchor_slot(lunch, anchored=True, actor="person:1")
    assert running.told("slot.anchored")[-1].after == {"slot": lunch.pk, "anchored": True}
    with pytest.raises(Refusal, match="anchored") as refused:
        delay(running.event, 40)
    assert refused.value.extra == {"anchor": f"slot:{lunch.pk}", "missing": 20, "most": 20}
    before = times(running)
    delay(running.event, 40, unpinned=[f"slot:{lunch.pk}"])
    assert times(running)[2] == tuple(moment + timedelta(minutes=20) for moment in before[2])
    assert Slot.objects.get(pk=lunch.pk).is_anchored, "let go this once"


def test_a_rented_room_holds_where_something_stands_in_it(running: Town) -> None:
    session = planned(running)
    slot = Slot.objects.get(pk=session.placement.slot_id)
    Room.objects.filter(placements__session=session).update(available_until=slot.end + timedelta(minutes=3))
    assert forecast(running.event, 20).held
    Room.objects.update(available_until=None)
    assert forecast(running.event, 20).held is None


def test_only_a_break_gives_way(running: Town) -> None:
    lunch = running.breaks[0]
    assert forecast(running.event, 40).changed[-1].end == Slot.objects.get(pk=lunch.pk).end
    schedule(running.event, running.breaks[0], running.rooms[0], title="Keynote", kind="keynote")
    assert forecast(running.event, 40).changed[-1].end > Slot.objects.get(pk=lunch.pk).end


@pytest.mark.parametrize("minutes", [0, -5, 121])
def test_a_delay_is_between_a_minute_and_two_hours(running: Town, minutes: int) -> None:
    with pytest.raises(Invalid):
        delay(running.event, minutes)


def test_when_the_day_is_over_nothing_is_late(town: Town) -> None:
    past = timezone.now() - timedelta(days=1)
    Slot.objects.filter(day__event=town.event).update(start=past, end=past + timedelta(minutes=45))
    with pytest.raises(Refusal, match="day-over"):
        delay(town.event, 5)
