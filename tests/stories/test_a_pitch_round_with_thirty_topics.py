"""The story of thirty topics in thirty minutes: one thumb, one button, and two phones that never count twice."""

import pytest
from playwright.sync_api import expect

from tests.stories.conftest import Somebody
from tests.stories.house import House
from tests.stories.pitches import Phone, round_with, stage_of
from tests.stories.town import another_event

STORIES = [
    "test_thirty_topics_with_absent_ones_and_some_out_of_order_take_few_taps_on_one_spot",
    "test_two_press_weiter_at_once_one_of_them_without_a_network_and_it_is_one_step",
    "test_steps_without_a_network_survive_a_reload_and_arrive_once_in_order",
]
TOPICS = 30
MOST_TAPS, ON_ONE_SPOT = 60, 30


@pytest.fixture
def hall(house: House, request: pytest.FixtureRequest) -> House:
    """Give an event of its own to each story: a round goes on until its last topic."""
    return another_event(house, f"saal-{STORIES.index(request.node.name)}")


def test_thirty_topics_with_absent_ones_and_some_out_of_order_take_few_taps_on_one_spot(
    hall: House, somebody: Somebody
) -> None:
    topics = round_with(hall, [f"Thema der Runde {number}" for number in range(1, TOPICS + 1)])
    first = topics[0]["number"]
    by_number = {topic["number"]: topic for topic in topics}
    absent = {first + offset for offset in (4, 11, 19)}
    picked = {
        first + 6: first + 14,
        first + 15: first + 28,
        first + 21: first + 25,
    }  # on stage -> next at the microphone
    phone = Phone(hall, somebody)
    spot = phone.forward.bounding_box()
    called: list[int] = []

    phone.forward.click()
    while phone.page.locator("[data-stage-there]").is_visible():
        number = int(phone.number.inner_text())
        called.append(number)
        phone.later(2)  # longer than a second tap that was meant for the topic before
        if number == first + 8:
            phone.tap("+5")
            phone.tap("+1")
        if number == first + 10:  # the scribe merges it while it is on stage, and one that still waits
            phone.is_sent()
            for other, into in ((number, first), (first + 27, first + 26)):
                code = by_number[into]["code"]
                assert hall.crew_sends("regie/merge/", topic=code, other=str(other), do="merge") == 302
            expect(phone.page.locator("[data-stage-line]")).to_contain_text(f"von {TOPICS - 1}", timeout=20_000)
        if number in absent:
            absent.remove(number)
            phone.tap("Ist nicht da")
            continue
        if number in picked:
            phone.more("Nr. wählen")
            phone.page.locator("[data-stage-queue] button", has_text=str(picked.pop(number))).first.click()
        phone.forward.click()
        assert phone.forward.bounding_box() == spot, "the button stays under the thumb"

    taps = phone.taps()
    on_one_spot = sum(words.startswith("Weiter") for words in taps)
    assert len(taps) <= MOST_TAPS
    assert on_one_spot >= ON_ONE_SPOT
    expect(phone.page.get_by_text("Alle Themen sind vorgestellt.")).to_be_visible()
    phone.is_sent()

    stage = stage_of(hall)
    assert (stage["current"], stage["queue"], stage["done"]) == (None, [], TOPICS - 1)
    assert sorted(set(called)) == [number for number in by_number if number != first + 27]
    assert [number for number in called if called.count(number) > 1][:3] == [first + 4, first + 11, first + 19]
    assert called[-3:] == [first + 4, first + 11, first + 19], "who was absent comes at the end"
    assert called[called.index(first + 6) + 1] == first + 14
    with_hands = hall.ask("GET", f"/topics/{by_number[first + 8]['code']}", token=hall.token)[1]
    assert with_hands["without_phone"] == 6


def test_two_press_weiter_at_once_one_of_them_without_a_network_and_it_is_one_step(
    hall: House, somebody: Somebody
) -> None:
    topics = round_with(hall, [f"Zu zweit {number}" for number in range(1, 5)])
    here, away = Phone(hall, somebody), Phone(hall, somebody)
    here.forward.click()
    one, two, three, _four = (str(topic["number"]) for topic in topics)
    for phone in (here, away):
        expect(phone.number).to_have_text(one)
        phone.later(20)

    away.page.context.set_offline(True)
    away.forward.click()
    here.forward.click()
    for phone in (here, away):
        expect(phone.number).to_have_text(two)
    for name in ("+5", "+1", "+10"):
        away.tap(name)
    here.tap("+1")
    here.is_sent()
    expect(away.page.locator("[data-stage-counts]")).to_contain_text("16 Hände")
    expect(away.page.locator("[data-stage-kept]")).to_contain_text("Gespeicherte Schritte: 4.")
    away.later(40)
    before = stage_of(hall)["step"]
    away.page.context.set_offline(False)

    away.is_sent()
    for phone in (here, away):
        expect(phone.number).to_have_text(two)
        expect(phone.page.locator("[data-stage-counts]")).to_contain_text("17 Hände")
    assert stage_of(hall)["step"] == before, "the same step from two phones counts once"
    counted = hall.ask("GET", f"/topics/{topics[1]['code']}", token=hall.token)[1]
    assert counted["without_phone"] == 17

    away.later(5)
    away.forward.click()
    for phone in (here, away):
        expect(phone.number).to_have_text(three)
    stage = stage_of(hall)
    assert [topic["number"] for topic in stage["queue"]] == [topics[3]["number"]]
    assert stage["done"] == 2


def test_steps_without_a_network_survive_a_reload_and_arrive_once_in_order(hall: House, somebody: Somebody) -> None:
    topics = round_with(hall, [f"Ohne Netz {number}" for number in range(1, 4)])
    phone = Phone(hall, somebody)
    phone.forward.click()
    phone.is_sent()
    phone.later()
    phone.page.route("**/stage/steps?*", lambda route: route.abort())
    phone.more("Zuruf")
    phone.page.get_by_label("Worum geht es?").fill("Spontan aus dem Saal")
    phone.tap("Als Nächstes aufnehmen")
    phone.forward.click()
    expect(phone.page.locator("[data-stage-title]")).to_have_text("Spontan aus dem Saal")
    phone.page.unroute("**/stage/steps?*")
    phone.page.reload()
    expect(phone.page.locator("[data-stage-title]")).to_have_text("Spontan aus dem Saal")
    phone.is_sent()
    stage = stage_of(hall)
    assert stage["current"]["title"] == "Spontan aus dem Saal"
    assert [topic["code"] for topic in stage["queue"]] == [topics[1]["code"], topics[2]["code"]]
    expect(phone.number).to_have_text(str(stage["current"]["number"]))

    phone.tap("Letzten Schritt zurücknehmen")
    expect(phone.page.locator("[data-stage-title]")).to_have_text("Ohne Netz 1")
    phone.later()
    phone.page.keyboard.press("PageDown")
    expect(phone.page.locator("[data-stage-title]")).to_have_text("Spontan aus dem Saal")
