"""Topics for programs: the way of a topic, and each error with its status, its words and nothing lost."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tagwerk.barcamp import api_rounds
from tagwerk.barcamp.actions import set_rules
from tagwerk.barcamp.forms import checked_rules
from tagwerk.barcamp.models import Barcamp, Topic
from tagwerk.barcamp.rules import Counts, PublishMode
from tagwerk.barcamp.state import coming_shown
from tagwerk.events.actions import enter_phase
from tagwerk.events.rules import Phase
from tagwerk.people.actions import revoke_api_token, revoke_device
from tagwerk.people.models import ApiToken
from tagwerk.people.rules import RoleKind
from tests.town import Town, back_by, fresh, planned, signed_in, someone_proposes, with_barcamp

JSON = "application/json"
STRANGERS = {"Authorization": "Bearer twd_nobody"}


def send(town: Town, method: str, path: str, body: Any = None, by: str = "Aylin", **headers: str) -> HttpResponse:
    """Send a program's request with somebody's token; `by=""` is nobody, `crew` the organiser's program."""
    who = town.crew if by == "crew" else town.phones[by].bearer if by else {}
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    answer: HttpResponse = Client().generic(method, f"{town.api}{path}", raw, JSON, headers={**who, **headers})  # type: ignore[assignment]
    assert answer.status_code < 500, answer.content
    return answer


