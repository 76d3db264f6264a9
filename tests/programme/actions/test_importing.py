"""A file is laid beside the programme before anything changes; what it brings becomes drafts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tagwerk.contributions.models import Author, Submission
from tagwerk.events.models import Day
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule import (
    Kind,
    Link,
    Participation,
    Role,
    Schedule,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    ScheduleTrack,
    State,
)
from tagwerk.kit.refusals import Refusal
from tagwerk.market.actions import add_booth, put_aside
from tagwerk.market.models import BoothSession
from tagwerk.programme import actions
from tagwerk.programme.actions.taking_back import as_it_stands
from tagwerk.programme.importing import compare
from tagwerk.programme.models import DraftPlace, Import, Session, Speaker, TakenImport
from tests.programme.actions.test_conference import prepared, refused
from tests.town import Town, at, planned

ADA = SchedulePerson("6a5614b3-0f3d-5337-9b32-08d19a852db7", "Ada Beispiel", biography="Schreibt", organisation="Stadt")


def talk(**changes: Any) -> ScheduleTalk:
    whole = ScheduleTalk(
        title="Aus der Datei",
        start=at(16),
        end=at(17),
        kind=Kind.PANEL,
        track="daten",
        room="Aula",
        level="guru",
        abstract="**fett**",
        participations=(Participation(ADA.guid, Role.MODERATOR),),
        links=(Link("https://a.example/x", "Folien"), Link("javascript:1", "böse")),
        features=("captions", "tee"),
    )
    return replace(whole, **changes)


def read(*talks: ScheduleTalk) -> Schedule:
    return Schedule(
        title="Andere", rooms=(ScheduleRoom("Aula", capacity=80),), tracks=(ScheduleTrack("daten", "Daten"),), people=(ADA,), talks=talks
    )  # fmt: skip


def take(town: Town, *talks: ScheduleTalk, rooms: bool = True) -> int:
    actions.keep_import(town.event, "programm.xml", prepare(read(*talks)).schedule, [])
    return actions.take_over(town.event, rooms=rooms)


def test_new_sessions_become_drafts_with_rooms_themes_and_people(town: Town) -> None:
    assert take(town, talk(), talk(title="Ohne", room=None, track=None, participations=())) == 2
    session = Session.objects.get(title="Aus der Datei")
    place = DraftPlace.objects.get(session=session)
    assert (place.slot.start, place.room and place.room.name, place.room and place.room.capacity) == (
        at(16),
        "Aula",
        80,
    )
    assert session.track is not None
    assert (session.kind, session.track.name, session.level, session.aids) == ("panel", "Daten", "", ["captions"])
    assert session.links == [{"url": "https://a.example/x", "title": "Folien"}]
    assert session.participations.get().part == "moderator"
    ada = Speaker.objects.get()
    assert (ada.biography, ada.organisation) == ("Schreibt", "Stadt")
    assert not Import.objects.exists()


def test_a_known_session_is_changed_and_what_was_said_of_people_stays(town: Town) -> None:
    session = prepared(town, title="aus der datei")
    actions.edit_speaker(actions.speaker_named(town.event, "ada beispiel"), {"biography": "Selbst geschrieben"})
    assert take(town, talk(), rooms=False) == 1
    session.refresh_from_db()
    assert (session.title, session.description) == ("Aus der Datei", "**fett**")
    assert DraftPlace.objects.get(session=session).room is None, "a room that nobody wanted to make"
    assert Speaker.objects.get().biography == "Selbst geschrieben"


def test_what_is_cancelled_and_what_belongs_to_the_barcamp_is_left_out(town: Town) -> None:
    mine = planned(town)
    assert take(town, talk(state=State.CANCELLED), talk(title=mine.title), talk(title="Neu", kind=Kind.BARCAMP)) == 1
    assert Session.objects.get(title="Neu").kind == "workshop"


def test_a_file_that_is_gone_cannot_be_taken_over(town: Town) -> None:
    with pytest.raises(Refusal):
        actions.take_over(town.event, rooms=True)


def test_the_comparison_says_what_is_new_changed_and_as_it_is(town: Town) -> None:
    take(town, talk(), talk(title="Bleibt", start=at(18), end=at(19), level=""))
    later = talk(
        start=at(16) + timedelta(minutes=30), end=at(17) + timedelta(minutes=30), level="", features=("captions",)
    )
    same = talk(title="Bleibt", start=at(18), end=at(19), level="", links=(Link("https://a.example/x", "Folien"),), features=("captions",))  # fmt: skip
    found = compare(town.event, prepare(read(later, same, talk(title="Dazu", room="Keller"))).schedule)
    assert (found.new, found.changed, found.same) == (1, 1, 1)
    assert "moved" in {one.what for one in found.differences}
    assert found.missing_rooms == []


def test_two_breaks_of_one_name_stay_two(town: Town) -> None:
    breaks = [
        talk(title="Pause", start=at(hour), end=at(hour + 1), kind=Kind.BREAK, room=None, participations=())
        for hour in (16, 18)
    ]
    assert take(town, *breaks) == 2
    assert take(town, *breaks) == 2
    assert Session.objects.filter(title="Pause").count() == 2


def test_a_speaker_of_whom_the_file_says_nothing_stays_as_they_are(town: Town) -> None:
    session = prepared(town)
    actions.set_parts(session, [(actions.speaker_named(town.event, "Bea"), "speaker")])
    take(town, talk())
    assert Speaker.objects.get(name="Bea").biography == ""


def test_a_file_is_taken_back_as_a_whole(town: Town) -> None:
    known = prepared(town, title="aus der datei")
    public = prepared(town, actions.slot_at(town.event, at(9), at(10)), 1, title="Bleibt")
    actions.release(town.event, [public.code])
    before = [as_it_stands(known), as_it_stands(public)]
    take(town, talk(), talk(title="bleibt", room=None), talk(title="Neu", room=None))
    assert [as_it_stands(known), as_it_stands(public)] != before
    assert town.event.rooms.filter(name="Aula").exists()
    assert actions.take_import_back(town.event) == 3
    assert [as_it_stands(known), as_it_stands(public)] == before
    assert not Session.objects.filter(title="Neu").exists()
    assert not town.event.rooms.filter(name="Aula").exists()
    refused(lambda: actions.take_import_back(town.event), "no-import")


def dated(town: Town) -> list[int]:
    """Give how many days after the first one each day of the town is."""
    return [(day.date - town.day.date).days for day in town.event.days.all()]


def test_a_day_that_a_file_brought_goes_with_it_unless_somebody_uses_it(town: Town) -> None:
    own, used, built = (timedelta(days=number) for number in (1, 2, 3))
    Day.objects.create(event=town.event, date=town.day.date + own)
    there = [talk(title=f"Am Tag {by.days}", start=at(16) + by, end=at(17) + by) for by in (own, used, built)]
    take(town, talk(), *there, talk(start=at(16) + timedelta(days=4), end=at(17) + timedelta(days=4)))
    assert dated(town) == [0, 1, 2, 3, 4]
    session = actions.draft(town.event, {"title": "Von uns", "kind": "talk"})
    actions.put_draft(session, actions.slot_at(town.event, at(16) + used, at(17) + used), None)
    actions.slot_at(town.event, at(9) + built, at(10) + built)
    assert actions.take_import_back(town.event) == 5
    assert dated(town) == [0, 1, 2, 3], "their own one, and those to which they added something"


def test_nothing_is_taken_back_once_somebody_built_on_it(town: Town) -> None:
    take(town, talk(), talk(title="Zweites", room=None))
    actions.release(town.event, [Session.objects.get(title="Zweites").code])
    assert "„Zweites“" in str(refused(lambda: actions.take_import_back(town.event), "changed-since").detail)
    assert Session.objects.filter(title="Aus der Datei").exists()
    Session.objects.filter(title="Zweites").delete()
    assert actions.take_import_back(town.event) == 1


def _slides(session: Session) -> None:
    actions.add_slides(session, Speaker.objects.get(), "folien.pdf", b"%PDF-1.4")


def _embargo(session: Session) -> None:
    actions.set_embargo(session, timezone.now() + timedelta(days=1))


def _stand(session: Session) -> None:
    booth = add_booth(session.event, {"name": "Stadtwerke"})
    BoothSession.objects.create(booth=booth, session=session)
    put_aside(booth, aside=True)


def _contribution(session: Session) -> None:
    author = Author.objects.create(event=session.event, name="Ada", made_at=timezone.now())
    Submission.objects.create(
        event=session.event, author=author, code="BEITRG", session=session, minutes=20, made_at=timezone.now()
    )


@pytest.mark.parametrize("build", [_slides, _embargo, _stand, _contribution])
def test_what_others_hung_on_a_new_session_is_not_deleted_with_the_file(
    town: Town, build: Callable[[Session], None]
) -> None:
    take(town, talk())
    session = Session.objects.get(title="Aus der Datei")
    build(session)
    stop = refused(lambda: actions.take_import_back(town.event), "changed-since")
    assert stop.status == 409
    assert Session.objects.filter(pk=session.pk).exists()


def test_a_room_of_the_file_in_which_a_stand_is_by_now_stays(town: Town) -> None:
    take(town, talk())
    add_booth(town.event, {"name": "Stadtwerke", "room": town.event.rooms.get(name="Aula")})
    assert actions.take_import_back(town.event) == 1
    assert town.event.rooms.filter(name="Aula").exists()


def test_a_place_that_is_gone_and_words_under_an_embargo_come_back_as_far_as_they_can(town: Town) -> None:
    known = prepared(town, title="aus der datei")
    actions.set_embargo(known, timezone.now() + timedelta(days=1))
    before = as_it_stands(known)
    assert before["words"]["title"] == "aus der datei"
    take(town, talk(code=known.code))
    assert as_it_stands(known)["words"]["description"] == "**fett**"
    town.event.days.get(slots__start=at(8)).slots.filter(start=at(8)).delete()
    assert actions.take_import_back(town.event) == 1
    after = as_it_stands(known)
    assert (after["words"], after["parts"]) == (before["words"], [])


def test_days_that_the_event_lacks_are_named_and_those_years_away_left_out(town: Town) -> None:
    soon, other_year = at(16) + timedelta(days=3), at(16) - timedelta(days=800)
    late = talk(title="Auch da", start=soon, end=soon + timedelta(hours=1))
    old = talk(title="Von früher", start=other_year, end=other_year + timedelta(hours=1))
    whole = prepare(read(talk(), late, old)).schedule
    comparison = compare(town.event, whole)
    assert (comparison.new, comparison.new_days, comparison.far) == (2, [soon.date()], ["Von früher"])
    assert take(town, talk(), late, old) == 2
    assert not Session.objects.filter(title="Von früher").exists()
    assert compare(town.event, whole).new_days == []


def test_what_hangs_on_a_session_that_stays_does_not_keep_a_file_from_being_taken_back(town: Town) -> None:
    known = prepared(town, title="Aus der Datei")
    take(town, talk())
    _slides(known)
    _embargo(known)
    assert actions.take_import_back(town.event) == 1
    assert as_it_stands(known)["slides"]


def test_a_file_that_was_taken_over_before_all_was_noted_can_be_taken_back(town: Town) -> None:
    take(town, talk())
    taken = TakenImport.objects.get()
    for said in taken.sessions.values():
        del said["after"]["embargo"], said["after"]["slides"]
    taken.save()
    assert actions.take_import_back(town.event) == 1
    assert not Session.objects.filter(title="Aus der Datei").exists()
