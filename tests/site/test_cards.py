"""The helper's pages for participation cards: codes as they are typed, numbers, own topics, hostile input."""

import pytest
from django.test import Client

from tagwerk.barcamp import actions as barcamp
from tagwerk.barcamp.models import Interest, Topic
from tagwerk.barcamp.rules import State
from tagwerk.people.actions import grant
from tagwerk.people.cards import make_cards
from tagwerk.people.models import DeviceToken
from tagwerk.people.rules import DeviceKind, RoleKind
from tagwerk.site.desk_cards import code_in
from tests.town import Town, browser, fresh, signed_in, someone_proposes

JSON = {"Accept": "application/json"}


@pytest.fixture
def code(town: Town) -> str:
    return make_cards(town.event.realm, 1)[0].code


@pytest.fixture
def page(town: Town, code: str) -> str:
    return f"/{town.slug}/desk/cards/{code}/"


@pytest.mark.parametrize(
    "typed", ["{code}", " {lower} ", "{spaced}", "{dashed}", "https://x.example/fest/desk/cards/{code}/"]
)
def test_a_code_is_understood_however_it_is_typed_or_scanned(town: Town, desk: Client, code: str, typed: str) -> None:
    spaced, dashed = (f"{code[:3]}{between}{code[3:]}" for between in " -")
    said = typed.format(code=code, lower=code.lower(), spaced=spaced, dashed=dashed)
    answer = desk.get(f"/{town.slug}/desk/cards/", {"code": said})
    assert answer.headers["Location"] == f"/{town.slug}/desk/cards/{code}/"


@pytest.mark.parametrize("typed", ["", "ABC", "٣٣٣٣٣٣", "\0", "<b>", "Z" * 10_000, "ZZZZZZ"])
def test_a_wrong_code_is_said_beside_the_field(town: Town, desk: Client, code: str, typed: str) -> None:
    answer = desk.get(f"/{town.slug}/desk/cards/", {"code": typed})
    assert answer.status_code == 404
    assert "Diese Karte gibt es hier nicht" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert desk.get(f"/{town.slug}/desk/cards/ZZZZZZ/").status_code == 404


def test_codes_in_text() -> None:
    assert code_in("K7Q X42") == "K7QX42"
    assert code_in("9" * 400) == "999999"
    assert code_in("K7Q_42") == ""


def test_the_camera_is_allowed_where_cards_are_opened_and_nowhere_else(town: Town, desk: Client, page: str) -> None:
    assert "camera=(self)" in desk.get(f"/{town.slug}/desk/cards/").headers["Permissions-Policy"]
    for elsewhere in (page, f"/{town.slug}/desk/", f"/{town.slug}/"):
        assert "camera=()" in desk.get(elsewhere).headers["Permissions-Policy"]


def test_looking_at_a_card_makes_no_device(desk: Client, page: str) -> None:
    before = DeviceToken.objects.count()
    assert desk.get(page).status_code == 200
    assert desk.get(page.lower().replace("/desk", "/desk")).status_code == 302, "one address per card"
    assert DeviceToken.objects.count() == before


def test_numbers_typed_are_stored_and_the_others_named(town: Town, desk: Client, page: str) -> None:
    topics = [someone_proposes(town, f"Thema {number}") for number in range(1, 8)]
    barcamp.park(town.event, topics[4].code, actor="")
    answer = desk.post(page, {"numbers": f"3,,7 5 999 -1 ٣ {'9' * 900}"})
    assert answer.status_code == 200
    for said in (
        "Gemerkt: 3, 7.",
        "Nicht mehr zur Wahl: 5 Thema 5.",
        "gibt es nicht: 999.",
        "keine Nummer: -1, ٣, 999999999999…",
    ):
        assert said in answer.text, said
    assert sorted(Interest.objects.values_list("topic__number", flat=True)) == [3, 7]
    assert Interest.objects.values("device").distinct().count() == 1
    assert DeviceToken.objects.filter(kind=DeviceKind.CARD).count() == 1


@pytest.mark.parametrize(
    "numbers", ["", "9" * 10_000, " ,;", "\0", "<script>", "1e5", " ".join(map(str, range(1000, 1400)))]
)
def test_hostile_numbers_are_answered_calmly(town: Town, desk: Client, page: str, numbers: str) -> None:
    someone_proposes(town)
    answer = desk.post(page, {"numbers": numbers})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.partition("<main")[2].partition("</main")[0]
    assert len(answer.text) < 30_000
    assert not Interest.objects.exists()


