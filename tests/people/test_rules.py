"""Decisions about people: roles include the ones below them, budgets and tries end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.people.rules import RANK, TRIES, Minting, RoleKind, is_verified, is_worn_out, may

ROLES = st.lists(st.sampled_from([*RoleKind, "guest", ""]), max_size=4)


@given(ROLES, st.sampled_from(list(RoleKind)))
def test_a_role_is_enough_exactly_when_it_or_one_above_it_is_held(roles: list[str], needed: RoleKind) -> None:
    highest = max((RANK[RoleKind(role)] for role in roles if role in RANK), default=0)
    assert may(roles, needed) == (highest >= RANK[needed])


def test_an_organiser_may_do_everything_and_a_helper_little() -> None:
    assert all(may(["organiser"], needed) for needed in RoleKind)
    assert [needed for needed in RoleKind if may(["helper"], needed)] == [RoleKind.HELPER]


@given(st.integers(0, 2000), st.integers(0, 2000), st.booleans())
def test_devices_count_while_the_budget_lasts(minted: int, budget: int, has_code: bool) -> None:  # noqa: FBT001
    assert is_verified(Minting(minted, budget, needs_hall_code=False, has_hall_code=has_code)) == (minted < budget)


@pytest.mark.parametrize(("has_code", "counts"), [(True, True), (False, False)])
def test_where_a_hall_code_is_needed_only_those_who_know_it_count(has_code: bool, counts: bool) -> None:  # noqa: FBT001
    assert is_verified(Minting(0, 10, needs_hall_code=True, has_hall_code=has_code)) is counts


def test_the_thirtieth_wrong_try_was_the_last_one() -> None:
    assert not is_worn_out(TRIES - 1)
    assert is_worn_out(TRIES)
