"""Interest on and off, coming and not: once per device, however often it is said."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.backing import take_everything_back
from tagwerk.barcamp.models import Coming, Interest
from tagwerk.barcamp.rules import Counts, Policy, State
from tagwerk.events.actions import enter_phase
from tagwerk.events.rules import Phase
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.people.models import DeviceToken
from tagwerk.programme.actions import cancel
from tests.town import Town, back_by, fresh, planned, someone_proposes, with_barcamp


def test_interest_counts_once_per_device(town: Town) -> None:
    topic = someone_proposes(town)
    for _again in range(3):
        topic = actions.back(town.event, topic.code, town.device("Bela"))
    assert (topic.interest, topic.counted) == (1, 1)
    assert len(town.told("topic.count")) == 1


def test_interest_is_taken_back_once_per_device(town: Town) -> None:
    topic = back_by(town, someone_proposes(town), 2)
    for _again in range(2):
        topic = actions.take_back(town.event, topic.code, town.device("Bela"))
    assert (topic.interest, topic.counted) == (1, 1)
    assert not Interest.objects.filter(device=town.device("Bela")).exists()


def test_an_unverified_device_is_shown_but_plans_nothing(town: Town) -> None:
    DeviceToken.objects.filter(pk=town.device("Bela").pk).update(is_verified=False)
    bela = DeviceToken.objects.get(pk=town.device("Bela").pk)
    topic = someone_proposes(town)
    for device in (town.device("Aylin"), town.device("Cem"), bela):
        topic = actions.back(town.event, topic.code, device)
    assert (topic.interest, topic.counted, topic.state) == (3, 2, State.OPEN)
    topic = actions.take_back(town.event, topic.code, bela)
    assert (topic.interest, topic.counted) == (2, 2)


def test_with_enough_interest_a_topic_stands_in_the_programme_in_the_same_breath(town: Town) -> None:
    topic = back_by(town, someone_proposes(town), 2)
    assert topic.state == State.OPEN
    topic = back_by(town, topic, 3)
    assert topic.state == State.PLANNED
    assert topic.session
    planned_at = town.told("topic.planned")[-1].words["public"]["de"]
    assert f'"slot":{topic.session.placement.slot_id}' in planned_at
    assert f'"room":{topic.session.placement.room_id}' in planned_at
    assert [change.kind for change in town.told()][-3:] == ["topic.count", "topic.qualified", "topic.planned"]


def test_what_is_planned_stays_planned_when_interest_falls(town: Town) -> None:
    session = planned(town)
    topic = actions.take_back(town.event, session.topic.code, town.device("Aylin"))
    assert (topic.state, topic.counted) == (State.PLANNED, 2)


def test_a_planned_topic_still_learns_who_is_interested(town: Town) -> None:
    session = planned(town)
    assert back_by(town, session.topic, 5).counted == 5
    assert len(town.told("topic.planned")) == 1


def test_where_the_crew_decides_interest_alone_plans_nothing(town: Town) -> None:
    town = with_barcamp(town, policy=Policy.CREW)
    assert back_by(town, someone_proposes(town), 5).state == State.OPEN


@pytest.mark.parametrize(
    ("counts", "shown"), [(Counts.HIDDEN, None), (Counts.ENOUGH, '"count":3'), (Counts.EXACT, '"count":5')]
)
def test_everybody_hears_as_much_of_a_count_as_the_event_shows(town: Town, counts: Counts, shown: str | None) -> None:
    town = with_barcamp(town, counts=counts)
    back_by(town, someone_proposes(town), 5)
    words = town.told("topic.count")[-1].words
    assert (
        (shown in words["public"]["de"]) if shown else ("count" not in words["public"]["de"].replace("topic.count", ""))
    )
    assert '"count":5' in words["crew"]["de"]


@pytest.mark.parametrize("verb", [actions.back, actions.take_back])
def test_what_is_no_longer_listed_takes_no_interest(town: Town, verb: object) -> None:
    topic = someone_proposes(town)
    actions.park(town.event, topic.code, actor="person:1")
    with pytest.raises(Refusal) as refusal:
        verb(town.event, topic.code, town.device("Bela"))  # type: ignore[operator]
    assert refusal.value.kind == "topic-closed"


def test_coming_counts_once_per_device_and_can_be_taken_back(town: Town) -> None:
    session = planned(town)
    said = [actions.come(town.event, session.code, town.device(name)) for name in ("Bela", "Bela", "Cem")]
    assert said == [1, 1, 2]
    left = [actions.stay_away(town.event, session.code, town.device("Bela")) for _again in range(2)]
    assert left == [1, 1]
    assert Coming.objects.get().device == town.device("Cem")


def test_nobody_comes_to_what_is_unknown_cancelled_or_over(town: Town, neighbours: Town) -> None:
    session, bela = planned(town), town.device("Bela")
    with pytest.raises(Unknown):
        actions.come(neighbours.event, session.code, neighbours.device("Frida"))
    cancel(session)
    with pytest.raises(Refusal) as cancelled:
        actions.come(town.event, session.code, bela)
    enter_phase(town.event, Phase.FOLLOW_UP)
    with pytest.raises(Refusal) as over:
        actions.stay_away(town.event, session.code, bela)
    assert (cancelled.value.kind, over.value.kind) == ("session-cancelled", "not-live")


def test_counts_in_rows_and_on_the_topic_agree(town: Town) -> None:
    topic = back_by(town, someone_proposes(town), 5)
    actions.take_back(town.event, topic.code, town.device("Emil"))
    assert fresh(topic).interest == Interest.objects.filter(topic=topic).count() == 4


def test_a_device_that_leaves_takes_everything_back_but_its_topics(town: Town) -> None:
    session, own = planned(town), someone_proposes(town, "Eigenes", by="Bela")
    actions.come(town.event, session.code, town.device("Bela"))
    enter_phase(town.event, Phase.FOLLOW_UP)
    take_everything_back(town.event, town.device("Bela"))
    assert fresh(session.topic).interest == 2
    assert not Coming.objects.exists()
    assert fresh(own).state == State.OPEN
