"""A rehearsal is a copy beside the event, for its crew and a crowd, and leaves no trace."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.actions.rounds import begin_round
from tagwerk.barcamp.models import Barcamp
from tagwerk.barcamp.stage import current_round
from tagwerk.events.actions import add_online_room
from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.receipts import Answer, keyed, once
from tagwerk.kit.refusals import Refusal
from tagwerk.live.models import Change, Stream
from tagwerk.market import actions as market
from tagwerk.market.models import Booth
from tagwerk.people import handover
from tagwerk.people.actions import found_realm, mint_device
from tagwerk.people.models import Role
from tagwerk.programme.actions import add_track, announce, cancel, schedule
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind
from tagwerk.site import rehearsal
from tests.town import Town, planned, someone_proposes

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """Count every row of every table of ours."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("tagwerk.")]
    return {model.__name__: model.objects.count() for model in ours}  # type: ignore[attr-defined]


@pytest.fixture
def copy(town: Town) -> Event:
    return rehearsal.begin(town.event)


def test_the_copy_has_the_frame_and_nobody_in_it(town: Town) -> None:
    planned(town)
    add_online_room(town.event, "Saal online", "https://video.example/saal", town.rooms[0])
    add_online_room(town.event, "Foyer online", "https://video.example/foyer")
    Room.objects.filter(pk=town.rooms[1].pk).update(available_until=town.slots[-1].end)
    schedule(town.event, town.slots[0], town.rooms[2], title="Keynote", kind=Kind.TALK)
    copy = rehearsal.begin(town.event)
    assert (copy.slug, copy.is_rehearsal, copy.takes_part) == ("musterstadt-probe", True, True)
    assert [room.name for room in copy.rooms.all()] == [room.name for room in town.event.rooms.all()]
    assert {room.name: room.room and room.room.name for room in copy.online_rooms.all()} == {
        "Saal online": "Saal",
        "Foyer online": None,
    }
    titles = [session.title for session in Session.objects.of(copy).in_order()]
    assert sorted(titles) == ["Abschluss", "Keynote", "Mittagspause"]
    assert not copy.topics.exists()
    assert not copy.realm.devices.exists()
    assert list(Role.objects.filter(realm=copy.realm).values_list("person", "kind")) == [(town.mara.pk, "moderator")]


def test_the_copy_is_about_to_begin_at_the_same_pace(town: Town, copy: Event) -> None:
    slots, old = list(Slot.objects.filter(day__event=copy)), list(Slot.objects.filter(day__event=town.event))
    ahead = slots[0].start - timezone.now()
    assert timedelta(minutes=30) <= ahead <= timedelta(minutes=45)
    assert {one.start - other.start for one, other in zip(slots, old, strict=True)} == {slots[0].start - old[0].start}
    assert [slot.is_open for slot in slots] == [slot.is_open for slot in old]
    assert copy.days.get().date == slots[0].start.astimezone(copy.timezone).date()


def test_the_barcamp_is_run_by_the_same_rules(town: Town) -> None:
    Barcamp.objects.filter(event=town.event).update(threshold=7, counts="hidden", next_number=40)
    begin_round(town.event, seconds=45)
    copy = rehearsal.begin(town.event)
    barcamp_there = Barcamp.objects.get(event=copy)
    assert (barcamp_there.threshold, barcamp_there.counts, barcamp_there.next_number) == (7, "hidden", 1)
    first = current_round(copy)
    assert first is not None
    assert (first.number, first.seconds, first.phase) == (1, 45, "collecting")


def test_an_event_without_barcamp_and_slots_can_be_rehearsed(town: Town) -> None:
    Barcamp.objects.filter(event=town.event).delete()
    Session.objects.filter(event=town.event).delete()
    Slot.objects.filter(day__event=town.event).delete()
    copy = rehearsal.begin(Event.objects.get(pk=town.event.pk))
    assert copy.days.count() == 1
    assert not Barcamp.objects.filter(event=copy).exists()


