"""Versions of a public programme: one for each state, their number only rises."""

from typing import Any

from tagwerk.programme import actions
from tagwerk.programme.actions.publishing import KEPT
from tagwerk.programme.editions import NOWHERE, current_edition, edition_at
from tagwerk.programme.models import Edition
from tagwerk.programme.published import schedule_of
from tests.programme.actions.test_conference import prepared
from tests.town import Town, at


def publish(town: Town, **said: Any) -> Edition:
    return actions.publish(town.event, schedule_of(town.event, NOWHERE, 0), revision=town.revision, **said)


def test_the_same_programme_is_the_same_version(town: Town) -> None:
    first = current_edition(town.event)
    actions.announce(town.event, "Mittagessen ist da")
    assert current_edition(town.event) == first
    session = prepared(town)
    assert current_edition(town.event) == first, "a draft is no part of it"
    actions.release(town.event)
    second = current_edition(town.event)
    assert second.number == first.number + 1
    assert second.content["version"] == str(second.number)
    actions.edit(session, {"title": "Anders"})
    assert current_edition(town.event).number == second.number + 1


def test_what_was_read_before_a_newer_version_changes_nothing(town: Town) -> None:
    prepared(town)
    before, revision = schedule_of(town.event, NOWHERE, 0), town.revision
    actions.release(town.event)
    newest = publish(town)
    assert actions.publish(town.event, before, revision=revision) == newest
    assert Edition.objects.count() == 1


def test_a_release_is_remembered_those_between_are_forgotten_in_time(town: Town) -> None:
    session = prepared(town)
    actions.release(town.event)
    released = edition_at(town.event, town.revision, is_release=True, note="Erster Stand")
    assert publish(town).note == "Erster Stand"
    for number in range(KEPT + 3):
        actions.edit(session, {"title": f"Titel {number}"})
        publish(town)
    kept = list(Edition.objects.values_list("number", flat=True))
    assert len(kept) == KEPT + 1
    assert released.number in kept


def test_a_session_keeps_its_names_when_it_moves(town: Town) -> None:
    session = prepared(town)
    actions.release(town.event)
    actions.note_plan(town.event, at(1))
    (before,) = [talk for talk in schedule_of(town.event, NOWHERE, 0).talks if talk.code == session.code]
    actions.move(session, town.slots[1], town.rooms[2])
    actions.note_plan(town.event, at(2))
    (after,) = [talk for talk in schedule_of(town.event, NOWHERE, 0).talks if talk.code == session.code]
    assert (before.guid, before.url) == (after.guid, after.url)
    assert (after.state, after.previous_room, after.sequence) == ("moved", "Saal", before.sequence + 1)
