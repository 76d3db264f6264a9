"""Decisions about hosts: when they are asked, when they are missing, who fills their place."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp.host_rules import (
    BEST,
    Place,
    Waiting,
    best_successors,
    counting,
    is_asked,
    is_late,
    is_missing,
    suits,
)
from tagwerk.barcamp.rules import Sign, When

ELEVEN = datetime(2026, 11, 20, 11, tzinfo=UTC)
END = ELEVEN + timedelta(minutes=45)
SIGNS = st.lists(st.sampled_from(["", Sign.HERE, Sign.CANNOT]), max_size=4)


def at(minutes: int) -> datetime:
    return ELEVEN + timedelta(minutes=minutes)


def test_a_host_is_asked_from_ten_minutes_before_until_the_end() -> None:
    assert [is_asked(ELEVEN, END, at(minute)) for minute in (-11, -10, 0, 44, 45)] == [False, True, True, True, False]


def test_five_minutes_after_the_start_it_is_late() -> None:
    assert [is_late(ELEVEN, END, at(minute)) for minute in (0, 4, 5, 44, 45)] == [False, False, True, True, False]


def test_who_was_here_hours_ago_says_nothing_who_cannot_come_still_cannot() -> None:
    assert counting(Sign.HERE, at(-45), ELEVEN) == Sign.HERE
    assert counting(Sign.HERE, at(-46), ELEVEN) == ""
    assert counting(Sign.CANNOT, at(-300), ELEVEN) == Sign.CANNOT


@given(SIGNS)
def test_nobody_is_missing_while_one_host_is_here(said: list[str]) -> None:
    assert not any(is_missing([*said, Sign.HERE], late=late) for late in (False, True))


@given(SIGNS)
def test_silence_matters_once_it_is_late_and_cannot_at_once(said: list[str]) -> None:
    assert is_missing(said, late=True) == (bool(said) and Sign.HERE not in said)
    assert is_missing(said, late=False) == (bool(said) and set(said) == {Sign.CANNOT})


def topic(number: int, demand: int = 1, **words: object) -> Waiting:
    given_words: dict[str, object] = {"needs": frozenset(), "marks": (), "when": When.ANY, "was_pitched": False}
    return Waiting(number=number, demand=demand, **(given_words | words))  # type: ignore[arg-type]


def place(room: int, capacity: int = 40, *features: str, busy: tuple[str, ...] = (), hour: int = 11) -> Place:
    return Place(1, room, hour, capacity, frozenset(features), busy)


def test_a_topic_suits_where_its_host_is_free_and_the_room_has_what_it_needs() -> None:
    assert suits(topic(1), place(1))
    assert not suits(topic(1, needs=frozenset({"hybrid"})), place(1))
    assert not suits(topic(1, marks=("device:1",)), place(1, busy=("device:1",)))
    assert not suits(topic(1, when=When.AFTERNOON), place(1))


def test_the_best_three_come_by_interest_each_to_the_room_that_fits() -> None:
    places = [place(1, 100), place(2, 40), place(3, 20)]
    waiting = [topic(number, demand) for number, demand in ((1, 5), (2, 50), (3, 30), (4, 5))]
    found = [(one.number, there.room) for one, there in best_successors(waiting, places)]
    assert found == [(2, 1), (3, 2), (1, 3)]


def test_nobody_fills_a_place_with_what_nobody_has_heard_of() -> None:
    assert not best_successors([topic(1, 0)], [place(1)])
    assert best_successors([topic(1, 0, was_pitched=True)], [place(1)])


TOPICS = st.lists(
    st.builds(
        Waiting,
        st.integers(1, 99),
        st.integers(0, 60),
        st.frozensets(st.sampled_from(["hybrid", "loop"])),
        st.lists(st.sampled_from(["device:1", "device:2"]), max_size=1).map(tuple),
        st.sampled_from(list(When)),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda topic: topic.number,
)
PLACES = st.lists(
    st.builds(
        Place,
        st.just(1),
        st.integers(1, 9),
        st.sampled_from([9, 15]),
        st.integers(5, 100),
        st.frozensets(st.sampled_from(["hybrid", "loop"])),
        st.lists(st.sampled_from(["device:1", "device:2"]), max_size=1).map(tuple),
    ),
    max_size=4,
)


@given(TOPICS, PLACES)
def test_what_is_offered_suits_and_nothing_better_is_left_out(waiting: list[Waiting], places: list[Place]) -> None:
    found = best_successors(waiting, places)
    assert len(found) <= BEST
    assert all(suits(one, there) for one, there in found)
    offered = [one.number for one, _there in found]
    could = [one for one in waiting if (one.was_pitched or one.demand) and any(suits(one, there) for there in places)]
    assert offered == [one.number for one in sorted(could, key=lambda one: (-one.demand, one.number))][:BEST]
