"""Decisions about topics: when interest is enough, what is shown of it, whose turn it is to be seen."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp.rules import (
    LISTED,
    OPEN_FOR_INTEREST,
    Counts,
    Exposure,
    Policy,
    State,
    When,
    clashes,
    fits,
    host_marks,
    is_enough,
    is_open_for_interest,
    least_seen_first,
    qualifies,
    shown_interest,
)

NUMBERS = st.integers(0, 500)
MARKS = st.lists(st.sampled_from(["device:1", "device:2", "name:cem", "name:dana"]), max_size=3)


@given(st.sampled_from(list(State)), NUMBERS, NUMBERS)
def test_enough_interest_qualifies_an_open_topic_and_no_other(state: State, counted: int, threshold: int) -> None:
    expected = state == State.OPEN and counted >= threshold
    assert qualifies(Policy.THRESHOLD, state, counted, threshold) == expected
    assert is_enough(counted, threshold) == (counted >= threshold)


@given(st.sampled_from(list(State)), NUMBERS, NUMBERS)
def test_where_every_topic_is_planned_none_waits_and_where_the_crew_decides_none_comes_alone(
    state: State, counted: int, threshold: int
) -> None:
    assert qualifies(Policy.EVERY, state, counted, threshold) == (state == State.OPEN)
    assert not qualifies(Policy.CREW, state, counted, threshold)


@given(st.sampled_from(list(State)))
def test_a_topic_is_listed_as_long_as_it_is_open_for_interest(state: State) -> None:
    assert is_open_for_interest(state) == (state in OPEN_FOR_INTEREST) == (state in LISTED)
    assert is_open_for_interest(state) == (state not in (State.PARKED, State.WITHDRAWN, State.DECLINED, State.MERGED))


@given(NUMBERS, st.integers(1, 500))
def test_counts_are_hidden_or_exact_or_stop_at_enough(interest: int, threshold: int) -> None:
    assert shown_interest(Counts.HIDDEN, interest, threshold) is None
    assert shown_interest(Counts.EXACT, interest, threshold) == interest
    assert shown_interest(Counts.ENOUGH, interest, threshold) == min(interest, threshold)


@given(st.integers(0, 23))
def test_every_hour_is_morning_or_afternoon_and_suits_who_is_there_all_day(hour: int) -> None:
    assert fits(When.ANY, hour)
    assert fits(When.MORNING, hour) == (hour < 12)
    assert fits(When.AFTERNOON, hour) == (hour >= 12)


@given(st.lists(st.builds(Exposure, st.integers(1, 99), NUMBERS), unique_by=lambda topic: topic.number))
def test_the_least_seen_come_first_and_of_equals_the_newest(topics: list[Exposure]) -> None:
    order = least_seen_first(topics)
    seen = {topic.number: topic.seen for topic in topics}
    assert sorted(order) == sorted(seen)
    for one, other in pairwise(order):
        assert seen[one] < seen[other] or (seen[one] == seen[other] and one > other)


def test_a_host_is_known_by_device_and_by_name() -> None:
    assert host_marks(7, "cem") == ["device:7", "name:cem"]
    assert host_marks(None, "cem") == ["name:cem"]
    assert host_marks(7, "") == ["device:7"]
    assert host_marks(None, "") == []


@given(MARKS, MARKS)
def test_topics_clash_exactly_when_they_share_a_host(one: list[str], other: list[str]) -> None:
    assert clashes(one, other) == clashes(other, one) == any(mark in other for mark in one)
