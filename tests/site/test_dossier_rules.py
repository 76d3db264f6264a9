"""Periods and days of the papers, on plain values."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.personal import Since, Term
from tagwerk.site.dossier.rules import LENGTHS, gone_on, told
from tagwerk.site.dossier.words import until

BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=4000))


@given(SPANS)
def test_a_period_is_never_told_shorter_than_it_is_and_at_most_a_minute_longer(span: timedelta) -> None:
    number, unit = told(span)
    assert number >= 1
    assert timedelta() <= number * LENGTHS[unit] - span < timedelta(minutes=1)


@given(st.sampled_from(list(LENGTHS)), st.integers(1, 500))
def test_a_whole_number_of_a_unit_is_told_in_that_or_a_larger_one(unit: str, number: int) -> None:
    told_number, told_unit = told(number * LENGTHS[unit])  # type: ignore[index]
    assert told_number * LENGTHS[told_unit] == number * LENGTHS[unit]  # type: ignore[index]
    assert told_number <= number


@given(MOMENTS, SPANS)
def test_the_day_is_the_one_at_the_event(moment: datetime, span: timedelta) -> None:
    assert gone_on(moment, span, BERLIN) == (moment + span).astimezone(BERLIN).date()


def test_late_in_the_evening_it_is_the_next_day_there() -> None:
    assert gone_on(datetime(2027, 1, 1, 23, 30, tzinfo=UTC), timedelta(days=90), BERLIN) == date(2027, 4, 2)
    assert gone_on(None, timedelta(days=90), BERLIN) is None


WORDS = {
    Term(Since.EVENT, timedelta(days=90)): ("90 Tage nach der Veranstaltung", "90 days after the event"),
    Term(Since.MADE, timedelta(days=1)): ("1 Tag lang", "for 1 day"),
    Term(Since.MADE, timedelta(hours=14)): ("14 Stunden lang", "for 14 hours"),
    Term(Since.MADE, timedelta(minutes=10)): ("10 Minuten lang", "for 10 minutes"),
}


@pytest.mark.parametrize("term", WORDS, ids=str)
def test_terms_are_told_in_both_languages(term: Term) -> None:
    for language, words in zip(("de", "en"), WORDS[term], strict=True):
        with translation.override(language):
            assert until(term) == words


def test_every_beginning_of_a_period_has_words() -> None:
    assert all(until(Term(since)) for since in Since)
