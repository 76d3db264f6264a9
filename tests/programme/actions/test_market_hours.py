"""While the market is open alone nothing else happens: not by the desk, not by a release, not by the planner."""

from datetime import timedelta
from typing import Any

import pytest

from tagwerk.barcamp.actions.successors import successors
from tagwerk.events.models import Slot
from tagwerk.programme import actions
from tagwerk.programme.cards import grid_of
from tagwerk.programme.market_hours import market_hours
from tagwerk.programme.models import DraftPlace, Placement, Session
from tagwerk.site.desk_targets import free_targets
from tests.programme.actions.test_conference import prepared, refused
from tests.programme.test_actions import talk
from tests.town import Town, at, back_by, cell, fresh, planned, someone_proposes


def open_alone(town: Town, slot: Slot | None = None, **words: Any) -> Session:
    """Let the market be open alone, from 11:15 to 11:30 if nothing else is said: in the middle of a slot."""
    place = slot or actions.slot_at(town.event, at(11, 15), at(11, 30))
    return prepared(town, place, None, title="Marktzeit", kind="market", **words)


def test_nothing_is_released_beside_the_market_without_a_reason(town: Town) -> None:
    hours = open_alone(town)
    session = prepared(town, town.slots[1], 0)
    stop = refused(lambda: actions.release(town.event), "clash")
    assert {one["kind"] for one in stop.extra["clashes"]} == {"market"}
    assert "Marktzeit" in str(stop.detail)
    place = DraftPlace.objects.get(session=session)
    actions.put_draft(session, place.slot, place.room, override="Nur für Angemeldete")
    actions.release(town.event)
    assert Placement.objects.filter(session__in=[hours, session]).count() == 2


def test_stand_sessions_and_breaks_go_on_beside_the_market(town: Town) -> None:
    open_alone(town)
    prepared(town, town.slots[1], 0, kind="stand")
    prepared(town, town.slots[1], None, kind="break", title="Pause")
    actions.release(town.event)
    assert market_hours(town.event) == [actions.slot_at(town.event, at(11, 15), at(11, 30)).span]


def test_the_desk_moves_nothing_beside_the_market_nor_the_market_beside_anything(town: Town) -> None:
    session = talk(town, 0, 0)
    hours = open_alone(town)
    actions.release(town.event)
    stop = refused(lambda: actions.move(session, town.slots[1], town.rooms[0]), "market-hours")
    assert stop.extra["occupied_by"] == hours.code
    refused(lambda: actions.move(hours, town.slots[0], None), "market-hours")
    assert town.slots[1].pk not in {card.slot_id for card in free_targets(town.event, session)}
    actions.cancel(hours)
    actions.move(session, town.slots[1], town.rooms[0])
    refused(lambda: actions.restore(hours), "market-hours")


def test_the_planner_leaves_the_slot_of_the_market_alone(town: Town) -> None:
    open_alone(town, town.slots[0])
    actions.release(town.event)
    sessions = [planned(town, f"Thema {number}") for number in range(2)]
    assert town.slots[0].pk not in {cell(session)[0] for session in sessions}
    row = next(row for row in grid_of(town.event).rows() if row.id == town.slots[0].pk)
    assert (row.is_open_for_barcamp, row.free_columns, row.late_until) == (False, [], None)
    assert successors(town.event, town.slots[0], town.rooms) == []


def test_an_untitled_market_is_named_by_its_kind(town: Town) -> None:
    session = talk(town, 0, 0)
    prepared(town, actions.slot_at(town.event, at(11, 15), at(11, 30)), None, title="", kind="market")
    actions.release(town.event)
    stop = refused(lambda: actions.move(session, town.slots[1], town.rooms[0]), "market-hours")
    assert "Marktzeit" in str(stop.detail)


@pytest.mark.parametrize("minutes", [0, 60])
def test_a_likely_place_is_lost_when_the_market_opens_there(town: Town, minutes: int) -> None:
    from tagwerk.barcamp.lost import has_lost_places

    topic = back_by(town, someone_proposes(town), 1)
    topic.state, topic.likely_slot, topic.likely_room = "qualified", town.slots[0], town.rooms[0]
    topic.save()
    start = at(10) + timedelta(minutes=minutes)
    open_alone(town, actions.slot_at(town.event, start, start + timedelta(minutes=20)))
    actions.release(town.event)
    assert has_lost_places(town.event) == (minutes == 0)
    assert fresh(topic).likely_slot == town.slots[0]
