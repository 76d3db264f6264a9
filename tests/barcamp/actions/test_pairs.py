"""Pairs, themes and hosts' times in the plan: the planner heeds them, moves by hand too, and all can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp import rules
from tagwerk.barcamp.lost import has_lost_places
from tagwerk.barcamp.models import Pair, Topic
from tagwerk.barcamp.pairs import bonds_of
from tagwerk.barcamp.problem import draft, frame_of, standing_in
from tagwerk.barcamp.rules import PairKind, PublishMode, State
from tagwerk.kit.dates import Span
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.programme import actions
from tagwerk.programme.models import Session
from tests.programme.actions.test_absences import CEM, moment, note
from tests.programme.test_actions import refused
from tests.town import THRESHOLD, Town, back_by, cell, fresh, planned, someone_proposes, with_barcamp

HOURS = st.integers(0, 12)


@given(HOURS, HOURS, HOURS, HOURS)
def test_a_pair_apart_never_meets_and_an_order_holds(begin: int, long: int, other: int, others: int) -> None:
    one = Span(moment(begin), moment(begin + long + 1))
    two = Span(moment(other), moment(other + others + 1))
    assert rules.keeps_pair(PairKind.APART, one, two) == rules.keeps_pair(PairKind.APART, two, one)
    assert rules.keeps_pair(PairKind.APART, one, two) == (not one.overlaps(two))
    assert rules.keeps_pair(PairKind.BEFORE, one, two) == (one.end <= two.start)
    if rules.keeps_pair(PairKind.BEFORE, one, two):
        assert rules.keeps_pair(PairKind.APART, one, two)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_orders_are_taken_in_until_one_would_go_round(orders: list[tuple[int, int]]) -> None:
    known: set[tuple[int, int]] = set()
    for first, second in orders:
        if not rules.goes_round(known, first, second):
            known.add((first, second))
    left = {number for pair in known for number in pair}
    while left:  # somebody always comes first
        free = {number for number in left if not any(b == number and a in left for a, b in known)}
        assert free
        left -= free


def session_of(topic: Topic) -> Session:
    found = fresh(topic).session
    assert found is not None
    return found


def two_waiting(town: Town) -> tuple[Topic, Topic]:
    return someone_proposes(town, "Radwege"), someone_proposes(town, "Open Data", by="Bela")


def test_the_planner_heeds_pairs(town: Town) -> None:
    first, second = two_waiting(town)
    barcamp.pair(town.event, first.code, second.code, PairKind.BEFORE)
    for topic in (first, second):
        back_by(town, topic, THRESHOLD)
    one, two = session_of(first), session_of(second)
    assert one.placement.slot.end <= two.placement.slot.start


def test_topics_that_wait_together_are_kept_apart(town: Town) -> None:
    crowd = with_barcamp(town, policy=rules.Policy.CREW)
    topics = [back_by(crowd, someone_proposes(crowd, f"Thema {n}", by=by), 4) for n, by in enumerate(("Aylin", "Bela"))]
    barcamp.pair(crowd.event, topics[1].code, topics[0].code, PairKind.APART)
    Topic.objects.filter(pk__in=[topic.pk for topic in topics]).update(state=State.QUALIFIED, theme="Radverkehr")
    waiting = list(Topic.objects.of(crowd.event).waiting_for_a_place())
    problem = draft(frame_of(crowd.event), waiting, standing_in(crowd.event)).problem
    assert list(problem.no_overlap) == [(0, 1)]
    assert [topic.theme for topic in problem.topics] == [0, 0]
    barcamp.plan(crowd.event)
    assert session_of(topics[0]).placement.slot != session_of(topics[1]).placement.slot


def test_a_move_by_hand_that_breaks_a_pair_is_refused_until_it_is_taken_back(town: Town) -> None:
    first, second = planned(town, "Radwege"), planned(town, "Open Data", by="Bela")
    assert (cell(first)[0], cell(second)[0]) == (town.slots[0].pk, town.slots[1].pk)
    one, two = Topic.objects.get(session=first), Topic.objects.get(session=second)
    barcamp.pair(town.event, two.code, one.code, PairKind.APART)
    before = town.revision
    refusal = refused("pair-broken", actions.move, second, town.slots[0], town.rooms[1])
    assert (
        str(refusal.detail)
        == f"Thema {two.number} soll nicht gleichzeitig mit {one.number} stehen. Lösen Sie das zuerst in der Regie."
    )
    assert town.revision == before
    move = actions.Move(second.code, town.slots[0].pk, town.rooms[1].pk)
    refused("pair-broken", actions.rearrange, town.event, [move])
    barcamp.unpair(town.event, one.code, two.code, PairKind.APART)
    actions.move(second, town.slots[0], town.rooms[1])
    barcamp.pair(town.event, one.code, two.code, PairKind.APART)
    actions.move(second, town.slots[0], town.rooms[2])
    actions.rearrange(town.event, [actions.Move(second.code, town.slots[0].pk, town.rooms[1].pk)])
    assert cell(second) == (town.slots[0].pk, town.rooms[1].pk), "what stands there already may change its room"


def test_a_cancelled_session_comes_back_only_where_it_breaks_nothing(town: Town) -> None:
    first, second = planned(town, "Radwege"), planned(town, "Open Data", by="Bela")
    one, two = Topic.objects.get(session=first), Topic.objects.get(session=second)
    actions.cancel(second)
    if cell(second)[0] != cell(first)[0]:
        actions.move(
            first, second.placement.slot, town.rooms[2] if cell(second)[1] != town.rooms[2].pk else town.rooms[1]
        )
    barcamp.pair(town.event, one.code, two.code, PairKind.APART)
    refused("pair-broken", actions.restore, second)


def test_pairs_that_make_no_sense_are_refused(town: Town) -> None:
    first, second = two_waiting(town)
    third = someone_proposes(town, "Beete", by="Cem")
    refused("same-topic", barcamp.pair, town.event, first.code, first.code, PairKind.APART)
    barcamp.pair(town.event, second.code, first.code, PairKind.APART)
    refused("paired-already", barcamp.pair, town.event, first.code, second.code, PairKind.APART)
    barcamp.pair(town.event, first.code, second.code, PairKind.BEFORE)
    barcamp.pair(town.event, second.code, third.code, PairKind.BEFORE)
    refused("order-circle", barcamp.pair, town.event, third.code, first.code, PairKind.BEFORE)
    refused("not-paired", barcamp.unpair, town.event, first.code, third.code, PairKind.APART)
    with pytest.raises(Refusal):
        barcamp.pair(town.event, first.code, "QQQQQQ", PairKind.APART)


def test_merged_topics_keep_their_pairs_with_others(town: Town) -> None:
    first, second = two_waiting(town)
    third = someone_proposes(town, "Beete", by="Cem")
    barcamp.pair(town.event, second.code, third.code, PairKind.APART)
    barcamp.pair(town.event, first.code, second.code, PairKind.APART)
    barcamp.merge(town.event, first.code, second.code, actor="")
    (bond,) = bonds_of(town.event)
    assert {bond.first.pk, bond.second.pk} == {first.pk, third.pk}
    assert bond.words(first.pk) == f"nicht gleichzeitig mit {third.number}"
    assert Pair.objects.count() == 2


def test_a_theme_is_told_and_short(town: Town) -> None:
    topic, _other = two_waiting(town)
    barcamp.set_theme(town.event, topic.code, "Radverkehr", actor="person:1")
    (change,) = town.told("topic.theme")
    assert (change.before, change.after) == ({"theme": ""}, {"theme": "Radverkehr"})
    assert "Radverkehr" in change.words["public"]["de"]
    with pytest.raises(Invalid):
        barcamp.set_theme(town.event, topic.code, "x" * 41)


def test_the_planner_heeds_hosts_times(town: Town) -> None:
    note(town, None, 14)
    session = planned(town, "Beete", by="Cem")
    assert session.placement.slot == town.slots[2]
    with pytest.raises(Refusal):
        actions.move(session, town.slots[0], town.rooms[0])


def test_a_likely_place_is_looked_for_anew_when_the_host_is_not_free(town: Town) -> None:
    gathering = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    topic = back_by(gathering, someone_proposes(gathering, "Beete", by="Cem"), THRESHOLD)
    other = back_by(gathering, someone_proposes(gathering, "Radwege", by="Dana"), THRESHOLD)
    slot = fresh(topic).likely_slot
    assert slot is not None
    hour = slot.start.astimezone(gathering.event.timezone).hour
    note(gathering, hour, hour + 1)
    assert fresh(topic).likely_slot not in (None, slot)
    assert not has_lost_places(gathering.event)
    late = fresh(topic).likely_slot
    Topic.objects.filter(pk=other.pk).update(likely_slot=late)
    barcamp.pair(gathering.event, topic.code, other.code, PairKind.APART)
    assert fresh(topic).likely_slot != fresh(other).likely_slot


def test_successors_heed_times_and_pairs(town: Town) -> None:
    crew = with_barcamp(town, policy=rules.Policy.CREW)
    one, two = two_waiting(crew)
    cem = someone_proposes(crew, "Beete", by="Cem")
    slot = crew.slots[0]
    barcamp.fetch_successor(crew.event, one.code, slot, crew.rooms[0], actor="")
    barcamp.pair(crew.event, one.code, two.code, PairKind.APART)
    note(crew, 10, 11)
    assert not barcamp.successors(crew.event, slot, crew.rooms)
    refused("does-not-suit", barcamp.fetch_successor, crew.event, cem.code, slot, crew.rooms[1], actor="")
    refused("pair-broken", barcamp.fetch_successor, crew.event, two.code, slot, crew.rooms[1], actor="")
    assert CEM
