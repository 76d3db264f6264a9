"""Bühne and Regie as plain forms: every button does its step once, and leads to where it can be taken back."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.stage import stage_of
from tagwerk.barcamp.state import topic_state
from tests.town import Town, browser, fresh, planned, someone_proposes


def tap(desk: Client, town: Town, path: str, **fields: object) -> str:
    answer = desk.post(f"/{town.slug}/desk/{path}", {name: str(value) for name, value in fields.items()})
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def on_stage(town: Town) -> str:
    stage = stage_of(town.event)
    return stage.current.code if stage and stage.current else ""


def test_a_round_is_led_by_forms_alone(town: Town, desk: Client) -> None:
    one = someone_proposes(town, "Drohnen")
    two = someone_proposes(town, "Pegel", by="Bela", pitch="read", description="Bitte laut.")
    assert "Vorstellen beginnen" in desk.get(f"/{town.slug}/desk/stage/").text
    tap(desk, town, "stage/", do="begin", order="microphone")
    there = tap(desk, town, "stage/", do="next", ended="")
    assert "?undo=" in there
    assert on_stage(town) == one.code
    tap(desk, town, "stage/", do="time", ended=one.code, seen=0)
    for _again in range(2):
        tap(desk, town, "stage/", do="hands", ended=one.code, count=5, seen=0)
    assert fresh(one).without_phone == 5
    tap(desk, town, "stage/", do="absent", ended=one.code)
    assert on_stage(town) == two.code
    assert "Bitte laut." in desk.get(f"/{town.slug}/desk/stage/").text
    tap(desk, town, "stage/", do="call_out", title="Tauben")
    tap(desk, town, "stage/", do="number", number=one.number, ended=two.code)
    assert on_stage(town) == one.code
    stage = stage_of(town.event)
    assert stage
    tap(desk, town, "stage/", do="undo", step=stage.round.step)
    assert on_stage(town) == two.code
    assert desk.post(f"/{town.slug}/desk/stage/", {"do": "dance"}).status_code == 422
    assert desk.post(f"/{town.slug}/desk/stage/", {"do": "hands", "ended": one.code, "count": "x"}).status_code == 422
    assert "Jetzt auf der Bühne" in browser().get(f"/{town.slug}/").text


def hands_form(desk: Client, town: Town, topic: Topic) -> str:
    """Give the key of the form for a topic's hands, as the Regie shows it now."""
    row = desk.get(f"/{town.slug}/desk/regie/").text.partition(f'id="regie-topic-{topic.code}"')[2]
    return row.partition('value="hands"')[2].partition('name="key" value="')[2].partition('"')[0]


def test_each_form_counts_hands_once_and_its_successor_again(town: Town, desk: Client) -> None:
    topic = someone_proposes(town)
    for count in (1, -1, 1):
        key = hands_form(desk, town, topic)
        for _again in range(2):
            tap(desk, town, f"regie/topics/{topic.code}/", do="hands", count=count, key=key)
    assert fresh(topic).without_phone == 1
    for count in (30, 40, 30):
        key = hands_form(desk, town, topic)
        tap(desk, town, f"regie/topics/{topic.code}/", do="hands", count=count, estimate="yes", key=key)
    assert fresh(topic).estimate == 30


def test_the_regie_asks_no_more_for_more_topics(town: Town, desk: Client) -> None:
    someone_proposes(town)
    few = queries(desk, town)
    for number in range(5):
        someone_proposes(town, f"Thema {number}", by="Bela")
    assert queries(desk, town) == few


def queries(desk: Client, town: Town) -> int:
    """Count what the Regie asks the database, once everything that is remembered is remembered."""
    desk.get(f"/{town.slug}/desk/regie/")
    with CaptureQueriesContext(connection) as asked:
        desk.get(f"/{town.slug}/desk/regie/")
        return len(asked)


def test_merging_shows_its_price_first_and_the_number_leads_on(town: Town, desk: Client) -> None:
    into, other = someone_proposes(town, "Offene Daten"), someone_proposes(town, "Daten öffnen", by="Bela")
    page = desk.get(f"/{town.slug}/desk/regie/merge/", {"topic": other.code, "other": str(into.number)})
    assert "Zusammen 0 Interessierte, größter Raum 100." in page.text
    assert desk.get(f"/{town.slug}/desk/regie/merge/", {"topic": other.code, "other": "99"}).status_code == 404
    there = tap(desk, town, "regie/merge/", topic=other.code, other=into.number, do="merge")
    assert "Zusammengelegt." in desk.get(there).text
    for address in (other.code, other.number):
        lead = browser().get(f"/{town.slug}/topics/{address}/", follow=True)
        assert lead.request["PATH_INFO"] == f"/{town.slug}/topics/{into.code}/"
        assert "Zusammengelegt mit Thema" in lead.text
    tap(desk, town, "undo/", revision=there.partition("=")[2])
    assert fresh(other).state == "open"
    tap(desk, town, "regie/merge/", topic=other.code, other=into.number, do="twice")
    assert fresh(into).is_twice
    tap(desk, town, f"regie/topics/{other.code}/", do="split")
    assert fresh(other).merged_into is None


