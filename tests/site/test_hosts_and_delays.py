"""What the desk, a host's own page and programs do about missing hosts, free places and a day that is late."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.rules import Policy, Sign, State
from tagwerk.events.models import Slot
from tagwerk.programme.actions import cancel
from tagwerk.programme.models import Session
from tagwerk.site.housekeeping import watch_hosts
from tests.town import Town, back_by, browser, fresh, planned, signed_in, someone_proposes, with_barcamp


@pytest.fixture
def near(town: Town) -> Session:
    """Aylin's session, which begins in eight minutes."""
    session = planned(town)
    by = timezone.now() + timedelta(minutes=8) - session.placement.slot.start
    for slot in Slot.objects.filter(day__event=town.event):
        slot.start, slot.end = slot.start + by, slot.end + by
        slot.save()
    return session


@pytest.fixture
def mara(town: Town) -> Client:
    return signed_in(town.mara)


def page(client: Client, town: Town, path: str) -> str:
    return client.get(f"/{town.slug}/{path}").content.decode()


def test_a_host_is_asked_and_answers_without_javascript(town: Town, near: Session, mara: Client) -> None:
    aylin = browser(town, "Aylin")
    assert "Gleich dran:" in page(aylin, town, "mine/")
    answer = aylin.post(f"/{town.slug}/sessions/{near.code}/host-sign/", {"sign": "cannot"})
    assert answer.headers["Location"].endswith(f"#hosting-{near.code}")
    assert "Bin doch da" in page(aylin, town, "mine/")
    assert "Aylin schafft es nicht" in page(mara, town, "desk/")
    told = town.told("session.host_missing")[-1]
    assert "desk-alarm-" in json.loads(told.words["crew"]["de"])["html"]
    assert "desk-alarm-" not in json.loads(told.words["public"]["de"])["html"]
    assert "Ich übernehme" in page(browser(), town, f"sessions/{near.code}/")
    assert aylin.post(f"/{town.slug}/sessions/{near.code}/host-sign/", {"sign": "maybe"}).status_code == 422
    assert browser().post(f"/{town.slug}/sessions/{near.code}/host-sign/", {"sign": "here"}).status_code == 401


def test_a_hosts_phone_knows_its_topics_its_sessions_and_the_stage(town: Town, near: Session) -> None:
    actions.begin_round(town.event)
    second = someone_proposes(town, "Bäume", "Aylin", pitch="read")
    actions.enter_round_phase(town.event, "pitching")
    answer = browser(town, "Aylin").get(f"/{town.slug}/mine/", headers={"Accept": "application/json"})
    hosting = json.loads(answer.content)["hosting"]
    assert [(topic["number"], topic["pitch"]) for topic in hosting["topics"]] == [(1, "self"), (2, "read")]
    assert [(session["code"], session["sign"], session["is_asked"]) for session in hosting["sessions"]] == [
        (near.code, "", True)
    ]
    assert hosting["stage"] == {"number": None, "coming": [second.number]}


def test_somebody_takes_over_from_a_page_and_the_crew_takes_it_back(town: Town, near: Session, mara: Client) -> None:
    actions.sign(town.event, near.code, town.device("Aylin"), Sign.CANNOT)
    bela = browser(town, "Bela")
    assert bela.post(f"/{town.slug}/sessions/{near.code}/take-over/", {"host_name": "Bela"}).status_code == 302
    assert "Bela übernimmt statt Aylin." in page(mara, town, "desk/")
    told = town.told("session.host_found")[-1]
    assert "Aylin" not in told.words["public"]["de"]
    mara.post(f"/{town.slug}/desk/undo/", {"revision": told.revision})
    session = Session.objects.get(pk=near.pk)
    assert (session.host_name, session.topic.host) == ("Aylin", town.device("Aylin"))
    assert session.searching_since is not None
    mara.post(f"/{town.slug}/desk/sessions/{near.code}/vouch/")
    assert Session.objects.get(pk=near.pk).searching_since is None
    mara.post(f"/{town.slug}/desk/undo/", {"revision": town.revision})
    assert Session.objects.get(pk=near.pk).searching_since is not None


def test_a_browser_without_javascript_is_asked_before_it_takes_over(town: Town, near: Session) -> None:
    actions.sign(town.event, near.code, town.device("Aylin"), Sign.CANNOT)
    asked = browser().post(f"/{town.slug}/sessions/{near.code}/take-over/", {"host_name": "Neu"})
    assert 'name="join"' in asked.content.decode()


def test_the_house_notices_who_gives_no_sign(town: Town, near: Session, mara: Client) -> None:
    slot = Slot.objects.get(pk=near.placement.slot_id)
    slot.start -= timedelta(minutes=14)
    slot.save()
    watch_hosts()
    assert "Aylin hat sich nicht gemeldet" in page(mara, town, "desk/")


