"""A topic that is offered twice stands in two places: the API, phones, paper and a full session all know both."""

import json

import pytest
from django.test import Client

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Topic
from tagwerk.programme.actions import mark_full, move
from tagwerk.programme.cards import placed_sessions, session_card
from tagwerk.programme.models import Session
from tagwerk.site.paper.topics import topics_of
from tests.town import ZONE, Town, back_by, browser, fresh, planned, someone_proposes

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(town: Town) -> Topic:
    """A topic in two places, held by two people."""
    topic, other = back_by(town, someone_proposes(town), 3), someone_proposes(town, "Daten öffnen", by="Bela")
    actions.merge(town.event, topic.code, other.code, actor="person:1")
    actions.offer_twice(town.event, topic.code, actor="person:1")
    return fresh(topic)


def sessions(topic: Topic) -> tuple[Session, Session]:
    first, second = topic.sessions
    return first, second


def test_both_sessions_name_their_topic(town: Town, twice: Topic) -> None:
    for session in sessions(twice):
        assert browser().get(f"{town.api}/sessions/{session.code}").json()["topic"] == twice.code


def test_the_message_of_the_second_place_tells_the_second_place(town: Town, twice: Topic) -> None:
    told = json.loads(town.told("topic.planned")[-1].words["public"]["de"])
    second = sessions(twice)[1].placement
    assert second.room
    assert (told["start"], told["room_name"]) == (
        second.slot.start.astimezone(ZONE).isoformat(),
        second.room.name,
    )


def test_my_plan_shows_both_and_sees_no_clash_where_one_is_free(town: Town, twice: Topic) -> None:
    first, second = sessions(twice)
    other = planned(town, "Gleichzeitig", by="Cem")
    at_once = next(room for room in town.rooms if room != first.placement.room)
    if other.placement.slot != first.placement.slot:
        move(other, first.placement.slot, at_once, actor="person:1")
    page = browser(town, "Aylin").get(f"/{town.slug}/mine/").text
    assert {f"mine-session-{one.code}" in page for one in (first, second, other)} == {True}
    assert "Läuft gleichzeitig mit" not in page


def test_paper_names_both_places_and_each_host(town: Town, desk: Client, twice: Topic) -> None:
    (topic,) = (one for one in topics_of(town.event) if one.number == twice.number)
    places = [
        (one.placement.slot.start, one.placement.room.name if one.placement.room else "") for one in twice.sessions
    ]
    assert [(place.start, place.room_name) for place in topic.places] == places
    assert (topic.host_name, topic.hosts) == ("Aylin und Bela", ["Aylin", "Bela"])
    folder = desk.get(f"/{town.slug}/desk/folder/").text
    assert folder.count('<th scope="row">Aylin</th>') == folder.count('<th scope="row">Bela</th>') == 1


def test_a_full_session_sends_people_on_by_number_and_knows_that_halves_share(town: Town, twice: Topic) -> None:
    second = sessions(twice)[1]
    full = planned(town, "Voll", by="Cem")
    room = next(one for one in town.rooms if one != second.placement.room)
    if full.placement.slot != second.placement.slot:
        move(full, second.placement.slot, room, actor="person:1")
    mark_full(full, full=True, actor="person:1")
    card = session_card(placed_sessions(town.event).get(pk=full.pk))
    assert card.alternative
    assert card.alternative.topic_number == twice.number
