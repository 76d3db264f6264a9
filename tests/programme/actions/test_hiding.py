"""What is public is hidden again, and the next release shows it as it was."""

import json
from typing import Any

import pytest

from tagwerk.contributions.privacy import forget_author
from tagwerk.events.models import Room
from tagwerk.live.models import Change
from tagwerk.programme import actions
from tagwerk.programme.actions.sessions import session_key
from tagwerk.programme.models import DraftPlace, Placement, Session
from tagwerk.site import telling_release
from tagwerk.site.undo_programme import PROGRAMME
from tests.contributions.call import opened, speaking
from tests.programme.actions.test_conference import person, prepared, refused
from tests.town import Town, at, cell, planned


def test_chosen_sessions_go_back_among_the_drafts_and_come_back(town: Town) -> None:
    one, two = prepared(town), prepared(town, room=1)
    actions.release(town.event)
    place = cell(one)
    actions.hide(town.event, [one.code], actor="person:1")
    assert not Placement.objects.filter(session=one).exists()
    assert Placement.objects.filter(session=two).exists()
    change: Change = town.told("programme.hidden")[-1]
    PROGRAMME[change.kind].take_back(town.event, change, "person:1")
    assert cell(one) == place
    refused(lambda: actions.hide(town.event, ["ZZZZZZ"]), "nothing-to-hide")


def test_the_whole_programme_is_hidden_but_not_the_barcamp_nor_what_falls_out(town: Town) -> None:
    topic, off, kept = planned(town), prepared(town, title="Fällt aus"), prepared(town, room=1)
    actions.release(town.event)
    actions.cancel(off)
    other = actions.slot_at(town.event, at(17), at(18))
    actions.put_draft(kept, other, None)
    actions.hide(town.event)
    assert set(Session.objects.filter(placement__isnull=False)) == {topic, off}
    assert DraftPlace.objects.get(session=kept).slot == other, "where it shall stand next is kept"


def undo(town: Town) -> None:
    change: Change = town.told("programme.hidden")[-1]
    PROGRAMME[change.kind].take_back(town.event, change, "person:1")


def state() -> list[dict[str, Any]]:
    """Give every place, public or prepared, without the number of its row."""
    rows = [*Placement.objects.order_by("session").values(), *DraftPlace.objects.order_by("session").values()]
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_what_is_shown_again_stands_as_it_stood_and_a_move_still_waits(town: Town) -> None:
    moved, kept = prepared(town), prepared(town, room=1)
    actions.release(town.event)
    actions.put_draft(moved, actions.slot_at(town.event, at(17), at(18)), None, override="Nur geplant")
    Placement.objects.filter(session=moved).update(is_pinned=False, is_full=True, first_slot=town.slots[1])
    before = state()
    actions.hide(town.event)
    undo(town)
    assert state() == before
    assert "Nur geplant" not in str(town.told("programme.hidden")[-1].before), "words of people are not in the ledger"
    assert not PROGRAMME["programme.hidden"].is_possible(Change(before={"sessions": [kept.code]}))


def test_a_clash_that_was_accepted_does_not_keep_it_hidden_but_a_new_one_does(town: Town) -> None:
    ada, bea = person(town), person(town, "Bea Muster")
    one, two, three = (prepared(town, room=room, title=f"Nummer {room}") for room in range(3))
    for session, who in ((one, [ada, bea]), (two, [ada]), (three, [])):
        actions.set_parts(session, [(somebody, "speaker") for somebody in who])
    actions.put_draft(two, actions.slot_at(town.event, at(8), at(9)), town.rooms[1], override="Sie wechselt")
    actions.release(town.event)
    before = state()
    for chosen in (None, [one.code], [two.code]):
        actions.hide(town.event, chosen)
        undo(town)
        assert state() == before
    actions.hide(town.event, [one.code])
    actions.set_parts(three, [(bea, "speaker")])
    assert "Nummer 2" in str(refused(lambda: undo(town), "clash").detail)


def test_a_room_that_lacks_something_by_now_is_named(town: Town) -> None:
    session = prepared(town)
    actions.release(town.event)
    actions.hide(town.event)
    Session.objects.filter(pk=session.pk).update(needs=["hearing_loop"])
    refused(lambda: undo(town), "clash")


def test_nothing_is_shown_again_at_a_place_that_is_taken_or_gone(town: Town) -> None:
    session = prepared(town)
    actions.release(town.event)
    actions.hide(town.event)
    DraftPlace.objects.all().delete()
    other = prepared(town)
    actions.release(town.event, [other.code])
    refused(lambda: undo(town), "place-taken")
    Placement.objects.all().delete()
    Room.objects.filter(pk=town.rooms[0].pk).delete()
    refused(lambda: undo(town), "no-such-place")
    assert not Placement.objects.filter(session=session).exists()


def html(town: Town) -> str:
    """Give the fragments of the last change for everybody, in German."""
    return str(json.loads(town.told()[-1].words["public"]["de"]).get("html", ""))


def test_open_pages_get_the_slots_without_what_is_hidden(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = prepared(town, title="Geheim"), prepared(town, room=1, title="Offen")
    actions.release(town.event)
    slot = cell(other)[0]
    actions.hide(town.event, [one.code])
    assert f'id="slot-{slot}"' in html(town)
    assert "Offen" in html(town)
    assert "Geheim" not in html(town)
    monkeypatch.setattr(telling_release, "AT_MOST", 0)
    actions.hide(town.event)
    assert f'id="slot-{slot}"' not in html(town), "too many to come with the message"
    assert 'id="now"' in html(town), "the home page shows what comes next, and does not fetch itself"


def test_what_was_deleted_since_it_was_hidden_does_not_come_back(town: Town) -> None:
    opened(town.event)
    author = speaking(town.event)
    session = Session.objects.get(contribution__author=author)
    actions.put_draft(session, actions.slot_at(town.event, at(8), at(9)), town.rooms[0])
    actions.release(town.event)
    actions.hide(town.event, [session.code], actor="person:1")
    change: Change = town.told("programme.hidden")[-1]
    forget_author(author)
    assert session_key(session) in town.told("draft.changed")[-1].touches
    refused(lambda: PROGRAMME[change.kind].take_back(town.event, change, "person:1"), "no-such-session")
