"""Several sessions change their places in one go: all or none, told as one, taken back as one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.programme import actions
from tagwerk.programme.actions import Move, rearrange
from tagwerk.programme.models import Placement, Session
from tests.programme.test_actions import refused, talk
from tests.town import Town, cell


def to(town: Town, session: Session, slot: int, room: int | None, reasons: Any = None) -> Move:
    """Name a new place by slot and room, counted from 0."""
    return Move(session.code, town.slots[slot].pk, None if room is None else town.rooms[room].pk, reasons)


def place_of(town: Town, slot: int, room: int) -> tuple[int, int]:
    return town.slots[slot].pk, town.rooms[room].pk


def test_two_sessions_swap_their_rooms_and_it_is_one_change(town: Town) -> None:
    small, large = talk(town, 0, 2), talk(town, 0, 0)
    seen = town.revision
    revision = rearrange(town.event, [to(town, small, 0, 0), to(town, large, 0, 2)], revision=seen, actor="person:1")
    assert (cell(small), cell(large)) == (place_of(town, 0, 0), place_of(town, 0, 2))
    (change,) = town.told("sessions.rearranged")
    assert (change.revision, change.actor, town.revision) == (revision, "person:1", seen + 1)
    assert change.after["moves"] == [[small.code, *place_of(town, 0, 0)], [large.code, *place_of(town, 0, 2)]]
    assert change.before["moves"] == [[small.code, *place_of(town, 0, 2)], [large.code, *place_of(town, 0, 0)]]
    assert set(change.touches) == {
        f"session:{small.code}",
        f"session:{large.code}",
        "cell:{}:{}".format(*place_of(town, 0, 0)),
        "cell:{}:{}".format(*place_of(town, 0, 2)),
    }
    assert "in Saal statt Werkstatt" in change.words["public"]["de"]


def test_three_go_round_over_slots_and_rooms(town: Town) -> None:
    one, two, three = talk(town, 0, 0), talk(town, 1, 1), talk(town, 2, 2)
    rearrange(town.event, [to(town, one, 1, 1), to(town, two, 2, 2), to(town, three, 0, 0)])
    assert [cell(one), cell(two), cell(three)] == [place_of(town, 1, 1), place_of(town, 2, 2), place_of(town, 0, 0)]


def test_many_moves_are_told_with_one_sentence_each(town: Town) -> None:
    talks = [talk(town, 0, room) for room in range(3)] + [talk(town, 1, 0)]
    rearrange(
        town.event, [to(town, session, 2 if number < 3 else 0, number % 3) for number, session in enumerate(talks)]
    )
    told = town.told("sessions.rearranged")[-1].words["public"]["de"]
    assert told.count(" um ") == 4
    assert "4 Sessions finden zu anderer Zeit" in told


def test_the_reverse_gives_back_everything_and_nothing_needs_to_be_said_any_more(town: Town) -> None:
    small, large = talk(town, 0, 2), talk(town, 0, 0)
    Session.objects.filter(pk=small.pk).update(
        reasons=[{"kind": "interested", "value": 3, "text": "3 interested"}, {"kind": "clash", "value": "Radwege"}]
    )
    rearrange(town.event, [to(town, small, 0, 0), to(town, large, 0, 2)])
    placement = Placement.objects.get(session=small)
    assert placement.first_room == town.rooms[2]
    before = town.told("sessions.rearranged")[-1].before
    assert before["reasons"][small.code] == [{"kind": "interested", "value": 3, "text": ""}]
    rearrange(town.event, [Move(code, slot, room, before["reasons"][code]) for code, slot, room in before["moves"]])
    placement.refresh_from_db()
    assert placement.room == town.rooms[2]
    assert placement.first_room_id is None
    assert Session.objects.get(pk=small.pk).reasons == before["reasons"][small.code]


def test_if_one_cannot_none_moves(town: Town) -> None:
    one, two, fixed = talk(town, 0, 0), talk(town, 0, 1), talk(town, 1, 1)
    taken = refused("place-taken", rearrange, town.event, [to(town, one, 0, 2), to(town, two, 1, 1)])
    assert taken.extra == {"occupied_by": fixed.code}
    assert (cell(one), cell(two)) == (place_of(town, 0, 0), place_of(town, 0, 1))
    assert not town.told("sessions.rearranged")
    refused("place-taken", rearrange, town.event, [to(town, one, 2, 2), to(town, two, 2, 2)])


def test_hosts_are_looked_at_when_everybody_stands(town: Town) -> None:
    one, two = talk(town, 0, 0, hosts=["name:cem"]), talk(town, 1, 1, hosts=["name:cem"])
    rearrange(town.event, [to(town, one, 1, 1), to(town, two, 0, 0)])  # they change sides and never meet
    refused("host-busy", rearrange, town.event, [to(town, one, 0, 1)])
    assert cell(one) == place_of(town, 1, 1)


def test_what_stands_there_already_is_left_out(town: Town) -> None:
    one, two = talk(town, 0, 0), talk(town, 0, 1)
    rearrange(town.event, [to(town, one, 0, 0), to(town, two, 0, 2)])
    assert [move[0] for move in town.told("sessions.rearranged")[-1].after["moves"]] == [two.code]
    refused("same-place", rearrange, town.event, [to(town, one, 0, 0)])


def test_what_is_pinned_or_begins_soon_moves_only_freely(town: Town) -> None:
    pinned, soon = talk(town, 0, 0), talk(town, 1, 0)
    actions.pin(pinned, pinned=True)
    town.slots[1].start = timezone.now() + timedelta(minutes=20)
    town.slots[1].save()
    for session in (pinned, soon):
        refusal = refused("session-fixed", rearrange, town.event, [to(town, session, 2, 0)])
        assert refusal.extra == {"session": session.code}
    rearrange(town.event, [to(town, pinned, 2, 0), to(town, soon, 2, 1)], freely=True)
    assert cell(soon) == place_of(town, 2, 1)


def test_a_plan_that_somebody_overtook_is_refused(town: Town) -> None:
    one, two, other, seen = talk(town, 0, 0), talk(town, 0, 1), talk(town, 1, 0), town.revision
    seen = town.revision
    actions.move(other, town.slots[2], town.rooms[2])
    rearrange(town.event, [to(town, one, 0, 1), to(town, two, 0, 0)], revision=seen)
    refused("stale", rearrange, town.event, [to(town, one, 0, 0), to(town, two, 0, 1)], revision=seen)
    refused("stale", rearrange, town.event, [to(town, one, 2, 2)], revision=seen)


def test_only_places_and_sessions_of_the_event_are_known(town: Town, neighbours: Town) -> None:
    session, theirs = talk(town, 0, 0), talk(neighbours, 0, 0)
    assert refused("not-placed", rearrange, town.event, [to(town, theirs, 1, 1)]).extra == {"session": theirs.code}
    for slot, room in ((neighbours.slots[1].pk, town.rooms[1].pk), (town.slots[1].pk, neighbours.rooms[1].pk)):
        with pytest.raises(Unknown):
            rearrange(town.event, [Move(session.code, slot, room)])
    actions.cancel(session)
    with pytest.raises(Refusal):
        rearrange(town.event, [to(town, session, 1, 1)])


def test_a_session_for_the_whole_house_needs_no_room(town: Town) -> None:
    session = talk(town, 0, None)
    rearrange(town.event, [to(town, session, 1, None)])
    assert cell(session) == (town.slots[1].pk, None)


def test_a_closed_room_takes_nobody(town: Town) -> None:
    session = talk(town, 0, 0)
    town.rooms[1].is_open = False
    town.rooms[1].save()
    refused("place-closed", rearrange, town.event, [to(town, session, 0, 1)])