def test_programs_sign_take_over_and_fill_places(town: Town, near: Session) -> None:
    def call(method: str, path: str, body: Mapping[str, object], headers: dict[str, str]) -> dict[str, object]:
        answer = Client().generic(
            method, f"{town.api}{path}", json.dumps(body), content_type="application/json", headers=headers
        )
        return {"status": answer.status_code, **json.loads(answer.content)}

    aylin, bela = town.phones["Aylin"].bearer, town.phones["Bela"].bearer
    said = call("PUT", f"/sessions/{near.code}/host-sign", {"sign": "cannot"}, aylin)
    assert said == {"status": 200, "session": near.code, "sign": "cannot", "searching": True}
    assert call("PUT", f"/sessions/{near.code}/host-sign", {"sign": "here"}, bela)["status"] == 403
    taken = call("POST", f"/sessions/{near.code}/take-over", {"host_name": "Bela"}, bela)
    assert (taken["host_name"], taken["searching"]) == ("Bela", False)

    with_barcamp(town, policy=Policy.CREW)
    topic = back_by(town, someone_proposes(town, "Bäume", "Cem"), 1)
    place = {"slot": town.slots[1].pk, "room": town.rooms[0].pk}
    assert call("POST", f"/topics/{topic.code}/fetch", {"slot": 0, "room": 0}, town.crew)["status"] == 404
    assert call("POST", f"/topics/{topic.code}/fetch", place, town.crew)["code"] == topic.code

    seen = town.revision
    assert call("POST", "/delays", {"minutes": 5}, town.crew)["revision"] is None
    assert call("POST", "/delays", {"minutes": 5, "apply": True}, town.crew)["revision"] == seen + 1
    Slot.objects.filter(pk=town.slots[0].pk).update(is_anchored=True)
    held = call("POST", "/delays", {"minutes": 5}, town.crew)
    assert (held["status"], held["anchor"]) == (409, f"slot:{town.slots[0].pk}")


def test_the_desk_fills_a_place_that_the_crew_freed_and_empties_it_again(
    town: Town, near: Session, mara: Client
) -> None:
    with_barcamp(town, policy=Policy.CREW)
    topic = back_by(town, someone_proposes(town, "Bäume", "Cem"), 2)
    cancel(near)
    slot, room = near.placement.slot_id, near.placement.room_id
    assert f"successors/?room={room}" in page(mara, town, "desk/")
    offered = f"desk/slots/{slot}/successors/?room={room}"
    assert "Bäume" in page(mara, town, offered)
    assert "Nachrücker für" in page(mara, town, f"desk/slots/{slot}/successors/")
    answer = mara.post(f"/{town.slug}/{offered}", {"successor": f"{topic.code}:{slot}-{room}"})
    assert fresh(topic).state == State.PLANNED
    revision = answer.headers["Location"].partition("undo=")[2]
    assert "Eingeplant." in page(mara, town, f"desk/?undo={revision}")
    mara.post(f"/{town.slug}/desk/undo/", {"revision": revision})
    assert fresh(topic).state == State.OPEN
    assert mara.post(f"/{town.slug}/{offered}", {"successor": "x"}).status_code == 404
    assert mara.get(f"/{town.slug}/desk/slots/999999/successors/").status_code == 404


def test_a_delay_is_seen_before_it_is_done_and_taken_back(town: Town, near: Session, mara: Client) -> None:
    assert "Alles ab jetzt zehn Minuten später" in page(mara, town, "desk/delay/?minutes=10")
    before = Slot.objects.get(pk=near.placement.slot_id).start
    answer = mara.post(f"/{town.slug}/desk/delay/", {"minutes": "10"})
    assert Slot.objects.get(pk=near.placement.slot_id).start == before + timedelta(minutes=10)
    text = json.loads(town.told("slots.shifted")[-1].words["public"]["de"])["text"]
    assert text.startswith("Alles ab ")
    mara.post(f"/{town.slug}/desk/undo/", {"revision": answer.headers["Location"].partition("undo=")[2]})
    assert Slot.objects.get(pk=near.placement.slot_id).start == before
    assert "Doch keine Verschiebung" in town.told("slots.shifted")[-1].words["public"]["de"]


def test_an_anchor_is_named_and_what_can_be_done_about_it(town: Town, near: Session, mara: Client) -> None:
    lunch = town.breaks[0]
    mara.post(f"/{town.slug}/desk/slots/{lunch.pk}/anchor/", {"value": "on"})
    assert "bleibt um diese Zeit" in page(mara, town, "desk/")
    held = page(mara, town, "desk/delay/?minutes=60")
    assert "Mittagspause um" in held
    assert f"unpinned=slot%3A{lunch.pk}" in held
    assert "Nur " in held
    mara.post(f"/{town.slug}/desk/undo/", {"revision": town.revision})
    assert not Slot.objects.get(pk=lunch.pk).is_anchored
    assert mara.post(f"/{town.slug}/desk/slots/999999/anchor/", {"value": "on"}).status_code == 404
    room = near.placement.room
    assert room is not None
    room.available_until = Slot.objects.get(pk=near.placement.slot_id).end
    room.save()
    assert f"{room.name} ist nur bis" in page(mara, town, "desk/delay/?minutes=15")
    assert mara.get(f"/{town.slug}/desk/delay/?minutes=").status_code == 422
