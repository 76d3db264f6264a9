"""Rooms kept for late topics stay kept: what was left over and what is offered twice goes elsewhere."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import PublishMode, RoundPhase, State
from tagwerk.events.models import Room
from tagwerk.kit.refusals import Refusal
from tagwerk.programme.actions import cancel
from tagwerk.programme.models import Placement, Session
from tests.town import Town, back_by, fresh, mint, someone_proposes, with_barcamp

MARA = "person:1"


@pytest.fixture
def hall(town: Town) -> Town:
    """A town that announces together and keeps one room of each afternoon slot."""
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=1)


def crowded(town: Town, number: int = 11) -> list[Topic]:
    """Announce a plan with more wanted topics than places; every one was pitched."""
    names = [f"Gast {position}" for position in range(number)]
    town.phones.update({name: mint(town.event, name) for name in names})
    topics = [someone_proposes(town, f"Thema {name}", name) for name in names]
    actions.begin_round(town.event, actor=MARA)
    actions.enter_round_phase(town.event, RoundPhase.PITCHING, actor=MARA)
    for topic in topics:
        actions.call_number(town.event, topic.number, actor=MARA)
    for topic in topics:
        back_by(town, topic, 3)
    actions.enter_round_phase(town.event, RoundPhase.PLANNING, actor=MARA)
    actions.publish(town.event, actor=MARA)
    return [fresh(topic) for topic in topics]


def kept(town: Town) -> Room:
    return min(town.rooms, key=lambda room: room.capacity)


def in_kept_room(town: Town) -> list[str]:
    afternoon = Placement.objects.filter(room=kept(town), slot=town.slots[-1], is_active=True)
    return list(afternoon.values_list("session__title", flat=True))


def test_a_late_topic_gets_the_kept_room_and_who_was_left_over_does_not(hall: Town) -> None:
    left = [topic for topic in crowded(hall) if topic.state == State.QUALIFIED]
    assert len(left) == 3
    assert in_kept_room(hall) == []
    late = back_by(hall, someone_proposes(hall, "Spät", by="Aylin"), 3)
    assert late.state == State.PLANNED
    assert in_kept_room(hall) == ["Spät"]
    assert all(fresh(topic).state == State.QUALIFIED for topic in left)


def test_planning_what_waits_leaves_the_kept_room_free_and_fills_others(hall: Town) -> None:
    topics = crowded(hall)
    actions.plan(hall.event, actor=MARA)
    assert in_kept_room(hall) == []
    morning = next(t for t in topics if t.session and t.session.placement.slot_id != hall.slots[-1].pk)
    assert morning.session
    cancel(morning.session)
    assert len(actions.plan(hall.event, actor=MARA).placed) == 1
    assert in_kept_room(hall) == []


def test_who_was_pitched_and_left_over_is_not_late_but_whom_the_crew_lets_in_may_have_the_room(hall: Town) -> None:
    with_barcamp(hall, threshold=3)
    topics = crowded(hall)
    left = next(topic for topic in topics if topic.state == State.QUALIFIED)
    Topic.objects.filter(pk=left.pk).update(state=State.OPEN, counted=2)
    back_by(hall, left, 4)
    assert fresh(left).state == State.QUALIFIED
    assert hall.told("topic.unplaced")
    actions.admit(hall.event, left.code, actor=MARA)
    assert in_kept_room(hall) == [left.title]


def test_the_second_place_of_a_topic_leaves_the_kept_room_free(hall: Town) -> None:
    afternoon = someone_proposes(hall, "Zweimal", by="Aylin", when="afternoon")
    for room in hall.rooms:
        if room != kept(hall):
            Room.objects.filter(pk=room.pk).update(is_open=room == hall.rooms[0])
    back_by(hall, afternoon, 3)
    morning = back_by(hall, someone_proposes(hall, "Auch zweimal", by="Bela"), 3)
    actions.offer_twice(hall.event, morning.code, actor=MARA)
    actions.publish(hall.event, actor=MARA)
    assert in_kept_room(hall) == []
    assert fresh(morning).repeat is not None


def test_where_every_topic_is_told_at_once_nothing_is_kept(town: Town) -> None:
    names = ("Aylin", "Bela", "Cem")
    topics = [back_by(town, someone_proposes(town, "Spät", by=name, when="afternoon"), 3) for name in names]
    assert [topic.state for topic in topics] == [State.PLANNED] * 3
    assert len(in_kept_room(town)) == 1


def test_a_second_place_waits_for_the_announcement_of_its_round(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    actions.begin_round(hall.event, actor=MARA)
    actions.publish(hall.event, actor=MARA)
    actions.begin_round(hall.event, actor=MARA)
    actions.offer_twice(hall.event, topic.code, actor=MARA)
    assert fresh(topic).repeat is None
    actions.publish(hall.event, actor=MARA)
    session = fresh(topic).repeat
    assert session is not None
    told = hall.told("plan.published")[-1]
    assert (told.before["topics"], told.before["again"]) == ([], [topic.code])
    actions.unpublish(hall.event, told, actor=MARA)
    assert fresh(topic).repeat is None
    assert fresh(topic).state == State.PLANNED
    assert not Session.objects.filter(pk=session.pk).exists()


def test_a_second_place_alone_that_is_not_found_is_nothing_to_announce(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall, when="afternoon"), 3)
    actions.publish(hall.event, actor=MARA)
    actions.offer_twice(hall.event, topic.code, actor=MARA)
    with pytest.raises(Refusal, match="nothing-to-announce"):
        actions.publish(hall.event, actor=MARA)
