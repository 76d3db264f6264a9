"""What everybody gets: the snapshot with its revision, pages for people, refusals, the demo that is about to begin."""

import json
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tagwerk.barcamp.models import Topic
from tagwerk.events.models import Day, Event, Slot
from tagwerk.live.conflicts import cursor
from tagwerk.people.models import DeviceToken
from tagwerk.programme import actions as programme
from tagwerk.programme.actions import announce, cancel, move
from tagwerk.site import context, rooms
from tagwerk.site.demo.event import bring_into_present
from tests.town import Town, at, back_by, browser, planned, someone_proposes


def test_the_snapshot_is_sent_once_per_revision(town: Town) -> None:
    cache.clear()  # another test may have left this revision of the town there
    client, address = Client(), f"/{town.slug}/snapshot.json"
    session = planned(town)
    first = client.get(address)
    state = json.loads(first.content)
    assert (state["revision"], state["cursor"]) == (town.revision, f"1-{town.revision}")
    assert [row["code"] for row in state["sessions"] if row["topic"]] == [session.code]
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    announce(town.event, "Der Kaffee ist fertig")
    changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert json.loads(changed.content)["announcements"][0]["text"] == "Der Kaffee ist fertig"


def test_one_snapshot_is_kept_per_event(town: Town) -> None:
    at = ""
    cache.clear()
    for text in ("Der Kaffee ist fertig", "Der Tee auch"):
        announce(town.event, text)
        at = json.loads(Client().get(f"/{town.slug}/snapshot.json").content)["cursor"]
    kept = cache.get(f"snapshot:{town.event.pk}")
    assert (kept[0], json.loads(kept[1])["announcements"][0]["text"]) == (at, "Der Tee auch")


