"""Prepared sessions: only the crew knows of them until they are released, all at once and checked as a whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.events.models import Slot
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.programme import actions
from tagwerk.programme.models import DraftPlace, Embargo, Participation, Placement, Programme, Session, Speaker, Track
from tests.programme.test_actions import talk
from tests.town import Town, at, cell

HOUR = timedelta(hours=1)


def prepared(town: Town, slot: Slot | None = None, room: int | None = 0, **words: Any) -> Session:
    session = actions.draft(town.event, {"title": "Vorbereitet", "kind": "talk", **words})
    place = slot or actions.slot_at(town.event, at(8), at(9))
    actions.put_draft(session, place, None if room is None else town.rooms[room])
    return session


def person(town: Town, name: str = "Ada Beispiel") -> Speaker:
    return actions.add_speaker(town.event, {"name": name})


def refused(act: Any, kind: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.kind == kind
    return caught.value


def kinds(town: Town) -> list[str]:
    return [change.kind for change in town.told()]


def test_a_draft_stands_nowhere_and_only_the_crew_hears_of_it(town: Town) -> None:
    session = prepared(town, title="Geheimes")
    assert not Placement.objects.filter(session=session).exists()
    said = town.told("draft.changed")
    assert len(said) == 2
    assert all("public" not in change.words and change.audience == "crew" for change in said)
    actions.release(town.event, actor="person:1")
    assert cell(session) == (actions.slot_at(town.event, at(8), at(9)).pk, town.rooms[0].pk)
    assert not DraftPlace.objects.exists()
    assert town.told("programme.released")[-1].before == {"new": [session.code], "moves": []}
    refused(lambda: actions.release(town.event), "nothing-to-release")


def test_words_that_do_not_hold_are_refused_by_field(town: Town) -> None:
    wrong = {"title": "x", "join_url": "javascript:1", "kind": "barcamp"}
    assert set(refused(lambda: actions.draft(town.event, wrong), "session").errors) == {"join_url", "kind"}
    session = prepared(town)
    assert set(refused(lambda: actions.edit(session, {"title": 201 * "x"}), "session").errors) == {"title"}


def test_an_edit_is_told_to_everybody_only_once_the_session_is_public(town: Town) -> None:
    session = prepared(town)
    actions.edit(session, {"title": "Besser"})
    assert "session.edited" not in kinds(town)
    actions.release(town.event)
    seen = town.revision
    actions.edit(session, {"title": "Am besten", "subtitle": "wirklich"}, revision=seen)
    told = town.told("session.edited")[-1]
    assert "Am besten" in told.words["public"]["de"]
    refused(lambda: actions.edit(session, {"title": "Zu spät"}, revision=seen), "stale")


def test_a_release_moves_and_adds_and_can_be_taken_back(town: Town) -> None:
    old, new = prepared(town), prepared(town, room=1)
    actions.release(town.event, [old.code], complete=False)
    assert Programme.objects.get(event=town.event).is_complete is False
    first = cell(old)
    later = actions.slot_at(town.event, at(16), at(17))
    actions.put_draft(old, later, town.rooms[2])
    actions.release(town.event)
    assert cell(old) == (later.pk, town.rooms[2].pk)
    assert Programme.objects.get(event=town.event).is_complete is True
    moved = town.told("sessions.rearranged")[-1]
    assert moved.after == {}
    assert "Vorbereitet" in moved.words["public"]["de"]
    told = town.told("programme.released")[-1]
    assert told.before == {"new": [new.code], "moves": [[old.code, *first]]}
    actions.take_release_back(town.event, told.before)
    assert cell(old) == first
    assert not Placement.objects.filter(session=new).exists()
    assert DraftPlace.objects.count() == 2
    actions.release(town.event)
    assert cell(old) == (later.pk, town.rooms[2].pk)


def test_back_where_it_stands_leaves_nothing_to_be_released(town: Town) -> None:
    session = prepared(town)
    slot = DraftPlace.objects.get(session=session).slot
    actions.release(town.event)
    actions.put_draft(session, slot, town.rooms[1])
    actions.put_draft(session, slot, town.rooms[0])
    assert not DraftPlace.objects.exists()


def test_a_draft_that_was_never_public_goes_for_good_another_one_stays_where_it_is(town: Town) -> None:
    public = prepared(town)
    actions.release(town.event)
    actions.put_draft(public, town.slots[0], town.rooms[1])
    secret = prepared(town, room=1)
    for session in (secret, public):
        actions.drop_draft(session)
    assert Session.objects.filter(pk=secret.pk).exists(), "it lies aside"
    assert not DraftPlace.objects.exists()
    for session in (secret, public):
        actions.drop_draft(session)
    assert list(Session.objects.filter(title="Vorbereitet")) == [public]


def test_a_place_of_another_event_is_refused(town: Town, neighbours: Town) -> None:
    session = prepared(town)
    refused(lambda: actions.put_draft(session, neighbours.slots[0], None), "no-such-place")
    refused(lambda: actions.put_draft(session, town.slots[0], neighbours.rooms[0]), "no-such-place")
    refused(lambda: actions.set_parts(session, [(person(neighbours), "speaker")]), "no-such-speaker")


def test_clashes_stop_a_release_until_somebody_accepts_them_with_a_reason(town: Town) -> None:
    ada = person(town)
    one, two = prepared(town, room=0), prepared(town, room=1, needs=["loop"])
    for session in (one, two):
        actions.set_parts(session, [(ada, "speaker")])
    stop = refused(lambda: actions.release(town.event), "clash")
    assert {(clash["kind"], clash["session"], clash["other"]) for clash in stop.extra["clashes"]} == {
        ("speaker", one.code, two.code),
        ("feature", two.code, None),
    }
    place = DraftPlace.objects.get(session=two)
    actions.put_draft(two, place.slot, place.room, override="Ada eröffnet beide")
    assert not [obstacle for obstacle in actions.obstacles(town.event) if obstacle.stops]
    actions.release(town.event)
    assert Placement.objects.filter(session__in=[one, two]).count() == 2


def test_one_place_is_never_given_twice_whatever_the_reason(town: Town) -> None:
    one, two = prepared(town), prepared(town)
    place = DraftPlace.objects.get(session=one)
    actions.put_draft(one, place.slot, place.room, override="Das passt schon")
    stop = refused(lambda: actions.release(town.event), "clash")
    assert stop.extra["clashes"] == [{"kind": "room", "session": one.code, "other": two.code}]


def test_a_break_needs_nobody_and_two_in_the_whole_house_are_no_clash(town: Town) -> None:
    prepared(town, room=None, kind="break", title="Pause")
    prepared(town, room=None, kind="energizer")
    actions.release(town.event)
    assert Session.objects.filter(placement__isnull=False, kind="energizer").exists()


def test_a_room_in_which_something_else_runs_is_taken_though_that_began_in_another_slot(town: Town) -> None:
    talk(town, 0, 0)  # 10:00-10:45
    session = prepared(town, actions.slot_at(town.event, at(10, 30), at(11)))
    refused(lambda: actions.release(town.event), "clash")
    actions.put_draft(session, actions.slot_at(town.event, at(8), at(9)), town.rooms[0])
    actions.release(town.event)
    late = actions.slot_at(town.event, at(10, 30), at(11))
    refused(lambda: actions.move(session, late, town.rooms[0]), "place-taken")


def test_slots_are_found_made_and_tidied(town: Town) -> None:
    assert actions.slot_at(town.event, at(10), at(10, 45)) == town.slots[0]
    made = actions.slot_at(town.event, at(8), at(8, 20))
    assert (made.is_open, made.day) == (False, town.day)
    other_day = actions.slot_at(town.event, at(8) + timedelta(days=1), at(9) + timedelta(days=1))
    assert other_day.day != town.day
    assert not actions.tidy_slot(made), "nothing stands beside it: it may belong to the day's rhythm"
    beside = actions.slot_at(town.event, at(10), at(10, 30))
    session = prepared(town, beside)
    assert not actions.tidy_slot(beside)
    actions.release(town.event)
    actions.move(session, town.slots[1], town.rooms[1])
    assert not actions.tidy_slot(beside), "it was announced there first"
    actions.move(session, town.slots[2], town.rooms[1])
    Placement.objects.filter(session=session).update(first_slot=None)
    assert not actions.tidy_slot(town.slots[0])
    assert actions.tidy_slot(beside)
    assert refused(lambda: actions.slot_at(town.event, at(9), at(9)), "times").errors.keys() == {"end"}
    refused(lambda: actions.slot_at(town.event, at(9), at(10) + timedelta(days=1)), "times")
    refused(lambda: actions.slot_at(town.event, at(9) + timedelta(days=400), at(10) + timedelta(days=400)), "far-day")


def test_who_takes_part_stands_on_the_session_and_who_is_left_out_is_out(town: Town) -> None:
    session = prepared(town)
    ada, bea, cem = person(town), person(town, "Bea"), person(town, "Cem")
    actions.set_parts(session, [(ada, "moderator")])
    session.refresh_from_db()
    assert session.host_name == "Ada Beispiel"
    actions.set_parts(session, [(bea, "panellist"), (ada, "moderator"), (cem, "panellist")])
    session.refresh_from_db()
    assert session.host_name == "Bea, Cem"
    assert {f"speaker:{one.pk}" for one in (ada, bea, cem)} | {"name:bea", "name:cem", "name:ada beispiel"} == set(
        session.hosts
    )
    actions.set_parts(session, [(cem, "speaker")])
    assert [row.speaker for row in Participation.objects.filter(session=session)] == [cem]
    for number in range(9):
        bea = person(town, f"Professorin Nummer {number}")
        actions.set_parts(
            session, [*((row.speaker, row.part) for row in session.participations.all()), (bea, "speaker")]
        )
    session.refresh_from_db()
    assert len(session.host_name) <= 80
    assert session.host_name.endswith("…")


def test_a_speaker_is_edited_everywhere_and_deleted_only_when_nobody_needs_them(town: Town) -> None:
    session, ada = prepared(town), person(town)
    assert set(refused(lambda: actions.add_speaker(town.event, {"name": " "}), "speaker").errors) == {"name"}
    wrong = {"biography": 4001 * "x", "links": [{"url": "x", "title": ""}]}
    assert set(refused(lambda: actions.edit_speaker(ada, wrong), "speaker").errors) == {"biography", "links"}
    actions.set_parts(session, [(ada, "speaker")])
    actions.release(town.event)
    actions.edit_speaker(ada, {"organisation": "Stadt Musterstadt"})
    actions.edit_speaker(ada, {"name": "Ada Muster"})
    session.refresh_from_db()
    assert session.host_name == "Ada Muster"
    assert "Ada Muster" in town.told("session.edited")[-1].words["public"]["de"]
    refused(lambda: actions.remove_speaker(ada), "speaker-needed")
    actions.set_parts(session, [])
    actions.remove_speaker(ada)
    assert not Speaker.objects.exists()


def test_somebody_else_takes_a_part_and_the_page_says_who_was_announced(town: Town) -> None:
    session, ada, bea = prepared(town), person(town), person(town, "Bea")
    actions.set_parts(session, [(ada, "speaker")])
    actions.replace_speaker(session, ada, bea)
    refused(lambda: actions.replace_speaker(session, ada, bea), "no-such-part")
    cem = person(town, "Cem")
    actions.replace_speaker(session, bea, cem)
    row = Participation.objects.get(session=session)
    assert (row.speaker, row.instead_of) == (cem, "Ada Beispiel")
    session.refresh_from_db()
    assert session.host_name == "Cem"


def test_under_an_embargo_somebody_else_takes_a_part_unheard(town: Town) -> None:
    session, ada, xenia = prepared(town, title="Laudatio"), person(town), person(town, "Xenia")
    actions.set_parts(session, [(ada, "speaker")])
    actions.release(town.event)
    actions.set_embargo(session, timezone.now() + HOUR)
    actions.replace_speaker(session, ada, xenia)
    refused(lambda: actions.replace_speaker(session, ada, person(town, "Cem")), "no-such-part")
    refused(lambda: actions.replace_speaker(session, xenia, xenia), "no-such-part")
    assert not any("Xenia" in word for change in town.told() for word in change.words.get("public", {}).values())
    actions.set_embargo(session, None)
    row = Participation.objects.get(session=session)
    assert (row.speaker, row.instead_of) == (xenia, "")


def test_who_was_announced_before_an_embargo_is_still_named_after_it(town: Town) -> None:
    session, ada, bea, cem = prepared(town), person(town), person(town, "Bea"), person(town, "Cem")
    actions.set_parts(session, [(ada, "speaker")])
    actions.replace_speaker(session, ada, bea)
    actions.set_embargo(session, timezone.now() + HOUR)
    actions.set_parts(session, [(cem, "host"), (bea, "speaker")])
    actions.set_embargo(session, None)
    assert Participation.objects.get(session=session, speaker=bea).instead_of == "Ada Beispiel"


def test_an_embargo_keeps_every_word_back_until_its_time(town: Town) -> None:
    ada = person(town)
    session = prepared(town, title="Preisverleihung", subtitle="Wer gewinnt", description="Es ist Ada", links=[])
    actions.set_parts(session, [(ada, "speaker")])
    until = timezone.now() + HOUR
    actions.set_embargo(session, until)
    actions.release(town.event)
    session.refresh_from_db()
    assert (session.title, session.description, session.host_name, session.hosts) == ("", "", "", [])
    assert not Participation.objects.exists()
    bea = person(town, "Bea")
    actions.set_parts(session, [(ada, "speaker"), (bea, "host")])
    actions.edit(session, {"title": "Preise", "kind": "keynote"})
    assert not any("Preis" in word for change in town.told() for word in change.words.get("public", {}).values())
    refused(lambda: actions.remove_speaker(bea), "speaker-needed")
    actions.set_embargo(session, until + HOUR)
    assert actions.lift_embargoes(town.event, until) == 0
    assert actions.lift_embargoes(town.event, until + HOUR) == 1
    session.refresh_from_db()
    assert (session.title, session.subtitle, session.kind) == ("Preise", "Wer gewinnt", "keynote")
    assert session.host_name == "Ada Beispiel, Bea"
    assert "Preise" in town.told("session.edited")[-1].words["public"]["de"]


def test_an_embargo_can_end_at_once_but_not_in_the_past(town: Town) -> None:
    session = prepared(town, title="Preise")
    actions.set_embargo(session, None)
    errors = refused(lambda: actions.set_embargo(session, timezone.now() - HOUR), "embargo-over").errors
    assert set(errors) == {"embargo"}
    actions.set_embargo(session, timezone.now() + HOUR)
    Embargo.objects.get().words["parts"] = [["GONE99", "speaker", ""]]
    embargo = Embargo.objects.get()
    embargo.words["parts"] = [["GONE99", "speaker", ""]]
    embargo.save()
    actions.set_embargo(session, None)
    session.refresh_from_db()
    assert session.title == "Preise"
    assert not Embargo.objects.exists()


def test_themes_have_names_of_their_own_and_colours(town: Town) -> None:
    one, two = actions.add_track(town.event, "Bürgerhaushalt"), actions.add_track(town.event, "Daten", accent="rot")
    assert [(track.slug, track.accent) for track in (one, two)] == [("buergerhaushalt", "blau"), ("daten", "rot")]
    for name in ("", "daten", 61 * "x"):
        with pytest.raises(Invalid):
            actions.add_track(town.event, name)
    assert Track.objects.count() == 2


def test_a_released_change_of_speakers_is_told_to_those_who_come(town: Town) -> None:
    session, ada, bea = prepared(town), person(town), person(town, "Bea")
    actions.set_parts(session, [(ada, "speaker")])
    actions.release(town.event)
    now = timezone.now()
    actions.note_plan(town.event, now)
    actions.replace_speaker(session, ada, bea)
    assert actions.has_changed(town.event)
    actions.note_plan(town.event, now)
    (notice,) = actions.give_notices(town.event, now + timedelta(seconds=10))
    assert (notice.kind, notice.before["host"], notice.after["host"]) == ("speaker", "Ada Beispiel", "Bea")


def test_two_sessions_change_places_with_the_next_release(town: Town, neighbours: Town) -> None:
    one, other = (
        prepared(town, title="Eins"),
        prepared(town, actions.slot_at(town.event, at(9), at(10)), 1, title="Zwei"),
    )
    actions.release(town.event)
    before = cell(one), cell(other)
    actions.swap_places(one, other)
    assert (cell(one), cell(other)) == before, "not before it is released"
    actions.swap_places(one, other)
    assert not DraftPlace.objects.exists(), "back again leaves nothing to be released"
    actions.swap_places(one, other)
    actions.release(town.event)
    assert (cell(other), cell(one)) == before


def test_nothing_is_swapped_with_itself_with_nobody_or_beyond_the_event(town: Town, neighbours: Town) -> None:
    one, aside = prepared(town), actions.draft(town.event, {"title": "Ohne Platz", "kind": "talk"})
    refused(lambda: actions.swap_places(one, aside), "no-place")
    refused(lambda: actions.swap_places(aside, one), "no-place")
    refused(lambda: actions.swap_places(one, one), "no-such-session")
    refused(lambda: actions.swap_places(one, prepared(neighbours)), "no-such-session")
