"""Slots and days get other times with all that stands in them; only what is empty goes, and all of it can come back."""

from datetime import timedelta
from typing import Any

import pytest

from tagwerk.barcamp.models import PitchRound
from tagwerk.events import actions as frame
from tagwerk.events.actions import add_online_room
from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.live.models import Change
from tagwerk.market.actions import add_booth, put_aside
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.site.undo_frame import FRAME
from tests.programme.actions.test_conference import person, prepared, refused
from tests.programme.test_actions import talk
from tests.town import Town, at, cell

DAY = timedelta(days=1)


def take_back(town: Town) -> None:
    """Take the last change of the frame back."""
    change = town.told("frame.changed")[-1]
    assert FRAME[change.kind].is_possible(change)
    FRAME[change.kind].take_back(town.event, change, "person:1")


def state(town: Town) -> Any:
    slots = Slot.objects.filter(day__event=town.event).order_by("pk")
    days = Day.objects.filter(event=town.event).order_by("pk")
    rooms = Room.objects.filter(event=town.event).order_by("pk")
    return [list(rows.values()) for rows in (slots, days, rooms)]


def test_a_slot_gets_other_times_with_what_stands_in_it_and_gets_them_back(town: Town) -> None:
    session, before = talk(town, 0, 0), state(town)
    place, seen = cell(session), town.revision
    slot = town.slots[0]
    actions.change_slot(town.event, slot.pk, (at(9, 30), at(10, 15)), is_open=True, revision=seen)
    assert cell(session) == place
    assert Slot.objects.get(pk=slot.pk).start == at(9, 30)
    times = at(9), at(9, 45)
    refused(lambda: actions.change_slot(town.event, slot.pk, times, is_open=True, revision=seen), "stale")
    take_back(town)
    assert state(town) == before


def test_times_that_do_not_hold_are_named(town: Town) -> None:
    slot = town.slots[0].pk
    overlap = refused(lambda: actions.change_slot(town.event, slot, (at(10), at(11, 15)), is_open=True), "slot-overlap")
    assert "11:00–11:45" in str(overlap.errors["end"])
    refused(lambda: actions.change_slot(town.event, slot, (at(10), at(10)), is_open=True), "slot-times")
    refused(lambda: actions.change_slot(town.event, slot, (at(10), at(10) + 2 * DAY), is_open=True), "slot-long")


def test_who_would_then_be_needed_twice_is_named(town: Town) -> None:
    ada = person(town)
    one = prepared(town, actions.slot_at(town.event, at(16), at(16, 30)), 0, title="Eins")
    two = prepared(town, actions.slot_at(town.event, at(17), at(17, 30)), 1, title="Zwei")
    for session in (one, two):
        actions.set_parts(session, [(ada, "speaker")])
    actions.release(town.event)
    later = actions.slot_at(town.event, at(16), at(16, 30))
    stop = refused(lambda: actions.change_slot(town.event, later.pk, (at(17), at(17, 30)), is_open=False), "clash")
    assert "„Eins“" in str(stop.detail)
    actions.change_slot(town.event, later.pk, (at(16, 15), at(16, 45)), is_open=False)


def test_what_lacks_a_feature_already_is_no_new_clash(town: Town) -> None:
    slot = actions.slot_at(town.event, at(16), at(16, 30))
    session = prepared(town, slot, 2, needs=["projector"])
    actions.put_draft(session, slot, town.rooms[2], override="Wir bringen einen mit")
    actions.change_slot(town.event, slot.pk, (at(17), at(17, 30)), is_open=False)


def test_a_slot_with_topics_stays_open(town: Town) -> None:
    talk(town, 0, 0)
    slot, times = town.slots[0], (at(10), at(10, 45))
    town.event.sessions.filter(kind="talk").update(kind="barcamp")
    stop = refused(lambda: actions.change_slot(town.event, slot.pk, times, is_open=False), "not-empty")
    assert stop.extra["sessions"]
    town.event.sessions.filter(kind="barcamp").update(kind="talk")
    actions.change_slot(town.event, slot.pk, times, is_open=False)
    actions.change_slot(town.event, slot.pk, times, is_open=False)


def test_only_an_empty_slot_goes_and_it_comes_back_under_its_number(town: Town) -> None:
    for number in range(4):
        prepared(town, town.slots[0], None, title=f"Punkt {number}")
    stop = refused(lambda: actions.remove_slot(town.event, town.slots[0].pk), "not-empty")
    assert "„Punkt 2“ …" in str(stop.detail)
    before = state(town)
    actions.remove_slot(town.event, town.slots[1].pk)
    assert not Slot.objects.filter(pk=town.slots[1].pk).exists()
    take_back(town)
    assert state(town) == before
    actions.remove_slot(town.event, town.slots[1].pk)
    frame.add_slot(town.day, at(11, 15), at(12), is_open=True)
    change = town.told("frame.changed")[-2]
    refused(lambda: FRAME[change.kind].take_back(town.event, change, ""), "slot-overlap")


def test_a_day_moves_with_all_that_stands_on_it(town: Town) -> None:
    session, before = talk(town, 0, 0), state(town)
    PitchRound.objects.create(event=town.event, number=1, pitch_at=at(9), announce_at=None)
    PitchRound.objects.create(event=town.event, number=2, pitch_at=at(9) + 7 * DAY, announce_at=at(9, 30))
    actions.change_day(town.event, town.day.pk, town.day.date + DAY, "online")
    assert (cell(session), Day.objects.get().mode) == ((town.slots[0].pk, town.rooms[0].pk), "online")
    one, two = PitchRound.objects.order_by("number")
    zone = town.event.timezone
    assert one.pitch_at is not None
    local = one.pitch_at.astimezone(zone)
    assert (local.date(), local.hour, two.pitch_at) == (town.day.date + DAY, 9, at(9) + 7 * DAY)
    take_back(town)
    assert state(town) == before
    assert PitchRound.objects.get(number=1).pitch_at == at(9)


