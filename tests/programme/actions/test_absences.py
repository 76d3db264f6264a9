"""When a host is not free: no session is put there, what stands stays, and it can be taken back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.dates import Span
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.programme import actions
from tagwerk.programme.absences import absence_words, away_at
from tagwerk.programme.models import Absence
from tagwerk.programme.rules import Absent, Away
from tests.programme.test_actions import refused, talk
from tests.town import Town, at, cell

CEM = ["name:cem"]
MOMENTS = st.integers(0, 24)
NOON = timezone.now().replace(minute=0, second=0, microsecond=0)


def moment(hour: int) -> datetime:
    return NOON + timedelta(hours=hour)


def note(town: Town, start: int | None, end: int | None, kind: str = Away.AWAY, name: str = "Cem") -> Absence:
    times = at(start) if start else None, at(end) if end else None
    return actions.note_absence(town.day, CEM, times, name=name, kind=kind, actor="person:1")[0]


@given(MOMENTS, MOMENTS, st.none() | MOMENTS, st.none() | MOMENTS)
def test_an_absence_bars_what_shares_a_moment_with_it(
    begin: int, length: int, start: int | None, end: int | None
) -> None:
    span = Span(moment(begin), moment(begin + length + 1))
    absent = Absent(frozenset(CEM), 1, None if start is None else moment(start), None if end is None else moment(end))
    shares = (start is None or start < begin + length + 1) and (end is None or begin < end)
    assert absent.bars(["device:1", *CEM], 1, span) == shares
    assert not absent.bars(["name:dana"], 1, span)
    assert not absent.bars(CEM, 2, span), "another day"


def test_a_session_is_not_put_where_its_host_is_not_free(town: Town) -> None:
    note(town, None, 11)
    session = talk(town, 1, 0, hosts=CEM, host_name="Cem")
    refusal = refused("host-away", actions.move, session, town.slots[0], town.rooms[1])
    assert str(refusal.detail) == "Cem ist dann nicht frei: kommt erst um 11:00."
    assert cell(session)[0] == town.slots[1].pk
    assert not talk(town, 0, 1, hosts=["name:dana"]).is_cancelled


def test_what_stands_stays_and_changes_its_room(town: Town) -> None:
    session = talk(town, 0, 0, hosts=CEM, host_name="Cem")
    absence = note(town, 10, 11, Away.STAND)
    assert cell(session) == (town.slots[0].pk, town.rooms[0].pk)
    assert away_at(town.slots[0], CEM, [absence]) == absence
    move = actions.Move(session.code, town.slots[0].pk, town.rooms[1].pk)
    actions.rearrange(town.event, [move])
    assert cell(session) == (town.slots[0].pk, town.rooms[1].pk)


def test_it_is_told_to_the_crew_alone_and_taken_back(town: Town) -> None:
    absence = note(town, 14, None)
    (change,) = town.told("host.times")
    assert (list(change.words), change.touches) == (["crew"], [f"absence:{absence.code}"])
    assert "Cem" not in str(change.before) + str(change.after), "the ledger holds no names"
    actions.withdraw_absence(town.event, absence.code)
    assert not Absence.objects.of(town.event)
    actions.withdraw_absence(town.event, absence.code, withdrawn=False)
    assert [row.code for row in Absence.objects.of(town.event)] == [absence.code]


def test_a_refusal_without_a_name_says_whose_session_it_is(town: Town) -> None:
    note(town, None, None, name="")
    refusal = refused("host-away", talk, town, 0, 0, hosts=CEM, title="Radwege")
    assert str(refusal.detail) == "Radwege ist dann nicht frei: den ganzen Tag nicht da."


def test_what_makes_no_sense_is_refused(town: Town) -> None:
    refused("no-host", actions.note_absence, town.day, [], (None, None))
    with pytest.raises(Invalid):
        note(town, 12, 11)
    with pytest.raises(Unknown):
        actions.withdraw_absence(town.event, "QQQQQQ")


@pytest.mark.parametrize(
    ("start", "end", "kind", "words"),
    [
        (None, 11, Away.AWAY, "kommt erst um 11:00"),
        (14, None, Away.AWAY, "geht um 14:00"),
        (11, 12, Away.AWAY, "11:00–12:00 nicht da"),
        (11, 12, Away.STAND, "11:00–12:00 am Stand"),
        (None, 11, Away.STAND, "bis 11:00 am Stand"),
        (14, None, Away.STAND, "ab 14:00 am Stand"),
        (None, None, Away.STAND, "den ganzen Tag am Stand"),
        (None, None, Away.AWAY, "den ganzen Tag nicht da"),
    ],
)
def test_it_is_said_as_people_say_it(town: Town, start: int | None, end: int | None, kind: str, words: str) -> None:
    absence = note(town, start, end, kind)
    with translation.override("de"):
        assert absence_words(absence) == words
