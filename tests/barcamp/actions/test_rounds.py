"""Who is queued again in the next round, and who comes into the plan by which policy."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.choice import choice_of
from tagwerk.barcamp.models import Pitch, Topic
from tagwerk.barcamp.rules import Policy, PublishMode, RoundPhase, State
from tests.town import Town, back_by, fresh, mint, someone_proposes, with_barcamp

MARA = "person:1"


@pytest.fixture
def hall(town: Town) -> Town:
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)


def proposals(town: Town, number: int) -> list[Topic]:
    names = [f"Gast {position}" for position in range(number)]
    town.phones.update({name: mint(town.event, name) for name in names})
    return [someone_proposes(town, f"Thema {name}", name) for name in names]


def enter(town: Town, phase: RoundPhase) -> int:
    return actions.enter_round_phase(town.event, phase, actor=MARA)


def states(topics: list[Topic]) -> list[str]:
    return [fresh(topic).state for topic in topics]


def queue(number: int) -> set[int]:
    return set(Pitch.objects.filter(round__number=number).values_list("topic_id", flat=True))


def test_who_was_absent_or_not_called_is_queued_again_in_the_next_round(hall: Town) -> None:
    held, absent, waiting, changed = proposals(hall, 4)
    actions.begin_pitching(hall.event, actor=MARA)
    actions.call_number(hall.event, held.number, actor=MARA)
    actions.call_number(hall.event, absent.number, actor=MARA)
    actions.mark_absent(hall.event, absent.code, actor=MARA)
    Pitch.objects.filter(topic__in=(waiting, changed)).update(state="waiting")
    enter(hall, RoundPhase.CLOSING)
    actions.begin_round(hall.event, actor=MARA)
    Topic.objects.filter(pk=changed.pk).update(state=State.PARKED)
    enter(hall, RoundPhase.PITCHING)
    assert queue(2) == {absent.pk, waiting.pk}
    actions.reopen(hall.event, changed.code, actor=MARA)
    assert queue(2) == {absent.pk, waiting.pk, changed.pk}
    actions.edit(hall.event, held.code, {"title": "Anders"}, hall.device("Gast 0"))
    assert held.pk not in queue(2)


def test_where_the_crew_decides_only_what_it_let_in_comes_into_the_plan(hall: Town) -> None:
    hall = with_barcamp(hall, policy=Policy.CREW)
    admitted, *others = proposals(hall, 3)
    actions.admit(hall.event, admitted.code, actor=MARA)
    actions.begin_pitching(hall.event, actor=MARA)
    enter(hall, RoundPhase.PLANNING)
    assert states([admitted, *others]) == [State.QUALIFIED, State.OPEN, State.OPEN]
    assert not choice_of(hall.event).is_by_threshold


def test_where_every_topic_comes_in_none_is_thrown_out_for_want_of_places(hall: Town) -> None:
    hall = with_barcamp(hall, policy=Policy.EVERY)
    topics = proposals(hall, 11)
    actions.begin_pitching(hall.event, actor=MARA)
    enter(hall, RoundPhase.PLANNING)
    assert states(topics) == [State.QUALIFIED] * 11


def test_what_was_left_over_stands_in_the_same_list_as_what_is_new(hall: Town) -> None:
    earlier, *new = proposals(hall, 10)
    actions.begin_round(hall.event, actor=MARA)
    Topic.objects.filter(pk=earlier.pk).update(state=State.QUALIFIED)
    Pitch.objects.bulk_create(Pitch(round=hall.event.rounds.get(), topic=topic, position=1) for topic in new)
    choice = actions.choose(hall.event, actor=MARA)
    assert earlier.number in choice.candidates
    assert choice.is_by_threshold
    assert fresh(earlier).state == State.OPEN
    assert fresh(earlier).likely_slot is None


def test_planning_taken_back_leaves_everything_as_it_was(hall: Town) -> None:
    enough, *others = proposals(hall, 3)
    back_by(hall, enough, 3)
    actions.begin_pitching(hall.event, actor=MARA)
    before = [fresh(enough).likely_slot_id, fresh(enough).likely_room_id]
    enter(hall, RoundPhase.PLANNING)
    told = hall.told("round.phase")[-1]
    actions.park(hall.event, others[1].code, actor=MARA)
    assert actions.take_phase_back(hall.event, told.before, actor=MARA) == hall.revision
    assert states([enough, *others]) == [State.QUALIFIED, State.OPEN, State.PARKED]
    assert [fresh(enough).likely_slot_id, fresh(enough).likely_room_id] == before
    assert fresh(others[0]).likely_slot is None
    assert hall.event.rounds.get().phase == RoundPhase.PITCHING


def test_leaving_the_planning_and_taking_that_back_makes_the_plan_again(hall: Town) -> None:
    (topic,) = proposals(hall, 1)
    actions.begin_pitching(hall.event, actor=MARA)
    enter(hall, RoundPhase.PLANNING)
    enter(hall, RoundPhase.PITCHING)
    told = hall.told("round.phase")[-1]
    actions.take_phase_back(hall.event, told.before, actor=MARA)
    assert states([topic]) == [State.QUALIFIED]
    assert hall.event.rounds.get().phase == RoundPhase.PLANNING


def test_a_lower_threshold_lets_in_what_has_enough_by_it(town: Town) -> None:
    topic, other = (back_by(town, topic, number) for topic, number in zip(proposals(town, 2), (2, 1), strict=True))
    actions.set_rules(town.event, {"threshold": 2}, actor=MARA)
    assert states([topic, other]) == [State.PLANNED, State.OPEN]
    with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    actions.begin_round(town.event, actor=MARA)
    actions.set_rules(town.event, {"threshold": 1}, actor=MARA)
    assert fresh(other).state == State.QUALIFIED
    assert fresh(other).likely_slot is not None


@pytest.mark.parametrize("twice", [False, True])
def test_what_sessions_say_of_the_interest_follows_the_rule(town: Town, twice: bool) -> None:  # noqa: FBT001
    topic = back_by(town, proposals(town, 1)[0], 3)
    if twice:
        actions.offer_twice(town.event, topic.code, actor=MARA)

    def said() -> list[list[str]]:
        return [[reason["kind"] for reason in session.reasons] for session in fresh(topic).sessions]

    exact = said()
    assert all("interested" in kinds for kinds in exact)
    actions.set_rules(town.event, {"counts": "hidden"}, actor=MARA)
    assert not any("interested" in kinds for kinds in said())
    actions.set_rules(town.event, {"counts": "exact"}, actor=MARA)
    assert said() == exact or twice  # of two places only one has its reasons kept
