"""The queue of a pitch round: whatever two phones do, however late it arrives, each pitch is done at most once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp import stage_rules as rules
from tagwerk.barcamp.rules import PitchState
from tagwerk.barcamp.stage_rules import MOST_EXTRA, Queue, Turn

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
CODES = ("A", "B", "C", "D", "E")
VERBS = st.sampled_from(["next", "absent", "time", "pick"])
PLANS = st.lists(st.tuples(VERBS, st.integers(0, 4)), max_size=25)


def waiting(codes: tuple[str, ...] = CODES) -> Queue:
    return tuple(Turn(code, position) for position, code in enumerate(codes, 1))


def current(turns: Queue) -> str:
    found = rules.on_stage(turns)
    return found.code if found else ""


def steps_of(plan: list[tuple[str, int]], start: Queue) -> list[tuple[str, str, str]]:
    """Let a phone without a network do its plan on its own queue; gives the steps as it will send them."""
    turns, sent = start, []
    for verb, choice in plan:
        queue = rules.in_order(turns)
        wanted = queue[choice % len(queue)].code if queue and verb == "pick" else ""
        sent.append((verb, current(turns), wanted))
        turns = done(turns, sent[-1])
    return sent


def done(turns: Queue, step: tuple[str, str, str]) -> Queue:
    verb, ended, wanted = step
    if verb == "absent":
        return rules.mark_absent(turns, ended, NOW)
    if verb == "time":
        return rules.give_time(turns, ended, 15)
    return rules.call_next(turns, ended, NOW, wanted=wanted)


@given(PLANS, PLANS, st.randoms(use_true_random=False))
def test_however_two_phones_interleave_each_pitch_is_done_once_and_none_is_dropped(
    one: list[tuple[str, int]], other: list[tuple[str, int]], chance: st.DataObject
) -> None:
    turns = waiting()
    late = steps_of(other, turns)  # made without a network, sent at any time, each twice
    queued = [step for step in late for _again in range(2)]
    ended: list[str] = []
    for verb, choice in one:
        while queued and chance.random() < 0.5:  # type: ignore[attr-defined]
            turns = watched(turns, queued.pop(0), ended)
        queue = rules.in_order(turns)
        wanted = queue[choice % len(queue)].code if queue and verb == "pick" else ""
        turns = watched(turns, (verb, current(turns), wanted), ended)
    for step in queued:
        turns = watched(turns, step, ended)
    assert len(ended) == len(set(ended)), "at most once"
    assert sorted(turn.code for turn in turns) == sorted(CODES), "none dropped"
    assert sum(turn.state == PitchState.ON_STAGE for turn in turns) <= 1
    assert len({turn.position for turn in turns}) == len(turns)


def watched(turns: Queue, step: tuple[str, str, str], ended: list[str]) -> Queue:
    """Do a step and note which pitch it ended for good."""
    after = done(turns, step)
    before = {turn.code: turn.state for turn in turns}
    ended += [t.code for t in after if t.state == PitchState.DONE and before[t.code] != PitchState.DONE]
    assert all(t.state == PitchState.DONE for t in after if before[t.code] == PitchState.DONE)
    return after


@given(PLANS)
def test_a_step_that_arrives_again_changes_nothing_once_the_stage_went_on(plan: list[tuple[str, int]]) -> None:
    turns = waiting()
    for step in steps_of(plan, turns):
        after = done(turns, step)
        if step[0] != "time" and current(after) != step[1]:
            assert done(after, step) == after
        turns = after


def test_weiter_calls_in_order_and_those_who_were_absent_at_the_end() -> None:
    turns, called = waiting(("A", "B", "C")), []
    for verb in ("next", "absent", "next", "next", "next"):
        turns = done(turns, (verb, current(turns), ""))
        called.append(current(turns))
    assert called == ["A", "B", "C", "A", ""]
    assert [turn.state for turn in turns] == [PitchState.DONE] * 3


def test_who_is_absent_alone_leaves_the_stage_empty_until_called_again() -> None:
    turns = done(waiting(("A",)), ("next", "", ""))
    turns = done(turns, ("absent", "A", ""))
    assert current(turns) == ""
    assert rules.mark_absent(turns, "", NOW) == turns
    assert current(done(turns, ("next", "", ""))) == "A"


def test_a_number_that_does_not_wait_is_not_called() -> None:
    turns = done(waiting(), ("next", "", ""))
    assert rules.call_next(turns, "A", NOW, wanted="A") == turns
    assert current(rules.call_next(turns, "A", NOW, wanted="D")) == "D"


def test_more_time_is_given_once_for_what_was_seen_and_has_an_end() -> None:
    turns = done(waiting(), ("next", "", ""))
    more = rules.give_time(turns, "A", 15, seen=0)
    assert rules.find(more, "A") == Turn("A", 1, PitchState.ON_STAGE, NOW, None, 15)
    assert rules.give_time(more, "A", 15, seen=0) == more
    assert rules.give_time(turns, "B", 15) == turns
    endless = rules.find(rules.give_time(turns, "A", 10_000), "A")
    assert endless is not None
    assert endless.extra == MOST_EXTRA


def test_a_call_from_the_hall_comes_next() -> None:
    turns = waiting()
    front = rules.to_front(turns, "D")
    assert [turn.code for turn in rules.in_order(front)] == ["D", "A", "B", "C", "E"]
    assert rules.to_front(front, "D") == front
    assert rules.to_front(turns, "Z") == turns


def test_a_late_step_keeps_its_time_but_lies_neither_in_the_future_nor_before_its_pitch() -> None:
    early, late = NOW - timedelta(minutes=5), NOW + timedelta(minutes=5)
    assert rules.clamped(None, NOW, None) == NOW
    assert rules.clamped(early, NOW, None) == early
    assert rules.clamped(late, NOW, None) == NOW
    assert rules.clamped(early, NOW, NOW - timedelta(minutes=1)) == NOW - timedelta(minutes=1)


@given(st.lists(st.tuples(st.integers(), st.booleans()), unique_by=lambda topic: topic[0]))
def test_the_lot_leaves_those_from_afar_together_at_the_end(topics: list[tuple[int, bool]]) -> None:
    drawn = rules.by_lot(topics, lambda topic: topic[1], lambda part: part.reverse())
    assert sorted(drawn) == sorted(topics)
    assert [topic[1] for topic in drawn] == sorted(topic[1] for topic in topics)


def test_who_pitches_online_or_holds_an_online_session_is_remote() -> None:
    assert rules.is_remote("online", "on_site")
    assert rules.is_remote("self", "online")
    assert not rules.is_remote("read", "hybrid")
