"""Steps on stage: each counts once, none is lost, the last one can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.rounds import begin_round, enter_round_phase
from tagwerk.barcamp.models import Pitch, Topic
from tagwerk.barcamp.rules import PitchState, RoundOrder, RoundPhase, State
from tagwerk.barcamp.stage import Stage, stage_of
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tests.town import Town, someone_proposes

MARA = "person:1"
TITLES = ("Drohnen", "Pegel", "Podcast")


@pytest.fixture
def topics(town: Town) -> list[Topic]:
    """Three topics, about to be pitched."""
    found = [someone_proposes(town, title, by) for title, by in zip(TITLES, town.phones, strict=False)]
    begin_round(town.event, actor=MARA)
    enter_round_phase(town.event, RoundPhase.PITCHING, actor=MARA)
    return found


def on_stage(stage: Stage | None) -> str:
    return stage.current.code if stage and stage.current else ""


def now(town: Town) -> Stage:
    found = stage_of(town.event)
    assert found
    return found


def test_weiter_ends_one_and_calls_the_next_and_pressing_twice_is_once(town: Town, topics: list[Topic]) -> None:
    one, two, three = (topic.code for topic in topics)
    assert on_stage(actions.call_next(town.event, "", actor=MARA)) == one
    assert on_stage(actions.call_next(town.event, one, actor=MARA)) == two
    assert on_stage(actions.call_next(town.event, one, actor="person:2")) == two
    assert [topic.code for topic in now(town).following] == [three]
    assert (now(town).round.step, now(town).done, now(town).position, now(town).left) == (2, 1, 2, 1)
    told = town.told("stage.step")[-1]
    assert told.words["public"]["de"].startswith('{"kind":"stage.step"')
    for ended in (two, three):
        actions.call_next(town.event, ended, actor=MARA)
    assert on_stage(now(town)) == ""


def test_a_late_step_keeps_the_time_at_which_it_was_made(town: Town, topics: list[Topic]) -> None:
    start = timezone.now() - timedelta(minutes=3)
    actions.call_next(town.event, "", at=start, actor=MARA)
    actions.call_next(town.event, topics[0].code, at=start + timedelta(seconds=50), actor=MARA)
    assert now(town).average == 50
    assert now(town).ready_at > timezone.now()
    assert now(town).seconds == 60


def test_who_is_absent_comes_at_the_end(town: Town, topics: list[Topic]) -> None:
    one, two, three = (topic.code for topic in topics)
    actions.call_next(town.event, "", actor=MARA)
    assert on_stage(actions.mark_absent(town.event, one, actor=MARA)) == two
    assert on_stage(actions.mark_absent(town.event, one, actor=MARA)) == two
    assert [topic.code for topic in now(town).absent] == [one]
    assert on_stage(actions.call_next(town.event, two, actor=MARA)) == three
    assert on_stage(actions.call_next(town.event, three, actor=MARA)) == one


def test_more_time_counts_once_for_what_was_seen(town: Town, topics: list[Topic]) -> None:
    actions.call_next(town.event, "", actor=MARA)
    for _tap in range(2):
        actions.give_time(town.event, topics[0].code, seen=0, actor=MARA)
    assert now(town).extra_seconds == 15


def test_a_number_is_called_out_of_order_once(town: Town, topics: list[Topic]) -> None:
    one, _two, three = topics
    actions.call_next(town.event, "", actor=MARA)
    for _tap in range(2):
        assert on_stage(actions.call_number(town.event, three.number, ended=one.code, actor=MARA)) == three.code
    assert on_stage(actions.call_number(town.event, 2, ended=one.code, actor=MARA)) == three.code
    with pytest.raises(Refusal) as refusal:
        actions.call_number(town.event, one.number, actor=MARA)
    assert refusal.value.kind == "had-its-turn"
    with pytest.raises(Unknown):
        actions.call_number(town.event, 99, actor=MARA)


def test_a_number_that_never_waited_is_taken_up_and_a_wish_is_not(town: Town, topics: list[Topic]) -> None:
    enter_round_phase(town.event, RoundPhase.RUNNING, actor=MARA)
    late, wish = someone_proposes(town, "Spät dran"), someone_proposes(town, "Ein Wunsch", wanted=True)
    assert on_stage(actions.call_number(town.event, late.number, actor=MARA)) == late.code
    with pytest.raises(Refusal):
        actions.call_number(town.event, wish.number, actor=MARA)


def test_a_call_from_the_hall_is_the_next_one_and_is_one_topic(town: Town, topics: list[Topic]) -> None:
    actions.call_next(town.event, "", actor=MARA)
    called = actions.call_out(town.event, " Was machen die Tauben? ", code="ABCDEF", actor=MARA)
    again = actions.call_out(town.event, "Was machen die Tauben?", code="ABCDEF", actor=MARA)
    same = actions.call_out(town.event, "Was machen die Tauben?", actor="person:2")
    assert called.pk == again.pk == same.pk
    assert (called.code, called.number, called.title) == ("ABCDEF", 4, "Was machen die Tauben?")
    assert [topic.code for topic in now(town).following] == ["ABCDEF", topics[1].code]
    other = actions.call_out(town.event, "Und die Krähen?", code=topics[1].code, actor=MARA)
    assert other.pk == topics[1].pk, "a code that is known is that topic"


@pytest.mark.parametrize("title", ["", "\u200b", "x" * 61])
def test_a_call_without_a_short_title_is_refused(town: Town, topics: list[Topic], title: str) -> None:
    with pytest.raises(Invalid):
        actions.call_out(town.event, title, actor=MARA)


def test_without_a_round_a_call_is_simply_a_topic_and_nothing_is_on_stage(town: Town) -> None:
    topic = actions.call_out(town.event, "Spontan", actor=MARA)
    assert actions.call_out(town.event, "Spontan", actor=MARA).pk != topic.pk
    assert stage_of(town.event) is None
    with pytest.raises(Refusal) as refusal:
        actions.call_next(town.event, "", actor=MARA)
    assert refusal.value.kind == "no-round"


def test_the_last_step_is_taken_back_and_only_the_last(town: Town, topics: list[Topic]) -> None:
    one, two, _three = (topic.code for topic in topics)
    actions.call_next(town.event, "", actor=MARA)
    actions.call_next(town.event, one, actor=MARA)
    assert on_stage(actions.undo_step(town.event, 1, actor=MARA)) == two
    back = actions.undo_step(town.event, 2, actor=MARA)
    assert (on_stage(back), back.done, back.round.step) == (one, 0, 3)
    assert on_stage(actions.undo_step(town.event, 2, actor=MARA)) == one
    assert on_stage(actions.undo_step(town.event, 3, actor=MARA)) == two, "and taken back again"
    assert on_stage(actions.undo_step(town.event, 0, actor=MARA)) == two


def test_a_call_that_is_taken_back_leaves_the_list(town: Town, topics: list[Topic]) -> None:
    topic = actions.call_out(town.event, "Doch nicht", actor=MARA)
    actions.undo_step(town.event, now(town).round.step, actor=MARA)
    assert Topic.objects.get(pk=topic.pk).state == State.WITHDRAWN
    assert topic.code not in [pitch.topic.code for pitch in now(town).queue]


def test_before_any_step_nothing_is_taken_back(town: Town, topics: list[Topic]) -> None:
    assert on_stage(actions.undo_step(town.event, 0, actor=MARA)) == ""


def test_topics_that_come_during_the_pitches_join_the_queue_and_those_that_go_leave_it(
    town: Town, topics: list[Topic]
) -> None:
    late = someone_proposes(town, "Gerade eingefallen", by="Emil")
    wish = someone_proposes(town, "Ein Wunsch", by="Dana", wanted=True)
    assert [pitch.topic.code for pitch in now(town).queue][-1] == late.code
    actions.adopt(town.event, wish.code, "Cem", None, actor=MARA)
    assert [pitch.topic.code for pitch in now(town).queue][-1] == wish.code
    actions.park(town.event, late.code, actor=MARA)
    assert late.code not in [pitch.topic.code for pitch in now(town).queue]
    actions.reopen(town.event, late.code, actor=MARA)
    assert late.code in [pitch.topic.code for pitch in now(town).queue]
    assert Pitch.objects.filter(topic=late, state=PitchState.WAITING).count() == 1


def test_by_lot_those_from_afar_come_as_one_block(town: Town) -> None:
    far = someone_proposes(town, "Von weit her", by="Aylin", pitch="online")
    near = [someone_proposes(town, title, by) for title, by in (("Hier", "Bela"), ("Auch hier", "Cem"))]
    begin_round(town.event, order=RoundOrder.LOT, actor=MARA)
    enter_round_phase(town.event, RoundPhase.PITCHING, actor=MARA)
    drawn = [pitch.topic for pitch in now(town).queue]
    assert drawn[-1] == far
    assert {topic.pk for topic in drawn[:2]} == {topic.pk for topic in near}
