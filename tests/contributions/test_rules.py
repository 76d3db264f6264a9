"""Decisions about contributions, on every value that hypothesis can think of."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.contributions import rules
from tagwerk.contributions.rules import CallPhase, Fault, Missing, Scores, State

NOON = datetime(2027, 3, 28, 12, tzinfo=UTC)
HOURS = st.none() | st.integers(-50, 50)
STATES = st.sampled_from(State)
GOOD = {
    "title": "Radwege",
    "abstract": "Text",
    "name": "Kim",
    "email": "kim@stadt.example",
    "kind": "talk",
    "minutes": 20,
}


def at(hours: int | None) -> datetime | None:
    return None if hours is None else NOON + timedelta(hours=hours)


@given(HOURS, HOURS, st.integers(-50, 50))
def test_a_call_is_open_from_its_beginning_to_its_end(opens: int | None, closes: int | None, now: int) -> None:
    phase = rules.phase_of(at(opens), at(closes), NOON + timedelta(hours=now))
    has_begun = opens is not None and opens <= now
    assert (phase == CallPhase.SOON) == (not has_begun)
    assert (phase == CallPhase.OPEN) == (has_begun and (closes is None or now < closes))


@given(STATES, st.sampled_from(["", *rules.DECISIONS]), STATES, st.sampled_from(CallPhase))
def test_what_was_told_for_good_stays(state: State, told: str, decision: State, phase: CallPhase) -> None:
    if told in rules.FINAL:
        assert not rules.may_decide(state, told, decision)
        assert not rules.may_withdraw(state, told)
    if state == State.WITHDRAWN:
        assert not rules.may_decide(state, told, decision)
    assert not (rules.may_take_back(state, told) and state == told)
    assert not (rules.may_edit(phase, state, told) and (told or phase != CallPhase.OPEN))


def test_without_its_decision_a_proposal_is_where_it_was() -> None:
    assert rules.undecided("", is_reviewed=False) == State.NEW
    assert rules.undecided("", is_reviewed=True) == State.REVIEW
    assert rules.undecided(State.WAITING, is_reviewed=True) == State.WAITING


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a b@c.example",
        "x@[127.0.0.1]",
        "a@b.example\nBcc: c@d.example",
        '"a"@b.example',
        ".a@b.example",
        "a..b@c.example",
        "a@-b.example",
        "a@b-.example",
        f"{'a' * 65}@b.example",
        f"a@{'b.' * 120}example",
        "a@b.c1"[:5],
        "ada@\u0131bm.example",
        "ada@mu\u017fter.example",
        "ada@\u212aiel.example",
    ],
)
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    assert not rules.is_mail(address)


def test_usual_addresses_get_mail() -> None:
    assert all(rules.is_mail(one) for one in ("kim.l+ogt@stadt.example", "K@sub.amt.example"))


@pytest.mark.parametrize(
    ("other", "is_same"),
    [("Kim@Stadt.example", True), ("kim@stadt.exampl", False), ("\u212aim@stadt.example", False), ("", False)],
)
def test_addresses_differ_by_more_than_capitals(other: str, *, is_same: bool) -> None:
    assert rules.is_same_mail("kim@stadt.example", other) is is_same


@pytest.mark.parametrize(
    ("words", "field", "fault"),
    [
        ({"title": 121 * "x"}, "title", Fault.LONG),
        ({"abstract": 5_000_000 * "x"}, "abstract", Fault.LONG),
        ({"title": " "}, "title", Fault.EMPTY),
        ({"email": "kim"}, "email", Fault.MAIL),
        ({"kind": "barcamp"}, "kind", Fault.CHOICE),
        ({"minutes": 7}, "minutes", Fault.CHOICE),
        ({"further": "\n".join("abcdefghi")}, "further", Fault.LONG),
        ({"further": 81 * "x"}, "further", Fault.LONG),
    ],
)
def test_what_does_not_hold_is_named(words: dict[str, object], field: str, fault: Fault) -> None:
    assert rules.faults(GOOD | words, ["talk"], [20]) == {field: fault}
    assert rules.faults(GOOD, ["talk"], [20]) == {}


def test_further_people_stand_in_lines() -> None:
    assert rules.people_of(" Ada , Amt, links\n\nBea") == [("Ada", "Amt, links"), ("Bea", "")]


@given(st.dictionaries(st.integers(1, 5), st.integers(1, 5)), st.integers(1, 5))
def test_others_scores_are_seen_beside_an_own_one_only(scores: dict[int, int], me: int) -> None:
    seen = Scores.seen_by(me, scores)
    assert seen.number == len(scores)
    assert (seen.average is None) == (me not in scores)
    assert seen.average is None or 1 <= seen.average <= 5


@given(st.lists(st.text("AB", min_size=1), unique=True))
def test_one_comes_to_every_proposal_by_going_on(codes: list[str]) -> None:
    seen, code = [], rules.neighbours(codes, "")[1]
    while code:
        seen.append(code)
        before, after = rules.neighbours(codes, code)
        assert not before or rules.neighbours(codes, before)[1] == code
        code = after
    assert seen == codes


@given(st.integers(-40 * 24, 40 * 24))
def test_a_reminder_is_due_from_its_day_until_the_next(hours: int) -> None:
    days = rules.reminder_due(NOON, NOON - timedelta(hours=hours), rules.SPEAKER_DAYS)
    expected = [day for day in rules.SPEAKER_DAYS if hours <= day * 24]
    assert days == (min(expected) if expected and hours > 0 else None)


def test_slides_are_asked_for_in_the_last_days() -> None:
    assert rules.missing({Missing.BIOGRAPHY}, 21) == [Missing.CONFIRMED, Missing.PORTRAIT, Missing.RECORDING]
    assert rules.missing({*Missing} - {Missing.SLIDES}, 7) == [Missing.SLIDES]