def test_a_snapshot_is_never_older_than_its_cursor(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed_meanwhile(stream: int) -> str:
        Event.objects.filter(pk=town.event.pk).update(name="Der neue Name")
        announce(town.event, "Wir heißen anders")
        return cursor(stream)

    monkeypatch.setattr("tagwerk.site.snapshot.cursor", renamed_meanwhile)
    state = json.loads(Client().get(f"/{town.slug}/snapshot.json").content)
    assert (state["name"], state["cursor"]) == ("Der neue Name", f"1-{town.revision}")


def test_what_is_told_is_what_pages_contain(town: Town) -> None:
    session = planned(town)
    move(session, town.slots[2], town.rooms[2])
    change = town.told("session.moved")[-1]
    for language, prefix in (("de", ""), ("en", "/en")):
        html = json.loads(change.words["public"][language])["html"]
        addresses = ("schedule/", f"sessions/{session.code}/", f"topics/{session.topic.code}/", "topics/", "board/")
        pages = "".join(browser().get(f"{prefix}/{town.slug}/{path}").text for path in addresses)
        plain = re.sub(r"\s+", " ", pages)
        told = re.sub(r"\s+", " ", html)
        for identity in re.findall(r'^<\w+ [^>]*?id="([^"]+)"|(?<=> )<\w+ id="([^"]+)"', told):
            name = identity[0] or identity[1]
            assert f'id="{name}"' in plain, name
        assert "[" not in json.loads(change.words["public"][language]).get("text", "")


def test_without_a_script_a_browser_is_asked_before_it_gets_a_number(town: Town) -> None:
    client, topic = browser(), someone_proposes(town)
    before, address = DeviceToken.objects.count(), f"/{town.slug}/topics/{topic.code}/interest/"
    asked = client.post(address, {"value": "on"})
    assert "Mitmachen" in asked.text
    assert "no-store" in asked.headers["Cache-Control"]
    assert (DeviceToken.objects.count(), asked.cookies.get(f"tw-{town.slug}")) == (before, None)
    done = client.post(address, {"value": "on", "join": "1"})
    assert done.headers["Location"].startswith(f"/{town.slug}/mine/")
    cookie = done.cookies[f"tw-{town.slug}"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert topic.title in client.get(f"/{town.slug}/mine/").text
    client.post(address, {"value": "off"})
    assert Topic.objects.get(pk=topic.pk).interest == 0


def test_nothing_typed_is_lost_when_it_does_not_hold(town: Town) -> None:
    form = {"title": "x" * 61, "description": "Meine lange Beschreibung", "host_name": "Aylin"}
    answer = browser(town, "Aylin").post(f"/{town.slug}/topics/new/", form)
    assert answer.status_code == 422
    for value in form.values():
        assert value in answer.text
    assert "höchstens 60 Zeichen" in answer.text


def test_a_form_sent_twice_proposes_once(town: Town) -> None:
    client, form = browser(town, "Aylin"), {"title": "Radwege"}
    places = [client.post(f"/{town.slug}/topics/new/", form).headers["Location"] for _time in range(2)]
    assert places[0] == places[1]
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("name", ["x" * 61, "nul \0", "\x1b"])
def test_a_wish_is_not_adopted_under_a_name_that_is_none(town: Town, name: str) -> None:
    wish = someone_proposes(town, wanted=True)
    answer = browser(town, "Cem").post(f"/{town.slug}/topics/{wish.code}/adopt/", {"host_name": name})
    assert answer.status_code == 422
    assert Topic.objects.get().state == "wanted"


def test_a_spoken_number_and_a_small_code_lead_to_the_topic(town: Town) -> None:
    topic = someone_proposes(town)
    for short in ("1", topic.code.lower()):
        assert browser().get(f"/{town.slug}/topics/{short}/").headers["Location"].endswith(f"/{topic.code}/")
    assert browser().get(f"/{town.slug}/topics/17/").status_code == 404


@pytest.mark.parametrize("query", ["radweg", "#1", "1", "RADWEGE aylin", "%00radwege", "radwege%20%20"])
def test_a_search_finds_by_word_and_number(town: Town, query: str) -> None:
    someone_proposes(town, "Radwege")
    someone_proposes(town, "Bäume", by="Bela")
    page = browser().get(f"/{town.slug}/topics/?q={query.replace('#', '%23')}").text
    assert "Radwege" in page
    assert "Bäume" not in page


@pytest.mark.parametrize("query", ["%ff", "%22%3E%3Cscript%3E", "9" * 400, "%", "_", "'", "²", "x" * 5000])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(town: Town, query: str) -> None:
    someone_proposes(town, "Radwege")
    answer = browser().get(f"/{town.slug}/topics/?q={query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "<b hx-get=/x>b</b>", "{{ 7|add:7 }}", '"><img src=x>'])
def test_what_people_write_is_shown_and_never_active(town: Town, title: str) -> None:
    session = planned(town, title[:60])
    for path in ("", "topics/", f"topics/{session.topic.code}/", "schedule/", f"sessions/{session.code}/", "board/"):
        assert title not in browser().get(f"/{town.slug}/{path}").text.replace("{{ 7|add:7 }}", "")
    assert all(
        title not in json.loads(change.words["public"]["de"]).get("html", "") or "{{" in title for change in town.told()
    )


def test_a_page_that_does_not_exist_shows_a_way_on(town: Town) -> None:
    for path in ("/nichts/", f"/{town.slug}/nichts/", f"/{town.slug}/topics/ZZZZZZ/", "/%00/", "/%ff/"):
        answer = browser().get(path)
        assert answer.status_code == 404
        assert "Zur Startseite" in answer.text
    assert browser().get(f"/{town.slug}/topics").headers["Location"] == f"/{town.slug}/topics/"


def test_my_plan_knows_what_this_device_did_and_forgets_on_request(town: Town) -> None:
    session = planned(town)
    client = browser(town, "Bela")
    mine = json.loads(client.get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).content)
    assert mine == {
        "device": True,
        "interest": [session.topic.code],
        "coming": [],
        "proposals": [],
        "presence": "",
        "notices": [],
    }
    client.post(f"/{town.slug}/mine/forget/")
    mine = json.loads(client.get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).content)
    assert mine == {"device": False, "interest": [], "coming": [], "proposals": [], "presence": "", "notices": []}


def test_a_device_of_a_neighbour_is_nobody_here(town: Town, neighbours: Town) -> None:
    client = browser()
    client.cookies[f"tw-{town.slug}"] = neighbours.phones["Frida"].secret
    mine = json.loads(client.get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).content)
    assert mine["device"] is False


def test_the_hall_code_lets_a_device_count(town: Town) -> None:
    client = browser()
    wrong = client.post(f"/{town.slug}/join/", {"code": "nüll"})
    assert (wrong.status_code, "Dieser Code stimmt nicht" in wrong.text) == (422, True)
    code = town.event.realm.hall_code
    assert client.post(f"/{town.slug}/join/", {"code": f" {code[:3]} {code[3:]}"}).status_code == 302
    assert DeviceToken.objects.filter(with_hall_code=code, is_verified=True).count() == 1