def test_the_scribe_does_everything_with_a_topic(town: Town, desk: Client) -> None:
    topic = fresh(planned(town).topic)
    wish = someone_proposes(town, "Ein Wunsch", by="Bela", wanted=True)
    tap(desk, town, f"regie/topics/{wish.code}/", do="adopt", host_name="Cem")
    assert fresh(wish).host_name == "Cem"
    there = tap(desk, town, f"regie/topics/{topic.code}/", do="hands", count=10, seen=0)
    tap(desk, town, "undo/", revision=there.partition("=")[2])
    assert fresh(topic).without_phone == 0
    there = tap(desk, town, f"regie/topics/{topic.code}/", do="hands", count=40, estimate="yes")
    tap(desk, town, "undo/", revision=there.partition("=")[2])
    assert fresh(topic).estimate == 0
    there = tap(desk, town, f"regie/topics/{topic.code}/", do="twice")
    assert topic_state(fresh(topic))["second"] is not None
    page = desk.get(f"/{town.slug}/desk/regie/")
    assert "zweimal" in page.text
    assert "und noch einmal:" in browser().get(f"/{town.slug}/topics/{topic.code}/").text
    tap(desk, town, f"regie/topics/{topic.code}/", do="once")
    there = tap(desk, town, f"regie/topics/{wish.code}/", do="park")
    tap(desk, town, "undo/", revision=there.partition("=")[2])
    assert fresh(wish).state == "open"
    assert desk.post(f"/{town.slug}/desk/regie/topics/{wish.code}/", {"do": "dance"}).status_code == 422


def test_rooms_and_reserve_are_switched_and_switched_back(town: Town, desk: Client) -> None:
    room = town.rooms[0]
    there = tap(desk, town, "regie/", do="close", number=room.pk)
    assert not town.event.rooms.get(pk=room.pk).is_open
    tap(desk, town, "undo/", revision=there.partition("=")[2])
    assert town.event.rooms.get(pk=room.pk).is_open
    tap(desk, town, "regie/", do="reserve", number=2)
    tap(desk, town, "regie/", do="call_out", title="Spontan")
    assert Topic.objects.filter(event=town.event, title="Spontan").exists()
    for fields in ({"do": "close", "number": "0"}, {"do": "reserve", "number": ""}, {"do": "dance", "number": "1"}):
        assert desk.post(f"/{town.slug}/desk/regie/", fields).status_code in (404, 422)


def test_similar_topics_are_offered_as_cards_and_as_json(town: Town) -> None:
    topic = someone_proposes(town, "Offene Haushaltsdaten")
    someone_proposes(town, "Drohnen", by="Bela")
    page = browser().get(f"/{town.slug}/topics/similar/", {"q": "Daten zum Haushalt"})
    assert "Gibt es schon etwas Ähnliches?" in page.text
    assert topic.title in page.text
    answer = browser().get(
        f"/{town.slug}/topics/similar/", {"q": "Daten zum Haushalt"}, headers={"Accept": "application/json"}
    )
    assert [found["code"] for found in json.loads(answer.content)["topics"]] == [topic.code]
    assert browser().get(f"/{town.slug}/topics/similar/").text.strip() == ""


def test_a_program_counts_hands_once_by_its_key(town: Town) -> None:
    one = someone_proposes(town, "Drohnen")
    assert Client().get(f"{town.api}/stage", headers=town.crew).status_code == 409
    key = {**town.crew, "Idempotency-Key": "k1"}
    for _again in range(2):
        said = Client().post(
            f"{town.api}/topics/{one.code}/hand-counts", {"count": 2}, content_type="application/json", headers=key
        )
        assert said.json()["without_phone"] == 2
    late = {"do": "next", "at": "2026-01-01T10:00:00"}
    answer = Client().post(f"{town.api}/stage/steps", late, content_type="application/json", headers=town.crew)
    assert answer.status_code == 422, "a time without a zone"