def said(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def problem(answer: HttpResponse, status: int, kind: str) -> Any:
    """Check that an answer is a problem document of this kind and give it."""
    document = said(answer)
    assert (answer.status_code, document["type"]) == (status, f"urn:tagwerk:problem:{kind}"), document
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (document["status"], bool(document["title"]), bool(document["detail"])) == (status, True, True)
    return document


def test_a_topic_goes_its_way_from_proposal_to_session(town: Town) -> None:
    proposed = send(town, "POST", "/topics", {"title": " Radwege ", "description": "a\nb", "host_name": "Aylin"})
    assert proposed.status_code == 201
    topic = said(proposed)
    assert (topic["number"], topic["state"]) == (1, "open")
    taps = [send(town, "PUT", f"/topics/{topic['code'].lower()}/interest", by=name) for name in ("Bela", "Cem", "Dana")]
    assert said(taps[-1]) == {"interest": 3, "mine": True}
    state = said(send(town, "GET", f"/topics/{topic['code']}", by="Bela"))
    assert (state["state"], state["title"], state["description"], state["mine"]) == ("planned", "Radwege", "a\nb", True)
    assert state["room_name"] in {room.name for room in town.rooms}
    assert state["reasons"].startswith("3 Personen interessiert")
    session = said(send(town, "GET", f"/sessions/{state['session']}", by=""))
    assert (session["topic"], session["room"], session["slot"]) == (topic["code"], state["room"], state["slot"])


def test_interest_on_and_off_twice_is_once(town: Town) -> None:
    code = someone_proposes(town).code
    numbers = [
        said(send(town, method, f"/topics/{code}/interest"))["interest"]
        for method in ("PUT", "PUT", "DELETE", "DELETE")
    ]
    assert numbers == [1, 1, 0, 0]


def test_coming_on_and_off_twice_is_once(town: Town) -> None:
    code = planned(town).code
    answers = [said(send(town, method, f"/sessions/{code}/coming")) for method in ("PUT", "PUT", "DELETE")]
    assert answers == [{"coming": 1, "mine": True}, {"coming": 1, "mine": True}, {"coming": 0, "mine": False}]


def test_an_own_topic_is_edited_and_withdrawn(town: Town) -> None:
    code = someone_proposes(town, "Radwege", description="bleibt").code
    edited = said(send(town, "PATCH", f"/topics/{code}", {"title": "Fußwege", "revision": town.revision}))
    assert (edited["title"], edited["description"]) == ("Fußwege", "bleibt")
    assert said(send(town, "DELETE", f"/topics/{code}"))["state"] == "withdrawn"


def test_a_wish_is_adopted(town: Town) -> None:
    code = said(send(town, "POST", "/topics", {"title": "Wunsch", "wanted": True}))["code"]
    adopted = said(send(town, "POST", f"/topics/{code}/adopt", {"host_name": "Cem"}, by="Cem"))
    assert (adopted["state"], adopted["wanted"], adopted["host_name"]) == ("open", False, "Cem")


def test_somebody_of_the_crew_proposes_as_their_own_device_does(town: Town) -> None:
    mara = signed_in(town.mara)
    mara.cookies[f"tw-{town.slug}"] = town.phones["Dana"].secret
    for own, host in ((True, town.device("Dana")), (False, None)):
        body = {"title": "Vom Schreibtisch", "own": own}
        answer: HttpResponse = mara.post(f"{town.api}/topics", body, JSON)  # type: ignore[assignment]
        assert Topic.objects.get(code=said(answer)["code"]).host == host


def test_what_a_session_brought_is_said_by_its_host_alone(town: Town) -> None:
    session = planned(town, by="Aylin")
    type(session.placement.slot).objects.update(start=timezone.now() - timedelta(minutes=5))
    path = f"/sessions/{session.code}/insight"
    told = send(town, "PUT", path, {"insight": "Alle wollen Radwege"})
    assert (told.status_code, said(told)["insight"]) == (200, "Alle wollen Radwege")
    problem(send(town, "PUT", path, {"insight": "Unsinn"}, by="Bela"), 403, "not-yours")
    problem(send(town, "PUT", path, {"insight": "Unsinn"}, by="crew"), 401, "no-device")


def test_the_crew_parks_declines_and_plans(town: Town) -> None:
    town = with_barcamp(town, publish_mode=PublishMode.TOGETHER)
    one, two, three = (someone_proposes(town, title).code for title in ("Eins", "Zwei", "Drei"))
    assert said(send(town, "POST", f"/topics/{one}/park", by="crew"))["state"] == "parked"
    declined = said(send(town, "POST", f"/topics/{two}/decline", {"reason": "Doppelt"}, by="crew"))
    assert (declined["state"], declined["reasons"]) == ("declined", "Doppelt")
    back_by(town, Topic.objects.get(code=three), 3)
    preview = said(send(town, "POST", "/plan", {"apply": False}, by="crew"))
    plan = said(send(town, "POST", "/plan", {"apply": True}, by="crew"))
    assert [row["topic"] for row in preview["placements"]] == [row["topic"] for row in plan["placements"]] == [three]
    assert (plan["bound"] is None or plan["bound"] >= plan["objective"]["value"], plan["moved"]) == (True, [])
    assert plan["placements"][0]["session"] == ""
    assert fresh(Topic.objects.get(code=three)).state == "qualified", "only the announcement tells everybody"


def test_a_plan_is_stored_by_those_who_may_announce_one(town: Town) -> None:
    back_by(town, someone_proposes(town), 3)
    ApiToken.objects.update(kind=RoleKind.HELPER)
    assert send(town, "POST", "/plan", {"apply": False}, by="crew").status_code == 200
    problem(send(town, "POST", "/plan", {"apply": True}, by="crew"), 403, "not-allowed")


@pytest.mark.parametrize(("counts", "shown"), [(Counts.HIDDEN, None), (Counts.ENOUGH, 3), (Counts.EXACT, 4)])
def test_who_says_coming_learns_no_more_than_everybody(town: Town, counts: Counts, shown: int | None) -> None:
    code, town = planned(town).code, with_barcamp(town, counts=counts)
    names = ("Aylin", "Bela", "Cem", "Dana")
    answers = [said(send(town, "PUT", f"/sessions/{code}/coming", by=name)) for name in names]
    assert answers[-1] == {"coming": shown, "mine": True}


def test_without_a_barcamp_nobody_says_how_many_come(town: Town) -> None:
    assert coming_shown(town.event, 2) == 2
    Barcamp.objects.all().delete()
    assert coming_shown(town.event, 2) is None


def test_two_people_change_different_rules_at_the_same_moment(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    real = checked_rules

    def in_between(words: dict[str, Any]) -> dict[str, Any]:
        set_rules(town.event, {"counts": "hidden"})
        return real(words)

    monkeypatch.setattr(api_rounds, "checked_rules", in_between)
    rules = said(send(town, "PATCH", "/rules", {"threshold": 7}, by="crew"))
    assert (rules["threshold"], rules["counts"]) == (7, "hidden")


def test_the_crew_sees_exact_counts_where_others_see_enough(town: Town) -> None:
    town = with_barcamp(town, counts=Counts.ENOUGH)
    code = back_by(town, someone_proposes(town), 5).code
    assert said(send(town, "GET", f"/topics/{code}"))["interest"] == 3
    crew = said(send(town, "GET", f"/topics/{code}", by="crew"))
    assert (crew["interest"], crew["unverified"]) == (5, 0)


@pytest.mark.parametrize(
    ("title", "status", "kind"),
    [
        ("", 422, "invalid"),
        (" \u200b\u2060\u3164 ", 422, "invalid"),
        ("x" * 61, 422, "invalid"),
        ("nul \0", 422, "invalid"),
        ("\x1b[31m", 422, "invalid"),
        (None, 422, "invalid"),
        (["Radwege"], 422, "invalid"),
        ({"a": 1}, 422, "invalid"),
        (17, 422, "invalid"),
        (True, 422, "invalid"),
    ],
)
def test_a_title_that_is_none_is_refused_by_name(town: Town, title: object, status: int, kind: str) -> None:
    document = problem(send(town, "POST", "/topics", {"title": title}), status, kind)
    assert list(document["errors"]) == ["title"]
    assert not Topic.objects.exists()


def test_every_field_that_does_not_hold_is_named(town: Town) -> None:
    body = {
        "title": "",
        "description": "x" * 281,
        "host_name": "y" * 61,
        "mode": "flying",
        "when": "never",
        "needs": ["gold"],
    }
    document = problem(send(town, "POST", "/topics", body), 422, "invalid")
    assert set(document["errors"]) == set(body)


@pytest.mark.parametrize(
    "body",
    [
        {"title": "a", "unknown": 1},
        {"title": "a", "wanted": "yes"},
        {"title": "a", "needs": "projector"},
        {"title": "a", "needs": ["projector"] * 11},
        {"title": "a", "needs": [1]},
        [],
        "title",
        7,
        None,
    ],
)
def test_a_body_of_another_form_is_refused(town: Town, body: object) -> None:
    raw = json.dumps(body).encode()
    problem(send(town, "POST", "/topics", raw), 422, "invalid")


@pytest.mark.parametrize(
    "raw",
    [b"{", b"\xff\xfe", b'{"title": "\xc0\xaf"}', b"[" * 10_000 + b"]" * 10_000, b'{"title": NaN', b'{"a":' * 10_000],
)
def test_what_is_no_json_is_unreadable(town: Town, raw: bytes) -> None:
    problem(send(town, "POST", "/topics", raw), 400, "unreadable")


@pytest.mark.parametrize(
    "raw",
    [
        rb'{"title": "\ud800"}',
        b'{"title": "a", "needs": [1e309]}',
        b'{"title": ' + b"9" * 400 + b"}",
        b'{"title": ' + b"9" * 5000 + b"}",
        b'{"title": 1e309}',
        b'{"title": NaN}',
        b'{"title": "a", "mode": ' + b"[" * 2000 + b"]" * 2000 + b"}",
        b'{"title": "a", ' + b",".join(b'"k%d": 1' % number for number in range(1000)) + b"}",
    ],
)
def test_hostile_input_is_refused_and_stores_nothing(town: Town, raw: bytes) -> None:
    for method, path in (("POST", "/topics"), ("PATCH", f"/topics/{someone_proposes(town).code}")):
        assert send(town, method, path, raw).status_code in (400, 422)
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("revision", [2**63, -(2**63), 10**400, -1])
def test_a_revision_is_any_whole_number(town: Town, revision: int) -> None:
    code = someone_proposes(town).code
    assert send(town, "PATCH", f"/topics/{code}", {"title": "Neu", "revision": revision}).status_code in (200, 409, 422)


@pytest.mark.parametrize("revision", ["1", 1.5, [1], True])
def test_a_revision_that_is_no_number_is_refused(town: Town, revision: object) -> None:
    code = someone_proposes(town).code
    problem(send(town, "PATCH", f"/topics/{code}", {"title": "Neu", "revision": revision}), 422, "invalid")


CALLS = [
    ("POST", "/topics", {"title": "a"}),
    ("PATCH", "/topics/{code}", {"title": "a"}),
    ("DELETE", "/topics/{code}", None),
    ("PUT", "/topics/{code}/interest", None),
    ("DELETE", "/topics/{code}/interest", None),
    ("POST", "/topics/{code}/adopt", {}),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_without_a_token_nothing_is_done(town: Town, neighbours: Town, method: str, path: str, body: object) -> None:
    path = path.format(code=someone_proposes(town).code)
    problem(send(town, method, path, body, by=""), 401, "no-device")
    problem(send(town, method, path, body, by="", **neighbours.phones["Frida"].bearer), 401, "bad-token")
    problem(send(town, method, path, body, by="", **neighbours.crew), 401, "bad-token")
    problem(send(town, method, path, body, by="", **STRANGERS), 401, "bad-token")
    revoke_device(town.device("Aylin"))
    answer = send(town, method, path, body)
    problem(answer, 401, "bad-token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "body"), [("/topics/{code}/park", None), ("/topics/{code}/decline", {"reason": "x"}), ("/plan", {})]
)
def test_what_is_for_the_crew_is_not_for_devices_strangers_or_other_crews(
    town: Town, neighbours: Town, path: str, body: object
) -> None:
    path = path.format(code=someone_proposes(town).code)
    problem(send(town, "POST", path, body, by=""), 401, "no-token")
    problem(send(town, "POST", path, body, by="Aylin"), 403, "not-allowed")
    problem(send(town, "POST", path, body, by="", **neighbours.crew), 401, "bad-token")
    revoke_api_token(ApiToken.objects.get(realm=town.event.realm))
    problem(send(town, "POST", path, body, by="crew"), 401, "bad-token")
    assert Topic.objects.get().state == "open"


@pytest.mark.parametrize("code", ["ZZZZZZ", "K7QX4", "%00%00%00%00%00%00", "٣٣٣٣٣٣", "null"])
def test_an_unknown_code_is_not_found(town: Town, code: str) -> None:
    problem(send(town, "PUT", f"/topics/{code}/interest"), 404, "no-such-topic")
    problem(send(town, "GET", f"/topics/{code}"), 404, "no-such-topic")


def test_an_event_that_is_over_takes_nothing_and_one_that_is_a_draft_does_not_exist(town: Town) -> None:
    enter_phase(town.event, Phase.FOLLOW_UP)
    problem(send(town, "POST", "/topics", {"title": "a"}), 409, "not-live")
    type(town.event).objects.update(phase=Phase.DRAFT)
    problem(send(town, "POST", "/topics", {"title": "a"}), 404, "no-such-event")
    problem(send(town, "GET", "", by=""), 404, "no-such-event")
    assert send(town, "GET", "", by="crew").status_code == 200


def test_a_foreign_topic_cannot_be_edited_or_withdrawn(town: Town) -> None:
    code = someone_proposes(town).code
    problem(send(town, "PATCH", f"/topics/{code}", {"title": "b"}, by="Bela"), 403, "not-yours")
    problem(send(town, "DELETE", f"/topics/{code}", by="Bela"), 403, "not-yours")


def test_a_stale_edit_shows_the_other_change(town: Town) -> None:
    code, seen = someone_proposes(town).code, town.revision
    send(town, "PATCH", f"/topics/{code}", {"title": "Zuerst", "revision": seen})
    document = problem(send(town, "PATCH", f"/topics/{code}", {"title": "Danach", "revision": seen}), 409, "stale")
    assert (document["change"]["kind"], document["change"]["code"]) == ("topic.edited", code)


def test_when_no_room_fits_the_topic_waits_and_says_why(town: Town) -> None:
    code = said(send(town, "POST", "/topics", {"title": "Gebärden", "needs": ["sign_language"]}))["code"]
    for name in ("Aylin", "Bela", "Cem"):
        assert send(town, "PUT", f"/topics/{code}/interest", by=name).status_code == 200
    topic = said(send(town, "GET", f"/topics/{code}"))
    assert (topic["state"], topic["slot"]) == ("qualified", None)
    assert "kein Raum hat die nötige Ausstattung" in topic["reasons"]


@pytest.mark.parametrize(("language", "head"), [("de", ""), ("en", "[en] ")])
@pytest.mark.parametrize(
    ("method", "path", "body", "by"),
    [
        ("POST", "/topics", {"title": ""}, "Aylin"),
        ("POST", "/topics", {"title": 1}, "Aylin"),
        ("POST", "/topics", {"title": "a"}, ""),
        ("PUT", "/topics/ZZZZZZ/interest", None, "Aylin"),
        ("POST", "/plan", {}, "Aylin"),
        ("POST", "/topics", b"{", "Aylin"),
    ],
)
def test_every_refusal_speaks_the_language_asked_for(  # noqa: PLR0917 - a table with many columns
    town: Town, tongues: dict[str, str], language: str, head: str, method: str, path: str, body: object, by: str
) -> None:
    detail = said(send(town, method, f"{path}?lang={language}", body, by=by))["detail"]
    assert detail.startswith(head) if head else "[" not in detail
    town.event.address_form = "du"
    town.event.save()
    informal = said(send(town, method, f"{path}?lang={language}", body, by=by))["detail"]
    assert informal.startswith(head or tongues["du"]) or " Sie " not in detail, "before the event is known it is Sie"


def test_a_repeat_with_the_same_key_has_one_effect_and_the_first_answer(town: Town) -> None:
    key = {"Idempotency-Key": "8f2a"}
    first, again = (send(town, "POST", "/topics", {"title": "Radwege"}, **key) for _time in range(2))
    assert (first.content, first.status_code) == (again.content, again.status_code)
    problem(send(town, "POST", "/topics", {"title": "Anderes"}, **key), 422, "idempotency-key-reused")
    assert send(town, "POST", "/topics", {"title": "Radwege"}, by="Bela", **key).status_code == 201
    assert Topic.objects.count() == 2
