"""The desk: move in three taps, announce, decide, take back; two moderators see what the other did."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tagwerk.barcamp import actions as rules
from tagwerk.barcamp.models import Barcamp
from tagwerk.live import tickets
from tagwerk.live.models import Change
from tagwerk.people.actions import add_person, grant
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.models import Announcement, Placement, Session
from tagwerk.site.desk_targets import free_targets, split_target
from tagwerk.site.undo import OFFERED, TAKEN_BACK
from tests.town import Town, back_by, browser, cell, fresh, planned, signed_in, someone_proposes


def tap(desk: Client, town: Town, path: str, **fields: object) -> str:
    """Send a form of the desk and give where it leads."""
    answer = desk.post(f"/{town.slug}/desk/{path}", {name: str(value) for name, value in fields.items()})
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def undo(desk: Client, town: Town) -> int:
    revision = town.revision
    return desk.post(f"/{town.slug}/desk/undo/", {"revision": revision}).status_code


def test_a_session_is_moved_to_the_best_target_and_back(town: Town, desk: Client) -> None:
    session = planned(town)
    before, best = cell(session), free_targets(town.event, session)[0]
    page = desk.get(f"/{town.slug}/desk/sessions/{session.code}/move/")
    assert f"{best.slot_id}-{best.room_id}" in page.text
    target = f"{best.slot_id}-{best.room_id}"
    there = tap(desk, town, f"sessions/{session.code}/move/", target=target, revision=town.revision)
    assert cell(session) == (best.slot_id, best.room_id)
    assert there == f"/{town.slug}/desk/?undo={town.revision}"
    assert "Verschoben." in desk.get(there).text
    assert undo(desk, town) == 302
    assert cell(session) == before


def test_a_stale_move_shows_the_other_change_and_moves_nothing(town: Town, desk: Client) -> None:
    session, seen = planned(town), town.revision
    actions.move(session, town.slots[2], town.rooms[2])
    target = f"{town.slots[1].pk}-{town.rooms[1].pk}"
    answer = desk.post(f"/{town.slug}/desk/sessions/{session.code}/move/", {"target": target, "revision": seen})
    assert answer.status_code == 409
    assert "Jemand anderes war schneller" in answer.text
    assert cell(session) == (town.slots[2].pk, town.rooms[2].pk)


@pytest.mark.parametrize("target", ["", "1", "1-", "-", "a-b", "٣-٤", "1-1-1", "9" * 30 + "-1", "0-0", "\0-1"])
def test_a_target_that_is_none_is_not_found(town: Town, desk: Client, target: str) -> None:
    code = planned(town).code
    assert desk.post(f"/{town.slug}/desk/sessions/{code}/move/", {"target": target}).status_code == 404


def test_places_of_a_neighbour_are_no_targets(town: Town, neighbours: Town, desk: Client) -> None:
    code = planned(town).code
    target = f"{neighbours.slots[0].pk}-{neighbours.rooms[0].pk}"
    assert desk.post(f"/{town.slug}/desk/sessions/{code}/move/", {"target": target}).status_code == 404
    assert split_target("12-7") == (12, 7)


def test_targets_are_free_and_say_what_they_cost(town: Town) -> None:
    session, other = planned(town, "Eins", "Aylin"), planned(town, "Zwei", "Bela")
    found = free_targets(town.event, session)
    places = {(target.slot_id, target.room_id) for target in found}
    assert len(places) == len(found) == len(town.slots) * len(town.rooms) - 2
    assert not places & {cell(session), cell(other)}
    costs = {target.slot_id: target.affected for target in found}
    assert costs[other.placement.slot_id] == 3
    town.rooms[2].capacity = 1
    town.rooms[2].save()
    assert {"2 Plätze zu wenig"} <= {hint for target in free_targets(town.event, session) for hint in target.hints}


@pytest.mark.parametrize("verb", ["pin", "cancel", "announce"])
def test_every_decision_can_be_taken_back(town: Town, desk: Client, verb: str) -> None:
    session = planned(town)
    if verb == "announce":
        tap(desk, town, "announce/", text="Der Kaffee ist fertig")
    else:
        tap(desk, town, f"sessions/{session.code}/{verb}/", value="on")
    assert undo(desk, town) == 302
    placement = Placement.objects.select_related("session").get(session=session)
    assert (placement.is_pinned, placement.is_active, placement.session.is_cancelled) == (False, True, False)
    assert not Announcement.objects.filter(is_withdrawn=False).exists()


def test_a_restored_session_can_be_cancelled_again(town: Town, desk: Client) -> None:
    session = planned(town)
    tap(desk, town, f"sessions/{session.code}/cancel/")
    tap(desk, town, f"sessions/{session.code}/restore/")
    assert undo(desk, town) == 302
    assert Session.objects.get(pk=session.pk).is_cancelled


def test_what_somebody_built_on_is_not_taken_back(town: Town, desk: Client) -> None:
    session = planned(town)
    first = actions.move(session, town.slots[1], town.rooms[1], actor="person:1")
    actions.move(session, town.slots[2], town.rooms[2], actor="person:2")
    answer = desk.post(f"/{town.slug}/desk/undo/", {"revision": first})
    assert answer.status_code == 409
    assert cell(session) == (town.slots[2].pk, town.rooms[2].pk)


def test_only_who_did_it_takes_it_back_and_only_for_a_moment(town: Town, desk: Client) -> None:
    session = planned(town)
    tap(desk, town, f"sessions/{session.code}/full/", value="on")  # no step of the plan: those are the moderators'
    revision = town.revision
    colleague = add_person("jo@musterstadt.example", "Jo", "gut gehütet und lang genug")
    grant(colleague, town.event.realm, RoleKind.MODERATOR)
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={"secret": "for tests"})
    assert undo(signed_in(colleague), town) == 409
    Change.objects.filter(revision=revision).update(told_at=timezone.now() - TAKEN_BACK)
    assert undo(desk, town) == 409
    Change.objects.filter(revision=revision).update(told_at=timezone.now())
    assert undo(desk, town) == 302


def test_a_helper_does_not_take_back_what_only_moderators_do(town: Town) -> None:
    helper = add_person("hanna@musterstadt.example", "Hanna", "gut gehütet und lang genug")
    grant(helper, town.event.realm, RoleKind.HELPER)
    rules.set_rules(town.event, {"threshold": 5}, actor=f"person:{helper.pk}")  # as if the role had been lowered since
    Authenticator.objects.create(user=helper, type=Authenticator.Type.TOTP, data={"secret": "for tests"})
    assert undo(signed_in(helper), town) == 403
    assert Barcamp.objects.get(event=town.event).threshold == 5


@pytest.mark.parametrize(
    ("path", "fields"), [("rounds/", {"order": "lot", "seconds": 60}), ("threshold/", {"threshold": 2})]
)
def test_what_changes_the_rhythm_can_be_taken_back(
    town: Town, desk: Client, path: str, fields: dict[str, object]
) -> None:
    there = tap(desk, town, path, **fields)
    assert "data-undo" in desk.get(there).text
    assert undo(desk, town) == 302


@pytest.mark.parametrize("revision", ["", "0", "999999", "-1", "abc", "9" * 40, "٣"])
def test_what_never_happened_is_not_taken_back(town: Town, desk: Client, revision: str) -> None:
    assert desk.post(f"/{town.slug}/desk/undo/", {"revision": revision}).status_code == 409


def test_undo_is_offered_to_who_did_it_and_for_a_short_time(town: Town, desk: Client) -> None:
    session = planned(town)
    there = tap(desk, town, f"sessions/{session.code}/pin/", value="on")
    assert "Gemerkt." in desk.get(there).text
    Change.objects.filter(revision=town.revision).update(told_at=timezone.now() - OFFERED - timedelta(seconds=1))
    assert "Gemerkt." not in desk.get(there).text
    mine = actions.pin(session, pinned=False, actor="person:999")
    assert "Gemerkt." not in desk.get(f"/{town.slug}/desk/?undo={mine}").text


@pytest.mark.parametrize(("do", "state"), [("admit", "planned"), ("park", "parked"), ("decline", "declined")])
def test_the_crew_decides_about_a_topic(town: Town, desk: Client, do: str, state: str) -> None:
    topic = someone_proposes(town)
    tap(desk, town, f"topics/{topic.code}/", do=do, reason="Doppelt")
    assert fresh(topic).state == state
    if do != "admit":
        tap(desk, town, f"topics/{topic.code}/", do="reopen")
        assert fresh(topic).state == "open"
    assert desk.post(f"/{town.slug}/desk/topics/{topic.code}/", {"do": "dance"}).status_code == 422


def test_the_desk_shows_exact_counts(town: Town, desk: Client) -> None:
    topic = back_by(town, someone_proposes(town), 2)
    page = desk.get(f"/{town.slug}/desk/")
    assert topic.title in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "/desk/live?lang=de" in page.text
    tap(desk, town, "plan/")


def test_a_ticket_for_the_crews_stream_is_bound_to_person_and_rights(town: Town, desk: Client) -> None:
    answer = desk.get(f"/{town.slug}/desk/live-token/")
    ticket = tickets.read(json.loads(answer.content)["token"])
    assert ticket == tickets.Ticket(town.event.stream, "crew", f"person:{town.mara.pk}", 2)
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_notice_is_withdrawn_at_the_desk(town: Town, desk: Client) -> None:
    notice, _revision = actions.announce(town.event, "Der Kaffee ist fertig")
    assert "Der Kaffee ist fertig" in browser().get(f"/{town.slug}/").text
    tap(desk, town, f"announcements/{notice.code}/withdraw/")
    assert "Der Kaffee ist fertig" not in browser().get(f"/{town.slug}/").text
    assert desk.post(f"/{town.slug}/desk/announcements/ZZZZZZ/withdraw/").status_code == 404


def test_a_fixed_item_that_was_moved_into_a_room_can_be_taken_back(town: Town, desk: Client) -> None:
    lunch = town.event.sessions.get(title="Mittagspause")
    target = f"{town.slots[0].pk}-{town.rooms[0].pk}"
    tap(desk, town, f"sessions/{lunch.code}/move/", target=target, revision=town.revision)
    assert undo(desk, town) == 302
    assert cell(lunch) == (town.breaks[0].pk, None)


def test_two_who_change_the_rules_at_once_both_get_their_way(town: Town, desk: Client) -> None:
    page = desk.get(f"/{town.slug}/desk/rules/").text
    opened = dict(re.findall(r'name="(initial-\w+)" value="([^"]*)"', page))
    assert opened["initial-threshold"] == "3"
    mine = {name.removeprefix("initial-"): value for name, value in opened.items()} | opened | {"counts": "hidden"}
    rules.set_rules(town.event, {"threshold": 7}, actor="person:99")
    tap(desk, town, "rules/", **mine)
    after = Barcamp.objects.get(event=town.event)
    assert (after.threshold, after.counts) == (7, "hidden")


@pytest.mark.parametrize("do", ["admit", "park", "decline", "reopen"])
def test_every_decision_about_a_topic_can_be_taken_back(town: Town, desk: Client, do: str) -> None:
    topic = someone_proposes(town)
    if do == "reopen":
        tap(desk, town, f"topics/{topic.code}/", do="park")
    before = fresh(topic).state
    there = tap(desk, town, f"topics/{topic.code}/", do=do, reason="Passt nicht.")
    assert fresh(topic).state != before
    revision = there.partition("undo=")[2]
    assert desk.post(f"/{town.slug}/desk/undo/", {"revision": revision}).status_code == 302
    assert fresh(topic).state == before


def test_a_swap_is_taken_back_as_one(desk: Client, town: Town) -> None:
    one, two = planned(town, "Radwege"), planned(town, "Open Data", by="Bela")
    places = cell(one), cell(two)
    actions.rearrange(
        town.event,
        [actions.Move(one.code, *places[1]), actions.Move(two.code, *places[0])],
        actor=f"person:{town.mara.pk}",
    )
    assert (cell(two), cell(one)) == places
    page = desk.get(f"/{town.slug}/desk/?undo={town.revision}").text
    assert "2 Sessions verschoben." in page
    assert undo(desk, town) == 302
    assert (cell(one), cell(two)) == places
