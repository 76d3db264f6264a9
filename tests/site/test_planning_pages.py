"""The planning page: search, see the difference, let it stand, take it back; ask why not there; hold things fast."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tagwerk.barcamp import actions
from tagwerk.barcamp.models import Barcamp, PlanRun, Topic
from tagwerk.barcamp.plan_rules import RunState
from tagwerk.barcamp.planner import runs
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.events.actions import change_room
from tagwerk.programme.actions import cancel, move, pin
from tagwerk.programme.models import Placement, Session
from tagwerk.site.undo import steps
from tagwerk.timetable.background import Run
from tests.site.test_desk import tap
from tests.town import Town, back_by, browser, cell, fresh, planned, someone_proposes, with_barcamp

Work = Callable[[], None]


@pytest.fixture
def waiting_work(monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """Let searches wait until the test has them done."""
    work: list[Work] = []

    def later(run: PlanRun, whole: Any, order: Any) -> None:
        short = order if order.task == "bound" else replace(order, seconds=None, moves=500)
        work.append(lambda: runs.follow(run, whole, Run(whole.problem, short)))

    monkeypatch.setattr(runs, "_follow_aside", later)
    return work


def planning(desk: Client, town: Town, query: str = "") -> str:
    answer = desk.get(f"/{town.slug}/desk/planning/{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def lose_a_room(town: Town) -> Session:
    session = planned(town)
    change_room(town.event, session.placement.room_id or 0, is_open=False)
    return session


def searched(desk: Client, town: Town, work: list[Work], style: str = "keep") -> PlanRun:
    tap(desk, town, "planning/search/", style=style, seconds=2)
    work.pop()()
    return PlanRun.objects.latest("number")


def test_an_empty_programme_says_what_to_do(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    page = planning(desk, town)
    assert "Noch steht nichts im Programm" in page
    assert "Noch nichts verschoben" in page
    answer = desk.post(f"/{town.slug}/desk/planning/search/", {"style": "keep", "seconds": "2"})
    assert answer.status_code == 409
    assert "Es gibt nichts zu planen" in answer.text
    assert not waiting_work


def test_a_lost_room_is_mended_from_the_first_look_to_the_way_back(
    town: Town, desk: Client, waiting_work: list[Work]
) -> None:
    session = lose_a_room(town)
    before = cell(session)
    assert "1 Session kann nicht bleiben, wo sie steht:" in planning(desk, town)
    tap(desk, town, "planning/search/", style="keep", seconds=2)
    page = planning(desk, town)
    assert "Der Plan wird gesucht" in page
    assert "Anhalten" in page
    waiting_work.pop()()
    page = planning(desk, town)
    assert "kann nicht bleiben" in page
    assert "am bisherigen Platz geht es nicht mehr" in page
    tap(desk, town, "planning/1/", do="apply")
    assert cell(session) != before
    page = planning(desk, town, "?plan=1")
    assert "übernommen" in page
    assert "Plan übernommen." in page
    change_room(town.event, before[1] or 0, is_open=True)
    [step] = [change for change in steps(town.event) if change.kind == "plan.applied"]
    assert desk.post(f"/{town.slug}/desk/undo/", {"revision": step.revision}).status_code == 302
    assert cell(session) == before
    assert not [change for change in steps(town.event) if change.kind == "plan.applied"]


def test_the_desk_says_at_once_what_stands_in_a_closed_room(town: Town, desk: Client) -> None:
    lose_a_room(town)
    page = desk.get(f"/{town.slug}/desk/").text
    assert "steht, obwohl dort dann geschlossen ist" in page
    assert "Neuen Plan suchen" in page
    [message] = town.told("room.switched")
    assert "steht, obwohl dort dann geschlossen ist" in message.words["crew"]["de"]


def test_a_search_shows_how_far_it_is_and_can_be_stopped(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    planned(town)
    tap(desk, town, "planning/search/", style="improve", seconds=60)
    PlanRun.objects.update(progress={"share": 0.25, "seated": 41, "before": {"seated": 40, "most": 50}})
    page = planning(desk, town)
    assert '<progress max="100" value="25"' in page
    assert "(jetzt 40, mehr als 50 geht auf keinen Fall)" in page
    tap(desk, town, "planning/1/", do="stop")
    assert "Wird angehalten" in planning(desk, town)


def test_a_plan_that_is_put_aside_can_be_found_again(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    lose_a_room(town)
    searched(desk, town, waiting_work)
    tap(desk, town, "planning/1/", do="drop")
    assert "was er ändert" not in planning(desk, town)
    assert "weggelegt" in planning(desk, town, "?plan=1")
    tap(desk, town, "planning/1/", do="apply")


def test_a_plan_says_when_it_has_grown_old(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    lose_a_room(town)
    searched(desk, town, waiting_work)
    topic = someone_proposes(town, "Neu", "Cem")
    assert "am Programm etwas geändert" in planning(desk, town)
    searched(desk, town, waiting_work)
    back_by(town, topic, 1)
    assert "kamen neue Stimmen dazu" in planning(desk, town)


def test_a_plan_of_a_topic_that_is_gone_still_shows_the_rest(
    town: Town, desk: Client, waiting_work: list[Work]
) -> None:
    lose_a_room(town)
    searched(desk, town, waiting_work)
    Topic.objects.all().delete()
    assert "was er ändert" in planning(desk, town)


def test_a_search_that_died_or_found_a_contradiction_says_so(
    town: Town, desk: Client, waiting_work: list[Work]
) -> None:
    planned(town)
    tap(desk, town, "planning/search/", style="keep", seconds=2)
    PlanRun.objects.update(state=RunState.FAILED, found={"kind": "refused"})
    assert "Die letzte Suche wurde unterbrochen" in planning(desk, town)
    demands = [
        {"kind": "pin", "text": "", "topics": ["1 Eins"], "slot": str(town.slots[0].pk), "room": str(town.rooms[0].pk)},
        {"kind": "host", "text": "", "topics": ["1 Eins", "2 Zwei"], "slot": None, "room": None},
        {"kind": "pin", "text": "", "topics": ["3 Drei"], "slot": "0", "room": "0"},
        {"kind": "new", "text": "something new", "topics": [], "slot": None, "room": None},
    ]
    PlanRun.objects.update(found={"kind": "contradiction", "contradiction": demands})
    page = planning(desk, town)
    for words in ("„1 Eins“ steht fest: 10:00 Saal", "dieselben Themengebenden: „1 Eins“, „2 Zwei“", "something new"):
        assert words in page


def test_what_finds_no_place_says_which_demand_has_to_give_way(
    town: Town, desk: Client, waiting_work: list[Work]
) -> None:
    for turn, by in enumerate(("Aylin", "Bela", "Cem", "Dana")):
        topic = someone_proposes(town, f"Hybrid {turn}", by, needs=["hybrid"])
        back_by(town, topic, 3)
    searched(desk, town, waiting_work)
    page = planning(desk, town)
    assert "Findet keinen Platz" in page
    assert "Eines davon muss nachgeben" in page
    assert "braucht eine Ausstattung, die nicht jeder Raum hat" in page
    assert re.search(r"Sonst: [0-9:]+ Saal statt „\d Hybrid \d“, kostet nichts", page)


def test_more_topics_than_places_are_said_in_numbers(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    for turn in range(10):
        topic = someone_proposes(town, f"Thema {turn}", list(town.phones)[turn % 5], host_name=f"Wer {turn}")
        Topic.objects.filter(pk=back_by(town, topic, 3).pk).update(host=None)
    searched(desk, town, waiting_work)
    assert "Themen, aber nur" in planning(desk, town)


def test_while_topics_are_gathered_a_plan_is_likely(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    gathered = with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)
    topic = back_by(gathered, someone_proposes(gathered), 3)
    searched(desk, town, waiting_work)
    assert "Als voraussichtliche Plätze übernehmen" in planning(desk, town)
    tap(desk, town, "planning/1/", do="apply")
    assert fresh(topic).state == State.QUALIFIED


def test_a_proof_is_sought_and_shown(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    pytest.importorskip("ortools")
    lose_a_room(town)
    searched(desk, town, waiting_work)
    tap(desk, town, "planning/prove/")
    assert "Der Beweis wird gesucht" in planning(desk, town)
    waiting_work.pop()()
    assert "Mehr Plätze für Gewünschtes geht nicht." in planning(desk, town)
    PlanRun.objects.filter(task="bound").update(found={"kind": "bound", "bound": 4})
    assert "Höchstens 33,4 % mehr" in planning(desk, town)
    someone_proposes(town, "Neu", "Cem")
    assert "Beweis suchen" in planning(desk, town)


def test_without_the_extra_there_is_no_proof(
    town: Town, desk: Client, waiting_work: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_a_room(town)
    searched(desk, town, waiting_work)
    monkeypatch.setattr("tagwerk.site.planning_cards.can_prove", lambda: False)
    assert "Kein Beweis möglich" in planning(desk, town)
    monkeypatch.setattr("tagwerk.site.planning_cards.can_prove", lambda: True)
    monkeypatch.setattr("tagwerk.site.planning_cards.MOST_FOR_PROOF", 0)
    assert "Für so viele Themen" in planning(desk, town)


def test_what_counts_can_be_changed_and_taken_back(town: Town, desk: Client) -> None:
    there = tap(desk, town, "planning/prices/", move=7, room_move=2, clash=9)
    assert Barcamp.objects.get(event=town.event).prices == {"move": 7, "room_move": 2, "clash": 9}
    assert "Gespeichert." in desk.get(there).text
    assert desk.post(f"/{town.slug}/desk/undo/", {"revision": there.rpartition("=")[2]}).status_code == 302
    assert Barcamp.objects.get(event=town.event).prices == {}
    for wrong in ({}, {"move": "0", "room_move": "1", "clash": "1"}, {"move": "x", "room_move": "1", "clash": "1"}):
        assert desk.post(f"/{town.slug}/desk/planning/prices/", wrong).status_code == 422


def test_a_slot_or_everything_is_held_fast(town: Town, desk: Client) -> None:
    one, other = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Aylin")
    there = tap(desk, town, "planning/hold/", slot=cell(one)[0], value="on")
    assert [Placement.objects.get(session=s).is_pinned for s in (one, other)] == [True, False]
    assert "1 von 1 fest" in planning(desk, town)
    assert desk.post(f"/{town.slug}/desk/undo/", {"revision": there.rpartition("=")[2]}).status_code == 302
    assert not Placement.objects.filter(is_pinned=True).exists()
    tap(desk, town, "planning/hold/", value="on")
    assert Placement.objects.filter(is_pinned=True).count() == 2
    assert desk.post(f"/{town.slug}/desk/planning/hold/", {"value": "on"}).status_code == 409
    tap(desk, town, "planning/hold/", value="off")


def test_the_last_twenty_steps_are_taken_back_one_after_the_other_by_any_moderator(town: Town, desk: Client) -> None:
    session = planned(town)
    begun = cell(session)
    cells = [(slot, room) for slot in town.slots for room in town.rooms if (slot.pk, room.pk) != begun]
    for turn in range(22):
        move(session, *cells[turn % len(cells)], actor="person:999")
    offered = steps(town.event)
    assert len(offered) == 20
    for step in offered:
        assert desk.post(f"/{town.slug}/desk/undo/", {"revision": step.revision}).status_code == 302, step.kind
    slot, room = cells[1]
    assert cell(session) == (slot.pk, room.pk)


def test_a_step_on_which_somebody_built_stays(town: Town, desk: Client) -> None:
    session = planned(town)
    first = move(session, town.slots[1], town.rooms[1], actor="person:999")
    cancel(session, actor="person:999")
    assert desk.post(f"/{town.slug}/desk/undo/", {"revision": first}).status_code == 409


def test_what_participants_and_the_system_did_is_no_step(town: Town) -> None:
    planned(town)
    assert steps(town.event) == []


def test_every_place_says_what_stands_against_it_or_what_it_costs(town: Town, desk: Client) -> None:
    session = planned(town, "Eins", "Aylin", needs=["hybrid"])
    other = planned(town, "Zwei", "Bela")
    same_host = planned(town, "Drei", "Aylin")
    topic = Topic.objects.get(session=session)
    page = re.sub(r"\s+", " ", desk.get(f"/{town.slug}/desk/planning/topics/{topic.code}/").text)
    for words in ("steht hier", "dem Raum fehlt: hybrid", "Hierher"):
        assert words in page, words
    third = Topic.objects.get(session=same_host)
    page = desk.get(f"/{town.slug}/desk/planning/topics/{third.code}/").text
    assert "die Themengebenden sind dann bei „1 Eins“" in page
    second = Topic.objects.get(session=other)
    page = re.sub(r"\s+", " ", desk.get(f"/{town.slug}/desk/planning/topics/{second.code}/").text)
    assert "kostet nichts" in page
    target = next(t for t in re.findall(r'name="target" value="([\d-]+)"', page))
    tap(desk, town, f"planning/topics/{second.code}/", target=target, revision=town.revision)
    assert "-".join(map(str, cell(other))) == target


def test_two_sessions_swap_their_places(town: Town, desk: Client) -> None:
    one, other = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Bela")
    before = cell(one), cell(other)
    topic = Topic.objects.get(session=one)
    tap(desk, town, f"planning/topics/{topic.code}/", target="{}-{}".format(*before[1]), revision=town.revision)
    assert (cell(other), cell(one)) == before


def test_a_place_that_cannot_be_is_refused(town: Town, desk: Client) -> None:
    session = planned(town, needs=["hybrid"])
    topic = Topic.objects.get()
    small = next(room for room in town.rooms if "hybrid" not in room.features)
    path = f"/{town.slug}/desk/planning/topics/{topic.code}/"
    assert desk.post(path, {"target": f"{town.slots[0].pk}-{small.pk}"}).status_code == 409
    assert desk.post(path, {"target": "x"}).status_code == 404
    pin(session, pinned=True)
    assert "Diese Session bewegt der Plan nicht" in desk.get(path).text
    assert desk.post(path, {"target": f"{town.slots[0].pk}-{small.pk}"}).status_code == 409


def test_two_plans_lie_side_by_side(town: Town, desk: Client, waiting_work: list[Work]) -> None:
    path = f"/{town.slug}/desk/planning/compare/"
    assert "Noch steht nichts im Programm." in desk.get(path).text
    lose_a_room(town)
    planned(town, "Zwei", "Bela")
    searched(desk, town, waiting_work)
    page = re.sub(r"\s+", " ", desk.get(path).text)
    assert 'class="is-different"' in page
    assert desk.get(f"{path}?left=1&right=1").text.count("is-different") == 0
    assert desk.get(f"{path}?left=99").status_code == 404


def test_verbs_and_plans_that_do_not_exist_are_refused(town: Town, desk: Client) -> None:
    assert desk.post(f"/{town.slug}/desk/planning/1/", {"do": "fly"}).status_code == 422
    assert desk.post(f"/{town.slug}/desk/planning/1/", {"do": "apply"}).status_code == 404
    assert desk.post(f"/{town.slug}/desk/planning/search/", {"style": "keep", "seconds": "live"}).status_code == 409


def test_everybody_can_read_how_the_plan_comes_about(town: Town) -> None:
    page = browser().get(f"/{town.slug}/how-planned/")
    assert "mindestens 3 Personen" in page.text
    for policy, words in (("every", "Jedes Thema"), ("crew", "Was das Team einplant.")):
        actions.set_rules(town.event, {"policy": policy})
        assert words in browser().get(f"/{town.slug}/how-planned/").text
    Barcamp.objects.all().delete()
    assert browser().get(f"/{town.slug}/how-planned/").status_code == 409


def test_an_event_without_a_barcamp_has_no_planning(town: Town, desk: Client) -> None:
    Barcamp.objects.all().delete()
    assert desk.get(f"/{town.slug}/desk/planning/").status_code == 409
