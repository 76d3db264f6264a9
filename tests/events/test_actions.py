"""What is done with events: founded, shaped, led from phase to phase, moved in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tagwerk.events import actions
from tagwerk.events.models import Day, Event, OnlineRoom, Slot
from tagwerk.events.rules import QR_SHOWN, Feature, Mode, Phase, Wall
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.live.models import Stream
from tests.town import Town, at, the_day


@pytest.mark.django_db
def test_a_new_event_is_a_draft_with_a_realm_and_an_empty_ledger() -> None:
    event = actions.found("neustadt", "Neustadt", expected_people=100, address_form="du")
    stream = Stream.objects.get(pk=event.stream)
    assert event.phase == Phase.DRAFT
    assert event.realm.minting_budget == 200
    assert (stream.revision, stream.languages) == (0, {"de": "de-du", "en": "en"})


def test_a_day_keeps_its_slots_in_order_of_time(town: Town) -> None:
    day = the_day() + timedelta(days=1)
    later, sooner = ((at(hour) + timedelta(days=1), at(hour, 30) + timedelta(days=1), True) for hour in (15, 9))
    slots = actions.add_day(town.event, day, Mode.ON_SITE, [later, sooner])
    assert [slot.start for slot in slots] == [sooner[0], later[0]]


def test_slots_may_touch_but_not_overlap(town: Town) -> None:
    day = the_day() + timedelta(days=1)
    touching = [(at(9), at(10), True), (at(10), at(11), True)]
    assert len(actions.add_day(town.event, day, Mode.ON_SITE, touching)) == 2
    with pytest.raises(Invalid) as refusal:
        actions.add_day(
            town.event, day + timedelta(days=1), Mode.ON_SITE, [(at(9), at(10), True), (at(9, 59), at(11), True)]
        )
    assert refusal.value.kind == "slots-overlap"
    assert not Day.objects.filter(date=day + timedelta(days=1)).exists()


def test_rooms_stand_in_the_order_in_which_they_came(town: Town) -> None:
    room = actions.add_room(town.event, "Garten", 15, [Feature.STEP_FREE])
    assert list(town.event.rooms.all())[-1] == room
    assert room.features == ["step_free"]


def test_a_second_link_of_a_room_is_its_fallback(town: Town) -> None:
    for name in ("Saal online", "Saal Ersatz"):
        actions.add_online_room(town.event, name, "https://video.example/saal", town.rooms[0])
    assert list(OnlineRoom.objects.values_list("name", "rank")) == [("Saal online", 0), ("Saal Ersatz", 1)]


def test_an_event_enters_its_next_phase_and_tells_so(town: Town) -> None:
    revision = actions.enter_phase(town.event, Phase.FOLLOW_UP, actor="person:1")
    (change,) = town.told("event.phase")
    assert Event.objects.get(pk=town.event.pk).phase == Phase.FOLLOW_UP
    assert (change.revision, change.before, change.after) == (revision, {"phase": "live"}, {"phase": "follow_up"})
    assert '"phase":"follow_up"' in change.words["public"]["de"]


def test_an_event_cannot_jump_over_phases(town: Town) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.enter_phase(town.event, Phase.ARCHIVED)
    assert refusal.value.kind == "phase"
    assert not town.told("event.phase")


def test_a_capacity_changes_and_what_is_left_out_stays(town: Town) -> None:
    actions.set_capacity(town.day, {"on_site": 50, "remote": None})
    day = actions.set_capacity(town.day, {"remote": 0})
    day.refresh_from_db()
    assert (day.capacity_on_site, day.capacity_remote) == (50, 0)
    change = town.told("day.changed")[-1]
    assert change.before == {"on_site": 50, "remote": None}
    assert f'"day":{day.pk}' in change.words["public"]["en"]


@pytest.mark.parametrize("number", [-1, 1_000_001, 2**63, 1.5, "7", True, [], {}, float("nan")])
def test_what_is_no_number_of_seats_is_refused_by_name(town: Town, number: object) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.set_capacity(town.day, {"on_site": number})
    assert list(refusal.value.errors) == ["on_site"]


def test_an_unknown_kind_of_capacity_is_refused_by_name(town: Town) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.set_capacity(town.day, {"moon": 1})
    assert list(refusal.value.errors) == ["moon"]


def test_an_event_moves_as_a_whole(town: Town) -> None:
    before = list(Slot.objects.values_list("start", "end"))
    empty = Day.objects.create(event=town.event, date=the_day() + timedelta(days=5))
    actions.shift(town.event, timedelta(days=2, hours=1))
    after = list(Slot.objects.values_list("start", "end"))
    assert after == [(start + timedelta(days=2, hours=1), end + timedelta(days=2, hours=1)) for start, end in before]
    town.day.refresh_from_db()
    empty.refresh_from_db()
    assert town.day.date == the_day() + timedelta(days=2)
    assert empty.date == the_day() + timedelta(days=5)


def test_moving_one_event_leaves_the_neighbours_where_they_are(town: Town, neighbours: Town) -> None:
    before = list(Slot.objects.filter(day__event=neighbours.event).values_list("start", flat=True))
    actions.shift(town.event, timedelta(hours=3))
    assert list(Slot.objects.filter(day__event=neighbours.event).values_list("start", flat=True)) == before


def wall(town: Town) -> tuple[str, bool]:
    event = Event.objects.get(pk=town.event.pk)
    return event.wall, event.wall_until is not None


def test_the_crew_puts_something_on_all_walls_and_tells_so(town: Town) -> None:
    revision = actions.switch_walls(town.event, Wall.BLACK, actor="person:1")
    (change,) = town.told("walls")
    assert wall(town) == ("black", False)
    assert (change.revision, change.before, change.after) == (revision, {"wall": "auto"}, {"wall": "black"})
    assert '"wall":"black"' in change.words["public"]["de"]


def test_the_large_code_leaves_by_itself_after_a_minute(town: Town) -> None:
    actions.switch_walls(town.event, Wall.PLAN)
    actions.switch_walls(town.event, Wall.QR)
    assert wall(town) == ("qr", True)
    with time_machine.travel(timezone.now() + QR_SHOWN):
        actions.switch_walls(town.event, Wall.STAGE)
    assert wall(town) == ("stage", False)
    assert [change.before["wall"] for change in town.told("walls")] == ["auto", "plan", "auto"]


def test_walls_show_only_what_they_can(town: Town) -> None:
    with pytest.raises(Invalid):
        actions.switch_walls(town.event, "cinema")


def test_a_stale_switch_of_the_walls_is_refused(town: Town) -> None:
    seen = town.revision
    actions.switch_walls(town.event, Wall.BLACK)
    with pytest.raises(Refusal) as refusal:
        actions.switch_walls(town.event, Wall.AUTO, revision=seen)
    assert refusal.value.kind == "stale"
    assert wall(town) == ("black", False)
