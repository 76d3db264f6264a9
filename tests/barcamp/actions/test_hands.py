"""Raised hands are kept apart from devices, qualify a topic, and never get lost; a guess only sizes the room."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import HandCount
from tagwerk.barcamp.problem import draft, frame_of, standing_in
from tagwerk.barcamp.rules import Counts, PublishMode, State
from tagwerk.kit.refusals import Invalid
from tests.town import Town, back_by, fresh, someone_proposes, with_barcamp

MARA = "person:1"


def test_hands_and_devices_together_are_enough(town: Town) -> None:
    topic = back_by(town, someone_proposes(town), 1)
    topic = actions.count_hands(town.event, topic.code, 1, actor=MARA)
    assert (topic.state, topic.demand, topic.people) == (State.OPEN, 2, 2)
    topic = fresh(actions.count_hands(town.event, topic.code, 1, actor=MARA))
    assert (topic.state, topic.interest, topic.without_phone) == (State.PLANNED, 1, 2)


def test_a_guess_by_eye_never_qualifies_but_asks_for_seats(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    topic = actions.count_hands(town.event, someone_proposes(town).code, 90, estimate=True, actor=MARA)
    assert (topic.state, topic.estimate, topic.without_phone) == (State.OPEN, 90, 0)
    topic = back_by(town, topic, 3)
    assert topic.state == State.QUALIFIED
    problem = draft(frame_of(town.event), [topic], standing_in(town.event)).problem
    assert len(problem.wishes) == 90, "3 devices and 87 whom somebody saw"


def test_everybody_sees_hands_as_the_counts_allow(town: Town) -> None:
    town = with_barcamp(town, counts=Counts.ENOUGH)
    topic = someone_proposes(town)
    for count in (2, 9):
        actions.count_hands(town.event, topic.code, count, actor=MARA)
    counts = [change.words["public"]["de"] for change in town.told("topic.count")]
    assert '"count":2' in counts[0]
    assert '"count":3' in counts[1], "up to enough, and no further"
    crew = [change.words["crew"]["de"] for change in town.told("topic.count")]
    assert '"count":11,"devices":0' in crew[1].replace('"enough":true,', "")
    assert "public" not in town.told("topic.hands")[0].words


def test_hands_can_be_taken_back_but_not_below_none(town: Town) -> None:
    topic = someone_proposes(town)
    actions.count_hands(town.event, topic.code, 5, actor=MARA)
    assert actions.count_hands(town.event, topic.code, -7, actor=MARA).without_phone == 0
    assert [row.hands for row in HandCount.objects.order_by("pk")] == [5, -7]


@pytest.mark.parametrize(("count", "estimate"), [(2001, False), (-2001, False), (-1, True)])
def test_a_number_that_cannot_be_meant_is_refused(town: Town, count: int, estimate: bool) -> None:  # noqa: FBT001
    topic = someone_proposes(town)
    with pytest.raises(Invalid):
        actions.count_hands(town.event, topic.code, count, estimate=estimate, actor=MARA)


def test_hands_for_a_topic_that_was_merged_meanwhile_are_not_lost(town: Town) -> None:
    into, other = someone_proposes(town), someone_proposes(town, "Drohnen", by="Bela")
    actions.merge(town.event, into.code, other.code, actor=MARA)
    actions.count_hands(town.event, other.code, 2, actor=MARA)
    assert fresh(into).without_phone == 2
