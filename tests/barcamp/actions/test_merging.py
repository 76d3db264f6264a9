"""Two topics become one and are split again; a topic is offered twice."""

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.problem import draft, frame_of, standing_in
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.barcamp.state import topic_state
from tagwerk.events.models import Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.programme.actions import move, restore, schedule
from tagwerk.programme.models import Session
from tests.town import Town, back_by, cell, fresh, planned, someone_proposes, with_barcamp

MARA = "person:1"


def pair(town: Town) -> tuple[Topic, Topic]:
    return someone_proposes(town), someone_proposes(town, "Daten öffnen", by="Bela")


def test_whoever_wants_both_counts_once_and_both_hosts_are_needed(town: Town) -> None:
    into, other = pair(town)
    for name, topic in (("Cem", into), ("Cem", other), ("Dana", other)):
        actions.back(town.event, topic.code, town.device(name))
    actions.count_hands(town.event, other.code, 1, actor=MARA)
    price = actions.price_of_merging(town.event, into, fresh(other))
    assert (price.together, price.largest, price.is_too_many) == (3, 100, False)
    merged = actions.merge(town.event, into.code, other.code, actor=MARA)
    assert actions.merge(town.event, into.code, other.code, actor=MARA).pk == merged.pk
    assert (merged.interest, merged.without_phone, merged.state) == (2, 1, State.PLANNED)
    assert merged.session is not None
    assert merged.session.host_name == "Aylin und Bela"
    assert {f"device:{town.device(name).pk}" for name in ("Aylin", "Bela")} <= set(merged.session.hosts)
    assert fresh(other).state == State.MERGED
    assert topic_state(fresh(other))["merged_into"] == into.code
    assert topic_state(fresh(into))["merged"] == [other.code]


def test_splitting_restores_everything(town: Town) -> None:
    into, other = pair(town)
    actions.back(town.event, other.code, town.device("Cem"))
    actions.count_hands(town.event, other.code, 1, actor=MARA)
    actions.merge(town.event, into.code, other.code, actor=MARA)
    back = actions.split(town.event, other.code, actor=MARA)
    assert (back.state, back.interest, back.without_phone, back.merged_into) == (State.OPEN, 1, 1, None)
    assert (fresh(into).interest, fresh(into).without_phone) == (0, 0)
    with pytest.raises(Refusal) as refusal:
        actions.split(town.event, other.code, actor=MARA)
    assert refusal.value.kind == "not-merged"


def test_a_planned_topic_that_is_merged_gives_its_place_and_gets_it_back(town: Town) -> None:
    into, other = planned(town).topic, planned(town, "Drohnen", by="Bela")
    before = cell(other)
    actions.merge(town.event, into.code, other.topic.code, actor=MARA)
    assert Session.objects.get(pk=other.pk).is_cancelled
    with pytest.raises(Refusal) as refusal:
        restore(Session.objects.get(pk=other.pk))
    assert refusal.value.kind == "topic-merged"
    assert actions.split(town.event, other.topic.code, actor=MARA).state == State.PLANNED
    assert cell(other) == before
    assert not Session.objects.get(pk=other.pk).is_cancelled


def test_where_the_place_is_taken_meanwhile_another_one_is_found(town: Town) -> None:
    into, other = planned(town).topic, planned(town, "Drohnen", by="Bela")
    place = Session.objects.get(pk=other.pk).placement
    actions.merge(town.event, into.code, other.topic.code, actor=MARA)
    schedule(town.event, place.slot, place.room, title="Schneller gewesen")
    split = actions.split(town.event, other.topic.code, actor=MARA)
    assert split.state == State.PLANNED
    assert cell(other) != (place.slot_id, place.room_id)


def test_once_the_session_has_begun_nothing_is_split(town: Town) -> None:
    into, other = planned(town), someone_proposes(town, "Drohnen", by="Bela")
    actions.merge(town.event, into.topic.code, other.code, actor=MARA)
    Slot.objects.filter(pk=into.placement.slot_id).update(start=timezone.now())
    with pytest.raises(Refusal) as refusal:
        actions.split(town.event, other.code, actor=MARA)
    assert refusal.value.kind == "begun"


def test_a_place_that_is_past_is_not_given_back(town: Town) -> None:
    into, other = someone_proposes(town), planned(town, "Drohnen", by="Bela")
    actions.merge(town.event, into.code, other.topic.code, actor=MARA)
    target = fresh(into)
    assert target.session is not None
    Slot.objects.filter(pk=other.placement.slot_id).update(start=timezone.now())
    if target.session.placement.slot_id == other.placement.slot_id:
        Session.objects.filter(pk=target.session.pk).update(state="cancelled")
        target.session.placement.is_active = False
        target.session.placement.save()
    actions.split(town.event, other.topic.code, actor=MARA)
    assert cell(other)[0] != other.placement.slot_id or Session.objects.get(pk=other.pk).is_cancelled


