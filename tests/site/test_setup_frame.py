"""Organisers change days, slots and rooms on pages that say beforehand what follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tagwerk.events.actions import add_entry, set_logo
from tagwerk.events.models import Day, Event, Logo, Room, Slot
from tagwerk.people.actions import grant
from tagwerk.people.rules import RoleKind
from tests.programme.test_actions import talk
from tests.town import Town, at, signed_in


@pytest.fixture
def organiser(town: Town) -> Client:
    """Mara's browser; she organises."""
    grant(town.mara, town.event.realm, RoleKind.ORGANISER)
    return signed_in(town.mara)


def base(town: Town, path: str = "") -> str:
    return f"/{town.slug}/desk/setup/frame/{path}"


def send(client: Client, address: str, status: int = 302, **said: Any) -> str:
    answer = client.post(address, said)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode() if status != 302 else answer.headers["Location"]


def test_other_times_are_shown_before_they_count_and_can_be_taken_back(town: Town, organiser: Client) -> None:
    talk(town, 0, 0, title="Haushalt")
    slot = town.slots[0]
    address = base(town, f"slots/{slot.pk}/")
    assert "Haushalt" in organiser.get(address).content.decode()
    page = send(organiser, address, 422, start="09:30", end="10:15", is_open="on")
    assert "„Haushalt“: 09:30–10:15 statt 10:00–10:45" in page
    assert "Das folgt daraus" not in send(organiser, address, 422, start="09:30", end="09:00", is_open="on")
    assert Slot.objects.get(pk=slot.pk).start == at(10)
    location = send(organiser, address, start="09:30", end="10:15", is_open="on", confirmed="on")
    assert Slot.objects.get(pk=slot.pk).start == at(9, 30)
    assert "Rückgängig" in organiser.get(location).content.decode()
    organiser.post(f"/{town.slug}/desk/undo/", {"revision": location.partition("undo=")[2]})
    assert Slot.objects.get(pk=slot.pk).start == at(10)


def test_what_does_not_hold_comes_back_with_its_reason(town: Town, organiser: Client) -> None:
    address = base(town, f"slots/{town.slots[0].pk}/")
    assert "Das Ende muss nach dem Anfang liegen" in send(organiser, address, 422, start="10:00", end="09:00")
    assert "überschneidet sich" in send(organiser, address, 422, start="10:00", end="11:30", is_open="on")
    send(organiser, address, start="10:00", end="10:40", is_open="on")
    assert "schneller" in send(organiser, address, 422, start="10:00", end="10:45", is_open="on", revision="0")
    clocks = {"date": "2031-03-30", "mode": "online"}
    night = Slot.objects.create(day=town.day, start=at(2, 30), end=at(3), is_open=False)
    page = send(organiser, base(town, f"days/{town.day.pk}/"), 422, confirmed="on", **clocks)
    assert "02:30 Uhr gibt es an diesem Tag nicht" in page
    night.delete()
    new = base(town, "slots/new/")
    Day.objects.create(event=town.event, date=town.day.date.replace(year=2031, month=3, day=30))
    change = Day.objects.get(date__year=2031).pk
    assert "Uhr wird vorgestellt" in send(organiser, new, 422, day=change, start="02:30", end="04:00")
    assert "Bitte prüfen Sie das Jahr" in send(
        organiser, base(town, "days/new/"), 422, date="1066-01-01", mode="online"
    )
    assert organiser.get(base(town, "slots/new/?day=1e9")).status_code == 404
    assert organiser.get(base(town, "stairs/new/")).status_code == 404
    assert organiser.post(base(town, "rooms/new/"), {"do": "remove"}).status_code == 422


def test_a_day_is_added_filled_moved_and_removed(town: Town, organiser: Client) -> None:
    tomorrow = town.day.date + timedelta(days=1)
    send(organiser, base(town, "days/new/"), date=tomorrow.isoformat(), mode="online")
    day = Day.objects.get(date=tomorrow)
    assert organiser.get(base(town, f"slots/new/?day={day.pk}")).status_code == 200
    send(organiser, base(town, "slots/new/"), day=day.pk, start="22:00", end="01:00")
    assert day.slots.get().span.minutes == 180
    send(organiser, base(town, f"days/{day.pk}/"), date=(tomorrow + timedelta(days=1)).isoformat(), mode="hybrid")
    talk(town, 0, 0)
    page = send(
        organiser,
        base(town, f"days/{town.day.pk}/"),
        422,
        date=(tomorrow + timedelta(days=3)).isoformat(),
        mode="online",
    )
    assert "3 Programmpunkte ziehen mit um" in page
    assert "Dort steht noch etwas" in send(organiser, base(town, f"days/{town.day.pk}/"), 422, do="remove")
    send(organiser, base(town, f"days/{day.pk}/"), do="remove")
    assert Day.objects.get() == town.day


def test_a_room_is_added_changed_ordered_and_removed(town: Town, organiser: Client) -> None:
    send(organiser, base(town, "rooms/new/"), name="Galerie", capacity="25", features=["step_free"])
    room = Room.objects.get(name="Galerie")
    assert "noch kein Raum hat" in send(organiser, base(town, "rooms/new/"), 422, name="Saal", capacity="1")
    session = talk(town, 0, 0, title="Haushalt")
    session.needs = ["projector"]
    session.save()
    saal = base(town, f"rooms/{town.rooms[0].pk}/")
    page = send(organiser, saal, 422, name="Saal", capacity="100", features=["step_free"])
    assert "„Haushalt“ braucht dort: Beamer" in page
    send(organiser, saal, name="Saal", capacity="100", features=["step_free"], confirmed="on")
    send(organiser, base(town), room=room.pk)
    assert [one.name for one in town.event.rooms.all()][2] == "Galerie"
    send(organiser, base(town, f"rooms/{room.pk}/"), do="remove")
    assert not Room.objects.filter(name="Galerie").exists()
    page = organiser.get(base(town)).content.decode()
    assert "Haushalt" in page


def test_the_look_changes_for_everybody(town: Town, organiser: Client) -> None:
    assert organiser.get(base(town, "look/")).status_code == 200
    send(organiser, base(town, "look/"), 422, accent="neon", address_form="du")
    send(organiser, base(town, "look/"), accent="beere", address_form="du")
    page = Client().get(f"/{town.slug}/").content.decode()
    assert 'data-accent="beere"' in page
    assert "Was interessiert dich?" in page
    assert Event.objects.get(pk=town.event.pk).is_informal


def test_partners_stand_on_the_first_page_and_a_logo_goes_alone(town: Town, organiser: Client) -> None:
    partner = add_entry(town.event, "partners", {"name": "Stadtwerke"})
    set_logo(partner, b"png", "abc", (10, 10))
    page = Client().get(f"/{town.slug}/").content.decode()
    assert "Ermöglicht durch" in page
    assert f"/{town.slug}/partners/abc.png" in page
    address = f"/{town.slug}/desk/setup/lists/partners/{partner.pk}/"
    assert "Logo entfernen" in organiser.get(address).content.decode()
    send(organiser, address, name="Stadtwerke", kind="partner", drop_logo="on")
    assert not Logo.objects.exists()
