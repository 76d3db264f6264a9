"""Three steps, interest, plan, "I'm coming": a range for the crew and the host, and rooms that change with one tap."""

from django.test import Client

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.rules import Counts
from tagwerk.programme import actions
from tagwerk.programme.cards import placed_sessions, session_card
from tests.barcamp.actions.test_coming import beside, come
from tests.site.test_desk import tap, undo
from tests.town import Town, browser, cell, planned, with_barcamp


def test_the_desk_says_how_many_come_and_swaps_rooms_with_one_tap(town: Town, desk: Client) -> None:
    hall, small = beside(town, "Radwege", "Open Data")
    quiet = desk.get(f"/{town.slug}/desk/").text
    assert "0 bis 3 Personen" in quiet
    assert "Räume tauschen" not in quiet
    come(town, small, 60)
    shown = desk.get(f"/{town.slug}/desk/").text
    assert "40 bis 63 Personen" in shown
    assert "(60 sagen: Ich komme)" in shown
    assert "erwartet 40 bis 63: aus Raum 2 (40 Plätze) in Saal (100)" in shown
    moves = [f"{small.code}-{town.rooms[0].pk}", f"{hall.code}-{town.rooms[1].pk}"]
    answer = desk.post(f"/{town.slug}/desk/rooms/", {"move": moves, "revision": town.revision})
    assert answer.status_code == 302
    assert (cell(small)[1], cell(hall)[1]) == (town.rooms[0].pk, town.rooms[1].pk)
    after = desk.get(answer.headers["Location"]).text
    assert "2 Sessions verschoben." in after
    assert "Räume tauschen" not in after
    page = browser().get(f"/{town.slug}/sessions/{small.code}/").text
    assert "statt" in page
    assert "der Raum passt dazu, wie viele kommen wollen" in page
    assert undo(desk, town) == 302
    assert (cell(small)[1], cell(hall)[1]) == (town.rooms[1].pk, town.rooms[0].pk)


def test_a_swap_that_somebody_overtook_or_that_names_nothing_is_refused(town: Town, desk: Client) -> None:
    hall, small = beside(town, "Radwege", "Open Data")
    seen = town.revision
    tap(desk, town, f"sessions/{hall.code}/pin/", value="on", revision=seen)
    moves = [f"{small.code}-{town.rooms[0].pk}", f"{hall.code}-{town.rooms[1].pk}"]
    assert desk.post(f"/{town.slug}/desk/rooms/", {"move": moves, "revision": seen}).status_code == 409
    assert desk.post(f"/{town.slug}/desk/rooms/", {"move": moves}).status_code == 409, "what is fixed stays"
    assert desk.post(f"/{town.slug}/desk/rooms/", {"move": [f"{small.code}-x"]}).status_code == 404


def test_the_host_reads_the_range_on_their_own_plan(town: Town) -> None:
    session = planned(with_barcamp(town, counts=Counts.HIDDEN), by="Cem")
    come(town, session, 6)
    assert "4 bis 9 Personen" in " ".join(browser(town, "Cem").get(f"/{town.slug}/mine/").text.split())
    assert "Zu erwarten" not in browser(town, "Dana").get(f"/{town.slug}/mine/").text
    mine = browser(town, "Cem").get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).json()
    assert mine["hosting"]["sessions"][0]["crowd"]["people"] == {"low": 4, "high": 9, "online": 0}


def test_programs_read_the_range_as_the_event_shows_it(town: Town) -> None:
    session = planned(town)
    come(town, session, 6)
    (known,) = browser().get(f"{town.api}/expectations").json()
    assert known == {"session": session.code, "topic": 1, "low": 4, "high": 9, "online": 0, "coming": 6}
    with_barcamp(town, counts=Counts.ENOUGH)
    assert browser().get(f"{town.api}/expectations").json() == []
    assert len(Client().get(f"{town.api}/expectations", headers=town.crew).json()) == 1


def test_who_finds_a_door_full_is_sent_where_there_is_surely_room(town: Town) -> None:
    full, near, far = beside(town, "Radwege", "Open Data", "Beete")
    come(town, near, 35)  # at most 38 of 40, at least 23
    actions.mark_full(full, full=True)

    def alternative() -> str:
        found = session_card(placed_sessions(town.event).get(pk=full.pk)).alternative
        return found.title if found else ""

    assert alternative() == far.title
    come(town, far, 40)  # of 20 seats: those who surely come fill it
    assert alternative() == near.title
    barcamp.count_hands(town.event, near.topic.code, 30, actor="")
    assert alternative() == near.title, "it is not sure, and still the best there is"
    actions.mark_full(near, full=True)
    assert alternative() == ""
