"""Days, slots and rooms are added and changed after the founding; what does not hold is named by field."""

from datetime import timedelta
from typing import Any

import pytest

from tagwerk.events import actions
from tagwerk.events.actions import reshaping
from tagwerk.events.models import Event, Logo, Room
from tagwerk.kit.refusals import Refusal
from tagwerk.live.models import Stream
from tests.town import Town, at


def refused(act: Any, kind: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.kind == kind
    return caught.value


def test_a_day_and_its_slots_are_added(town: Town) -> None:
    tomorrow = town.day.date + timedelta(days=1)
    day = actions.add_single_day(town.event, tomorrow, "online")
    assert (day.mode, town.told("frame.changed")[-1].after["was"]["date"]) == ("online", tomorrow.isoformat())
    refused(lambda: actions.add_single_day(town.event, tomorrow, "online"), "day-taken")
    slot = actions.add_slot(day, at(10) + timedelta(days=1), at(11) + timedelta(days=1), is_open=True)
    assert reshaping.slot_at_number(town.event, slot.pk) == slot
    overlap = refused(lambda: actions.add_slot(town.day, at(10, 30), at(11), is_open=True), "slot-overlap")
    assert "10:00–10:45" in str(overlap.errors["end"])
    refused(lambda: actions.add_slot(town.day, at(11), at(10), is_open=False), "slot-times")
    actions.add_slot(town.day, at(10, 30), at(11), is_open=False)


def test_there_is_an_end_to_days_slots_and_rooms(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_DAYS", "MOST_SLOTS", "MOST_ROOMS"):
        monkeypatch.setattr(reshaping, name, 1)
    refused(lambda: actions.add_single_day(town.event, town.day.date + timedelta(days=1), "online"), "too-many")
    refused(lambda: actions.add_slot(town.day, at(8), at(9), is_open=False), "too-many")
    refused(lambda: actions.open_room(town.event, "Neu", 10, []), "too-many")


def test_rooms_are_opened_renamed_and_ordered_and_keep_their_numbers(town: Town, neighbours: Town) -> None:
    room = actions.open_room(town.event, "Tisch 4", 8, ["step_free"])
    assert (room.is_table, room.position) == (True, 3)
    stop = refused(lambda: actions.open_room(town.event, "saal", 0, ["rutsche"]), "room")
    assert set(stop.errors) == {"name", "capacity", "features"}
    seen = town.revision
    actions.edit_room(town.event, room.pk, {"name": "Galerie", "capacity": 12}, revision=seen)
    refused(lambda: actions.edit_room(town.event, room.pk, {"name": "Empore"}, revision=seen), "stale")
    actions.edit_room(town.event, room.pk, {"capacity": 14})
    actions.move_room_up(town.event, room.pk)
    assert [one.name for one in town.event.rooms.all()] == ["Saal", "Raum 2", "Galerie", "Werkstatt"]
    actions.move_room_up(town.event, town.rooms[0].pk)
    assert town.event.rooms.first() == town.rooms[0]
    refused(lambda: actions.edit_room(town.event, neighbours.rooms[0].pk, {}), "no-such-room")
    refused(lambda: reshaping.slot_at_number(town.event, neighbours.slots[0].pk), "no-such-slot")
    refused(lambda: reshaping.day_at(town.event, neighbours.day.pk), "no-such-day")


def test_the_first_room_of_an_event_stands_first(town: Town) -> None:
    Room.objects.filter(event=town.event).delete()
    assert actions.open_room(town.event, "Saal", 100, []).position == 0


def test_the_look_changes_for_the_stream_too(town: Town) -> None:
    actions.change_look(town.event, {"address_form": "du", "accent": "beere"})
    event = Event.objects.get(pk=town.event.pk)
    assert (event.is_informal, event.accent) == (True, "beere")
    assert Stream.objects.get(pk=event.stream).languages["de"] == "de-du"
    refused(lambda: actions.change_look(town.event, {"accent": "<b>"}), "look")


def test_a_logo_is_taken_away_alone(town: Town) -> None:
    partner = actions.add_entry(town.event, "partners", {"name": "Stadtwerke"})
    actions.set_logo(partner, b"png", "abc", (1, 1))
    actions.drop_logo(partner)
    assert not Logo.objects.exists()
    assert town.event.partners.get().name == "Stadtwerke"
