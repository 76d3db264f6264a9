"""What the crew takes back comes back whole: state, sessions and interest, or everybody sees what is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Policy, PublishMode, RoundPhase, State
from tagwerk.barcamp.state import topic_state
from tagwerk.events.models import Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.programme.actions import schedule
from tagwerk.programme.models import Session
from tagwerk.site.undo_topics import UNDOABLE
from tests.town import Town, back_by, fresh, planned, someone_proposes, with_barcamp

MARA = "person:1"


@pytest.fixture
def hall(town: Town) -> Town:
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)


def announced(hall: Town) -> Topic:
    """Announce a topic that nobody showed interest in: places were free for all that was pitched."""
    topic = someone_proposes(hall)
    actions.begin_pitching(hall.event, actor=MARA)
    actions.enter_round_phase(hall.event, RoundPhase.PLANNING, actor=MARA)
    actions.publish(hall.event, actor=MARA)
    assert fresh(topic).state == State.PLANNED
    return fresh(topic)


def undo(town: Town, kind: str) -> None:
    change = town.told(kind)[-1]
    UNDOABLE[kind].take_back(town.event, change, MARA)


def begin(session: Session) -> None:
    past = timezone.now() - timedelta(minutes=10)
    Slot.objects.filter(pk=session.placement.slot_id).update(start=past, end=past + timedelta(minutes=45))


def test_a_planned_topic_put_aside_by_mistake_is_planned_again(hall: Town) -> None:
    topic = announced(hall)
    actions.park(hall.event, topic.code, actor=MARA)
    undo(hall, "topic.closed")
    session = fresh(topic).session
    assert fresh(topic).state == State.PLANNED
    assert session is not None
    assert not session.is_cancelled


def test_whose_place_is_taken_meanwhile_waits_and_everybody_sees_why(hall: Town) -> None:
    topic = announced(hall)
    assert topic.session
    place = topic.session.placement
    told = actions.decline(hall.event, topic.code, "Doppelt", actor=MARA)
    schedule(hall.event, place.slot, place.room, title="Andere")
    before = hall.told("topic.closed")[-1].before
    actions.take_decision_back(hall.event, told.code, before, actor=MARA)
    assert fresh(topic).state == State.QUALIFIED
    assert fresh(topic).reasons[0]["kind"] == "place_lost"
    assert hall.told("topic.unplaced")[-1].code == topic.code


def test_while_topics_are_gathered_a_lost_place_becomes_a_likely_one(hall: Town) -> None:
    topic = announced(hall)
    actions.begin_round(hall.event, actor=MARA)
    assert topic.session
    place = topic.session.placement
    actions.park(hall.event, topic.code, actor=MARA)
    schedule(hall.event, place.slot, place.room, title="Andere")
    before = hall.told("topic.closed")[-1].before
    actions.take_decision_back(hall.event, topic.code, before, actor=MARA)
    assert fresh(topic).likely_slot is not None


@pytest.mark.parametrize("people", [0, 3])
def test_what_waited_waits_again_as_before(hall: Town, people: int) -> None:
    topic = back_by(hall, someone_proposes(hall), people)
    actions.park(hall.event, topic.code, actor=MARA)
    undo(hall, "topic.closed")
    assert fresh(topic).state == topic.state
    assert (fresh(topic).likely_slot is None) == (people == 0)
    with pytest.raises(Refusal, match="not-aside"):
        actions.take_decision_back(hall.event, topic.code, {"state": "open"}, actor=MARA)


def test_what_the_crew_had_let_in_comes_back_let_in(hall: Town) -> None:
    topic = someone_proposes(hall)
    actions.admit(hall.event, topic.code, actor=MARA)
    actions.park(hall.event, topic.code, actor=MARA)
    actions.reopen(hall.event, topic.code, actor=MARA)
    assert fresh(topic).state == State.QUALIFIED


def test_parting_two_topics_says_when_the_place_is_gone(town: Town) -> None:
    with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    into, other = someone_proposes(town), someone_proposes(town, "Bäume", by="Bela")
    back_by(town, other, 3)
    actions.publish(town.event, actor=MARA)
    actions.begin_round(town.event, actor=MARA)
    session = Session.objects.get(topic=other)
    actions.merge(town.event, into.code, other.code, actor=MARA)
    schedule(town.event, session.placement.slot, session.placement.room, title="Andere")
    actions.split(town.event, other.code, actor=MARA)
    assert fresh(other).reasons[0]["kind"] == "place_lost"
    said = topic_state(fresh(other))["reasons"]
    assert said.startswith("Der Platz von vorher ist inzwischen vergeben")


def test_interest_taken_back_after_merging_stays_taken_back(town: Town) -> None:
    with_barcamp(town, threshold=50)
    names = ("Aylin", "Bela", "Cem")
    one, two, three = (someone_proposes(town, name, by=name) for name in names)
    for topic in (two, three):
        actions.back(town.event, topic.code, town.device("Dana"))
    actions.back(town.event, two.code, town.device("Emil"))
    actions.merge(town.event, two.code, three.code, actor=MARA)
    actions.merge(town.event, one.code, two.code, actor=MARA)
    for name in ("Dana", "Aylin"):
        actions.back(town.event, one.code, town.device(name))
        actions.take_back(town.event, one.code, town.device(name))
    actions.split(town.event, two.code, actor=MARA)
    actions.split(town.event, three.code, actor=MARA)
    assert [(fresh(t).interest, fresh(t).counted) for t in (one, two, three)] == [(0, 0), (1, 1), (0, 0)]
    assert [t.interests.count() for t in (one, two, three)] == [0, 1, 0]


def test_a_call_from_the_hall_taken_back_leaves_no_session(town: Town) -> None:
    town = with_barcamp(town, policy=Policy.EVERY)
    actions.begin_pitching(town.event, actor=MARA)
    topic = actions.call_out(town.event, "Zuruf", actor=MARA)
    assert fresh(topic).state == State.PLANNED
    actions.undo_step(town.event, town.event.rounds.get().step, actor=MARA)
    assert fresh(topic).state == State.WITHDRAWN
    assert Session.objects.get(topic=topic).is_cancelled


@pytest.mark.parametrize("verb", ["withdraw", "park", "decline"])
def test_a_session_that_has_begun_is_held_whatever_becomes_of_its_topic(town: Town, verb: str) -> None:
    session = planned(town)
    begin(session)
    code = session.topic.code
    if verb == "withdraw":
        actions.withdraw(town.event, code, town.device("Aylin"))
    elif verb == "park":
        actions.park(town.event, code, actor=MARA)
    else:
        actions.decline(town.event, code, "Schluss", actor=MARA)
    assert not Session.objects.get(pk=session.pk).is_cancelled
    if verb == "park":
        undo(town, "topic.closed")
        assert fresh(session.topic).state == State.PLANNED


def test_topics_whose_session_has_begun_are_not_merged_nor_offered_once(town: Town) -> None:
    first, second = planned(town), planned(town, "Bäume", by="Bela")
    actions.offer_twice(town.event, first.topic.code, actor=MARA)
    repeat = fresh(first.topic).repeat
    assert repeat is not None
    begin(repeat)
    for into, other in ((first, second), (second, first)):
        with pytest.raises(Refusal, match="begun"):
            actions.merge(town.event, into.topic.code, other.topic.code, actor=MARA)
    with pytest.raises(Refusal, match="begun"):
        actions.offer_twice(town.event, first.topic.code, twice=False, actor=MARA)
    assert not Session.objects.get(pk=repeat.pk).is_cancelled


@pytest.mark.parametrize("mode", [PublishMode.AT_ONCE, PublishMode.TOGETHER])
def test_merging_into_two_places_is_one_step_with_one_undo(town: Town, mode: PublishMode) -> None:
    town = with_barcamp(town, publish_mode=mode)
    into, other = back_by(town, someone_proposes(town), 3), someone_proposes(town, "Bäume", by="Bela")
    actions.merge(town.event, into.code, other.code, twice=True, actor=MARA)
    assert fresh(into).is_twice
    assert (fresh(into).repeat is not None) == (mode == PublishMode.AT_ONCE)
    told = town.told()[-1]
    assert told.kind == "topic.merged"
    undo(town, told.kind)
    assert not fresh(into).is_twice
    assert fresh(into).repeat is None
    assert fresh(other).state == State.OPEN
    told = town.told()[-1]
    assert told.kind == "topic.split"
    undo(town, told.kind)
    assert fresh(into).is_twice
    assert fresh(other).state == State.MERGED
