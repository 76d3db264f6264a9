"""What is done with the programme: schedule, move, pin, cancel, restore, announce; never two in one place."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.programme import actions
from tagwerk.programme.actions.sessions import hosts_at
from tagwerk.programme.cards import grid_of, placed_sessions, session_card
from tagwerk.programme.models import Announcement, Placement, Session
from tagwerk.programme.rules import Kind, State
from tests.town import Town, cell


def talk(town: Town, slot: int, room: int | None, **fields: Any) -> Session:
    """Put a talk by hand into slot and room, counted from 0."""
    fields = {"title": "Ein Vortrag", "kind": Kind.TALK, **fields}
    return actions.schedule(town.event, town.slots[slot], None if room is None else town.rooms[room], **fields)


def refused(kind: str, function: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        function(*args, **kwargs)
    assert refusal.value.kind == kind
    return refusal.value


def test_a_talk_is_scheduled_by_hand_and_told(town: Town) -> None:
    session = talk(town, 0, 1)
    assert cell(session) == (town.slots[0].pk, town.rooms[1].pk)
    change = town.told("session.scheduled")[-1]
    assert change.code == session.code
    assert change.touches == [f"session:{session.code}", f"cell:{town.slots[0].pk}:{town.rooms[1].pk}"]


def test_two_sessions_never_share_a_place(town: Town) -> None:
    first = talk(town, 0, 0)
    refusal = refused("place-taken", talk, town, 0, 0)
    assert refusal.extra == {"occupied_by": first.code}
    assert Session.objects.filter(kind=Kind.TALK).count() == 1


def test_a_host_is_never_in_two_places(town: Town) -> None:
    first = talk(town, 0, 0, hosts=["name:cem"], host_name="Cem")
    refusal = refused("host-busy", talk, town, 0, 1, hosts=["device:9", "name:cem"])
    assert refusal.extra == {"occupied_by": first.code}
    assert "Cem" in str(refusal.detail)
    assert not talk(town, 1, 1, hosts=["name:cem"]).is_cancelled


def test_a_busy_host_without_a_name_is_named_by_the_session(town: Town) -> None:
    talk(town, 0, 0, hosts=["device:9"], title="Radwege")
    assert "Radwege" in str(refused("host-busy", talk, town, 0, 1, hosts=["device:9"]).detail)


def test_breaks_and_people_of_other_events_keep_nobody_busy(town: Town, neighbours: Town) -> None:
    talk(town, 0, None, hosts=["name:cem"], kind=Kind.BREAK)
    talk(neighbours, 0, 0, hosts=["name:cem"])
    assert not talk(town, 0, 1, hosts=["name:cem"]).is_cancelled
    assert hosts_at(town.slots[0], [], but=talk(town, 1, 1)) is None


def test_a_move_is_told_with_both_places(town: Town) -> None:
    session = talk(town, 0, 0)
    revision = actions.move(session, town.slots[1], town.rooms[2], actor="person:1")
    change = town.told("session.moved")[-1]
    old, new = (town.slots[0].pk, town.rooms[0].pk), (town.slots[1].pk, town.rooms[2].pk)
    assert cell(session) == new
    assert (change.revision, change.actor) == (revision, "person:1")
    assert change.touches == [f"session:{session.code}", "cell:{}:{}".format(*old), "cell:{}:{}".format(*new)]
    assert change.before == {"slot": old[0], "room": old[1]}
    assert change.after == {"slot": new[0], "room": new[1]}


def test_a_moved_session_remembers_where_it_was_announced_until_it_is_back(town: Town) -> None:
    session = talk(town, 0, 0)
    for slot, room in ((1, 1), (2, 2)):
        actions.move(session, town.slots[slot], town.rooms[room])
    placement = Placement.objects.get(session=session)
    assert (placement.first_slot, placement.first_room) == (town.slots[0], town.rooms[0])
    actions.move(session, town.slots[0], town.rooms[0])
    placement.refresh_from_db()
    assert (placement.first_slot, placement.first_room) == (None, None)


def test_a_move_to_where_it_stands_is_refused(town: Town) -> None:
    refused("same-place", actions.move, talk(town, 0, 0), town.slots[0], town.rooms[0])


def test_a_move_to_a_taken_place_leaves_both_where_they_are(town: Town) -> None:
    one, other = talk(town, 0, 0), talk(town, 1, 1)
    refused("place-taken", actions.move, one, town.slots[1], town.rooms[1])
    assert (cell(one), cell(other)) == ((town.slots[0].pk, town.rooms[0].pk), (town.slots[1].pk, town.rooms[1].pk))


def test_a_move_into_the_past_is_refused(town: Town) -> None:
    session, slot = talk(town, 0, 0), town.slots[1]
    slot.start, slot.end = timezone.now() - timedelta(hours=2), timezone.now() - timedelta(hours=1)
    slot.save()
    refused("slot-over", actions.move, session, slot, town.rooms[1])


def test_a_session_does_not_leave_its_event(town: Town, neighbours: Town) -> None:
    session = talk(town, 0, 0)
    for slot, room in ((town.slots[1], neighbours.rooms[0]), (neighbours.slots[1], town.rooms[0])):
        with pytest.raises(Unknown):
            actions.move(session, slot, room)


def test_a_stale_move_is_refused_with_what_the_other_did(town: Town) -> None:
    session, seen = talk(town, 0, 0), town.revision
    theirs = actions.move(session, town.slots[1], town.rooms[1])
    change = refused("stale", actions.move, session, town.slots[2], town.rooms[2], revision=seen).extra["change"]
    assert (change["kind"], change["code"], change["revision"]) == ("session.moved", session.code, theirs)
    assert cell(session) == (town.slots[1].pk, town.rooms[1].pk)


def test_a_stale_move_into_a_place_that_was_used_meanwhile_is_refused(town: Town) -> None:
    mine, theirs, seen = talk(town, 0, 0), talk(town, 1, 1), town.revision
    actions.move(theirs, town.slots[2], town.rooms[2])
    refused("stale", actions.move, mine, town.slots[1], town.rooms[1], revision=seen)


def test_what_others_did_elsewhere_makes_nothing_stale(town: Town) -> None:
    mine, theirs, seen = talk(town, 0, 0), talk(town, 1, 1), town.revision
    actions.move(theirs, town.slots[2], town.rooms[2])
    actions.announce(town.event, "Der Kaffee ist fertig")
    assert actions.move(mine, town.slots[0], town.rooms[1], revision=seen) == town.revision


def test_a_pin_is_told_to_the_crew_only(town: Town) -> None:
    session = talk(town, 0, 0)
    actions.pin(session, pinned=True)
    change = town.told("session.pinned")[-1]
    assert Placement.objects.get(session=session).is_pinned
    assert (list(change.words), change.before, change.after) == (["crew"], {"pinned": False}, {"pinned": True})
    actions.pin(session, pinned=False, revision=town.revision)
    assert not Placement.objects.get(session=session).is_pinned


def test_a_full_session_is_told_with_what_was_before(town: Town) -> None:
    session = talk(town, 0, 0)
    revision = actions.mark_full(session, full=True, actor="person:1")
    change = town.told("session.full")[-1]
    assert Placement.objects.get(session=session).is_full
    assert (change.revision, change.before, change.after) == (revision, {"full": False}, {"full": True})
    assert '"full":true' in change.words["public"]["de"]
    actions.mark_full(session, full=False, revision=town.revision)
    assert not Placement.objects.get(session=session).is_full


def test_who_is_full_sends_people_to_the_emptiest_room_of_the_same_time(town: Town) -> None:
    full, beside, _later = talk(town, 0, 1), talk(town, 0, 0, title="Nebenan"), talk(town, 1, 0, title="Später")
    actions.mark_full(full, full=True)
    card = grid_of(town.event).card(full.code)
    assert card.alternative is not None
    assert (card.alternative.title, card.alternative.room_name) == ("Nebenan", "Saal")
    assert session_card(placed_sessions(town.event).get(code=full.code)).alternative == card.alternative
    actions.mark_full(beside, full=True)
    assert grid_of(town.event).card(full.code).alternative is None


def test_a_move_finds_seats_again(town: Town) -> None:
    session = talk(town, 0, 2)
    actions.mark_full(session, full=True)
    actions.move(session, town.slots[0], town.rooms[0])
    assert not Placement.objects.get(session=session).is_full


def test_a_cancelled_session_stays_visible_and_frees_its_place(town: Town) -> None:
    session = talk(town, 0, 0)
    actions.cancel(session, note="Zug verpasst")
    session.refresh_from_db()
    assert (session.state, session.note) == (State.CANCELLED, "Zug verpasst")
    assert not talk(town, 0, 0).is_cancelled


@pytest.mark.parametrize("verb", ["move", "pin", "cancel", "mark_full"])
def test_what_is_cancelled_stands_nowhere(town: Town, verb: str) -> None:
    session = talk(town, 0, 0)
    actions.cancel(session)
    calls: dict[str, Any] = {
        "move": lambda: actions.move(session, town.slots[1], town.rooms[1]),
        "pin": lambda: actions.pin(session, pinned=True),
        "cancel": lambda: actions.cancel(session),
        "mark_full": lambda: actions.mark_full(session, full=True),
    }
    refused("not-placed", calls[verb])


@pytest.mark.parametrize("verb", ["pin", "cancel"])
def test_a_stale_decision_is_refused(town: Town, verb: str) -> None:
    session, seen = talk(town, 0, 0), town.revision
    actions.move(session, town.slots[1], town.rooms[1])
    stale: dict[str, Any] = {
        "pin": lambda: actions.pin(session, pinned=True, revision=seen),
        "cancel": lambda: actions.cancel(session, revision=seen),
    }
    refused("stale", stale[verb])


def test_a_cancelled_session_comes_back_to_its_place(town: Town) -> None:
    session = talk(town, 0, 0)
    actions.cancel(session, note="krank")
    actions.restore(session)
    session.refresh_from_db()
    assert (session.state, session.note) == (State.PLANNED, "")
    refused("not-cancelled", actions.restore, session)
    refused("place-taken", talk, town, 0, 0)


def test_a_session_does_not_come_back_when_its_place_its_host_or_its_state_is_taken(town: Town) -> None:
    session, seen = talk(town, 0, 0, hosts=["name:cem"]), town.revision
    actions.cancel(session)
    refused("stale", actions.restore, session, revision=seen)
    other = talk(town, 0, 0)
    refused("place-taken", actions.restore, session)
    actions.move(other, town.slots[1], town.rooms[1])
    talk(town, 0, 1, hosts=["name:cem"])
    refused("host-busy", actions.restore, session)
    session.refresh_from_db()
    assert session.is_cancelled


def test_an_announcement_reaches_everybody_and_can_be_taken_back(town: Town) -> None:
    notice, revision = actions.announce(town.event, "  Der Kaffee\u202e ist fertig ", actor="person:1")
    change = town.told("announcement")[-1]
    assert (notice.text, change.revision) == ("Der Kaffee ist fertig", revision)
    assert set(change.words) == {"public", "crew"}
    assert "Der Kaffee ist fertig" in change.words["public"]["en"]
    actions.withdraw_announcement(notice)
    assert Announcement.objects.get().is_withdrawn
    assert town.told("announcement.withdrawn")[-1].code == notice.code


@pytest.mark.parametrize("text", ["", "  \u200b\u2060 ", "x" * 201, "nul \0", "\ud800"])
def test_an_announcement_says_something_short_and_readable(town: Town, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.announce(town.event, text)
    assert list(refusal.value.errors) == ["text"]
    assert not Announcement.objects.exists()