def test_a_tap_switches_and_the_same_tap_twice_is_once(town: Town, desk: Client, page: str) -> None:
    topic = someone_proposes(town)
    for name, interest in (("on", 1), ("on", 1), ("off", 0), ("off", 0), ("on", 1)):
        answer = desk.post(page, {name: "1"}, headers=JSON)
        assert answer.status_code == 200
        assert answer.json()["text"].startswith("1 Offene Daten")
        assert fresh(topic).interest == interest
    assert 'aria-pressed="true"' in desk.get(page).text


def test_a_tap_on_what_is_closed_or_nothing_is_refused_with_words(town: Town, desk: Client, page: str) -> None:
    barcamp.park(town.event, someone_proposes(town).code, actor="")
    closed, nothing = (desk.post(page, {"on": number}, headers=JSON) for number in ("1", "٣"))
    assert (closed.status_code, nothing.status_code) == (409, 404)
    assert "nicht mehr zur Wahl" in closed.json()["detail"]


def test_the_pad_names_merged_and_closed_numbers(town: Town, desk: Client, page: str) -> None:
    into, merged, parked = (someone_proposes(town, title) for title in ("Bleibt", "Geht auf", "Später"))
    Topic.objects.filter(pk=merged.pk).update(state=State.MERGED, merged_into=into)
    barcamp.park(town.event, parked.code, actor="")
    desk.post(page, {"on": "2"})
    shown = desk.get(page).text
    assert "jetzt Teil von 1" in shown
    assert "nicht mehr zur Wahl" in shown
    assert fresh(into).interest == 1


def test_an_own_topic_is_proposed_once_and_belongs_to_the_card(town: Town, desk: Client, page: str) -> None:
    words = {"title": "Vom Papier", "description": "Drei Zeilen", "host_name": "Hedwig", "pitch": "read"}
    for _twice in range(2):
        answer = desk.post(f"{page}topic/", words)
        assert answer.headers["Location"] == f"{page}?topic=1"
    topic = Topic.objects.get(event=town.event)
    assert (topic.title, topic.pitch, topic.host and topic.host.kind) == ("Vom Papier", "read", DeviceKind.CARD)
    shown = desk.get(f"{page}?topic=1").text
    assert "Thema 1 ist vorgeschlagen." in shown
    assert "Vom Papier" in shown


def test_an_own_topic_that_does_not_hold_comes_back_as_typed(town: Town, desk: Client, page: str) -> None:
    answer = desk.post(f"{page}topic/", {"title": "x" * 61, "host_name": "Hedwig"})
    assert answer.status_code == 422
    assert "Hedwig" in answer.text
    assert not Topic.objects.exists()


def test_a_card_opens_for_the_crew_of_its_own_event_only(town: Town, neighbours: Town, desk: Client, code: str) -> None:
    assert desk.get(f"/{neighbours.slug}/desk/cards/{code}/").status_code == 403
    grant(town.mara, neighbours.event.realm, RoleKind.HELPER)
    assert signed_in(town.mara).get(f"/{neighbours.slug}/desk/cards/{code}/").status_code == 404
    assert browser(town, "Aylin").get(f"/{town.slug}/desk/cards/{code}/").status_code in (302, 403)


def test_a_helper_may_do_it_all(town: Town, page: str) -> None:
    someone_proposes(town)
    grant(town.mara, town.event.realm, RoleKind.HELPER)
    helper = signed_in(town.mara)
    assert helper.post(page, {"numbers": "1"}).status_code == 200
    assert helper.post(f"{page}topic/", {"title": "Von Hedwig"}).status_code == 302
    assert helper.get(f"/{town.slug}/desk/print/").status_code == 200


def test_while_the_event_is_closed_the_page_says_so_and_nothing_counts(town: Town, desk: Client, page: str) -> None:
    someone_proposes(town)
    type(town.event).objects.filter(pk=town.event.pk).update(phase="follow_up")
    assert "Mitmachen geht gerade nicht" in desk.get(page).text
    assert desk.post(page, {"numbers": "1"}).status_code == 409
    assert not Interest.objects.exists()
