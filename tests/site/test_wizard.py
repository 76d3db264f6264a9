"""The organiser's first hour: five screens to an event, nothing lost on the way, nothing made twice."""

import re
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tagwerk.barcamp.models import Barcamp, PitchRound
from tagwerk.events.models import Event, Outline, Slot
from tagwerk.events.rules import Phase
from tagwerk.people.actions import allow_founding
from tagwerk.programme.models import Session
from tests.town import Town, browser, signed_in

ANSWERS: dict[str, dict[str, Any]] = {
    "start": {"name": "Open Government Tag Köln", "first": "2027-03-12", "days": "2", "place": "Rathaus", "slug": ""},
    "days": {"mode_0": "on_site", "kind_0": "conference", "mode_1": "on_site", "kind_1": "barcamp", "people": "300"},
    "rooms": {"rooms": "Saal 120, Raum 2 30, Werkstatt 25"},
    "rhythm": {
        "begin_0": "09:00",
        "end_0": "15:45",
        "begin_1": "10:00",
        "end_1": "16:00",
        "length": "45",
        "pause": "15",
        "lunch": "12:30",
        "lunch_minutes": "60",
        "pitch": "on",
        "pitch_minutes": "30",
        "planning_minutes": "15",
        "closing_minutes": "15",
    },
    "tone": {"address_form": "du", "accent": "petrol"},
}
SLUG = "open-government-tag-koeln"


@pytest.fixture
def founder(town: Town) -> Client:
    """Mara's browser; she may make events."""
    allow_founding(town.mara)
    return signed_in(town.mara)


@pytest.fixture
def outline(founder: Client, town: Town) -> Outline:
    assert founder.post("/accounts/events/new/").status_code == 302
    return Outline.objects.get(person=town.mara)


def address(outline: Outline, screen: str) -> str:
    return f"/accounts/events/{outline.pk}/{screen}/"


def answer(founder: Client, outline: Outline, screen: str, do: str = "next", **changed: Any) -> HttpResponse:
    reply: HttpResponse = founder.post(address(outline, screen), {**ANSWERS[screen], "do": do, **changed})  # type: ignore[assignment]
    return reply


def answer_all(founder: Client, outline: Outline) -> HttpResponse:
    for screen in ("start", "days", "rooms"):
        assert answer(founder, outline, screen).status_code == 302
    rooms = ANSWERS["rooms"]["rooms"]
    answer(founder, outline, "rooms", asked=rooms, features_0=["step_free", "loop"], features_2=["projector"])
    answer(founder, outline, "rhythm")
    return answer(founder, outline, "tone")


def test_five_screens_make_an_event(founder: Client, outline: Outline, town: Town) -> None:
    made = answer_all(founder, outline)
    assert made.headers["Location"] == f"/{SLUG}/desk/setup/?new=1"
    event = Event.objects.at(SLUG).get()
    assert (event.phase, event.address_form, event.accent, event.place) == (Phase.DRAFT, "du", "petrol", "Rathaus")
    assert [day.date for day in event.days.all()] == [date(2027, 3, 12), date(2027, 3, 13)]
    assert list(event.rooms.values_list("name", "capacity", "features")) == [
        ("Saal", 120, ["step_free", "loop"]),
        ("Raum 2", 30, []),
        ("Werkstatt", 25, ["projector"]),
    ]
    slots = Slot.objects.filter(day__event=event).select_related("day__event")
    assert [str(slot) for slot in slots if slot.is_open] == ["10:45–11:30", "11:45–12:30", "13:30–14:15", "14:30–15:15"]
    assert [slot.day.date.day for slot in slots if slot.is_anchored] == [12, 12, 13, 13]
    titles = set(Session.objects.filter(event=event).values_list("title", flat=True))
    assert titles == {"Mittagspause", "Abschluss", "Vorstellung der Themen", "Planungspause"}
    round_ = PitchRound.objects.get(event=event)
    assert round_.pitch_at
    assert round_.announce_at
    assert f"{round_.pitch_at.astimezone(event.timezone):%d. %H:%M}" == "13. 10:00"
    assert f"{round_.announce_at.astimezone(event.timezone):%H:%M}" == "10:45"
    assert (event.realm.minting_budget, event.realm.needs_hall_code) == (600, True)
    barcamp = Barcamp.objects.get(event=event)
    assert (barcamp.reserve_rooms, barcamp.publish_mode, barcamp.counts) == (1, "gesammelt", "enough")
    assert founder.get(f"/{SLUG}/desk/setup/").status_code == 200
    assert browser().get(f"/{SLUG}/").status_code == 404
    assert not Outline.objects.exists()