def test_what_was_enough_only_together_is_not_enough_alone(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    into, other = pair(town)
    for name, topic in (("Cem", into), ("Dana", other), ("Emil", other)):
        actions.back(town.event, topic.code, town.device(name))
    assert actions.merge(town.event, into.code, other.code, actor=MARA).state == State.QUALIFIED
    actions.split(town.event, other.code, actor=MARA)
    assert fresh(into).state == State.OPEN


def test_what_is_enough_alone_stays_so(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    into, other = pair(town)
    actions.merge(town.event, into.code, other.code, actor=MARA)
    back_by(town, into, 3)
    actions.split(town.event, other.code, actor=MARA)
    assert fresh(into).state == State.QUALIFIED


def test_a_vote_for_what_was_merged_counts_for_what_both_are_now(town: Town) -> None:
    into, other = pair(town)
    actions.merge(town.event, into.code, other.code, actor=MARA)
    actions.back(town.event, other.code, town.device("Emil"))
    assert Interest.objects.filter(topic=into, device=town.device("Emil")).exists()


def test_what_cannot_be_merged_is_refused(town: Town) -> None:
    into, other = pair(town)
    wish, second = (someone_proposes(town, title, by="Cem", wanted=True) for title in ("Wunsch", "Noch einer"))
    aside = someone_proposes(town, "Beiseite", by="Dana")
    actions.park(town.event, aside.code, actor=MARA)
    for one, two in ((into, into), (into, aside), (aside, into)):
        with pytest.raises(Refusal) as refusal:
            actions.merge(town.event, one.code, two.code, actor=MARA)
        assert refusal.value.kind == "not-mergeable"
    with pytest.raises(Refusal) as refusal:
        actions.merge(town.event, wish.code, other.code, actor=MARA)
    assert refusal.value.kind == "wish-goes-into-offer"
    assert actions.merge(town.event, wish.code, second.code, actor=MARA).state == State.WANTED
    assert actions.merge(town.event, into.code, wish.code, actor=MARA).state == State.OPEN


def test_a_topic_offered_twice_has_two_places_never_at_once(town: Town) -> None:
    session = planned(town, by="Aylin")
    topic = actions.offer_twice(town.event, session.topic.code, actor=MARA)
    assert topic.repeat is not None
    assert topic.repeat.placement.slot_id != topic.session.placement.slot_id  # type: ignore[union-attr]
    assert actions.offer_twice(town.event, topic.code, actor=MARA).repeat == topic.repeat
    second = topic_state(topic)["second"]
    assert second["session"] == topic.repeat.code
    with pytest.raises(Refusal) as refusal:
        move(topic.repeat, session.placement.slot, town.rooms[2])
    assert refusal.value.kind == "host-busy"

    once = actions.offer_twice(town.event, topic.code, twice=False, actor=MARA)
    assert (once.repeat, once.is_twice) == (None, False)
    assert Session.objects.get(pk=topic.repeat.pk).is_cancelled


def test_a_topic_with_two_places_shares_its_people(town: Town) -> None:
    topic = fresh(planned(town).topic)
    back_by(town, topic, 4)
    Topic.objects.filter(pk=topic.pk).update(is_twice=True)
    again = fresh(topic)
    problem = draft(frame_of(town.event), [again], standing_in(town.event))
    assert [waiting.pk for waiting in problem.waiting.values()] == [topic.pk]
    assert sorted(tuple(wish) for wish in problem.problem.wishes) == [(0,), (0,), (1,), (1,)]


def test_a_topic_that_waits_gets_both_places_when_the_plan_is_announced(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    topic = back_by(town, someone_proposes(town), 4)
    assert actions.offer_twice(town.event, topic.code, actor=MARA).sessions == []
    actions.publish(town.event, actor=MARA)
    first, second = fresh(topic).sessions
    assert first.placement.is_active
    assert second.placement.is_active
    assert first.placement.slot_id != second.placement.slot_id


def test_a_second_session_that_was_called_off_goes_quietly(town: Town) -> None:
    topic = actions.offer_twice(town.event, planned(town).topic.code, actor=MARA)
    actions.park(town.event, topic.code, actor=MARA)
    assert all(session.is_cancelled for session in fresh(topic).sessions)
    with pytest.raises(Refusal):
        actions.offer_twice(town.event, topic.code, twice=False, actor=MARA)
    actions.reopen(town.event, topic.code, actor=MARA)
    actions.offer_twice(town.event, topic.code, twice=False, actor=MARA)
    assert fresh(topic).repeat is None