def test_one_at_a_time_and_none_of_itself(town: Town, copy: Event) -> None:
    for event, kind in ((town.event, "rehearsal-runs"), (copy, "is-rehearsal")):
        with pytest.raises(Refusal) as refusal:
            rehearsal.begin(event)
        assert refusal.value.kind == kind
    assert rehearsal.running(town.event) == rehearsal.running(copy) == copy


def test_an_address_that_is_taken_gets_a_number(town: Town) -> None:
    found_realm("musterstadt-probe", "Somebody else's", budget=1)
    assert rehearsal.begin(town.event).slug == "musterstadt-probe-2"


def test_ending_it_leaves_no_row_behind_and_the_event_as_it_was(town: Town) -> None:
    planned(town)
    before, revision = rows(), town.revision
    copy = rehearsal.begin(town.event)
    number = copy.stream
    play(copy)
    assert rows() != before
    rehearsal.end(copy)
    assert rows() == before
    assert town.revision == revision
    assert not Stream.objects.filter(pk=number).exists()
    assert not Change.objects.filter(stream=number).exists()


def play(copy: Event) -> None:
    """Let everything happen in a rehearsal that leaves rows."""
    phones = [mint_device(copy.realm, f"address {number}")[0] for number in range(4)]
    topic = barcamp.propose(copy, {"title": "Probe", "host_name": "Kim"}, phones[0])
    once(keyed(f"device:{phones[0].pk}", "a key"), lambda: Answer(200, {}))
    for phone in phones:
        barcamp.back(copy, topic.code, phone)
    topic.refresh_from_db()
    session = Session.objects.of(copy).get(topic=topic)
    barcamp.come(copy, session.code, phones[1])
    handover.redeem(copy.realm, "address", handover.draw(phones[2]), phones[3])
    announce(copy, "Nur eine Probe")
    cancel(session)


def test_a_real_event_cannot_be_ended_like_a_rehearsal(town: Town) -> None:
    someone_proposes(town)
    with pytest.raises(Refusal) as refusal:
        rehearsal.end(town.event)
    assert refusal.value.kind == "no-rehearsal"
    assert Event.objects.filter(pk=town.event.pk).exists()


def test_the_stands_come_along_to_practise_with_and_nobody_to_write_to(town: Town) -> None:
    track = add_track(town.event, "Energie")
    words = {"number": "12", "place": "am Fenster", "room": town.rooms[1], "track": track}
    secret = {"contact_name": "Kim", "contact_mail": "kim@a.example", "contact_phone": "0123", "about": "Kim fragen"}
    online = {"join_url": "https://video.example/kim", "passcode": "4711"}
    booth = market.add_booth(town.event, {"name": "Stadtwerke", **words, **secret, **online})
    aside = market.add_booth(town.event, {"name": "Freifunk"})
    market.put_aside(aside, aside=True)
    at_stand = schedule(town.event, town.slots[0], town.rooms[1], title="Laden", kind=Kind.STAND, track=track)
    prepared = market.prepare_at(booth, market.Plan("Entwurf", town.slots[1].start, town.slots[1].end))
    market.set_sessions(booth, [at_stand.code, prepared.code])
    copy = rehearsal.begin(town.event)
    one, other = Booth.objects.of(copy)
    assert (one.name, one.number, one.place, other.name, other.is_shown) == (
        "Stadtwerke",
        "12",
        "am Fenster",
        "Freifunk",
        False,
    )
    assert one.room
    assert one.room.event == copy
    assert one.room.name == "Raum 2"
    assert one.track
    assert one.track.event == copy
    assert {getattr(one, name) for name in (*secret, *online)} == {""}
    assert [(row.session.title, row.session.event) for row in one.stand_sessions.all()] == [("Laden", copy)]
    assert Session.objects.get(event=copy, title="Laden").track == one.track
    before = Booth.objects.filter(event=town.event).count()
    rehearsal.end(copy)
    assert Booth.objects.count() == before == 2
