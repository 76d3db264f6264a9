"""What everybody sees of a prepared programme: sessions, those who speak, filters, a calendar entry."""

import re
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from tagwerk.events.actions import add_room
from tagwerk.programme import actions, cards
from tagwerk.programme.models import Session, Speaker
from tests.town import Town, at, planned

PUBLIC: dict[str, Any] = {
    "title": "Offener Bürgerhaushalt",
    "subtitle": "Was Nachbarn entscheiden",
    "kind": "workshop",
    "language": "en",
    "level": "beginner",
    "description": "# Ablauf\n\n<script>alert(1)</script> **Mitbringen:** Ideen",
    "plain_summary": "Wir sprechen über Geld.",
    "aids": ["captions"],
    "links": [{"url": "https://a.example/folien", "title": "Folien"}],
    "join_url": "https://video.example/x",
    "dial_in": "+49 89 1234",
    "passcode": "4711",
}


def released(town: Town, hour: int = 16, room: int | None = 0, name: str = "Ada Beispiel", **words: Any) -> Session:
    session = actions.draft(town.event, PUBLIC | words)
    if name:
        actions.set_parts(session, [(actions.speaker_named(town.event, name), "speaker")])
    slot = actions.slot_at(town.event, at(hour), at(hour) + timedelta(minutes=50))
    actions.put_draft(session, slot, None if room is None else town.rooms[room])
    actions.release(town.event)
    return session


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_a_sessions_page_says_everything(town: Town, client: Client) -> None:
    session = released(town)
    page = text(client, f"/{town.slug}/sessions/{session.code}/")
    for said in ("Offener Bürgerhaushalt", "Was Nachbarn entscheiden", "Ada Beispiel", "Werkstatt", "Englisch", "Einstieg",
                 "Untertitel", "Wir sprechen über Geld.", "https://a.example/folien", "+49 89 1234", "4711", "<h3>Ablauf</h3>"):  # fmt: skip
        assert said in page, said
    assert "<script>alert" not in page
    assert 'href="https://video.example/x"' in page
    assert re.search(
        r'<meta name="description" content="[^"]*Ada Beispiel – [^"]+">', page
    )  # what a search or a chat shows


def test_who_came_instead_is_said_with_who_was_announced(town: Town, client: Client) -> None:
    session = released(town)
    actions.replace_by_name(session, Speaker.objects.get(), "Bea Muster")
    page = text(client, f"/{town.slug}/sessions/{session.code}/")
    assert "Bea Muster" in page
    assert "angekündigt war Ada Beispiel" in page


def test_a_draft_and_its_people_are_nowhere(town: Town, client: Client) -> None:
    released(town, hour=14)
    known = actions.speaker_named(town.event, "Ada Beispiel")
    session = actions.draft(town.event, PUBLIC | {"title": "Geheimnis"})
    speaker = actions.add_speaker(town.event, {"name": "Geheime Person"})
    actions.set_parts(session, [(speaker, "speaker"), (known, "speaker")])
    actions.put_draft(session, actions.slot_at(town.event, at(16), at(17)), town.rooms[0])
    for path in (
        "schedule/",
        "schedule/?q=heimnis",
        "speakers/",
        f"speakers/{known.code}/",
        "snapshot.json",
        "",
        "rooms/",
        "board/",
        "board/foyer/",
    ):
        assert "Geheim" not in text(client, f"/{town.slug}/{path}"), path
    assert client.get(f"/{town.slug}/sessions/{session.code}/").status_code == 404
    assert client.get(f"/{town.slug}/sessions/{session.code}/session.ics").status_code == 404
    assert client.get(f"/{town.slug}/speakers/{speaker.code}/").status_code == 404
    assert client.get(f"/api/v1/events/{town.slug}/sessions/{session.code}").status_code == 404
    assert "Geheim" not in text(client, f"/api/v1/events/{town.slug}")


def test_under_an_embargo_the_place_reads_as_one_to_be_filled(town: Town, client: Client) -> None:
    session = released(town)
    actions.set_embargo(session, timezone.now() + timedelta(days=1))
    for path in (
        f"sessions/{session.code}/",
        "schedule/",
        "snapshot.json",
        "speakers/",
        f"sessions/{session.code}/session.ics",
    ):
        page = text(client, f"/{town.slug}/{path}")
        assert not any(word in page for word in ("Bürgerhaushalt", "Ada Beispiel", "4711", "video.example/x")), path
    assert "Wird noch bekannt gegeben" in text(client, f"/{town.slug}/schedule/")


