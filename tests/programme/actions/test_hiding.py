"""What is public is hidden again, and the next release shows it as it was."""

from tagwerk.live.models import Change
from tagwerk.programme import actions
from tagwerk.programme.models import DraftPlace, Placement, Session
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