def test_a_cancelled_session_says_so(town: Town) -> None:
    session = planned(town)
    back_by(town, session.topic, 4)
    cancel(session, note="Zug verpasst")
    assert "Zug verpasst" in browser().get(f"/{town.slug}/sessions/{session.code}/").text
    assert browser().get(f"/{town.slug}/schedule/").status_code == 200


@pytest.mark.parametrize("over", [True, False])
def test_a_demo_that_is_over_is_about_to_begin_again(town: Town, over: bool) -> None:  # noqa: FBT001
    slots = list(Slot.objects.filter(day__event=town.event))
    by = slots[-1].end - timezone.now() + timedelta(minutes=1 if over else -1)
    for slot in slots:
        slot.start, slot.end = slot.start - by, slot.end - by
        slot.save()
    before = slots[0].start
    bring_into_present(town.event)
    first = Slot.objects.filter(day__event=town.event, is_open=True).first()
    assert first
    if over:
        assert timedelta(minutes=29) < first.start - timezone.now() < timedelta(minutes=46)
        assert first.start.minute % 15 == 0
    else:
        assert first.start == before


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("announced", "Anreise und Haus"),
        ("documented", "Danke allen, die dabei waren"),
        ("cancelled", "Abgesagt: Diese Veranstaltung findet nicht statt."),
        ("postponed", "Verschoben: Der neue Termin steht hier"),
    ],
)
def test_outside_of_its_days_the_first_page_says_what_the_event_is(town: Town, phase: str, said: str) -> None:
    Event.objects.filter(pk=town.event.pk).update(phase=phase, motto="Alle reden mit")
    page = Client().get(f"/{town.slug}/").content.decode()
    assert "Alle reden mit" in page[page.index("<main") :]
    assert page.count("<h1") == 1
    assert said in page
    assert f"{town.day.date.day}. " in page
    called_off = phase in ("cancelled", "postponed")
    assert (said in Client().get(f"/{town.slug}/schedule/").content.decode()) == called_off
    if phase == "announced":  # weeks ahead the first slot is not "soon"
        assert '">Gleich</span>' not in page


def test_on_its_days_the_first_page_is_the_hours(town: Town) -> None:
    Event.objects.filter(pk=town.event.pk).update(phase="live")
    town.event.days.update(date=timezone.now().astimezone(town.event.timezone).date())
    assert "front__name" not in Client().get(f"/{town.slug}/").content.decode()


@pytest.mark.parametrize(
    ("before", "is_coming"),
    [(timedelta(hours=14), True), (timedelta(hours=7), True), (timedelta(hours=3), False), (timedelta(0), False)],
)
def test_until_the_morning_the_first_page_says_what_the_event_is(
    town: Town, before: timedelta, *, is_coming: bool
) -> None:
    with time_machine.travel(at(10) - before, tick=False):
        page = Client().get(f"/{town.slug}/").content.decode()
    assert ("front__name" in page) == is_coming
    assert ("Anreise und Haus" in page[page.index("<main") :]) == is_coming
    assert "10:00–10:45" in page


def test_a_draft_is_neither_the_beginning_nor_next(town: Town) -> None:
    draft = programme.draft(town.event, {"title": "Geheim", "kind": "talk"})
    programme.put_draft(draft, programme.slot_at(town.event, at(7), at(7, 30)), None)
    with time_machine.travel(at(3), tick=False):
        page = Client().get(f"/{town.slug}/").content.decode()
    assert "07:00" not in page
    assert "10:00–10:45" in page
    assert "front__name" in page


def test_the_list_of_events_says_from_when_to_when_in_each_language(town: Town) -> None:
    town.event.days.update(date=date(2027, 11, 30))
    Day.objects.create(event=town.event, date=date(2027, 12, 1))
    assert "30.11.2027 – 01.12.2027" in Client().get("/").content.decode()
    assert "30 Nov 2027 – 1 Dec 2027" in Client().get("/en/").content.decode()


@pytest.mark.parametrize("path", ["", "schedule/", "desk/programme/"])
def test_a_page_never_claims_to_know_what_came_while_it_was_made(
    town: Town, desk: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    before, panel = cursor(town.event.stream), rooms.topics_panel

    def late() -> object:
        if cursor(town.event.stream) == before:
            programme.announce(town.event, "Kaffee ist da")
        return panel()

    monkeypatch.setattr(context, "topics_panel", late)
    page = desk.get(f"/{town.slug}/{path}").content.decode()
    assert cursor(town.event.stream) != before
    assert f'data-since="{before}"' in page