def test_those_who_speak_have_pages(town: Town, client: Client) -> None:
    released(town)
    ada = Speaker.objects.get()
    actions.edit_speaker(
        ada, {"organisation": "Stadt Musterstadt", "biography": "*Seit* 2010", "email": "ada@a.example"}
    )
    assert "Ada Beispiel" in text(client, f"/{town.slug}/speakers/")
    page = text(client, f"/{town.slug}/speakers/{ada.code}/")
    assert "<em>Seit</em> 2010" in page
    assert "Offener Bürgerhaushalt" in page
    assert "ada@a.example" not in page
    assert client.get(f"/{town.slug}/speakers/{ada.code.lower()}/").status_code == 302
    assert client.get(f"/{town.slug}/speakers/ABCDEF/").status_code == 404


def test_the_list_of_those_who_speak_may_be_empty(town: Town, client: Client) -> None:
    assert "Hier stehen bald die Vortragenden." in text(client, f"/{town.slug}/speakers/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=buerger", 1),
        ("q=beispiel", 2),
        ("q=Saal", 1),
        ("q=nichts+davon", 0),
        ("kind=keynote", 1),
        ("kind=workshop&q=ada", 1),
        ("language=en", 1),
        ("track=daten", 1),
        ("track=daten&language=en", 0),
        ("room={room}", 1),
        ("day=1999-01-01", 0),
        ("day={day}", 2),
        ("room=unsinn", 0),
        ("q=%00%27%3C", 2),
    ],
)
def test_the_programme_is_filtered(town: Town, client: Client, query: str, found: int) -> None:
    released(town)
    other = released(
        town, 17, 1, title="Rede", kind="keynote", language="de", description="", subtitle="", plain_summary=""
    )
    actions.edit(other, {"track": actions.add_track(town.event, "Daten")})
    query = query.format(room=town.rooms[1].pk, day=town.day.date.isoformat())
    page = text(client, f"/{town.slug}/schedule/?{query}")
    if found:
        assert f"{found} Programmpunkt" in page
    else:
        assert "Dazu steht nichts im Programm." in page


def test_a_spoken_number_finds_its_topic(town: Town, client: Client) -> None:
    topic = planned(town).topic
    released(town, title="Punkt 1")
    page = text(client, f"/{town.slug}/schedule/?q=%23{topic.number}")
    assert topic.title in page
    assert "1 Programmpunkt gefunden" in page


def test_filters_with_one_value_are_none_and_a_chosen_one_leads_back(town: Town, client: Client) -> None:
    assert "Themenstrang" not in text(client, f"/{town.slug}/schedule/")
    released(town, language="de")
    released(town, 17, 1, language="en")
    page = text(client, f"/{town.slug}/schedule/?language=en")
    assert 'aria-current="true"' in page
    assert f'href="/{town.slug}/schedule/"' in page


def test_a_programme_that_is_not_complete_says_so(town: Town, client: Client) -> None:
    session = actions.draft(town.event, PUBLIC)
    actions.put_draft(session, actions.slot_at(town.event, at(16), at(17)), None)
    actions.release(town.event, complete=False)
    assert "noch nicht vollständig" in text(client, f"/{town.slug}/schedule/")


def test_a_session_goes_into_a_calendar(town: Town, client: Client) -> None:
    session = released(town)
    answer = client.get(f"/{town.slug}/sessions/{session.code}/session.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    (entry,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["summary"] == "Offener Bürgerhaushalt"
    assert entry.decoded("dtstart") == at(16)
    assert entry["conference"] == "https://video.example/x"


def test_an_event_without_a_barcamp_has_no_topics_in_its_navigation(town: Town, client: Client) -> None:
    assert f'href="/{town.slug}/topics/"' in text(client, f"/{town.slug}/schedule/")
    town.event.barcamp.delete()
    assert f'href="/{town.slug}/topics/"' not in text(client, f"/{town.slug}/schedule/")


def test_what_is_too_wide_for_a_screen_is_a_list(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    released(town, room=2)
    assert 'class="grid"' in text(client, f"/{town.slug}/schedule/")
    monkeypatch.setattr(cards, "WIDEST", 2)
    assert 'class="agenda"' in text(client, f"/{town.slug}/schedule/")


def test_free_places_in_more_rooms_than_fit_beside_each_other_make_a_list(town: Town, client: Client) -> None:
    for number in range(len(town.rooms), cards.WIDEST):
        add_room(town.event, f"Tisch {number}", 8)
    page = text(client, f"/{town.slug}/schedule/")
    assert f'data-column="{cards.WIDEST}"' in page
    assert '<div class="grid"' in page
    add_room(town.event, "Ein Tisch zu viel", 8)
    assert '<div class="grid"' not in text(client, f"/{town.slug}/schedule/")
