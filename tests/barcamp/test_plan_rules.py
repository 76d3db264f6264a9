"""What a search may move, what it costs, and what a found plan changes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tagwerk.barcamp.plan_rules import (
    HELD,
    SEAT,
    UNHEARD,
    Change,
    Prices,
    Style,
    better_at_most,
    changes,
    is_lost,
    pays,
    prices_of,
)
from tagwerk.timetable import weights

CELLS = st.none() | st.tuples(st.integers(1, 3), st.integers(1, 3))
PLANS = st.lists(st.tuples(CELLS, CELLS), max_size=8)
SMALL = st.integers(0, 50)


@given(PLANS)
def test_every_topic_that_changes_is_named_once(
    pairs: list[tuple[tuple[int, int] | None, tuple[int, int] | None]],
) -> None:
    found = changes([old for old, _new in pairs], [new for _old, new in pairs])
    named = sorted(position for positions in found.values() for position in positions)
    assert named == [position for position, (old, new) in enumerate(pairs) if old != new]
    for position in found[Change.OTHER_ROOM]:
        old, new = pairs[position]
        assert (old or (0, 0))[0] == (new or (1, 1))[0]
    assert all(pairs[position][0] is None for position in found[Change.ADDED])
    assert all(pairs[position][1] is None for position in found[Change.DROPPED])


@given(st.integers(1, 999), SMALL, SMALL)
def test_announced_sessions_move_for_nothing_but_a_rule_unless_the_crew_wants_it(
    move: int, room: int, clash: int
) -> None:
    prices = Prices(move, room, clash)
    assert prices.weights(Style.KEEP)["move"] == HELD == weights.HELD
    assert prices.weights(Style.IMPROVE)["move"] == min(move * SEAT, HELD - 1)
    assert weights.Weights(**prices.weights(Style.KEEP)).room_move == room * weights.SEAT


def test_the_usual_prices_are_the_planners_own() -> None:
    usual = weights.Weights()
    assert Prices().weights(Style.KEEP) == {"move": usual.move, "room_move": usual.room_move, "clash": usual.clash}


@given(st.dictionaries(st.sampled_from(["move", "room_move", "clash"]), st.integers(1, 99)))
def test_what_the_crew_never_changed_is_as_usual(stored: dict[str, int]) -> None:
    found, usual = prices_of(stored), Prices()
    assert all(
        getattr(found, name) == stored.get(name, getattr(usual, name)) for name in ("move", "room_move", "clash")
    )


@given(st.integers(-50, 500), SMALL, SMALL)
def test_a_plan_pays_when_it_gains_at_least_what_its_moves_cost(gained: int, moves: int, rooms: int) -> None:
    prices = Prices(move=20, room_move=1)
    assert pays(gained, moves, rooms, prices) == (gained > 0 and gained - 20 * moves - rooms >= 0)


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_a_proof_never_promises_less_than_what_is_possible(value: int, bound: int) -> None:
    percent = better_at_most(value, bound)
    assert value * (1 + percent / 100) >= min(bound, value) - 1e-6
    assert (percent == 0.0) == (bound <= value)
    assert bound <= value or value * (1 + percent / 100) >= bound - 1e-6


def test_a_search_that_is_silent_for_long_has_died() -> None:
    now = datetime(2026, 12, 22, 10, tzinfo=UTC)
    assert not is_lost(now - UNHEARD, now)
    assert is_lost(now - UNHEARD - timedelta(seconds=1), now)
