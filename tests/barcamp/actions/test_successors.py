"""A place became free: the best waiting topics are offered, one tap plans one, and it can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Policy, State
from tagwerk.events.models import Room, Slot
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.programme.actions import cancel, schedule
from tagwerk.programme.models import Session
from tests.town import Town, back_by, fresh, planned, someone_proposes, with_barcamp


@pytest.fixture
def waiting(town: Town) -> tuple[Topic, Topic]:
    """Two topics that wait, the second with more interest; the crew alone lets topics in."""
    with_barcamp(town, policy=Policy.CREW)
    first, second = someone_proposes(town, "Radwege", "Aylin"), someone_proposes(town, "Bäume", "Bela")
    return back_by(town, first, 1), back_by(town, second, 2)


def offered(town: Town, slot: Slot, *rooms: Room) -> list[str]:
    return [topic.title for topic, _room in actions.successors(town.event, slot, rooms or town.rooms)]


def test_the_most_wanted_comes_first_and_is_planned_with_one_tap(town: Town, waiting: tuple[Topic, Topic]) -> None:
    slot, room = town.slots[0], town.rooms[1]
    assert offered(town, slot, room) == ["Bäume", "Radwege"]
    revision = actions.fetch_successor(town.event, waiting[1].code, slot, room, actor="person:1")
    topic = fresh(waiting[1])
    assert topic.state == State.PLANNED
    assert topic.session is not None
    assert (topic.session.placement.slot_id, topic.session.placement.room_id) == (slot.pk, room.pk)
    assert town.told("topic.planned")[-1].revision == revision
    assert offered(town, slot, room) == [], "the place is taken"
    assert offered(town, slot) == ["Radwege"]


def test_who_is_busy_then_is_not_offered(town: Town, waiting: tuple[Topic, Topic]) -> None:
    schedule(town.event, town.slots[0], town.rooms[0], title="Keynote", hosts=[f"device:{town.device('Bela').pk}"])
    assert offered(town, town.slots[0]) == ["Radwege"]
    with pytest.raises(Refusal, match="does-not-suit"):
        actions.fetch_successor(town.event, waiting[1].code, town.slots[0], town.rooms[1], actor="")


def test_a_successor_goes_back_to_waiting(town: Town, waiting: tuple[Topic, Topic]) -> None:
    actions.fetch_successor(town.event, waiting[0].code, town.slots[0], town.rooms[0], actor="person:1")
    before = town.told("topic.planned")[-1].before
    actions.send_back(town.event, waiting[0].code, before, actor="person:1")
    topic = fresh(waiting[0])
    assert (topic.state, topic.session) == (State.OPEN, None)
    assert not Session.objects.filter(title="Radwege").exists()
    assert town.told()[-1].kind == "topic.unplanned"
    with pytest.raises(Refusal, match="nothing-to-undo"):
        actions.send_back(town.event, waiting[0].code, before, actor="person:1")


def test_what_fell_out_before_falls_out_again(town: Town) -> None:
    session = planned(town)
    cancel(session)
    Topic.objects.filter(pk=session.topic.pk).update(state=State.OPEN)
    code = session.topic.code
    actions.fetch_successor(town.event, code, town.slots[1], town.rooms[1], actor="person:1")
    assert not Session.objects.get(pk=session.pk).is_cancelled
    actions.send_back(town.event, code, town.told("topic.planned")[-1].before, actor="person:1")
    assert Session.objects.get(pk=session.pk).is_cancelled
    assert fresh(session.topic).state == State.OPEN


def test_only_what_waits_goes_only_where_something_can_stand(
    town: Town, neighbours: Town, waiting: tuple[Topic, Topic]
) -> None:
    code, slot, room = waiting[0].code, town.slots[0], town.rooms[0]
    for there, where in ((neighbours.slots[0], room), (slot, neighbours.rooms[0])):
        with pytest.raises(Unknown):
            actions.fetch_successor(town.event, code, there, where, actor="")
    with pytest.raises(Refusal, match="place-closed"):
        actions.fetch_successor(town.event, code, town.breaks[0], room, actor="")
    room.is_open = False
    with pytest.raises(Refusal, match="place-closed"):
        actions.fetch_successor(town.event, code, slot, room, actor="")
    room.is_open = True
    slot.start, slot.end = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1)
    with pytest.raises(Refusal, match="place-closed"):
        actions.fetch_successor(town.event, code, slot, room, actor="")
    actions.park(town.event, code, actor="")
    with pytest.raises(Refusal, match="not-waiting"):
        actions.fetch_successor(town.event, code, town.slots[1], room, actor="")
