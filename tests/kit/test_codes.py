"""Public codes: six characters that people can read out, and never the same twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagwerk.kit.codes import ALPHABET, new_code, normal


def test_a_code_begins_with_a_letter_and_avoids_what_looks_alike() -> None:
    codes = {new_code(lambda _code: False) for _number in range(300)}
    assert len(codes) > 290
    assert all(re.fullmatch(r"[A-HJ-NP-Z][A-HJ-NP-Z2-9]{5}", code) for code in codes)


def test_a_taken_code_is_drawn_again() -> None:
    asked: list[str] = []

    def is_taken(code: str) -> bool:
        asked.append(code)
        return len(asked) < 4

    assert new_code(is_taken) == asked[3]


@given(st.text(st.sampled_from(ALPHABET + ALPHABET.lower()), min_size=6, max_size=6))
def test_either_case_is_accepted(code: str) -> None:
    assert normal(code) == code.upper()


@pytest.mark.parametrize(
    "code", ["", "K7QX4", "K7QX422", "K7 X42", "K7QX4\n", "K7QX\u017f2", "Ⅶ7QX42", "k7qx4\u0131", "../../", "٣٣٣٣٣٣"]
)
def test_what_cannot_be_a_code_is_none(code: str) -> None:
    assert normal(code) == ""


@given(st.text())
def test_a_normal_code_is_stable(code: str) -> None:
    assert normal(normal(code)) == normal(code)
