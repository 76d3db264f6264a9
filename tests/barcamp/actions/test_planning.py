"""Topics with enough interest find a place, each with its reason; what is announced stays where it is."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.events.models import Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.programme.actions import move, schedule
from tagwerk.programme.models import Placement
from tests.town import Town, back_by, cell, fresh, planned, someone_proposes, with_barcamp


@pytest.fixture
def gathered(town: Town) -> Town:
    """A town whose crew announces the plan."""
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER)


def waiting(town: Town, title: str, by: str = "Aylin", **words: object) -> Topic:
    topic = back_by(town, someone_proposes(town, title, by, **words), 3)
    assert topic.state == State.QUALIFIED
    return topic


def kinds(topic: Topic) -> list[str]:
    return [reason["kind"] for reason in fresh(topic).reasons]


def test_where_the_crew_announces_a_topic_waits_until_it_does(gathered: Town) -> None:
    topic = waiting(gathered, "Radwege")
    unplaced = waiting(gathered, "Ohne Raum", "Bela", needs=["loop"])
    outcome = actions.plan(gathered.event, actor="person:1")
    assert fresh(topic).state == State.QUALIFIED
    assert [(placed.topic, placed.session) for placed in outcome.placed] == [(topic.code, "")]
    assert list(outcome.unplaced) == [unplaced.code]
    assert not Placement.objects.filter(room__isnull=False).exists()
    actions.publish(gathered.event, actor="person:1")
    assert fresh(topic).state == State.PLANNED
    assert "interested" in kinds(topic)


def test_a_preview_stores_and_tells_nothing(gathered: Town) -> None:
    topic, before = waiting(gathered, "Radwege"), gathered.revision
    preview = actions.plan(gathered.event, apply=False).plain()
    assert [row["topic"] for row in preview["placements"]] == [topic.code]
    assert preview["placements"][0]["session"] == ""
    assert preview["reasons"][topic.code].startswith("3 Personen interessiert")
    assert (preview["moved"], preview["objective"]["name"]) == ([], "seated")
    assert gathered.revision == before
    assert fresh(topic).state == State.QUALIFIED
    assert not Placement.objects.filter(room__isnull=False).exists()


def test_without_waiting_topics_there_is_nothing_to_plan(town: Town) -> None:
    assert actions.plan(town.event).plain()["placements"] == []


def test_an_event_without_a_barcamp_has_nothing_to_plan(town: Town) -> None:
    Barcamp.objects.all().delete()
    with pytest.raises(Refusal) as refusal:
        actions.plan(town.event)
    assert refusal.value.kind == "no-barcamp"


def test_a_host_with_two_topics_is_never_needed_twice(town: Town) -> None:
    sessions = [planned(town, f"Thema {number}", by="Aylin") for number in range(3)]
    assert len({cell(session)[0] for session in sessions}) == 3


def test_the_same_name_on_two_phones_is_one_host(town: Town) -> None:
    one, other = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Bela", host_name="Aylin")
    assert cell(one)[0] != cell(other)[0]


def test_announced_sessions_stay_where_they_are(town: Town) -> None:
    first = planned(town, "Eins", "Aylin")
    move(first, town.slots[2], town.rooms[2])
    before = cell(first)
    for number, name in enumerate(("Bela", "Cem", "Dana")):
        planned(town, f"Thema {number}", name)
    assert cell(first) == before


def test_a_topic_gets_a_room_with_what_it_needs(town: Town) -> None:
    assert cell(planned(town, "Live mit Brüssel", "Aylin", mode="hybrid"))[1] == town.rooms[0].pk
    assert cell(planned(town, "Folien", "Bela", needs=["projector"]))[1] in {town.rooms[0].pk, town.rooms[1].pk}


@pytest.mark.parametrize(("when", "hours"), [("morning", {0, 1}), ("afternoon", {2})])
def test_a_topic_gets_a_slot_while_its_host_is_there(town: Town, when: str, hours: set[int]) -> None:
    assert cell(planned(town, when=when))[0] in {town.slots[number].pk for number in hours}


def test_a_slot_that_has_begun_is_not_planned_any_more(town: Town) -> None:
    begun = timezone.now() - timedelta(minutes=1)
    Slot.objects.filter(pk__in=[slot.pk for slot in town.slots[:2]]).update(start=begun)
    assert cell(planned(town))[0] == town.slots[2].pk


def test_a_host_who_is_busy_with_a_talk_is_planned_at_another_time(town: Town) -> None:
    for slot in town.slots[:2]:
        schedule(town.event, slot, town.rooms[0], title="Vortrag", hosts=["name:aylin"])
    assert cell(planned(town))[0] == town.slots[2].pk


@pytest.mark.parametrize(
    ("words", "reason"),
    [({"needs": ["sign_language"]}, "no_room_with_feature"), ({"when": "morning"}, "slot_not_possible")],
)
def test_what_finds_no_place_shows_its_reason_and_says_it_once(town: Town, words: dict[str, Any], reason: str) -> None:
    if reason == "slot_not_possible":
        Slot.objects.filter(pk__in=[slot.pk for slot in town.slots[:2]]).update(is_open=False)
    topic = back_by(town, someone_proposes(town, **words), 3)
    assert (topic.state, topic.session) == (State.QUALIFIED, None)
    assert reason in kinds(topic)
    told = len(town.told("topic.unplaced"))
    actions.plan(town.event)
    assert len(town.told("topic.unplaced")) == told == 1


def test_when_every_place_is_taken_the_next_topic_waits_with_a_reason(town: Town) -> None:
    people = [*town.phones, *[f"Person {number}" for number in range(5)]]
    for number, slot in enumerate(town.slots):
        for room in town.rooms:
            schedule(town.event, slot, room, title=f"Vortrag {number}", hosts=[])
    topic = back_by(town, someone_proposes(town, by=people[0]), 3)
    outcome = actions.plan(town.event)
    assert outcome.unplaced[topic.code]
    assert outcome.plain()["reasons"][topic.code].count("Plätze") == 1


def test_a_reason_that_changed_is_told_again(town: Town) -> None:
    topic = back_by(town, someone_proposes(town, needs=["sign_language"]), 3)
    back_by(town, topic, 4)
    actions.plan(town.event)
    assert len(town.told("topic.unplaced")) == 2


def test_a_topic_that_waited_is_placed_once_there_is_a_room_for_it(town: Town) -> None:
    topic = back_by(town, someone_proposes(town, needs=["sign_language"]), 3)
    town.rooms[0].features = ["sign_language"]
    town.rooms[0].save()
    actions.plan(town.event)
    assert fresh(topic).state == State.PLANNED
    assert "no_room_with_feature" not in kinds(topic)
