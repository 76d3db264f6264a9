"""Who is calling: one household is one caller, and a mark of it lasts a day."""

import pytest

from tagwerk.kit.network import address_mark, household

ONE = "2001:db8:1:2::1"


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        (ONE, "2001:db8:1:2::/64"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_a_household_is_an_address_or_a_64(address: str, whole: str) -> None:
    assert household(address) == whole


def test_a_mark_tells_households_apart_and_no_more() -> None:
    assert address_mark(ONE) == address_mark("2001:db8:1:2:3:4:5:6")
    assert len({address_mark(address) for address in (ONE, "2001:db8:1:3::1", "192.0.2.1", "192.0.2.2")}) == 4
