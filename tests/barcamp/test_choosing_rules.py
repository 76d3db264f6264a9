"""Who comes into a plan is decided by interest and lot, never by who came first."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp.rules import (
    Candidate,
    Policy,
    PublishMode,
    RoundPhase,
    State,
    average_seconds,
    chosen,
    clashes,
    is_gathering,
    is_kept_free,
    is_taken_over,
    kept_rooms,
    lot_of,
    merging_rank,
    suggested_threshold,
)

DEMANDS = st.lists(st.integers(0, 60), max_size=40)
EVENTS = range(400)


def candidates(demands: list[int], event: int = 1, admitted: int = 0) -> list[Candidate]:
    return [Candidate(n, demand, lot_of(event, n), n <= admitted) for n, demand in enumerate(demands, start=1)]


@given(DEMANDS, st.integers(0, 50), st.integers(1, 20))
def test_while_places_are_free_everybody_comes_in_and_otherwise_the_threshold_decides(
    demands: list[int], places: int, threshold: int
) -> None:
    inside = chosen(candidates(demands), places, threshold)
    if len(demands) <= places:
        assert sorted(inside) == list(range(1, len(demands) + 1))
    else:
        assert sorted(inside) == [n for n, demand in enumerate(demands, start=1) if demand >= threshold]


@given(DEMANDS, st.integers(0, 50), st.integers(1, 20), st.integers(0, 5))
def test_another_policy_knows_neither_threshold_nor_places(
    demands: list[int], places: int, threshold: int, admitted: int
) -> None:
    known = candidates(demands, admitted=admitted)
    assert set(chosen(known, places, threshold, Policy.EVERY)) == {c.number for c in known}
    assert set(chosen(known, places, threshold, Policy.CREW)) == {c.number for c in known if c.is_admitted}


@given(st.sampled_from(PublishMode), st.integers(0, 5))
def test_rooms_are_kept_where_a_plan_is_announced(mode: PublishMode, reserve: int) -> None:
    assert kept_rooms(mode, reserve) == (reserve if mode == PublishMode.TOGETHER else 0)


@given(st.lists(st.tuples(st.sampled_from(State), st.integers(1, 99)), min_size=2, max_size=2))
def test_of_two_topics_the_planned_one_stays_then_the_one_with_a_host(pair: list[tuple[State, int]]) -> None:
    (state, number), other = sorted(pair, key=lambda topic: merging_rank(*topic))
    assert state == State.PLANNED or other[0] != State.PLANNED
    assert other[0] == State.PLANNED or other[0] == State.WANTED or state != State.WANTED
    assert (state, number) == other or state != other[0] or number <= other[1]


MARKS = st.lists(st.sampled_from(["device:1", "device:2", "name:cem", "topic:1"]), max_size=3)


@given(MARKS, MARKS)
def test_a_session_is_taken_over_when_none_of_its_people_is_of_its_topic(marks: list[str], own: list[str]) -> None:
    people = [mark for mark in marks if not mark.startswith("topic:")]
    assert is_taken_over(marks, own) == (bool(people) and not clashes(people, own))


@given(DEMANDS, st.integers(0, 50), st.integers(1, 20), st.integers(0, 5))
def test_the_most_wanted_come_first_after_what_the_crew_let_in(
    demands: list[int], places: int, threshold: int, admitted: int
) -> None:
    inside = chosen(candidates(demands, admitted=admitted), places, threshold)
    order = [(number > admitted, -demands[number - 1]) for number in inside]
    assert order == sorted(order)
    assert set(range(1, min(admitted, len(demands)) + 1)) <= set(inside)


@given(DEMANDS, st.integers(0, 50))
def test_at_the_suggested_threshold_nothing_is_left_over_and_one_lower_would_be_too_many(
    demands: list[int], places: int
) -> None:
    threshold = suggested_threshold(demands, places)
    assert sum(demand >= threshold for demand in demands) <= places
    if threshold > 0:
        assert sum(demand >= threshold - 1 for demand in demands) > places


def test_with_equal_interest_the_last_pitches_come_in_as_often_as_the_first() -> None:
    """30 topics, 20 places, over many events: numbers 25-30 against 1-5."""
    often: Counter[int] = Counter()
    for event in EVENTS:
        often.update(chosen(candidates([9] * 30, event), 20, 5)[:20])
    first, last = [often[n] / len(EVENTS) for n in range(1, 6)], [often[n] / len(EVENTS) for n in range(25, 31)]
    assert abs(sum(first) / 5 - sum(last) / 6) < 0.05
    assert all(abs(rate - 2 / 3) < 0.1 for rate in first + last)


@given(st.integers(1, 12), st.integers(0, 23), st.integers(0, 5))
def test_rooms_are_kept_only_in_the_afternoon_and_never_all_of_them(rooms: int, hour: int, reserve: int) -> None:
    kept = [is_kept_free(position, rooms, hour, reserve) for position in range(rooms)]
    assert sum(kept) == (min(reserve, rooms - 1) if hour >= 12 else 0)
    assert kept == sorted(kept, reverse=True)  # the smallest ones


def test_gathering_ends_with_the_announcement() -> None:
    gathering = {phase for phase in [None, *RoundPhase] if is_gathering(PublishMode.TOGETHER, phase)}
    assert gathering == {None, RoundPhase.COLLECTING, RoundPhase.PITCHING, RoundPhase.PLANNING}
    assert not any(is_gathering(PublishMode.AT_ONCE, phase) for phase in [None, *RoundPhase])


@given(st.lists(st.floats(1, 300), max_size=30), st.integers(15, 600))
def test_the_average_of_a_pitch_is_one_that_happened_or_the_planned_one(took: list[float], planned: int) -> None:
    average = average_seconds(took, planned)
    assert average in [round(seconds) for seconds in took] if took else average == planned
