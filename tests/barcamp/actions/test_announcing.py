"""Nothing holds up the announcement: what lost its likely place gets another one, or waits and is told so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions import publishing
from tagwerk.barcamp.lost import has_lost_places
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import PublishMode, RoundPhase, State
from tagwerk.events.actions import switch_room
from tagwerk.events.models import Slot
from tagwerk.events.rules import RoomUse
from tagwerk.programme.actions import cancel
from tagwerk.programme.models import Session
from tests.town import Town, back_by, fresh, someone_proposes, with_barcamp

MARA = "person:1"


@pytest.fixture
def hall(town: Town) -> Town:
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)


def likely(topic: Topic) -> tuple[int | None, int | None]:
    now = fresh(topic)
    return now.likely_slot_id, now.likely_room_id


def parallel(hall: Town) -> tuple[Topic, Topic]:
    """Give two topics that are likely at the same time."""
    one, two = (back_by(hall, someone_proposes(hall, f"Thema {n}", by=n), 3) for n in ("Aylin", "Bela"))
    other_room = next(room for room in hall.rooms if room.pk != one.likely_room_id)
    Topic.objects.filter(pk=two.pk).update(likely_slot=one.likely_slot, likely_room=other_room)
    return one, two


def renamed(hall: Town) -> tuple[Topic, Topic]:
    """Let somebody take the name of a host who is likely at the same time."""
    one, two = parallel(hall)
    actions.edit(hall.event, two.code, {"host_name": one.host_name}, hall.device("Bela"))
    return one, two


def test_a_host_who_takes_another_ones_name_does_not_stop_the_announcement(hall: Town) -> None:
    topics = renamed(hall)
    assert has_lost_places(hall.event)
    actions.publish(hall.event, actor=MARA)
    placements = [Session.objects.get(topic=topic).placement for topic in topics]
    assert placements[0].slot_id != placements[1].slot_id


def test_what_is_refused_in_the_last_moment_gets_another_place(hall: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    topics = renamed(hall)
    monkeypatch.setattr(publishing, "has_lost_places", lambda _event: False)
    actions.publish(hall.event, actor=MARA)
    assert [fresh(topic).state for topic in topics] == [State.PLANNED] * 2


def test_what_can_stand_nowhere_waits_and_is_told_so(hall: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = renamed(hall)
    monkeypatch.setattr(publishing, "has_lost_places", lambda _event: False)
    Slot.objects.filter(day__event=hall.event).exclude(pk=one.likely_slot_id or 0).update(is_open=False)
    actions.publish(hall.event, actor=MARA)
    assert [fresh(topic).state for topic in (one, two)] == [State.PLANNED, State.QUALIFIED]
    assert hall.told("topic.unplaced")[-1].code == two.code
    assert likely(two) == (None, None)


def test_what_is_refused_twice_waits_as_well(hall: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = renamed(hall)
    monkeypatch.setattr(publishing, "has_lost_places", lambda _event: False)
    monkeypatch.setattr(publishing, "sketch_one", lambda _topic: None)
    actions.publish(hall.event, actor=MARA)
    assert [fresh(topic).state for topic in (one, two)] == [State.PLANNED, State.QUALIFIED]
    assert likely(two) == (None, None)


@pytest.mark.parametrize("use", [RoomUse(is_open=False), RoomUse(until=timezone.now())])
def test_a_likely_place_in_a_room_that_is_closed_is_found_anew_at_once(hall: Town, use: RoomUse) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    before = likely(topic)
    switch_room(hall.event, before[1] or 0, use, actor=MARA)
    assert likely(topic)[1] not in (before[1], None)
    assert hall.told("topic.sketched")
    actions.publish(hall.event, actor=MARA)
    assert Session.objects.get(topic=topic).placement.room_id != before[1]


def test_while_the_plan_is_made_a_room_that_opens_lets_more_topics_in(hall: Town) -> None:
    switch_room(hall.event, hall.rooms[0].pk, RoomUse(is_open=False))
    topics = [someone_proposes(hall, by=name) for name in [*hall.phones, "Aylin", "Bela"]]
    actions.begin_round(hall.event, actor=MARA)
    actions.enter_round_phase(hall.event, RoundPhase.PLANNING, actor=MARA)
    assert not any(fresh(topic).state == State.QUALIFIED for topic in topics)
    switch_room(hall.event, hall.rooms[0].pk, RoomUse(), actor=MARA)
    assert all(fresh(topic).state == State.QUALIFIED for topic in topics)


def test_a_room_that_nobody_is_likely_in_moves_nothing_and_what_is_announced_stays(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    other = next(room for room in hall.rooms if room.pk != topic.likely_room_id)
    switch_room(hall.event, other.pk, RoomUse(is_open=False))
    assert not hall.told("topic.sketched")
    actions.begin_round(hall.event, actor=MARA)
    actions.publish(hall.event, actor=MARA)
    placement = Session.objects.get(topic=topic).placement
    switch_room(hall.event, placement.room_id or 0, RoomUse(is_open=False))
    assert Session.objects.get(topic=topic).placement.room_id == placement.room_id


@pytest.mark.parametrize("change", [{"is_open": False}, {"start": timezone.now() - timedelta(minutes=1)}])
def test_a_slot_that_is_closed_or_begun_is_a_lost_place(hall: Town, change: dict[str, object]) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    assert not has_lost_places(hall.event)
    Slot.objects.filter(pk=topic.likely_slot_id or 0).update(**change)
    assert has_lost_places(hall.event)


def test_a_room_that_is_gone_is_a_lost_place(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    Topic.objects.filter(pk=topic.pk).update(likely_room=None)
    assert has_lost_places(hall.event)


def test_a_session_that_was_cancelled_before_the_announcement_is_so_again_afterwards(hall: Town) -> None:
    topic = back_by(hall, someone_proposes(hall), 3)
    actions.publish(hall.event, actor=MARA)
    session = Session.objects.get(topic=topic)
    cancel(session, note="krank")
    Topic.objects.filter(pk=topic.pk).update(state=State.QUALIFIED)
    actions.sketch(hall.event)
    actions.publish(hall.event, actor=MARA)
    actions.unpublish(hall.event, hall.told("plan.published")[-1], actor=MARA)
    session.refresh_from_db()
    assert (session.is_cancelled, session.note) == (True, "krank")
    assert fresh(topic).session == session
    assert None not in likely(topic)
