"""What the crew decided about a topic is taken back: let in, brought back into the list."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.live.models import Change
from tagwerk.programme.models import Session
from tests.town import Town, back_by, fresh, someone_proposes, with_barcamp

pytestmark = pytest.mark.django_db
MARA = "person:1"


def last(town: Town, kind: str) -> Change:
    return town.told(kind)[-1]


@pytest.mark.parametrize("mode", [PublishMode.AT_ONCE, PublishMode.TOGETHER])
def test_who_was_let_in_by_mistake_waits_for_interest_again(town: Town, mode: PublishMode) -> None:
    town = with_barcamp(town, publish_mode=mode)
    topic = someone_proposes(town)
    actions.admit(town.event, topic.code, actor=MARA)
    assert fresh(topic).state == (State.PLANNED if mode == PublishMode.AT_ONCE else State.QUALIFIED)
    before = last(town, "topic.admitted").before
    actions.take_admission_back(town.event, topic.code, before, actor=MARA)
    now = fresh(topic)
    assert (now.state, now.is_admitted, now.sessions, now.likely_slot) == (State.OPEN, False, [], None)
    assert not Session.objects.filter(title=topic.title).exists()
    assert back_by(town, topic, 3).state != State.OPEN  # interest still does what it does


def test_who_waited_before_waits_as_before(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    topic = back_by(town, someone_proposes(town), 3)
    likely = fresh(topic).likely_slot
    actions.admit(town.event, topic.code, actor=MARA)
    actions.take_admission_back(town.event, topic.code, last(town, "topic.admitted").before, actor=MARA)
    assert (fresh(topic).state, fresh(topic).is_admitted, fresh(topic).likely_slot) == (State.QUALIFIED, False, likely)


def test_what_was_brought_back_is_put_aside_again_with_its_reason(town: Town) -> None:
    topic = someone_proposes(town)
    actions.decline(town.event, topic.code, "Passt nicht zum Tag.", actor=MARA)
    actions.reopen(town.event, topic.code, actor=MARA)
    assert (fresh(topic).state, fresh(topic).note) == (State.OPEN, "")
    actions.put_aside_again(town.event, topic.code, last(town, "topic.closed").before, actor=MARA)
    assert (fresh(topic).state, fresh(topic).note) == (State.DECLINED, "Passt nicht zum Tag.")
