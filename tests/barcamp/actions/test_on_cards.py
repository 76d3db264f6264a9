"""Many numbers from a card at once: what is open is counted, everything else is named, and twice is once."""

import pytest

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.on_cards import MOST_MERGED, standing_for
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.rules import State
from tagwerk.events.actions import enter_phase
from tagwerk.events.rules import Phase
from tagwerk.kit.refusals import Refusal
from tagwerk.people.cards import card_device, make_cards
from tagwerk.people.models import DeviceToken
from tests.town import Town, fresh, someone_proposes


@pytest.fixture
def card(town: Town) -> DeviceToken:
    return card_device(town.event.realm, make_cards(town.event.realm, 1)[0].code)


def test_open_numbers_are_counted_once_and_the_others_are_named(town: Town, card: DeviceToken) -> None:
    first, second, gone = (someone_proposes(town, title) for title in ("Eins", "Zwei", "Drei"))
    actions.park(town.event, gone.code, actor="")
    for _again in range(2):
        done = actions.back_numbers(town.event, [1, 3, 999, 2], card)
        assert [topic.number for topic in done.backed] == [1, 2]
        assert ([topic.number for topic in done.closed], done.unknown) == ([3], [999])
    assert [(fresh(topic).interest, fresh(topic).counted) for topic in (first, second, gone)] == [
        (1, 1),
        (1, 1),
        (0, 0),
    ]


def test_the_number_of_a_merged_topic_stands_for_the_one_it_went_into(town: Town, card: DeviceToken) -> None:
    into, merged = someone_proposes(town, "Bleibt"), someone_proposes(town, "Geht auf")
    Topic.objects.filter(pk=merged.pk).update(state=State.MERGED, merged_into=into)
    assert [topic.code for topic in actions.back_numbers(town.event, [2], card).backed] == [into.code]
    assert Interest.objects.get(device=card).topic == into


def test_topics_merged_in_a_circle_end_somewhere(town: Town) -> None:
    one, other = someone_proposes(town, "A"), someone_proposes(town, "B")
    Topic.objects.filter(pk=one.pk).update(state=State.MERGED, merged_into=other)
    Topic.objects.filter(pk=other.pk).update(state=State.MERGED, merged_into=one)
    assert standing_for(fresh(one)) in (one, other)
    assert MOST_MERGED < 10


def test_nothing_is_counted_while_the_event_is_closed(town: Town, card: DeviceToken) -> None:
    topic = someone_proposes(town)
    enter_phase(town.event, Phase.FOLLOW_UP)
    with pytest.raises(Refusal, match="not-live"):
        actions.back_numbers(town.event, [topic.number], card)
    assert not Interest.objects.exists()