def test_a_second_tap_makes_no_second_event(founder: Client, outline: Outline) -> None:
    answer_all(founder, outline)
    again = answer(founder, outline, "tone")
    assert again.headers["Location"] == "/accounts/?gone=1"
    assert Event.objects.filter(realm__slug__startswith=SLUG).count() == 1


def test_on_the_way_back_nothing_is_lost_right_or_wrong(founder: Client, outline: Outline) -> None:
    answer(founder, outline, "start")
    back = answer(founder, outline, "days", do="back", people="viele", kind_1="conference")
    assert back.headers["Location"] == address(outline, "start")
    page = founder.get(address(outline, "start")).content.decode()
    assert 'value="Open Government Tag Köln"' in page
    assert 'value="2027-03-12"' in page
    page = founder.get(address(outline, "days")).content.decode()
    assert 'value="viele"' in page
    assert re.search(r'name="kind_1" value="conference" checked', page)
    assert 'role="alert"' not in page, "what was left half done is no fault yet"


def test_what_is_wrong_is_named_and_kept(founder: Client, outline: Outline) -> None:
    wrong = answer(founder, outline, "start", first="morgen", name="")
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'value="morgen"' in page
    assert 'href="#id_name"' in page


def test_a_later_screen_waits_for_the_earlier_ones(founder: Client, outline: Outline) -> None:
    assert founder.get(address(outline, "tone")).headers["Location"] == f"{address(outline, 'start')}?check=1"
    assert founder.get(f"{address(outline, 'start')}?check=1").status_code == 200
    answer(founder, outline, "start")
    assert answer(founder, outline, "tone").headers["Location"] == f"{address(outline, 'days')}?check=1"


def test_rooms_are_asked_for_what_they_offer_and_keep_it(founder: Client, outline: Outline) -> None:
    answer(founder, outline, "start")
    answer(founder, outline, "days")
    assert answer(founder, outline, "rooms").headers["Location"] == f"{address(outline, 'rooms')}?check=1"
    page = founder.get(f"{address(outline, 'rooms')}?check=1").content.decode()
    assert page.count('<fieldset class="room-ticks">') == 3
    asked = ANSWERS["rooms"]["rooms"]
    more = "Neu 9, Saal 120"
    once_more = answer(founder, outline, "rooms", rooms=more, asked=asked, features_0=["loop"])
    assert once_more.headers["Location"].endswith("rooms/?check=1")
    page = founder.get(once_more.headers["Location"]).content.decode()
    assert re.search(r'name="features_1" value="loop" checked', page), "the Saal moved to the second place"
    assert answer(founder, outline, "rooms", rooms=more, asked=more).headers["Location"] == address(outline, "rhythm")


@pytest.mark.parametrize(
    ("rooms", "said"), [("Saal", "Saal"), ("Saal 1, saal 2", "zweimal"), ("", "Bitte füllen"), ("x\x00 5", "Zeichen")]
)
def test_rooms_that_cannot_be_read_are_named(founder: Client, outline: Outline, rooms: str, said: str) -> None:
    answer(founder, outline, "start")
    answer(founder, outline, "days")
    wrong = answer(founder, outline, "rooms", rooms=rooms)
    assert wrong.status_code == 422
    assert said in wrong.content.decode()


def test_a_day_without_room_for_a_session_is_named(founder: Client, outline: Outline) -> None:
    for screen in ("start", "days", "rooms"):
        answer(founder, outline, screen)
    answer(founder, outline, "rooms", asked=ANSWERS["rooms"]["rooms"])
    wrong = answer(founder, outline, "rhythm", end_1="10:30")
    assert wrong.status_code == 422
    assert "keine Session Platz" in wrong.content.decode()


def test_a_taken_or_impossible_address_is_named(founder: Client, outline: Outline, town: Town) -> None:
    for slug in (town.slug, "accounts", "Ä Ö"):
        wrong = answer(founder, outline, "start", slug=slug)
        assert wrong.status_code == 422
        assert 'id="id_slug-error"' in wrong.content.decode()
    assert answer(founder, outline, "start", slug=" OGT-27/ ").status_code == 302


