"""What the crew decides about topics: admit, park, decline, reopen."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.rules import Policy, PublishMode, State
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.programme.actions import cancel
from tagwerk.programme.models import Session
from tests.town import Town, back_by, fresh, planned, someone_proposes, with_barcamp

MARA = "person:1"


def test_an_admitted_topic_is_planned_whatever_its_interest(town: Town) -> None:
    town = with_barcamp(town, policy=Policy.CREW, publish_mode=PublishMode.AT_ONCE)
    topic = actions.admit(town.event, someone_proposes(town).code, actor=MARA)
    assert topic.state == State.PLANNED
    assert town.told("topic.planned")[-1].actor == MARA


def test_where_the_plan_is_announced_together_an_admitted_topic_waits_with_a_likely_place(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    topic = fresh(actions.admit(town.event, someone_proposes(town).code, actor=MARA))
    assert topic.state == State.QUALIFIED
    assert topic.is_admitted
    assert topic.likely_slot in town.slots
    assert not town.told("topic.planned")


def test_a_topic_that_waits_can_be_admitted(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    topic = back_by(town, someone_proposes(town), 3)
    assert topic.state == State.QUALIFIED
    assert actions.admit(town.event, topic.code, actor=MARA).is_admitted


def test_what_stands_or_was_put_aside_is_not_admitted(town: Town) -> None:
    session, aside = planned(town), someone_proposes(town, "Beiseite", by="Bela")
    actions.park(town.event, aside.code, actor=MARA)
    for code in (session.topic.code, aside.code):
        with pytest.raises(Refusal) as refusal:
            actions.admit(town.event, code, actor=MARA)
        assert refusal.value.kind == "not-open"


def test_a_parked_topic_is_told_with_its_state_before(town: Town) -> None:
    topic = actions.park(town.event, someone_proposes(town).code, actor=MARA)
    change = town.told("topic.closed")[-1]
    assert topic.state == State.PARKED
    assert (change.before, change.after, change.actor) == (
        {"state": "open", "sessions": [], "note": ""},
        {"state": "parked"},
        MARA,
    )


def test_a_declined_topic_shows_its_host_why(town: Town) -> None:
    topic = actions.decline(town.event, someone_proposes(town).code, " Passt nächstes Jahr besser ", actor=MARA)
    assert (topic.state, topic.note) == (State.DECLINED, "Passt nächstes Jahr besser")


@pytest.mark.parametrize("reason", ["", "\u200b", "x" * 141, "\0"])
def test_nobody_is_declined_without_a_short_reason(town: Town, reason: str) -> None:
    topic = someone_proposes(town)
    with pytest.raises(Invalid) as refusal:
        actions.decline(town.event, topic.code, reason, actor=MARA)
    assert list(refusal.value.errors) == ["reason"]
    assert fresh(topic).state == State.OPEN


def test_a_declined_session_is_cancelled_with_the_reason(town: Town) -> None:
    session = planned(town)
    actions.decline(town.event, session.topic.code, "Doppelt", actor=MARA)
    session = Session.objects.get(pk=session.pk)
    assert (session.is_cancelled, session.note) == (True, "Doppelt")


def test_a_session_that_was_cancelled_before_is_not_cancelled_again(town: Town) -> None:
    session = planned(town)
    cancel(session)
    actions.park(town.event, session.topic.code, actor=MARA)
    assert len(town.told("session.cancelled")) == 1


def test_what_is_closed_is_not_closed_again(town: Town) -> None:
    topic = someone_proposes(town)
    actions.park(town.event, topic.code, actor=MARA)
    with pytest.raises(Refusal) as refusal:
        actions.park(town.event, topic.code, actor=MARA)
    assert refusal.value.kind == "topic-closed"


@pytest.mark.parametrize(("wanted", "state"), [(True, State.WANTED), (False, State.OPEN)])
def test_a_topic_comes_back_as_what_it_was(town: Town, wanted: bool, state: State) -> None:  # noqa: FBT001
    topic = someone_proposes(town, wanted=wanted)
    actions.decline(town.event, topic.code, "Später", actor=MARA)
    topic = actions.reopen(town.event, topic.code, actor=MARA)
    assert (topic.state, topic.note) == (state, "")
    with pytest.raises(Refusal) as refusal:
        actions.reopen(town.event, topic.code, actor=MARA)
    assert refusal.value.kind == "not-aside"


def test_a_topic_that_comes_back_into_the_programme_takes_place(town: Town) -> None:
    session = planned(town)
    actions.decline(town.event, session.topic.code, "Ein Irrtum", actor=MARA)
    topic = fresh(actions.reopen(town.event, session.topic.code, actor=MARA))  # with enough interest, it is planned
    assert topic.session is not None
    assert topic.session.pk == session.pk
    assert (topic.session.is_cancelled, topic.session.note) == (False, "")
    assert topic.session.placement.is_active
    assert actions.come(town.event, session.code, town.device("Bela")) == 1
