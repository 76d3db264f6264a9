"""A visitor's devices over the web: going on elsewhere, where one is, forgetting; and a script that asks for tokens."""

import json
import re

import pytest
from django.test import Client

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.models import Interest
from tagwerk.people import hall
from tagwerk.people.handover import draw
from tagwerk.people.models import DeviceToken, Realm
from tests.town import Town, browser, fresh, signed_in, someone_proposes

pytestmark = pytest.mark.django_db
CODE = re.compile(r'class="return-code">([A-Z2-9]{5})<')


def shown_code(town: Town, name: str) -> str:
    page = browser(town, name).post(f"/{town.slug}/mine/code/show/").content.decode()
    found = CODE.search(page)
    assert found, page
    return found[1]


def test_a_code_from_one_phone_leads_the_other_to_the_same_plan(town: Town) -> None:
    topic = someone_proposes(town)
    barcamp.back(town.event, topic.code, town.device("Aylin"))
    other = browser()
    answer = other.post(f"/{town.slug}/mine/code/", {"code": shown_code(town, "Aylin").lower()})
    assert answer.headers["Location"] == f"/{town.slug}/mine/?here=1"
    page = other.get(answer.headers["Location"]).content.decode()
    assert topic.title in page
    assert "Nur dieses Gerät abmelden" in page
    assert "data-device-known" in page


def test_the_code_is_in_no_address(town: Town) -> None:
    page = browser(town, "Aylin").post(f"/{town.slug}/mine/code/show/")
    code = CODE.search(page.content.decode())
    assert code
    assert page.headers["Cache-Control"] == "no-store"
    assert f"/{code[1]}" not in page.content.decode()
    assert browser().post(f"/{town.slug}/mine/code/show/").headers["Location"] == f"/{town.slug}/mine/"


def test_wrong_codes_are_counted_and_end(town: Town) -> None:
    Realm.objects.filter(pk=town.event.realm_id).update(minting_budget=100)
    other = browser()
    statuses = [other.post(f"/{town.slug}/mine/code/", {"code": "22222"}).status_code for _try in range(31)]
    assert statuses == [422] * 30 + [429]
    code = draw(town.device("Aylin"))
    assert other.post(f"/{town.slug}/mine/code/", {"code": code}).status_code == 429


def test_a_form_without_script_asks_before_it_says_where_somebody_is(town: Town) -> None:
    visitor, before = browser(), DeviceToken.objects.count()
    asked = visitor.post(f"/{town.slug}/mine/presence/", {"presence": "remote"})
    assert (asked.status_code, DeviceToken.objects.count()) == (200, before)
    visitor.post(f"/{town.slug}/mine/presence/", {"presence": "remote", "join": "yes"})
    assert DeviceToken.objects.latest("pk").presence == "remote"
    plan = visitor.get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).json()
    assert plan["presence"] == "remote"


def test_a_program_says_where_its_person_is(town: Town) -> None:
    ask = {"path": f"{town.api}/devices/me", "headers": town.phones["Aylin"].bearer, "content_type": "application/json"}
    answer = Client().put(**ask, data=json.dumps({"presence": "remote"}))  # type: ignore[arg-type]
    assert answer.json() == {"presence": "remote", "verified": True}
    assert Client().get(ask["path"], headers=town.phones["Aylin"].bearer).json()["presence"] == "remote"  # type: ignore[arg-type]
    assert Client().put(**ask, data=json.dumps({"presence": "moon"})).status_code == 422  # type: ignore[arg-type]
    assert Client().get(f"{town.api}/devices/me").status_code == 401


def test_forgetting_one_phone_keeps_the_wishes_and_forgetting_all_takes_them_back(town: Town) -> None:
    topic = someone_proposes(town, by="Emil")
    barcamp.back(town.event, topic.code, town.device("Aylin"))
    first, second = browser(town, "Aylin"), browser()
    second.post(f"/{town.slug}/mine/code/", {"code": draw(town.device("Aylin"))})
    first.post(f"/{town.slug}/mine/forget/", {"do": "phone"})
    assert fresh(topic).interest == 1
    again = browser(town, "Aylin").get(f"/{town.slug}/mine/", headers={"Accept": "application/json"}).json()
    assert again["device"] is False
    second.post(f"/{town.slug}/mine/forget/", {"do": "all"})
    assert fresh(topic).interest == 0
    assert not Interest.objects.filter(device=town.device("Aylin")).exists()


def test_an_only_phone_is_forgotten_with_everything(town: Town) -> None:
    topic = someone_proposes(town, by="Emil")
    barcamp.back(town.event, topic.code, town.device("Aylin"))
    browser(town, "Aylin").post(f"/{town.slug}/mine/forget/", {"do": "phone"})
    assert fresh(topic).interest == 0


def test_who_does_not_count_yet_is_told_how(town: Town) -> None:
    DeviceToken.objects.filter(pk=town.device("Aylin").pk).update(is_verified=False)
    assert "zählt aber noch nicht für die Planung" in browser(town, "Aylin").get(f"/{town.slug}/mine/").content.decode()


@pytest.mark.parametrize("with_code", [False, True])
def test_a_script_gets_tokens_but_no_more_than_the_budget_count(town: Town, with_code: bool) -> None:  # noqa: FBT001
    DeviceToken.objects.filter(realm=town.event.realm).delete()
    Realm.objects.filter(pk=town.event.realm_id).update(minting_budget=40, people_in_house=20)
    body = {"hall_code": hall.change_hall_code(town.event.realm)} if with_code else {}
    script, answers = Client(), []
    for _token in range(80):
        answer = script.post(f"{town.api}/devices", data=json.dumps(body), content_type="application/json")
        assert answer.status_code == 201
        answers.append(answer.json())
    assert sum(answer["verified"] for answer in answers) == (40 if with_code else 30)
    topic = barcamp.propose(town.event, {"title": "Bots", "host_name": ""}, None)
    for answer in answers[-10:]:
        bearer = {"Authorization": f"Bearer {answer['token']}"}
        assert script.put(f"{town.api}/topics/{topic.code}/interest", headers=bearer).status_code == 200
    assert (fresh(topic).interest, fresh(topic).counted, fresh(topic).state) == (10, 0, "open")
    desk = signed_in(town.mara).get(f"/{town.slug}/desk/").content.decode()
    assert "80 neue Geräte in zehn Minuten" in desk


def test_topics_say_how_one_takes_part_in_words(town: Town) -> None:
    for mode in ("on_site", "online", "hybrid"):
        someone_proposes(town, f"Thema {mode}", mode=mode)
    page = browser().get(f"/{town.slug}/topics/").content.decode()
    assert [page.count(f'aria-hidden="true"></span>{word}</span>') for word in ("vor Ort", "online", "hybrid")] == [
        1,
        1,
        1,
    ]
