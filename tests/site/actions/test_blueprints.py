"""Another event is made from the form of one: rooms, slots, settings, texts, at the same times of day, and nobody in it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.models import Barcamp, PitchRound, Topic
from tagwerk.barcamp.rules import PublishMode
from tagwerk.contributions.models import Author, Call, Submission
from tagwerk.contributions.rules import CallPhase
from tagwerk.events import actions as events
from tagwerk.events.models import ACCENTS, Event, Slot
from tagwerk.events.rules import Phase
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.market import actions as market
from tagwerk.market.models import Booth
from tagwerk.people.models import ApiToken, DeviceToken, Person, Role
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import add_track, schedule, slot_at
from tagwerk.programme.models import Participation, Placement, Session, Speaker
from tagwerk.programme.rules import Kind
from tagwerk.site.blueprint_rules import Blueprint, DayPlan, SlotPlan, document, read
from tagwerk.site.blueprints import Wish, blueprint_of, make
from tests.contributions.call import opened, proposed
from tests.town import Town, at, planned, the_day

WISH = Wish("naechstes", "Nächstes Jahr", date(2028, 3, 30))
SPRING = date(2027, 3, 28)  # the clock is put forward at 2:00


def clocks(event: Event) -> list[str]:
    return [str(slot) for slot in Slot.objects.filter(day__event=event).select_related("day__event")]


def dressed(town: Town) -> Event:
    """Give the town all that an organiser says."""
    events.add_entry(town.event, "bodies", {"name": "Stadt Musterstadt", "address": "Rathausplatz 1"})
    events.add_entry(town.event, "partners", {"name": "Stadtwerke"})
    events.say_frame(town.event, "duties", {"imprint": "Stadt Musterstadt, Rathausplatz 1"})
    events.say_frame(town.event, "venue", {"name": "Bürgerhaus", "wifi_password": "sehr geheim"})
    events.say_frame(town.event, "event", {"hashtag": "#fest", "contact_mail": "kim@musterstadt.example"})
    events.set_capacity(town.day, {"on_site": 200})
    add_track(town.event, "Beteiligung", accent="blau")
    events.change_room(town.event, town.rooms[2].pk, is_open=False)
    return Event.objects.select_related("realm").get(pk=town.event.pk)


def test_last_years_event_is_cloned_without_anybody(town: Town) -> None:
    planned(town, by="Aylin")
    event = dressed(town)
    copy = make(blueprint_of(event), WISH, town.mara)
    assert (copy.phase, copy.slug, copy.name, copy.hashtag) == (Phase.DRAFT, "naechstes", "Nächstes Jahr", "#fest")
    assert copy.days.get().date == WISH.first
    assert clocks(copy) == clocks(event), "the same times of day, whatever the season"
    assert list(copy.rooms.values_list("name", "capacity", "features", "is_open")) == list(
        event.rooms.values_list("name", "capacity", "features", "is_open")
    )
    assert copy.days.get().capacity_on_site == 200
    assert copy.venue.name == "Bürgerhaus"
    assert copy.duties.imprint == event.duties.imprint
    assert [body.name for body in copy.bodies.all()] == ["Stadt Musterstadt"]
    assert {session.title for session in Session.objects.filter(event=copy)} == {"Mittagspause", "Abschluss"}
    assert copy.barcamp.threshold == event.barcamp.threshold
    assert copy.realm.minting_budget == event.realm.minting_budget
    assert not Topic.objects.filter(event=copy).exists()
    assert not DeviceToken.objects.filter(realm=copy.realm).exists()
    assert not ApiToken.objects.filter(realm=copy.realm).exists()
    assert [(role.person, role.kind) for role in copy.realm.roles.all()] == [(town.mara, "organiser")]
    assert not copy.contact_mail
    assert [(track.name, track.accent) for track in copy.tracks.all()] == [("Beteiligung", "blau")]
    assert not copy.partners.exists()


def test_a_template_carries_nothing_of_the_house(town: Town) -> None:
    planned(town, by="Aylin")
    text = str(document(blueprint_of(dressed(town))))
    for word in ("Aylin", "Offene Daten", "Mara", "Rathausplatz", "sehr geheim", "kim@", "Stadtwerke", town.slug):
        assert word not in text, word
    assert "Bürgerhaus" in text


def test_cloned_from_a_file_it_is_the_same(town: Town) -> None:
    plan = blueprint_of(dressed(town))
    again = read(document(plan), ("blau",))
    assert replace(plan, duties={}, bodies=()) == replace(again, venue={**again.venue})
    copy = make(again, WISH, town.mara)
    assert document(blueprint_of(copy)) == {**document(plan), "event": {**document(plan)["event"], "name": WISH.name}}


def test_a_talk_is_nobodys_template(town: Town) -> None:
    Session.objects.filter(title="Mittagspause").update(host_name="Kim L.")
    titles = [slot.title for day in blueprint_of(town.event).days for slot in day.slots]
    assert titles == ["", "", "", "", "Abschluss"]


def test_what_somebody_named_does_is_nobodys_template(town: Town) -> None:
    lunch = Session.objects.get(title="Mittagspause")
    Participation.objects.create(
        session=lunch, speaker=Speaker.objects.create(event=town.event, code="AAAAAA", name="Kim")
    )
    titles = [slot.title for day in blueprint_of(town.event).days for slot in day.slots]
    assert "Mittagspause" not in titles


def test_the_pitch_round_comes_along(town: Town) -> None:
    barcamp.begin_round(town.event, pitch_at=town.slots[0].start, announce_at=town.slots[1].start, seconds=45)
    copy = make(blueprint_of(town.event), WISH, town.mara)
    round_ = PitchRound.objects.get(event=copy)
    assert round_.pitch_at
    assert (round_.seconds, f"{round_.pitch_at.astimezone(copy.timezone):%d.%m. %H:%M}") == (45, "30.03. 10:00")


def test_a_round_without_times_is_not_copied(town: Town) -> None:
    barcamp.begin_round(town.event)
    assert blueprint_of(town.event).pitching is None


def test_an_event_without_days_can_be_cloned_too(town: Town) -> None:
    empty = events.found("leer", "Leer")
    copy = make(replace(blueprint_of(empty), pitching=None), WISH, town.mara)
    assert not copy.days.exists()
    assert not Barcamp.objects.filter(event=copy).exists()


def test_an_address_is_taken_once(town: Town) -> None:
    with pytest.raises(Refusal) as refusal:
        make(blueprint_of(town.event), replace(WISH, slug=town.slug), town.mara)
    assert refusal.value.kind == "slug-taken"


def of_slots(*slots: SlotPlan) -> Blueprint:
    return Blueprint(name="Nacht", days=(DayPlan(0, "on_site", slots),), rooms=(), barcamp={"threshold": 3})


def test_slots_that_overlap_make_nothing(town: Town) -> None:
    with pytest.raises(Invalid) as refusal:
        make(of_slots(SlotPlan(600, 660), SlotPlan(630, 700)), WISH, town.mara)
    assert refusal.value.kind == "slots-overlap"
    assert not Event.objects.at(WISH.slug).exists()


def test_a_time_that_never_comes_is_named(town: Town) -> None:
    with pytest.raises(Invalid) as refusal:
        make(of_slots(SlotPlan(150, 200)), replace(WISH, first=SPRING), town.mara)
    assert "28.03.2027" in str(refusal.value.detail)
    assert not Event.objects.at(WISH.slug).exists()


def test_a_slot_may_pass_midnight(town: Town) -> None:
    copy = make(of_slots(SlotPlan(23 * 60, 25 * 60)), WISH, town.mara)
    assert clocks(copy) == ["23:00–01:00"]
    assert blueprint_of(copy).days[0].slots == (SlotPlan(23 * 60, 25 * 60),)
    assert copy.barcamp.publish_mode == PublishMode.TOGETHER


def test_rules_that_do_not_hold_make_nothing(town: Town) -> None:
    plan = replace(blueprint_of(town.event), barcamp={"threshold": -1})
    with pytest.raises(Invalid):
        make(plan, WISH, town.mara)
    assert not Event.objects.at(WISH.slug).exists()


def test_who_founds_is_the_organiser_of_the_new_event_alone(town: Town, neighbours: Town) -> None:
    other = Person.objects.get(pk=neighbours.mara.pk)
    copy = make(blueprint_of(town.event), WISH, other)
    assert Role.objects.get(realm=copy.realm).kind == RoleKind.ORGANISER
    assert the_day() + timedelta(days=1) != copy.days.get().date


def test_the_call_comes_along_and_stays_shut(town: Town) -> None:
    opened(town.event, hides_names=True, reminds=False)
    proposed(town.event)
    copy = make(blueprint_of(town.event), WISH, town.mara)
    call, before = Call.objects.get(event=copy), Call.objects.get(event=town.event)
    for name in ("text", "kinds", "lengths", "asks", "hides_names", "reminds"):
        assert getattr(call, name) == getattr(before, name), name
    assert call.phase(timezone.now()) == CallPhase.SOON
    assert copy.phase == Phase.DRAFT
    assert not Submission.objects.filter(event=copy).exists()
    assert not Author.objects.filter(event=copy).exists()


def test_its_beginning_and_end_move_with_the_first_day(town: Town) -> None:
    opened(town.event, opens_at=at(9) - timedelta(days=20), closes_at=at(18) - timedelta(days=10))
    first = the_day() + timedelta(weeks=52)
    call = Call.objects.get(event=make(blueprint_of(town.event), replace(WISH, first=first), town.mara))
    local = [moment.astimezone(town.event.timezone) for moment in (call.opens_at, call.closes_at) if moment]
    assert [f"{(moment.date() - first).days} {moment:%H:%M}" for moment in local] == ["-20 09:00", "-10 18:00"]


def test_what_would_be_over_stays_behind(town: Town) -> None:
    opened(town.event)
    call = Call.objects.get(event=make(blueprint_of(town.event), replace(WISH, first=the_day()), town.mara))
    assert call.opens_at is None
    assert call.phase(timezone.now()) == CallPhase.SOON


def test_a_template_carries_the_call_without_dates(town: Town) -> None:
    opened(town.event)
    whole = document(blueprint_of(town.event))
    assert whole["call"]["text"] == "Was **läuft**?"
    again = read(whole, ("blau",))
    assert Call.objects.get(event=make(again, WISH, town.mara)).lengths == [20, 45]
    assert str(timezone.now().year) not in str(whole["call"])


def test_an_event_without_days_gives_its_call_without_dates(town: Town) -> None:
    empty = events.found("leer", "Leer")
    opened(empty)
    assert Call.objects.get(event=make(blueprint_of(empty), WISH, town.mara)).opens_at is None


def test_visiting_hours_come_along_and_stands_do_not(town: Town) -> None:
    market.add_booth(town.event, {"name": "Stadtwerke", "contact_name": "Kim"})
    schedule(town.event, slot_at(town.event, at(12, 15), at(12, 45)), None, title="Marktzeit", kind=Kind.MARKET)
    schedule(town.event, slot_at(town.event, at(10, 5), at(10, 20)), None, title="Kurz erklärt", kind=Kind.TALK)
    copy = make(read(document(blueprint_of(town.event)), ("blau",)), WISH, town.mara)
    rows = Placement.objects.filter(session__event=copy).select_related("session", "slot__day__event")
    stands = {f"{row.session.title} {row.session.kind} {row.slot}" for row in rows}
    assert stands == {
        "Mittagspause break 12:00–12:45",
        "Marktzeit market 12:15–12:45",
        "Abschluss break 15:00–15:45",
    }
    assert "10:05–10:20" not in clocks(copy), "made for one item alone"
    assert not Booth.objects.filter(event=copy).exists()


def test_all_that_fills_one_slot_comes_along(town: Town) -> None:
    lunch = slot_at(town.event, at(12, 0), at(12, 45))
    events.anchor_slot(lunch, anchored=True)
    schedule(town.event, lunch, None, title="Marktzeit", kind=Kind.MARKET)
    plan = blueprint_of(town.event)
    copy = make(read(document(plan), ("blau",)), WISH, town.mara)
    rows = Placement.objects.filter(session__event=copy).select_related("session", "slot__day__event").order_by("pk")
    noon = [row for row in rows if str(row.slot) == "12:00–12:45"]
    assert [row.session.title for row in noon] == ["Mittagspause", "Marktzeit"]
    assert len({row.slot_id for row in noon}) == 1, "one slot, as before"
    assert noon[0].slot.is_anchored
    assert clocks(copy) == clocks(town.event)
    assert blueprint_of(copy).days == plan.days


def test_a_call_of_long_ago_leaves_a_template_that_can_be_read(town: Town) -> None:
    opened(town.event, opens_at=at(18) - timedelta(days=1100), closes_at=at(18) + timedelta(days=400))
    again = read(document(blueprint_of(town.event)), ("blau",))
    assert again.call
    assert (again.call.opens, again.call.closes) == (None, None)


def test_a_large_event_leaves_a_template_that_can_be_read(town: Town) -> None:
    for number in range(20):
        slot_at(town.event, at(9) + timedelta(days=30 * number), at(10) + timedelta(days=30 * number))
        slot_at(town.event, at(23) + timedelta(minutes=number), at(23) + timedelta(hours=24))
    for number in range(120):
        events.add_room(town.event, f"Tisch {number}", 8)
    for name in ("Cafe", "Café"):
        add_track(town.event, name)
    plan = blueprint_of(town.event)
    again = read(document(plan), ACCENTS)
    assert (again.days, again.rooms, again.tracks) == (plan.days, plan.rooms, plan.tracks)
