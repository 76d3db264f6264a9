"""Hosts' times, pairs and themes at the desk and in the Regie: said, shown, heeded, taken back."""

from django.test import Client

from tagwerk.barcamp.models import Pair, Topic
from tagwerk.events.actions import add_day
from tagwerk.events.rules import Mode
from tagwerk.programme.actions import schedule
from tagwerk.programme.models import Absence
from tagwerk.programme.rules import Kind
from tagwerk.site.desk_targets import free_targets
from tests.site.test_desk import tap, undo
from tests.town import Town, browser, fresh, planned, someone_proposes, the_day


def say_times(desk: Client, town: Town, path: str, **fields: object) -> str:
    return tap(desk, town, f"{path}/times/", **{"kind": "away", "from": "", "until": "", **fields})


def test_times_are_said_at_a_session_and_shown_there(town: Town, desk: Client) -> None:
    session = planned(town, by="Cem")
    page = desk.get(f"/{town.slug}/desk/sessions/{session.code}/times/")
    assert "<b>Cem</b>" in page.text
    there = say_times(desk, town, f"sessions/{session.code}", until="11:00")
    shown = desk.get(there).text
    assert "steht, obwohl Cem dann nicht frei ist: kommt erst um 11:00" in shown
    assert "Gemerkt." in shown
    assert {target.slot_id for target in free_targets(town.event, session)} == {slot.pk for slot in town.slots[1:]}
    assert "kommt erst um 11:00" in desk.get(f"/{town.slug}/desk/sessions/{session.code}/times/").text
    assert "nicht frei" not in browser().get(f"/{town.slug}/schedule/").text
    assert undo(desk, town) == 302
    assert not Absence.objects.of(town.event)
    assert {target.slot_id for target in free_targets(town.event, session)} == {slot.pk for slot in town.slots}


def test_times_are_said_in_the_regie_and_dropped_there(town: Town, desk: Client) -> None:
    topic = someone_proposes(town, by="Cem")
    there = say_times(desk, town, f"topics/{topic.code}", kind="stand", **{"from": "11:00", "until": "12:00"})
    assert there.startswith(f"/{town.slug}/desk/regie/")
    assert "Cem: 11:00–12:00 am Stand" in desk.get(f"/{town.slug}/desk/regie/").text
    absence = Absence.objects.get()
    assert absence.hosts == [f"device:{topic.host_id}", "name:cem"]
    tap(desk, town, f"topics/{topic.code}/times/", drop=absence.code)
    assert "am Stand" not in desk.get(f"/{town.slug}/desk/regie/").text
    assert undo(desk, town) == 302
    assert "am Stand" in desk.get(f"/{town.slug}/desk/regie/").text


def test_of_several_hosts_one_is_chosen_and_of_several_days_too(town: Town, desk: Client) -> None:
    keep, other = someone_proposes(town, by="Cem"), someone_proposes(town, "Radwege", by="Dana")
    tap(desk, town, "regie/merge/", topic=keep.code, other=other.number)
    second = add_day(town.event, the_day().replace(year=the_day().year + 1), Mode.ON_SITE, [])
    assert not second
    day = town.event.days.last()
    assert day is not None
    page = desk.get(f"/{town.slug}/desk/topics/{keep.code}/times/").text
    assert page.index(">Cem<") < page.index(">Dana<")
    say_times(desk, town, f"topics/{keep.code}", host="1", day=day.pk, until="11:00")
    absence = Absence.objects.get()
    assert (absence.host_name, absence.day) == ("Dana", day)
    assert "kommt erst um 11:00 (" in desk.get(f"/{town.slug}/desk/regie/").text


def test_a_talk_by_hand_has_its_own_host(town: Town, desk: Client) -> None:
    words = {"title": "Vortrag", "kind": Kind.TALK, "host_name": "Frau Yildiz"}
    talk = schedule(town.event, town.slots[0], town.rooms[0], hosts=["name:yildiz"], **words)
    say_times(desk, town, f"sessions/{talk.code}", **{"from": "10:30"})
    assert Absence.objects.get().host_name == "Frau Yildiz"
    nobody = schedule(town.event, town.slots[0], town.rooms[1], title="Fragestunde", kind=Kind.TALK)
    assert "noch niemand eingetragen" in desk.get(f"/{town.slug}/desk/sessions/{nobody.code}/times/").text
    path = f"/{town.slug}/desk/sessions/{nobody.code}/times/"
    assert desk.post(path, {"kind": "away"}).status_code == 409
    assert desk.post(f"/{town.slug}/desk/sessions/{talk.code}/times/", {"until": "elf"}).status_code == 422


def test_pairs_are_made_and_taken_back_in_the_regie(town: Town, desk: Client) -> None:
    first, second = planned(town, "Radwege"), planned(town, "Open Data", by="Bela")
    one, two = Topic.objects.get(session=first), Topic.objects.get(session=second)
    tap(desk, town, f"regie/topics/{one.code}/", do="before", number=two.number)
    pair = Pair.objects.get()
    assert (pair.first, pair.second, pair.kind) == (two, one, "before")
    page = desk.get(f"/{town.slug}/desk/regie/").text
    assert f"erst nach {two.number}" in page
    assert f"vor {one.number}" in page
    assert f"soll erst nach {two.number} stehen" in desk.get(f"/{town.slug}/desk/").text
    assert town.slots[0].pk not in {target.slot_id for target in free_targets(town.event, first)}
    tap(desk, town, f"regie/topics/{two.code}/", do="unpair", other=one.code, pair="before")
    assert not Pair.objects.exists()
    assert undo(desk, town) == 302
    assert Pair.objects.get().first == two
    tap(desk, town, f"regie/topics/{one.code}/", do="apart", number=f"#{two.number}")
    assert undo(desk, town) == 302
    assert Pair.objects.count() == 1


def test_a_theme_is_suggested_and_shown_to_everybody(town: Town, desk: Client) -> None:
    topic = someone_proposes(town)
    tap(desk, town, f"regie/topics/{topic.code}/", do="theme", theme="Radverkehr")
    assert '<option value="Radverkehr">' in desk.get(f"/{town.slug}/desk/regie/").text
    assert "Radverkehr" in browser().get(f"/{town.slug}/topics/{topic.code}/").text
    assert browser().get(f"{town.api}/topics/{topic.code}", headers=town.crew).json()["theme"] == "Radverkehr"
    assert undo(desk, town) == 302
    assert fresh(topic).theme == ""