def test_an_address_taken_at_the_last_moment_leads_back(founder: Client, outline: Outline, town: Town) -> None:
    for screen in ("start", "days", "rooms"):
        answer(founder, outline, screen)
    answer(founder, outline, "rooms", asked=ANSWERS["rooms"]["rooms"])
    answer(founder, outline, "rhythm")
    type(town.event.realm).objects.filter(pk=town.event.realm.pk).update(slug=SLUG)
    assert answer(founder, outline, "tone").headers["Location"] == f"{address(outline, 'start')}?check=1"
    assert "schon vergeben" in founder.get(f"{address(outline, 'start')}?check=1").content.decode()


def test_times_that_never_come_are_named_on_the_last_screen(founder: Client, outline: Outline) -> None:
    answer(founder, outline, "start", first="2027-03-28", days="1")
    answer(founder, outline, "days")
    answer(founder, outline, "rooms", asked=ANSWERS["rooms"]["rooms"])
    answer(founder, outline, "rhythm", begin_0="02:00", end_0="05:00")
    made = answer(founder, outline, "tone")
    assert made.status_code == 422
    assert "28.03.2027" in made.content.decode()
    assert not Event.objects.at(SLUG).exists()


def test_an_earlier_screen_can_be_opened_from_the_last_one(founder: Client, outline: Outline) -> None:
    for screen in ("start", "days", "rooms"):
        answer(founder, outline, screen)
    answer(founder, outline, "rooms", asked=ANSWERS["rooms"]["rooms"])
    answer(founder, outline, "rhythm")
    assert answer(founder, outline, "tone", do="rooms").headers["Location"] == address(outline, "rooms")
    page = founder.get(address(outline, "tone")).content.decode()
    assert re.search(r'value="petrol" checked', page)
    assert "Platz für 12 Sessions" in page


def test_a_conference_needs_no_barcamp(founder: Client, outline: Outline) -> None:
    answer(founder, outline, "start", days="1")
    answer(founder, outline, "days", mode_0="online")
    answer(founder, outline, "rooms", asked=ANSWERS["rooms"]["rooms"])
    answer(founder, outline, "rhythm", pitch="")
    answer(founder, outline, "tone")
    event = Event.objects.at(SLUG).get()
    assert not Barcamp.objects.filter(event=event).exists()
    assert not Slot.objects.filter(day__event=event, is_open=True).exists()
    assert not event.realm.needs_hall_code


def test_somebody_elses_beginning_does_not_exist(founder: Client, outline: Outline, neighbours: Town) -> None:
    allow_founding(neighbours.mara)
    stranger = signed_in(neighbours.mara)
    assert stranger.get(address(outline, "start")).status_code == 404
    stranger.post(f"/accounts/events/{outline.pk}/drop/")
    assert Outline.objects.filter(pk=outline.pk).exists()
    founder.post(f"/accounts/events/{outline.pk}/drop/")
    assert not Outline.objects.filter(pk=outline.pk).exists()
    assert founder.get(address(outline, "nowhere")).status_code == 404


def test_who_may_not_make_events_is_told_so(town: Town) -> None:
    mara = signed_in(town.mara)
    assert mara.post("/accounts/events/new/").status_code == 403
    assert mara.get("/accounts/events/like/").status_code == 403
    page = mara.get("/accounts/").content.decode()
    assert "Veranstaltung anlegen" not in page
    assert town.event.name in page


@pytest.mark.parametrize("path", ["/accounts/", "/accounts/events/like/", "/accounts/events/1/start/"])
def test_strangers_are_led_to_sign_in_and_back(town: Town, path: str) -> None:
    assert browser().get(path).headers["Location"].startswith("/accounts/login/?next=%2Faccounts%2F")
    only_password = browser()
    only_password.force_login(town.mara)
    assert only_password.get(path).headers["Location"].startswith("/accounts/2fa/?next=")


def test_after_signing_in_one_arrives_at_the_own_events(founder: Client, outline: Outline, town: Town) -> None:
    answer(founder, outline, "start")
    page = founder.get("/accounts/").content.decode()
    assert "Veranstaltung anlegen" in page
    assert "Open Government Tag Köln" in page
    assert f'href="/{town.slug}/desk/"' in page
    assert "/en/accounts/events/new/" in founder.get("/en/accounts/").content.decode()
