"""The desk prepares a programme: forms that lose nothing, clashes that are named, a release that can be taken back."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tagwerk.events.models import Day, Slot
from tagwerk.programme import actions
from tagwerk.programme.forms import SessionForm, as_said, person_lines, read_person
from tagwerk.programme.models import DraftPlace, Participation, Placement, Session, Speaker
from tagwerk.site import desk_programme
from tests.town import Town, at

FORM: dict[str, Any] = {
    "title": "Eröffnung",
    "kind": "talk",
    "people": "Ada Beispiel\nBea Muster – Moderation",
    "start": "16:00",
    "end": "16:45",
    "level": "",
}


def said(town: Town, **changes: Any) -> dict[str, Any]:
    return FORM | {"day": town.day.date.isoformat(), "room": str(town.rooms[0].pk)} | changes


def base(town: Town) -> str:
    return f"/{town.slug}/desk"


def save(desk: Client, town: Town, code: str = "new", status: int = 302, **changes: Any) -> str:
    answer = desk.post(f"{base(town)}/programme/{code}/", said(town, **changes))
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def only() -> Session:
    return Session.objects.exclude(kind="break").get()


def test_a_session_is_prepared_and_released_and_that_is_taken_back(town: Town, desk: Client) -> None:
    save(desk, town, track="", new_track="Beteiligung")
    session = only()
    assert (session.host_name, session.track and session.track.name) == ("Ada Beispiel", "Beteiligung")
    assert Placement.objects.filter(session=session).count() == 0
    page = desk.get(f"{base(town)}/programme/").content.decode()
    assert "Noch nicht veröffentlicht" in page
    answer = desk.post(f"{base(town)}/programme/release/", {"session": [session.code], "complete": "on"})
    assert Placement.objects.get(session=session).slot.start == at(16)
    page = desk.get(answer.headers["Location"]).content.decode()
    assert "Rückgängig" in page
    revision = answer.headers["Location"].partition("undo=")[2]
    desk.post(f"{base(town)}/undo/", {"revision": revision})
    assert Placement.objects.filter(session=session).count() == 0
    assert DraftPlace.objects.filter(session=session).count() == 1


def test_the_form_shows_what_was_said_and_a_move_waits_for_the_release(town: Town, desk: Client) -> None:
    save(desk, town, links="https://a.example/x Folien", needs=["projector"], description="**fett**")
    session = only()
    actions.release(town.event)
    page = desk.get(f"{base(town)}/programme/{session.code}/").content.decode()
    for words in (
        "Eröffnung",
        "Ada Beispiel\nBea Muster – Moderation",
        "https://a.example/x Folien",
        'value="16:00"',
        "**fett**",
    ):
        assert words in page, words
    save(desk, town, session.code, start="17:00", end="17:45", title="Neuer Titel")
    session.refresh_from_db()
    assert session.title == "Neuer Titel"
    assert Placement.objects.get(session=session).slot.start == at(16)
    assert DraftPlace.objects.get(session=session).slot.start == at(17)
    assert "→" in desk.get(f"{base(town)}/programme/").content.decode()
    save(desk, town, session.code, title="Neuer Titel")
    assert not DraftPlace.objects.exists()


def test_people_are_known_again_by_their_names(town: Town, desk: Client) -> None:
    save(desk, town)
    save(desk, town, start="17:00", end="17:45", people="ada beispiel")
    assert Speaker.objects.count() == 2
    assert Participation.objects.filter(speaker__name="Ada Beispiel").count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end": "15:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"end": "16:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"day": "unsinn"}, "Tag"),
        ({"day": (timezone.localdate() + timedelta(days=90)).isoformat()}, "Diesen Tag hat die Veranstaltung nicht"),
        ({"start": "25:99"}, "Beginn"),
        ({"room": "999999"}, "Raum"),
        ({"kind": "barcamp"}, "Art"),
        ({"join_url": "javascript:alert(1)"}, "mit https:// beginnt"),
        ({"links": "https://a.example/x\nkein-link"}, "mit https:// beginnt"),
        ({"title": 201 * "x"}, "Bitte kürzen Sie"),
        ({"description": 5_000 * "lang "}, "Bitte kürzen Sie"),
        ({"embargo": "2001-01-01T10:00"}, "Dieser Zeitpunkt ist schon vorbei."),
        ({"title": "a\x1bb"}, "Zeichen"),
    ],
)
def test_what_does_not_hold_comes_back_with_everything_that_was_typed(
    town: Town, desk: Client, changes: dict[str, Any], words: str
) -> None:
    page = save(desk, town, status=422, **changes)
    assert words in page
    assert "Bea Muster – Moderation" in page
    assert not Session.objects.exclude(kind="break").exists()
    assert town.event.days.count() == 1, "a slip makes no day"


def test_the_days_of_the_event_are_offered(town: Town, desk: Client) -> None:
    page = desk.get(f"{base(town)}/programme/new/").content.decode()
    assert f'<option value="{town.day.date.isoformat()}" selected>' in page
    night = town.day.date + timedelta(days=1)
    Slot.objects.create(day=town.day, start=at(0, 30) + timedelta(days=1), end=at(1) + timedelta(days=1))
    assert SessionForm(town.event, said(town, day=night.isoformat(), start="00:30", end="01:00")).is_valid()
    Placement.objects.all().delete()
    Day.objects.all().delete()
    page = save(desk, town, status=422)
    assert "Die Veranstaltung hat noch keinen Tag." in page
    assert not Day.objects.exists()


def test_the_night_that_belongs_to_a_day_takes_other_sessions_too(town: Town, desk: Client) -> None:
    night = (town.day.date + timedelta(days=1)).isoformat()
    Slot.objects.create(day=town.day, start=at(0, 30) + timedelta(days=1), end=at(1) + timedelta(days=1))
    save(desk, town, day=night, start="01:00", end="01:30")
    assert DraftPlace.objects.get().slot.day == town.day
    assert town.event.days.count() == 1


def test_a_time_that_the_clock_skips_is_named(town: Town) -> None:
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        Day.objects.create(event=town.event, date=day)
    form = SessionForm(town.event, said(town, day="2027-03-28", start="02:30", end="03:30"))
    assert not form.is_valid()
    assert "Die Uhr wird vorgestellt" in str(form.errors["start"])
    form = SessionForm(town.event, said(town, embargo="2027-03-28T02:30"))
    assert "Die Uhr wird vorgestellt" in str(form.errors["embargo"])
    assert SessionForm(town.event, said(town, day="2027-10-31", start="02:15", end="02:45")).is_valid()


def test_somebody_who_was_faster_is_not_overwritten(town: Town, desk: Client) -> None:
    save(desk, town)
    session = only()
    seen = town.revision
    actions.edit(session, {"title": "Von jemand anderem"}, actor="person:999")
    page = save(desk, town, session.code, status=422, revision=seen, title="Von mir")
    assert "Von mir" in page
    session.refresh_from_db()
    assert session.title == "Von jemand anderem"


def test_what_clashes_is_named_and_released_with_a_reason(town: Town, desk: Client) -> None:
    save(desk, town)
    save(desk, town, title="Zugleich", room=str(town.rooms[1].pk), start="16:15", end="17:00")
    page = desk.get(f"{base(town)}/programme/").content.decode()
    assert "Jemand ist dann auch in" in page
    codes = list(Session.objects.exclude(kind="break").values_list("code", flat=True))
    refused = desk.post(f"{base(town)}/programme/release/", {"session": codes})
    assert refused.status_code == 409
    assert "dieselbe Person" in refused.content.decode()
    late = Session.objects.get(title="Zugleich")
    save(
        desk,
        town,
        late.code,
        title="Zugleich",
        room=str(town.rooms[1].pk),
        start="16:15",
        end="17:00",
        override="Sie wechselt",
    )
    assert desk.post(f"{base(town)}/programme/release/", {"session": codes}).status_code == 302


def test_an_embargo_keeps_its_words_for_the_crew(town: Town, desk: Client) -> None:
    until = f"{town.day.date - timedelta(days=1):%Y-%m-%d}T10:00"
    save(desk, town, embargo=until)
    session = only()
    assert session.title == ""
    assert as_said(session)["people"] == "Ada Beispiel\nBea Muster – Moderation"
    page = desk.get(f"{base(town)}/programme/").content.decode()
    assert "Eröffnung" in page
    assert "Sperrfrist bis" in page
    save(desk, town, session.code, embargo=until, title="Anders", people="Cem")
    assert as_said(session)["title"] == "Anders"
    save(desk, town, session.code, embargo="", title="Anders", people="Cem")
    session.refresh_from_db()
    assert (session.title, session.host_name) == ("Anders", "Cem")


def test_a_draft_is_deleted(town: Town, desk: Client) -> None:
    save(desk, town)
    session = only()
    assert desk.post(f"{base(town)}/programme/{session.code}/drop/").status_code == 302
    assert "Zur Seite gelegt" in desk.get(f"{base(town)}/programme/").content.decode()
    save(desk, town, session.code)
    assert "Zur Seite gelegt" not in desk.get(f"{base(town)}/programme/").content.decode()
    for _twice in range(2):
        assert desk.post(f"{base(town)}/programme/{session.code}/drop/").status_code == 302
    assert not Session.objects.filter(pk=session.pk).exists()
    assert desk.get(f"{base(town)}/programme/{session.code}/").status_code == 404


def test_speakers_are_entered_edited_replaced_and_deleted(town: Town, desk: Client) -> None:
    assert "Noch niemand eingetragen." in desk.get(f"{base(town)}/speakers/").content.decode()
    entered = {"name": "Dana Amt", "organisation": "Stadt", "links": "https://a.example", "email": "d@a.example"}
    assert desk.post(f"{base(town)}/speakers/new/", entered).status_code == 302
    dana = Speaker.objects.get()
    assert desk.post(f"{base(town)}/speakers/new/", {"name": " "}).status_code == 422
    wrong = desk.post(f"{base(town)}/speakers/{dana.code}/", entered | {"links": "javascript:1"})
    assert wrong.status_code == 422
    desk.post(f"{base(town)}/speakers/{dana.code}/", entered | {"name": "Dana Amtlich"})
    save(desk, town, people="Dana Amtlich")
    session = only()
    page = desk.get(f"{base(town)}/speakers/{dana.code}/").content.decode()
    assert "Jemand anderes übernimmt" in page
    assert desk.post(f"{base(town)}/speakers/{dana.code}/remove/").status_code == 409
    url = f"{base(town)}/speakers/{dana.code}/replace/"
    assert desk.post(url, {"session": "ABCDEF", "name": "Emil"}).status_code == 404
    assert desk.post(url, {"session": session.code, "name": "Emil"}).status_code == 302
    session.refresh_from_db()
    assert session.host_name == "Emil"
    assert desk.post(f"{base(town)}/speakers/{dana.code}/remove/").status_code == 302
    assert desk.get(f"{base(town)}/speakers/{dana.code}/").status_code == 404


def test_what_somebody_writes_while_the_form_is_made_is_not_overwritten(
    town: Town, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(desk, town)
    session = only()

    def late(one: Session) -> dict[str, Any]:
        read = as_said(one)
        actions.edit(one, {"title": "Von nebenan"})
        return read

    monkeypatch.setattr(desk_programme, "as_said", late)
    form = desk.get(f"{base(town)}/programme/{session.code}/").content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', form)
    assert revision
    save(desk, town, session.code, status=422, revision=revision[1], title="Von mir")
    session.refresh_from_db()
    assert session.title == "Von nebenan"


def test_parts_under_an_embargo_stand_with_their_people(town: Town, desk: Client) -> None:
    save(desk, town, embargo=f"{town.day.date - timedelta(days=1):%Y-%m-%d}T10:00", people="Ada Beispiel")
    session, ada = only(), Speaker.objects.get()
    listed = desk.get(f"{base(town)}/speakers/").content.decode()
    assert "Eröffnung" in listed
    assert "Sperrfrist bis" in listed
    assert "erfährt davon außer dem Team niemand" in desk.get(f"{base(town)}/speakers/{ada.code}/").content.decode()
    said = {"session": session.code, "name": "Emil"}
    assert desk.post(f"{base(town)}/speakers/{ada.code}/replace/", said).status_code == 302
    assert as_said(session)["people"] == "Emil"


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Ada", ("Ada", "speaker")),
        ("Ada – Moderation", ("Ada", "moderator")),
        ("Ada - podium", ("Ada", "panellist")),
        ("Ada (Moderation)", ("Ada", "moderator")),
        ("Ada; Leitung", ("Ada", "host")),
        ("Ada – Stadt Köln", ("Ada – Stadt Köln", "speaker")),
        ("   ", None),
        ("Karl-Heinz Meier", ("Karl-Heinz Meier", "speaker")),
    ],
)
def test_lines_name_people_and_their_parts(line: str, person: tuple[str, str] | None) -> None:
    assert read_person(line) == person
    if person:
        assert read_person(person_lines([person])) == person


def test_a_time_that_was_only_tried_leaves_nothing_behind(town: Town, desk: Client) -> None:
    save(desk, town, start="10:10", end="10:40")
    session = only()
    assert town.day.slots.filter(start=at(10, 10)).exists()
    save(desk, town, session.code, start="16:00", end="16:45")
    assert not town.day.slots.filter(start=at(10, 10)).exists()


def test_what_is_public_is_hidden_again_and_that_is_taken_back(town: Town, desk: Client) -> None:
    save(desk, town)
    session = only()
    desk.post(f"{base(town)}/programme/release/", {"session": [session.code]})
    page = f"/{town.slug}/sessions/{session.code}/"
    assert desk.get(page).status_code == 200
    answer = desk.post(f"{base(town)}/programme/hide/", {"session": [session.code]})
    assert desk.get(page).status_code == 404
    desk.post(f"{base(town)}/undo/", {"revision": answer.headers["Location"].partition("undo=")[2]})
    assert desk.get(page).status_code == 200
    desk.post(f"{base(town)}/programme/hide/", {"all": "on"})
    assert desk.get(page).status_code == 404


def test_only_a_barcamp_has_a_stage(town: Town, desk: Client) -> None:
    assert f"{base(town)}/stage/" in desk.get(f"{base(town)}/").content.decode()
    town.event.barcamp.delete()
    shown = desk.get(f"{base(town)}/programme/").content.decode()
    assert f"{base(town)}/stage/" not in shown
    assert f"{base(town)}/regie/" not in shown
