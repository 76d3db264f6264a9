"""Topics come, change and go again; each belongs to the device that brought it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.proposing import MOST_PER_HOUR
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import Policy, State
from tagwerk.events.actions import enter_phase
from tagwerk.events.rules import Phase
from tagwerk.kit.refusals import Forbidden, Refusal, TooMany, Unknown
from tagwerk.programme.actions import cancel, move
from tagwerk.programme.models import Session
from tests.town import Town, back_by, fresh, planned, someone_proposes, with_barcamp


def test_a_topic_gets_the_next_spoken_number_and_a_code(town: Town) -> None:
    topics = [someone_proposes(town, title) for title in ("Radwege", "Bäume", "Bücher")]
    assert [topic.number for topic in topics] == [1, 2, 3]
    assert len({topic.code for topic in topics}) == 3
    assert [change.code for change in town.told("topic.proposed")] == [topic.code for topic in topics]


def test_numbers_of_one_event_say_nothing_about_another(town: Town, neighbours: Town) -> None:
    someone_proposes(town)
    assert someone_proposes(neighbours, by="Frida").number == 1


def test_a_topic_is_found_by_folded_words_of_title_text_and_host(town: Town) -> None:
    topic = someone_proposes(town, "Straßenbäume", by="Cem", description="Gießen")
    assert topic.searchable == "strassenbaume giessen cem"


def test_a_wish_waits_for_its_host(town: Town) -> None:
    topic = back_by(town, someone_proposes(town, wanted=True), 5)
    assert (topic.state, topic.is_wish, topic.counted) == (State.WANTED, True, 5)
    assert topic.session is None


def test_where_every_topic_is_planned_a_proposal_is_a_session_at_once(town: Town) -> None:
    topic = someone_proposes(with_barcamp(town, policy=Policy.EVERY))
    assert fresh(topic).state == State.PLANNED


def test_the_crew_may_bring_a_topic_for_somebody_without_a_phone(town: Town) -> None:
    topic = actions.propose(town.event, {"title": "Radwege"}, None)
    assert topic.host is None
    assert town.told("topic.proposed")[-1].actor == ""


@pytest.mark.parametrize("phase", [Phase.FOLLOW_UP, Phase.CANCELLED])
def test_after_the_event_nobody_brings_or_changes_anything(town: Town, phase: Phase) -> None:
    topic, wish = someone_proposes(town), someone_proposes(town, "Wunsch", wanted=True)
    aylin = town.device("Aylin")
    enter_phase(town.event, phase)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: actions.propose(town.event, {"title": "Zu spät"}, aylin),
        lambda: actions.edit(town.event, topic.code, {"title": "Zu spät"}, aylin),
        lambda: actions.withdraw(town.event, topic.code, aylin),
        lambda: actions.adopt(town.event, wish.code, "Aylin", aylin),
        lambda: actions.back(town.event, topic.code, aylin),
        lambda: actions.take_back(town.event, topic.code, aylin),
    )
    for attempt in attempts:
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind == "not-live"


def test_one_device_cannot_flood_the_list_and_others_do_not_notice(town: Town) -> None:
    for number in range(MOST_PER_HOUR):
        someone_proposes(town, f"Thema {number}")
    with pytest.raises(TooMany):
        someone_proposes(town, "Eines zu viel")
    assert someone_proposes(town, by="Bela").number == MOST_PER_HOUR + 1
    Topic.objects.update(proposed_at=timezone.now() - timedelta(minutes=61))
    assert someone_proposes(town, "Eine Stunde später").number == MOST_PER_HOUR + 2


def test_an_edit_changes_only_what_was_said(town: Town) -> None:
    topic = someone_proposes(town, "Radwege", description="bleibt")
    edited = actions.edit(town.event, topic.code, {"title": "Fußwege"}, town.device("Aylin"), revision=town.revision)
    assert (edited.title, edited.description, edited.searchable) == ("Fußwege", "bleibt", "fusswege bleibt aylin")
    assert town.told("topic.edited")[-1].touches == [f"topic:{topic.code}"]


def test_the_session_follows_the_words_of_its_topic(town: Town) -> None:
    session = planned(town)
    words = {"title": "Neuer Titel", "description": "Neu", "host_name": "Aylin A.", "needs": ["projector"]}
    actions.edit(town.event, session.topic.code, words, town.device("Aylin"))
    session = Session.objects.get(pk=session.pk)
    assert (session.title, session.description, session.host_name) == ("Neuer Titel", "Neu", "Aylin A.")
    assert session.needs == ["projector"]
    assert session.hosts == [f"device:{town.device('Aylin').pk}", "name:aylin a."]


def test_no_edit_makes_a_host_be_in_two_places(town: Town) -> None:
    one, other = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Bela")
    move(other, one.placement.slot, town.rooms[2])
    with pytest.raises(Refusal) as refusal:
        actions.edit(town.event, one.topic.code, {"host_name": "BELA"}, town.device("Aylin"))
    assert refusal.value.kind == "host-busy"
    assert Session.objects.get(pk=one.pk).host_name == "Aylin"
    assert fresh(one.topic).host_name == "Aylin"


def test_a_cancelled_session_keeps_nobody_from_being_renamed(town: Town) -> None:
    one, other = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Bela")
    move(other, one.placement.slot, town.rooms[2])
    cancel(one)
    edited = actions.edit(town.event, one.topic.code, {"host_name": "Bela"}, town.device("Aylin"))
    assert edited.host_name == "Bela"


@pytest.mark.parametrize("verb", ["edit", "withdraw"])
def test_only_the_device_that_brought_a_topic_changes_it(town: Town, verb: str) -> None:
    topic, bela = someone_proposes(town), town.device("Bela")
    calls: dict[str, Callable[[], object]] = {
        "edit": lambda: actions.edit(town.event, topic.code, {"title": "Gekapert"}, bela),
        "withdraw": lambda: actions.withdraw(town.event, topic.code, bela),
    }
    with pytest.raises(Forbidden):
        calls[verb]()
    assert (fresh(topic).title, fresh(topic).state) == ("Offene Daten", State.OPEN)


def test_a_stale_edit_is_refused_with_the_other_change(town: Town) -> None:
    topic, seen = someone_proposes(town), town.revision
    actions.edit(town.event, topic.code, {"title": "Zuerst"}, town.device("Aylin"), revision=seen)
    with pytest.raises(Refusal) as refusal:
        actions.edit(town.event, topic.code, {"title": "Danach"}, town.device("Aylin"), revision=seen)
    assert refusal.value.kind == "stale"
    assert refusal.value.extra["change"]["kind"] == "topic.edited"
    assert fresh(topic).title == "Zuerst"


def test_what_was_parked_cannot_be_edited(town: Town) -> None:
    topic = someone_proposes(town)
    actions.park(town.event, topic.code, actor="person:1")
    with pytest.raises(Refusal) as refusal:
        actions.edit(town.event, topic.code, {"title": "Neu"}, town.device("Aylin"))
    assert refusal.value.kind == "topic-closed"


def test_a_withdrawn_topic_takes_its_session_with_it_and_only_once(town: Town) -> None:
    session = planned(town)
    topics = [actions.withdraw(town.event, session.topic.code, town.device("Aylin")) for _again in range(2)]
    assert topics[-1].state == State.WITHDRAWN
    assert Session.objects.get(pk=session.pk).is_cancelled
    assert len(town.told("topic.closed")) == len(town.told("session.cancelled")) == 1


def test_a_topic_without_a_session_is_withdrawn_quietly(town: Town) -> None:
    topic = someone_proposes(town)
    actions.withdraw(town.event, topic.code, town.device("Aylin"))
    assert fresh(topic).state == State.WITHDRAWN
    assert not town.told("session.cancelled")


def test_an_adopted_wish_is_a_topic_like_any_other(town: Town) -> None:
    wish = someone_proposes(town, wanted=True, by="Aylin")
    topic = actions.adopt(town.event, wish.code, "Cem", town.device("Cem"))
    assert (topic.state, topic.is_wish, topic.host, topic.host_name) == (State.OPEN, False, town.device("Cem"), "Cem")
    assert topic.searchable.endswith("cem")
    with pytest.raises(Refusal) as refusal:
        actions.adopt(town.event, wish.code, "Dana", town.device("Dana"))
    assert refusal.value.kind == "not-wanted"


def test_a_wish_that_many_share_is_planned_when_it_finds_its_host(town: Town) -> None:
    wish = back_by(town, someone_proposes(town, wanted=True), 3)
    topic = actions.adopt(town.event, wish.code, "Cem", town.device("Cem"))
    assert topic.state == State.PLANNED
    assert fresh(topic).session.host_name == "Cem"  # type: ignore[union-attr]


def test_a_code_of_another_event_is_unknown_here(town: Town, neighbours: Town) -> None:
    topic = someone_proposes(neighbours, by="Frida")
    with pytest.raises(Unknown):
        actions.back(town.event, topic.code, town.device("Aylin"))
