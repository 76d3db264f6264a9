"""Decisions about people: roles include the ones below them, budgets and tries end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.people.rules import (
    RANK,
    TRIES,
    HouseFigures,
    Minting,
    RoleKind,
    is_nearly_spent,
    is_verified,
    is_worn_out,
    is_worth_telling,
    may,
    raised,
)

ROLES = st.lists(st.sampled_from([*RoleKind, "guest", ""]), max_size=4)


@given(ROLES, st.sampled_from(list(RoleKind)))
def test_a_role_is_enough_exactly_when_it_or_one_above_it_is_held(roles: list[str], needed: RoleKind) -> None:
    highest = max((RANK[RoleKind(role)] for role in roles if role in RANK), default=0)
    assert may(roles, needed) == (highest >= RANK[needed])


def test_an_organiser_may_do_everything_and_a_helper_little() -> None:
    assert all(may(["organiser"], needed) for needed in RoleKind)
    assert [needed for needed in RoleKind if may(["helper"], needed)] == [RoleKind.HELPER]


NUMBERS = st.integers(0, 3000)
HOUSES = st.builds(
    HouseFigures,
    devices=NUMBERS,
    unverified=NUMBERS,
    recent=NUMBERS,
    before=st.floats(0, 500),
    people=st.none() | st.integers(0, 800),
    budget=NUMBERS,
)


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_nobody_counts_beyond_the_budget(by_address: int, by_code: int, budget: int, has_code: bool) -> None:  # noqa: FBT001
    minting = Minting(by_address, by_code, budget, needs_hall_code=False, has_hall_code=has_code)
    if max(by_address, by_code) >= budget:
        assert not is_verified(minting)
    elif has_code:
        assert is_verified(minting)


def test_a_part_of_the_budget_is_kept_for_those_in_the_house() -> None:
    def asked(minted: int, *, has_code: bool) -> bool:
        return is_verified(Minting(minted, 0, 100, needs_hall_code=False, has_hall_code=has_code))

    assert [asked(74, has_code=False), asked(75, has_code=False)] == [True, False]
    assert [asked(99, has_code=True), asked(100, has_code=True)] == [True, False]


@given(NUMBERS, NUMBERS, st.integers(64, 3000))
def test_the_last_of_a_budget_are_given_out_one_by_one(by_address: int, by_code: int, budget: int) -> None:
    minting = Minting(by_address, by_code, budget, needs_hall_code=False, has_hall_code=False)
    close = Minting(by_address + 64, by_code + 64, budget, needs_hall_code=False, has_hall_code=False)
    if is_verified(minting) and not is_verified(close):
        assert is_nearly_spent(minting)


@pytest.mark.parametrize(("has_code", "counts"), [(True, True), (False, False)])
def test_where_a_hall_code_is_needed_only_those_who_know_it_count(has_code: bool, counts: bool) -> None:  # noqa: FBT001
    assert is_verified(Minting(0, 0, 10, needs_hall_code=True, has_hall_code=has_code)) is counts


@given(st.integers(0, 900_000))
def test_one_tap_raises_a_budget_noticeably_and_to_a_round_number(budget: int) -> None:
    more = raised(budget)
    assert more > budget
    assert more >= min(budget * 1.5 - 1, 1_000_000)
    assert more % 50 == 0 or budget == 0 or more == 1_000_000


def house(**known: object) -> HouseFigures:
    figures: dict[str, object] = {"devices": 143, "unverified": 0, "recent": 20, "before": 10.0, "people": 120}
    return HouseFigures(**{**figures, "budget": 500, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(("devices", "people", "crowded"), [(143, 120, False), (156, 120, True), (900, None, False)])
def test_the_desk_is_warned_from_thirteen_devices_for_ten_people(devices: int, people: int, crowded: bool) -> None:  # noqa: FBT001
    assert house(devices=devices, people=people).is_crowded is crowded


@pytest.mark.parametrize(
    ("known", "jumps"),
    [
        ({"devices": 110, "recent": 110, "before": 0.0}, False),  # the hall opens its phones
        ({"devices": 260, "recent": 29, "before": 0.0}, False),
        ({"devices": 260, "recent": 120, "before": 41.0}, False),
        ({"devices": 260, "recent": 120, "before": 4.0}, True),
        ({"devices": 240, "recent": 200, "before": 1.0, "people": None}, False),
        ({"devices": 260, "recent": 200, "before": 1.0, "people": None}, True),
    ],
)
def test_a_jump_is_more_than_the_house_can_hold(known: dict[str, object], jumps: bool) -> None:  # noqa: FBT001
    assert house(**known).is_jump is jumps


@given(HOUSES, HOUSES)
def test_what_looks_wrong_is_always_told(shown: HouseFigures, now: HouseFigures) -> None:
    if (now.is_jump, now.is_crowded) != (shown.is_jump, shown.is_crowded):
        assert is_worth_telling(shown, now)


def test_the_desk_hears_of_steps_not_of_every_phone() -> None:
    assert is_worth_telling(None, house())
    assert not is_worth_telling(house(devices=200), house(devices=203))
    assert is_worth_telling(house(devices=200), house(devices=204))
    assert is_worth_telling(house(devices=200), house(devices=200, unverified=4))
    assert not is_worth_telling(house(), house())
    assert house().next_budget == 750


def test_the_thirtieth_wrong_try_was_the_last_one_but_a_large_hall_may_slip_more_often() -> None:
    assert not is_worn_out(TRIES - 1, 100)
    assert is_worn_out(TRIES, 100)
    assert not is_worn_out(199, 1000)
    assert is_worn_out(200, 1000)
