"""The walls: what they show at which hour, who switches them, and what they never show or let keep."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tagwerk.barcamp.actions.rounds import begin_round, enter_round_phase
from tagwerk.barcamp.models import Pitch
from tagwerk.barcamp.rules import PitchState, RoundPhase
from tagwerk.events.actions import shift, switch_walls
from tagwerk.events.models import Event
from tagwerk.events.rules import QR_SHOWN, RoomKind, Wall
from tagwerk.people import hall
from tagwerk.people.models import Screen
from tagwerk.programme import actions
from tagwerk.programme.cards import grid_of
from tagwerk.programme.models import Placement, Session
from tagwerk.site.foyer import foyer_pages
from tests.town import Town, at, browser, planned, someone_proposes


def shows(town: Town) -> str:
    """Give the panel on the hall screen."""
    page = browser().get(f"/{town.slug}/board/").text
    return page.partition('id="board-state" data-shows="')[2].partition('"')[0]


def told(town: Town, kind: str, language: str = "de") -> str:
    words: str = town.told(kind)[-1].words["public"][language]
    return words.replace('\\"', '"')


def state_in(message: str) -> str:
    return message.partition('id="board-state" data-shows="')[2].partition('"')[0]


def test_without_a_round_the_wall_shows_the_plan(town: Town) -> None:
    assert shows(town) == "plan"


@pytest.mark.parametrize(
    ("phase", "panel"),
    [
        (RoundPhase.COLLECTING, "collecting"),
        (RoundPhase.PITCHING, "stage"),
        (RoundPhase.PLANNING, "planning"),
        (RoundPhase.RUNNING, "plan"),
        (RoundPhase.CLOSING, "closing"),
    ],
)
def test_the_wall_follows_the_phase_of_the_round_at_once(town: Town, phase: RoundPhase, panel: str) -> None:
    begin_round(town.event)
    enter_round_phase(town.event, phase)
    assert shows(town) == panel
    assert state_in(told(town, "round.phase")) == state_in(told(town, "round.phase", "en")) == panel


def test_while_topics_are_collected_the_wall_calls_for_more(town: Town) -> None:
    begin_round(town.event, pitch_at=at(10, 15))
    someone_proposes(town, "Offene Daten")
    page = browser().get(f"/{town.slug}/board/").text
    assert "Ihr Thema fehlt noch?" in page
    assert "Vorstellung ab 10:15" in page
    assert "Schon 1 Thema" in page
    assert "Offene Daten" in told(town, "topic.proposed").partition("board-state")[2]


def test_at_other_hours_a_new_topic_is_no_news_for_the_wall(town: Town) -> None:
    someone_proposes(town, "Offene Daten")
    assert "board-state" not in told(town, "topic.proposed")


def test_the_stage_shows_who_speaks_and_who_follows(town: Town) -> None:
    for title, who in (("Radwege", "Aylin"), ("Haushalt", "Bela"), ("Pegel", "Cem")):
        someone_proposes(town, title, who)
    begin_round(town.event)
    enter_round_phase(town.event, RoundPhase.PITCHING)
    assert "Gleich stellen sich die Themen vor." in browser().get(f"/{town.slug}/board/").text
    Pitch.objects.filter(topic__number=1).update(state=PitchState.ON_STAGE, called_at=timezone.now())
    page = browser().get(f"/{town.slug}/board/").text
    assert "<b>1</b> <span>Radwege</span>" in page
    assert "Danach: <b>2, 3</b>" in page
    assert "data-timer" in page
    assert 'data-count="' in page
    Pitch.objects.update(state=PitchState.DONE)
    assert "Alle Themen sind vorgestellt." in browser().get(f"/{town.slug}/board/").text


def test_the_break_says_when_the_plan_comes(town: Town) -> None:
    begin_round(town.event, announce_at=at(10, 55))
    enter_round_phase(town.event, RoundPhase.PLANNING)
    page = browser().get(f"/{town.slug}/board/").text
    assert "Pause. Der Plan entsteht." in page
    assert "Verkündung 10:55" in page


def test_the_closing_goes_through_what_was_held(town: Town) -> None:
    held, later = planned(town, "Radwege", "Aylin"), planned(town, "Haushalt", "Bela")
    Session.objects.filter(pk=held.pk).update(note="Erst fragen, dann bauen")
    begin_round(town.event)
    enter_round_phase(town.event, RoundPhase.CLOSING)
    with time_machine.travel(at(23)):
        page = browser().get(f"/{town.slug}/board/").text
    assert "Wichtigste Erkenntnis" in page
    assert "Erst fragen, dann bauen" in page
    assert "Danke, Bela, und danke an alle, die dabei waren!" in page
    assert later.title in page


def test_the_crew_switches_all_walls_and_takes_it_back(town: Town, desk: Client) -> None:
    answer = desk.post(f"/{town.slug}/desk/walls/", {"wall": "black"})
    assert state_in(told(town, "walls")) == shows(town) == "black"
    offer = desk.get(answer.headers["Location"])
    assert "Wände umgeschaltet." in offer.text
    desk.post(f"/{town.slug}/desk/undo/", {"revision": town.revision})
    assert state_in(told(town, "walls")) == shows(town) == "plan"


def test_the_desk_of_others_sees_which_button_is_pressed(town: Town) -> None:
    switch_walls(town.event, Wall.BLACK)
    words = town.told("walls")[-1].words["crew"]["de"].replace('\\"', '"')
    assert 'value="black" aria-pressed="true"' in words
    assert "board-state" not in words


def test_the_stage_is_on_the_remote_control_once_there_is_a_round(town: Town, desk: Client) -> None:
    assert 'value="stage"' not in desk.get(f"/{town.slug}/desk/screens/").text
    switch_walls(town.event, Wall.STAGE)
    assert shows(town) == "plan"
    begin_round(town.event)
    assert 'value="stage"' in desk.get(f"/{town.slug}/desk/screens/").text
    assert shows(town) == "stage"


def test_the_large_code_knows_when_it_is_over_and_what_comes_then(town: Town) -> None:
    begin_round(town.event)
    switch_walls(town.event, Wall.QR)
    page = browser().get(f"/{town.slug}/board/").text
    until = Event.objects.get(pk=town.event.pk).wall_until
    assert until
    assert f'data-shows="qr" data-hour="collecting" data-until="{until.isoformat()}"' in page
    with time_machine.travel(timezone.now() + QR_SHOWN):
        assert shows(town) == "collecting"


def test_a_button_leads_back_to_its_own_page_and_nowhere_else(town: Town, desk: Client) -> None:
    screens = f"/{town.slug}/desk/screens/"
    for referer, target in (
        (f"http://testserver{screens}", screens),
        ("https://elsewhere.example/", f"/{town.slug}/desk/"),
        (f"http://testserver//elsewhere.example/{town.slug}/desk/", f"/{town.slug}/desk/"),
    ):
        answer = desk.post(f"/{town.slug}/desk/walls/", {"wall": "plan"}, headers={"Referer": referer})
        assert answer.headers["Location"].partition("?")[0] == target


def test_a_disruption_stands_on_the_walls_until_it_is_taken_back(town: Town, desk: Client) -> None:
    fields = {"what": "Beamer in Raum 2 fällt aus", "where": "Bitte in den Saal", "at": "10:40"}
    desk.post(f"/{town.slug}/desk/disruption/", fields)
    assert state_in(told(town, "announcement")) == shows(town) == "disruption"
    page = browser().get(f"/{town.slug}/board/").text
    for line in ("Beamer in Raum 2 fällt aus", "Bitte in den Saal", "Nächste Nachricht um 10:40"):
        assert f'<p class="board__line">{line}</p>' in page
    notice = town.event.announcements.get()
    desk.post(f"/{town.slug}/desk/announcements/{notice.code}/withdraw/")
    assert state_in(told(town, "announcement.withdrawn")) == shows(town) == "plan"


def test_a_disruption_without_words_is_refused(town: Town, desk: Client) -> None:
    answer = desk.post(f"/{town.slug}/desk/disruption/", {"what": " ", "where": "Saal"})
    assert answer.status_code == 422
    assert not town.event.announcements.exists()


def test_an_ordinary_notice_leaves_the_wall_as_it_is(town: Town) -> None:
    actions.announce(town.event, "Mittagessen ist da")
    assert shows(town) == "plan"
    assert "board-state" not in told(town, "announcement")


def test_one_tap_says_that_a_session_is_full_and_another_takes_it_back(town: Town, desk: Client) -> None:
    session = planned(town)
    answer = desk.post(f"/{town.slug}/desk/sessions/{session.code}/full/", {"value": "on"})
    assert Placement.objects.get(session=session).is_full
    assert "Gemerkt." in desk.get(answer.headers["Location"]).text
    desk.post(f"/{town.slug}/desk/undo/", {"revision": town.revision})
    assert not Placement.objects.get(session=session).is_full


def test_full_is_seen_everywhere_with_a_way_out(town: Town) -> None:
    session, other = planned(town, "Radwege", "Aylin"), planned(town, "Haushalt", "Bela")
    slot = session.placement.slot
    if other.placement.slot != slot:
        free = next(room for room in town.rooms if room != session.placement.room)
        actions.move(other, slot, free)
    other.refresh_from_db()
    actions.mark_full(session, full=True)
    way_out = f"Noch Platz: {Placement.objects.get(session=other).room}, Thema 2"
    door = f"board/{session.placement.room_id}/"
    for path in ("schedule/", f"sessions/{session.code}/", "board/", door):
        assert way_out in browser().get(f"/{town.slug}/{path}").text, path
    assert "voll" in browser().get(f"/{town.slug}/board/foyer/").text
    message = told(town, "session.full")
    assert "Voll: Thema 1" in message
    assert message.count(way_out) == 4, "programme, hall screen, session and home"


def test_programs_say_full_too(town: Town) -> None:
    session = planned(town)
    path = f"{town.api}/sessions/{session.code}/full"
    answers = [Client().generic(verb, path, headers=town.crew) for verb in ("PUT", "DELETE")]
    assert [(answer.status_code, answer.json()["full"]) for answer in answers] == [(200, True), (200, False)]
    assert answers[1].json()["revision"] == town.revision


def test_a_door_says_what_is_on_and_what_follows(town: Town) -> None:
    session = planned(town)
    room = session.placement.room
    assert room
    page = browser().get(f"/{town.slug}/board/{room.pk}/").text
    assert f"<h1>{room.name}</h1>" in page
    assert session.title in page
    assert 'data-time="next"' in page


def test_a_door_says_that_somebody_is_looked_for_and_shows_the_way(town: Town) -> None:
    session = planned(town)
    path = f"/{town.slug}/board/{session.placement.room_id}/"
    assert browser().get(path).text.count("<svg") == 1
    Session.objects.filter(pk=session.pk).update(searching_since=timezone.now())
    page = browser().get(path).text
    assert "Wir suchen jemanden, der übernimmt." in page
    assert page.count("<svg") == 2


def test_a_table_has_a_sign_of_its_own(town: Town) -> None:
    town.event.rooms.filter(pk=town.rooms[2].pk).update(kind=RoomKind.TABLE)
    assert "Dieser Tisch ist gerade frei." in browser().get(f"/{town.slug}/board/{town.rooms[2].pk}/").text


def test_a_cancelled_session_leaves_its_door_once_another_took_its_place(town: Town) -> None:
    session = planned(town, "Radwege")
    slot, room = session.placement.slot, session.placement.room
    assert room
    path = f"/{town.slug}/board/{room.pk}/"
    actions.cancel(session)
    assert "Fällt aus" in browser().get(path).text
    actions.schedule(town.event, slot, room, title="Springt ein", host_name="Dana")
    page = browser().get(path).text
    assert "Springt ein" in page
    assert "Radwege" not in page


def test_there_is_no_door_where_there_is_no_room(town: Town, neighbours: Town) -> None:
    for number in (0, neighbours.rooms[0].pk, 10**17):
        assert browser().get(f"/{town.slug}/board/{number}/").status_code == 404


def test_the_foyer_shows_the_whole_day_page_by_page(town: Town) -> None:
    session = planned(town)
    both = foyer_pages(town.event, grid_of(town.event))
    pages = [page for page in both if page.shape == "wide"]
    assert [page.key.replace("wide", "narrow") for page in pages] == [p.key for p in both if p.shape == "narrow"]
    assert [len(page.slots) for page in pages] == [2, 1]
    assert [[card.title for card in page.fixed] for page in pages] == [["Mittagspause"], ["Abschluss"]]
    cells = [cell for page in pages for row in page.rows for cell in row.cells]
    assert [cell.title for cell in cells if cell] == [session.title]
    assert len(cells) == len(town.slots) * len(town.rooms)


def test_the_worker_is_a_script_for_the_walls_alone(town: Town) -> None:
    answer = browser().get(f"/{town.slug}/board/sw.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Service-Worker-Allowed" not in answer.headers
    assert browser().get(f"/en/{town.slug}/board/sw.js").status_code == 200


def test_the_hall_code_stands_on_no_page_and_only_paired_screens_get_it(town: Town) -> None:
    realm = town.event.realm
    for path in ("board/", "board/foyer/", f"board/{town.rooms[0].pk}/"):
        assert realm.hall_code not in browser().get(f"/{town.slug}/{path}").text
    screen = browser()
    code = f"/{town.slug}/board/code/"
    assert screen.get(code).json() == {"state": "none"}
    answer = screen.post(
        f"/{town.slug}/board/pair/", headers={"Referer": f"http://testserver/{town.slug}/board/foyer/"}
    )
    assert answer.headers["Location"] == f"/{town.slug}/board/foyer/"
    waiting = screen.get(code)
    assert waiting.json()["state"] == "waiting"
    assert "no-store" in waiting.headers["Cache-Control"]
    hall.pair_screen(realm, waiting.json()["pairing_code"], "Saal")
    assert screen.get(code).json() == {"state": "paired", "hall_code": realm.hall_code}
    hall.revoke_screen(realm, Screen.objects.get().pk)
    assert screen.get(code).json() == {"state": "none"}


def test_a_flood_of_questions_is_told_to_come_later(town: Town) -> None:
    answers: list[Any] = [browser().post(f"/{town.slug}/board/pair/") for _ in range(hall.MOST_OF_ONE + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {302}
    assert answers[-1].status_code == 429


def test_the_day_that_runs_hides_the_next_one(town: Town) -> None:
    with time_machine.travel(at(23) + timedelta(hours=1)):
        assert foyer_pages(town.event, grid_of(town.event)) == []


def test_the_day_ends_with_what_each_session_brought(town: Town, desk: Client) -> None:
    session = planned(town)
    shift(town.event, timezone.now() - session.placement.slot.start - timedelta(minutes=10))
    assert f"insight-{session.code}" in desk.get(f"/{town.slug}/desk/").text
    answer = desk.post(f"/{town.slug}/desk/sessions/{session.code}/insight/", {"insight": "Daten <b>allen</b>"})
    assert answer.status_code == 302
    begin_round(town.event, actor="person:1")
    enter_round_phase(town.event, RoundPhase.CLOSING, actor="person:1")
    wall = browser().get(f"/{town.slug}/board/").text
    assert "Daten &lt;b&gt;allen&lt;/b&gt;" in wall
    assert "Daten &lt;b&gt;allen" in browser().get(f"/{town.slug}/sessions/{session.code}/").text
    aylin = browser(town, "Aylin")
    assert "Daten &lt;b&gt;allen" in aylin.get(f"/{town.slug}/mine/").text
    assert aylin.post(f"/{town.slug}/sessions/{session.code}/insight/", {"insight": ""}).status_code == 302
    assert "Daten &lt;b&gt;allen" not in browser().get(f"/{town.slug}/board/").text
    assert browser().post(f"/{town.slug}/sessions/{session.code}/insight/", {"insight": "x"}).status_code == 401
