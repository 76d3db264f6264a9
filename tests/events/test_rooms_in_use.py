"""A room is opened or closed, made a table, or rented for longer; its use is taken back as it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.events.actions import change_room, switch_room
from tagwerk.events.rules import RoomKind, RoomUse, is_usable, kind_of_name, room_use
from tagwerk.kit.refusals import Unknown
from tests.town import Town

USES = st.builds(
    RoomUse,
    is_open=st.booleans(),
    kind=st.sampled_from(list(RoomKind)),
    until=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(USES)
def test_a_use_in_the_ledger_is_the_use_that_was_written(use: RoomUse) -> None:
    assert room_use(use.plain()) == use


@given(USES, st.datetimes(timezones=st.just(UTC)))
def test_a_room_may_be_used_while_it_is_open_and_ours(use: RoomUse, end: datetime) -> None:
    assert is_usable(use, end) == (use.is_open and not (use.until and use.until < end))


@pytest.mark.parametrize(("name", "kind"), [("Tisch 3", "table"), ("Stehtisch", "table"), ("Raum Tischlerei", "room")])
def test_a_name_tells_tables_from_rooms(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


def test_a_change_of_use_is_told_once_to_the_crew(town: Town) -> None:
    wanted = RoomUse(is_open=False, kind=RoomKind.TABLE, until=datetime(2026, 6, 1, 12, tzinfo=UTC))
    for _pressed_twice in range(2):
        switch_room(town.event, town.rooms[0].pk, wanted, actor="person:1")
    told = town.told("room.switched")
    assert len(told) == 1
    assert room_use(told[0].before) == RoomUse()
    room = town.event.rooms.get(pk=town.rooms[0].pk)
    assert room.use == wanted
    assert room.is_table


def test_what_is_changed_about_a_room_leaves_the_rest_as_somebody_else_wants_it(town: Town) -> None:
    number, until = town.rooms[0].pk, datetime(2026, 6, 1, 12, tzinfo=UTC)
    change_room(town.event, number, until=until)
    change_room(town.event, number, is_open=False, actor="person:1")
    assert town.event.rooms.get(pk=number).use == RoomUse(is_open=False, until=until)
    assert town.told("room.switched")[-1].before == RoomUse(until=until).plain()


def test_a_neighbours_room_is_none_of_ours(town: Town, neighbours: Town) -> None:
    with pytest.raises(Unknown):
        switch_room(town.event, neighbours.rooms[0].pk, RoomUse(is_open=False))
    with pytest.raises(Unknown):
        change_room(town.event, neighbours.rooms[0].pk, is_open=False)
