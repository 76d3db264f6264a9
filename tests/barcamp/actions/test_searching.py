"""A better plan is searched beside everything else, shown, applied at once, and taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tagwerk.barcamp import actions
from tagwerk.barcamp.actions.searching import begin_search, note_found, note_progress, run_at
from tagwerk.barcamp.models import PlanRun, Topic
from tagwerk.barcamp.plan_rules import RunState, Style, Task
from tagwerk.barcamp.planner.runs import follow, prove, search
from tagwerk.barcamp.planner.whole import Whole, whole_of
from tagwerk.barcamp.rules import PublishMode, State
from tagwerk.events.actions import change_room
from tagwerk.events.models import Slot
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.programme.actions import move, pin, schedule
from tagwerk.programme.models import Placement, Session
from tagwerk.timetable.background import Order, Run
from tests.town import Town, back_by, cell, fresh, planned, someone_proposes, with_barcamp

MARA = "person:1"


def begun(town: Town, whole: Whole) -> PlanRun:
    return begin_search(town.event, Task.PLAN, town.revision, {"style": "keep", "seconds": 2}, whole.given())


def found(town: Town, style: Style = Style.KEEP) -> PlanRun:
    """Search for a plan and wait for it."""
    whole = whole_of(town.event, style)
    run = begun(town, whole)
    follow(run, whole, Run(whole.problem, Order(seconds=None, moves=2_000, keep=whole.keep)))
    run.refresh_from_db()
    assert run.state == RunState.FOUND, run.found
    return run


def stood(session: Session) -> tuple[int, int | None]:
    return cell(Session.objects.get(pk=session.pk))


def close_room(town: Town, session: Session) -> None:
    change_room(town.event, session.placement.room_id or 0, is_open=False)


@pytest.fixture
def gathered(town: Town) -> Town:
    return with_barcamp(town, publish_mode=PublishMode.TOGETHER, reserve_rooms=0)


def test_what_waits_is_new_in_the_plan_and_stands_once_it_is_applied(gathered: Town) -> None:
    topic = back_by(gathered, someone_proposes(gathered), 3)
    with_barcamp(gathered, publish_mode=PublishMode.AT_ONCE)
    run = found(gathered)
    assert run.given["cells"] == [None]
    slot, room = run.found["cells"][0]
    assert run.found["reasons"][0][0]["kind"] == "interested"
    revision = actions.apply_plan(gathered.event, run.number, actor=MARA)
    assert revision == gathered.revision
    assert fresh(topic).state == State.PLANNED
    assert cell(fresh(topic).sessions[0]) == (slot, room)
    actions.take_plan_back(gathered.event, gathered.told("plan.applied")[-1], actor=MARA)
    assert fresh(topic).state == State.QUALIFIED
    assert not Placement.objects.filter(room__isnull=False).exists()
    assert run_at(gathered.event, run.number).state == RunState.FOUND


def test_while_topics_are_gathered_a_plan_is_only_likely(gathered: Town) -> None:
    topic = back_by(gathered, someone_proposes(gathered), 3)
    Topic.objects.update(likely_slot=None, likely_room=None, is_twice=True)
    run = found(gathered)
    assert [subject["is_second"] for subject in run.given["subjects"]] == [False, True]
    actions.apply_plan(gathered.event, run.number, actor=MARA)
    now = fresh(topic)
    assert [now.likely_slot_id, now.likely_room_id] == run.found["cells"][0]
    actions.take_plan_back(gathered.event, gathered.told("plan.applied")[-1], actor=MARA)
    assert fresh(topic).likely_slot_id is None


def test_a_lost_room_moves_what_stood_there_and_nothing_else(town: Town) -> None:
    one, other = planned(town, "Eins"), planned(town, "Zwei", "Bela")
    elsewhere = next(room for room in town.rooms if room.pk != stood(one)[1])
    move(other, Slot.objects.select_related("day").get(pk=stood(other)[0]), elsewhere)
    close_room(town, one)
    whole = whole_of(town.event, Style.KEEP)
    assert [(s.session, s.is_lost) for s in whole.subjects] == [(one.code, True), (other.code, False)]
    before = stood(one), stood(other)
    run = found(town)
    actions.apply_plan(town.event, run.number, actor=MARA)
    assert stood(one) != before[0]
    assert stood(other) == before[1]
    assert town.told("sessions.rearranged")
    change_room(town.event, before[0][1] or 0, is_open=True)
    actions.take_plan_back(town.event, town.told("plan.applied")[-1], actor=MARA)
    assert (stood(one), stood(other)) == before


def test_what_finds_no_place_any_more_is_cancelled_and_waits(town: Town) -> None:
    session = planned(town, needs=["hybrid"])
    close_room(town, session)
    run = found(town)
    assert run.found["cells"] == [None]
    actions.apply_plan(town.event, run.number, actor=MARA)
    topic = Topic.objects.get()
    assert (topic.state, topic.sessions[0].is_cancelled) == (State.QUALIFIED, True)
    change_room(town.event, session.placement.room_id or 0, is_open=True)
    actions.take_plan_back(town.event, town.told("plan.applied")[-1], actor=MARA)
    assert Topic.objects.get().state == State.PLANNED
    assert not Session.objects.get(pk=session.pk).is_cancelled


def test_a_second_place_that_is_lost_leaves_the_first(town: Town) -> None:
    session = planned(town, needs=["hybrid"])
    topic = Topic.objects.get()
    actions.offer_twice(town.event, topic.code, actor=MARA)
    second = fresh(topic).repeat
    assert second
    other = next(
        slot for slot in Slot.objects.filter(is_open=True).exclude(pk__in=[stood(session)[0], stood(second)[0]])
    )
    Slot.objects.filter(pk__in=[stood(second)[0], other.pk]).update(is_open=False)
    run = found(town)
    assert run.found["cells"].count(None) == 1
    actions.apply_plan(town.event, run.number, actor=MARA)
    assert fresh(topic).state == State.PLANNED
    assert Session.objects.get(pk=second.pk).is_cancelled


def test_what_is_pinned_or_begins_soon_or_is_no_topic_stays(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned, taken_over, loose = (planned(town, f"Thema {n}", by) for n, by in enumerate(("Aylin", "Bela", "Cem")))
    pin(pinned, pinned=True)
    Session.objects.filter(pk=taken_over.pk).update(hosts=["name:jemand anderes"])
    slot = Slot.objects.get(pk=stood(loose)[0])
    assert [subject.session for subject in whole_of(town.event, Style.KEEP).subjects] == [loose.code]
    monkeypatch.setattr(timezone, "now", lambda: slot.start - timedelta(minutes=20))
    assert not whole_of(town.event, Style.KEEP).subjects
    with pytest.raises(Refusal, match="nothing-to-plan"):
        search(town.event, Style.KEEP, 2)


def test_nothing_that_stands_moves_into_a_slot_that_begins_soon(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = [planned(town, f"Thema {n}", "Aylin") for n in range(2)]
    early, late = sorted((Slot.objects.get(pk=stood(s)[0]) for s in sessions), key=lambda slot: slot.start)
    monkeypatch.setattr(timezone, "now", lambda: early.start - timedelta(minutes=20))
    whole = whole_of(town.event, Style.IMPROVE)
    assert early.pk in whole.slots
    assert whole.slots.index(early.pk) not in whole.problem.topics[-1].slots
    assert whole.slots.index(late.pk) in whole.problem.topics[-1].slots


def test_a_plan_is_only_for_the_state_it_was_searched_for(town: Town) -> None:
    session = planned(town)
    close_room(town, session)
    run = found(town)
    slot, room = run.found["cells"][0]
    other = next(r for r in town.event.rooms.filter(is_open=True) if r.pk != room)
    move(session, Slot.objects.select_related("day").get(pk=slot), other)
    with pytest.raises(Refusal, match="plan-outdated"):
        actions.apply_plan(town.event, run.number)


def test_a_plan_whose_place_was_taken_moves_nothing(town: Town) -> None:
    session = planned(town)
    before = stood(session)
    close_room(town, session)
    run = found(town)
    slot, room = run.found["cells"][0]
    where = Slot.objects.select_related("day").get(pk=slot), town.event.rooms.get(pk=room)
    schedule(town.event, *where, title="Schneller")
    with pytest.raises(Refusal, match="place-taken"):
        actions.apply_plan(town.event, run.number)
    assert stood(session) == before


def test_a_topic_that_is_gone_or_back_elsewhere_makes_a_plan_old(gathered: Town) -> None:
    topic = back_by(gathered, someone_proposes(gathered), 3)
    run = found(gathered)
    actions.park(gathered.event, topic.code, actor=MARA)
    with pytest.raises(Refusal, match="plan-outdated"):
        actions.apply_plan(gathered.event, run.number)
    Topic.objects.all().delete()
    with pytest.raises(Refusal, match="plan-outdated"):
        actions.apply_plan(gathered.event, run.number)


def test_a_cancelled_session_makes_a_plan_old(town: Town) -> None:
    session = planned(town)
    close_room(town, session)
    run = found(town)
    Session.objects.update(state="cancelled")
    with pytest.raises(Refusal, match="plan-outdated"):
        actions.apply_plan(town.event, run.number)


def test_a_plan_that_changes_nothing_or_is_applied_already_is_refused(town: Town) -> None:
    planned(town)
    run = found(town)
    with pytest.raises(Refusal, match="nothing-changes"):
        actions.apply_plan(town.event, run.number)
    PlanRun.objects.update(state=RunState.APPLIED)
    with pytest.raises(Refusal, match="plan-not-ready"):
        actions.apply_plan(town.event, run.number)
    with pytest.raises(Unknown):
        actions.apply_plan(town.event, None)


def test_one_search_at_a_time_and_a_dead_one_makes_way(town: Town) -> None:
    planned(town)
    whole = whole_of(town.event, Style.KEEP)
    first = begun(town, whole)
    with pytest.raises(Refusal, match="search-running"):
        begun(town, whole)
    PlanRun.objects.update(heard_at=timezone.now() - timedelta(minutes=1))
    second = begun(town, whole)
    first.refresh_from_db()
    assert (first.state, second.number) == (RunState.FAILED, first.number + 1)


def test_old_searches_are_forgotten(town: Town) -> None:
    planned(town)
    whole = whole_of(town.event, Style.KEEP)
    for _turn in range(14):
        begun(town, whole)
        PlanRun.objects.update(state=RunState.FOUND)
    assert [run.number for run in PlanRun.objects.all()] == list(range(14, 2, -1))


def test_a_search_that_is_stopped_answers_with_the_best_so_far(town: Town) -> None:
    planned(town)
    whole = whole_of(town.event, Style.KEEP)
    run = begun(town, whole)
    assert note_progress(run, {"share": 0.1})
    actions.stop_search(town.event, run.number)
    assert not note_progress(run, {"share": 0.2})
    follow(run, whole, Run(whole.problem, Order(seconds=60.0, keep=whole.keep)))
    run.refresh_from_db()
    assert run.state == RunState.FOUND
    assert run.found["seconds"] < 30


def test_a_dropped_plan_can_be_taken_up_again_and_a_late_answer_is_not_heard(town: Town) -> None:
    session = planned(town)
    close_room(town, session)
    run = found(town)
    assert actions.drop_plan(town.event, run.number).state == RunState.DROPPED
    assert actions.drop_plan(town.event, run.number).state == RunState.DROPPED
    note_found(run, {})
    run.refresh_from_db()
    assert run.state == RunState.DROPPED
    actions.apply_plan(town.event, run.number)


def test_a_child_that_dies_is_a_failed_search(town: Town) -> None:
    planned(town)
    whole = whole_of(town.event, Style.KEEP)
    run, child = begun(town, whole), Run(whole.problem, Order(seconds=60.0))
    child.kill()
    follow(run, whole, child)
    run.refresh_from_db()
    assert (run.state, run.found["kind"]) == (RunState.FAILED, "refused")


@pytest.mark.parametrize(("style", "seconds"), [("keep", 3), ("anything", 2), ("keep", 10**9)])
def test_how_to_search_is_checked(town: Town, style: str, seconds: int) -> None:
    with pytest.raises(Invalid):
        search(town.event, style, seconds)


def test_two_sessions_of_one_name_are_told_apart(town: Town) -> None:
    planned(town)
    for slot in town.slots[1:]:
        schedule(town.event, slot, town.rooms[0], title="Offene Sprechstunde")
    names = [topic.id for topic in whole_of(town.event, Style.KEEP).problem.topics]
    assert "Offene Sprechstunde (2)" in names
    assert len(set(names)) == len(names)


def test_a_proof_is_sought_beside(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(town)
    monkeypatch.setattr("tagwerk.barcamp.planner.runs._follow_aside", lambda *_given: None)
    assert prove(town.event).task == Task.BOUND
    assert search(town.event, Style.KEEP, 2).task == Task.PLAN