def test_a_day_changes_its_mode_alone(town: Town) -> None:
    before = state(town)
    actions.change_day(town.event, town.day.pk, town.day.date, "on_site")
    assert Day.objects.get().mode == "on_site"
    take_back(town)
    assert state(town) == before


def test_a_time_that_the_clock_skips_is_named(town: Town) -> None:
    zone = town.event.timezone
    night = frame.add_slot(town.day, at(2, 30), at(3, 30), is_open=False)
    PitchRound.objects.create(event=town.event, number=1, pitch_at=at(2, 30))
    change_of_clocks = town.day.date.replace(year=2031, month=3, day=30)
    stop = refused(lambda: actions.change_day(town.event, town.day.pk, change_of_clocks, "online"), "not-on-the-clock")
    assert "02:30" in str(stop.errors["date"])
    assert Slot.objects.get(pk=night.pk).start.astimezone(zone).date() == town.day.date
    night.delete()
    actions.change_day(town.event, town.day.pk, change_of_clocks, "online")
    assert PitchRound.objects.get().pitch_at is None


def test_two_days_never_have_one_date_and_one_day_stays(town: Town) -> None:
    other = frame.add_single_day(town.event, town.day.date + DAY, "online")
    refused(lambda: actions.change_day(town.event, other.pk, town.day.date, "online"), "day-taken")
    refused(lambda: actions.remove_day(town.event, town.day.pk), "not-empty")
    frame.add_slot(other, at(10) + DAY, at(11) + DAY, is_open=True)
    before = state(town)
    actions.remove_day(town.event, other.pk)
    take_back(town)
    assert state(town) == before
    actions.remove_day(town.event, other.pk)
    refused(lambda: actions.remove_day(town.event, town.day.pk), "only-day")


def test_a_day_does_not_go_with_slots_that_somebody_added_meanwhile(town: Town) -> None:
    day = frame.add_single_day(town.event, town.day.date + DAY, "online")
    added = town.told("frame.changed")[-1]
    slot = frame.add_slot(day, at(10) + DAY, at(11) + DAY, is_open=True, actor="person:2")
    refused(lambda: FRAME[added.kind].take_back(town.event, added, "person:1"), "stale")
    refused(lambda: actions.remove_day(town.event, day.pk, revision=added.revision), "stale")
    assert Slot.objects.filter(pk=slot.pk).exists()
    actions.remove_day(town.event, day.pk, revision=town.revision)
    assert not Day.objects.filter(pk=day.pk).exists()


def test_a_day_does_not_go_while_it_says_when_a_host_is_not_free(town: Town) -> None:
    day = frame.add_single_day(town.event, town.day.date + DAY, "online")
    absence, _revision = actions.note_absence(day, ["name:cem"], (None, at(11) + DAY), name="Cem")
    assert "„Cem“" in str(refused(lambda: actions.remove_day(town.event, day.pk), "not-empty").detail)
    actions.withdraw_absence(town.event, absence.code)
    actions.remove_day(town.event, day.pk)


def test_a_room_does_not_go_while_a_stand_is_in_it(town: Town) -> None:
    room = town.rooms[2]
    booth = add_booth(town.event, {"name": "Stadtwerke", "room": room})
    put_aside(booth, aside=True)
    assert "„Stadtwerke“" in str(refused(lambda: actions.remove_room(town.event, room.pk), "not-empty").detail)
    booth.refresh_from_db()
    assert booth.room == room


def test_only_an_empty_room_goes_and_its_door_comes_back(town: Town) -> None:
    talk(town, 0, 0)
    refused(lambda: actions.remove_room(town.event, town.rooms[0].pk), "not-empty")
    before = state(town)
    actions.remove_room(town.event, town.rooms[2].pk)
    take_back(town)
    assert state(town) == before
    add_online_room(town.event, "Werkstatt online", "https://video.example/", town.rooms[2])
    actions.remove_room(town.event, town.rooms[2].pk)
    last = town.told("frame.changed")[-1]
    assert not FRAME[last.kind].is_possible(last), "the link of its video room would not come back"


def test_what_was_added_or_changed_can_be_taken_back(town: Town) -> None:
    before, look = state(town), (town.event.accent, town.event.address_form)
    frame.add_single_day(town.event, town.day.date + DAY, "online")
    take_back(town)
    frame.add_slot(town.day, at(18), at(19), is_open=True)
    take_back(town)
    frame.open_room(town.event, "Neu", 10, [])
    take_back(town)
    frame.edit_room(town.event, town.rooms[0].pk, {"name": "Großer Saal", "features": []})
    take_back(town)
    assert state(town) == before
    frame.change_look(town.event, {"accent": "rot", "address_form": "du"})
    take_back(town)
    event = Event.objects.get(pk=town.event.pk)
    assert (event.accent, event.address_form) == look
    frame.move_room_up(town.event, town.rooms[1].pk)
    last: Change = town.told("frame.changed")[-1]
    assert not FRAME[last.kind].is_possible(last), "one tap more brings the order back"
    assert FRAME[last.kind].role == RoleKind.ORGANISER


@pytest.mark.parametrize("part", ["slot", "day"])
def test_what_is_gone_cannot_be_changed(town: Town, part: str) -> None:
    act = {
        "slot": lambda: actions.change_slot(town.event, 10**9, (at(1), at(2)), is_open=True),
        "day": lambda: actions.change_day(town.event, 10**9, town.day.date, "online"),
    }[part]
    refused(act, f"no-such-{part}")
