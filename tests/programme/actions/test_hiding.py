"""What is public is hidden again, and the next release shows it as it was."""

import json

import pytest

from tagwerk.live.models import Change
from tagwerk.programme import actions
from tagwerk.programme.models import DraftPlace, Placement, Session
from tagwerk.site import telling_release
from tagwerk.site.undo_programme import PROGRAMME
from tests.programme.actions.test_conference import prepared, refused
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
