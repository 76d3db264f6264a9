"""What went wrong once and shall not again: two roles in one browser, halves of a day, closed places, repeats."""

import pytest
from django.test import Client

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.rules import State
from tagwerk.events.actions import set_capacity
from tagwerk.events.models import Day
from tagwerk.kit.refusals import Refusal
from tagwerk.live import tickets
from tagwerk.people.actors import cookie_name, rights_version
from tagwerk.programme import actions as programme
from tests.town import Town, browser, fresh, planned, signed_in, someone_proposes

pytestmark = pytest.mark.django_db


def test_a_moderator_who_also_taps_keeps_the_desks_stream_and_their_own_mark(town: Town) -> None:
    client = signed_in(town.mara)
    client.cookies[cookie_name(town.slug, secure=False)] = town.phones["Aylin"].secret
    ticket = tickets.read(client.get(f"/{town.slug}/desk/live-token/").json()["token"])
    assert ticket is not None
    assert ticket.holder == f"person:{town.mara.pk}"
    assert rights_version(ticket.holder) == ticket.rights


def test_two_people_change_two_halves_of_a_day(town: Town) -> None:
    first, second = Day.objects.get(pk=town.day.pk), Day.objects.get(pk=town.day.pk)
    set_capacity(first, {"on_site": 50})
    set_capacity(second, {"remote": 70})
    stored = Day.objects.get(pk=town.day.pk)
    assert (stored.capacity_on_site, stored.capacity_remote) == (50, 70)


def test_nobody_moves_a_session_where_no_sessions_are(town: Town) -> None:
    session = planned(town)
    with pytest.raises(Refusal) as refusal:
        programme.move(session, town.breaks[0], town.rooms[1])
    assert refusal.value.kind == "place-closed"
    town.rooms[2].is_open = False
    town.rooms[2].save()
    with pytest.raises(Refusal):
        programme.move(session, town.slots[2], town.rooms[2])


def test_a_restored_session_brings_its_topic_back_but_not_a_withdrawn_one(town: Town) -> None:
    parked, withdrawn = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Bela")
    barcamp.park(town.event, parked.topic.code, actor="person:1")
    programme.restore(parked)
    assert fresh(parked.topic).state == State.PLANNED
    barcamp.withdraw(town.event, withdrawn.topic.code, town.device("Bela"))
    with pytest.raises(Refusal):
        programme.restore(withdrawn)
    withdrawn.refresh_from_db()
    assert withdrawn.is_cancelled


def _propose(client: Client, town: Town, **fields: str) -> str:
    answer = client.post(f"/{town.slug}/topics/new/", {"title": "Wunsch", **fields})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_wish_is_no_offer_and_what_was_withdrawn_may_come_again(town: Town) -> None:
    client = browser(town, "Cem")
    wish = _propose(client, town, wanted="on")
    offer = _propose(client, town)
    assert wish != offer
    assert _propose(client, town) == offer
    topic = Topic.objects.get(event=town.event, state=State.OPEN)
    barcamp.withdraw(town.event, topic.code, town.device("Cem"))
    assert _propose(client, town) != offer


def test_a_freed_place_goes_to_who_waits(town: Town) -> None:
    for room in town.rooms[1:]:
        room.is_open = False
        room.save()
    topics = [someone_proposes(town, f"Thema {name}", name) for name in ("Aylin", "Bela", "Cem", "Dana")]
    for topic in topics:
        barcamp.admit(town.event, topic.code, actor="person:1")
    states = [fresh(topic).state for topic in topics]
    assert states.count(State.PLANNED) == len(town.slots)
    waiting = topics[states.index(State.QUALIFIED)]
    going = next(topic for topic in topics if fresh(topic).state == State.PLANNED)
    assert going.host is not None
    barcamp.withdraw(town.event, going.code, going.host)
    assert fresh(waiting).state == State.PLANNED


@pytest.mark.parametrize("body", ["[" * 5000 + "]" * 5000, '{"hall_code":"\\ud800"}'])
def test_hostile_bodies_are_refused_and_never_a_fault(town: Town, body: str) -> None:
    client = Client()
    for path, method in (("/devices", client.post), ("/topics", client.post)):
        answer = method(town.api + path, body, content_type="application/json", headers={"Idempotency-Key": "k"})
        assert answer.status_code < 500


def test_a_draft_is_not_told_apart_from_nothing_by_a_bad_token(town: Town) -> None:
    town.event.phase = "draft"
    town.event.save()
    headers = {"Authorization": "Bearer twd_nothing"}
    assert Client().get(town.api, headers=headers).status_code == 404
