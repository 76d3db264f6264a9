"""A topic offered twice: planned at once or announced together, it stands in two slots and its people are divided."""

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp import rules
from tagwerk.barcamp.expecting import crowds
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.problem import draft, frame_of, standing_in
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.live.models import Change
from tagwerk.programme.models import Session
from tagwerk.timetable.solve import solve
from tests.town import Town, back_by, fresh, someone_proposes, with_barcamp

CROWD = 30


def twice(town: Town) -> Topic:
    """Bring a topic that thirty people want, where no room but the hall has seats for all, and offer it twice."""
    crew = with_barcamp(town, policy=rules.Policy.CREW)
    topic = back_by(crew, someone_proposes(crew, "Radwege"), CROWD)
    barcamp.offer_twice(crew.event, topic.code, actor="")
    Topic.objects.filter(pk=topic.pk).update(state=State.QUALIFIED)
    return fresh(topic)


def test_the_problem_has_both_places_apart_and_half_the_people_in_each(town: Town) -> None:
    topic = twice(town)
    problem = draft(frame_of(town.event), [topic, topic], standing_in(town.event)).problem
    assert list(problem.no_overlap) == [(0, 1)]
    wishes = [wish for person in problem.wishes for wish in person]
    assert (wishes.count(0), wishes.count(1)) == (CROWD // 2, CROWD // 2)
    first, second = solve(problem, moves=200).placements
    assert first
    assert second
    assert first[0] != second[0]


def stands_twice(topic: Topic) -> list[Session]:
    first, second = fresh(topic).sessions
    assert not first.placement.slot.span.overlaps(second.placement.slot.span)
    found = Session.objects.of(topic.event).select_related("topic", "repeated_topic")
    sessions = [found.get(pk=one.pk) for one in (first, second)]
    halves = [crowds([session])[session.pk].people.high for session in sessions]
    assert halves == [CROWD // 2, CROWD // 2]
    return sessions


def test_planned_at_once_it_stands_in_two_slots(town: Town) -> None:
    topic = twice(town)
    barcamp.plan(town.event)
    stands_twice(topic)


def test_announced_together_it_stands_twice_and_the_announcement_can_be_taken_back_and_made_again(town: Town) -> None:
    gathering = with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)
    topic = twice(gathering)
    barcamp.sketch(gathering.event)
    assert fresh(topic).likely_slot is not None
    told = barcamp.publish(gathering.event)
    sessions = stands_twice(topic)
    change = Change.objects.get(stream=gathering.event.stream, revision=told)
    assert set(change.touches) == {f"session:{session.code}" for session in sessions}
    barcamp.unpublish(gathering.event, change)
    assert (fresh(topic).sessions, fresh(topic).state) == ([], State.QUALIFIED)
    barcamp.publish(gathering.event)
    stands_twice(topic)


def test_a_pair_holds_for_both_places(town: Town) -> None:
    topic = twice(town)
    other = back_by(town, someone_proposes(town, "Open Data", by="Bela"), 4)
    barcamp.pair(town.event, topic.code, other.code, rules.PairKind.APART)
    barcamp.plan(town.event)
    Topic.objects.filter(pk=other.pk).update(state=State.QUALIFIED)
    barcamp.plan(town.event)
    taken = {session.placement.slot_id for session in stands_twice(topic)}
    (alone,) = fresh(other).sessions
    assert alone.placement.slot_id not in taken
