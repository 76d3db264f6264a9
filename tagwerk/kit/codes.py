"""Public codes: six characters that people can read out; addresses, never secrets."""

import re
import secrets
from collections.abc import Callable

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0, 1, I and O, which sound or look alike
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 6
PATTERN = "[A-Za-z0-9]{6}"
_FORM = re.compile(PATTERN)


def new_code(is_taken: Callable[[str], bool]) -> str:
    """Draw a code that is free; it begins with a letter, so that it never reads as a number."""
    while True:
        code = secrets.choice(LETTERS) + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        if not is_taken(code):
            return code


def normal(code: str) -> str:
    """Give a typed code in the form in which it is stored; an empty string when it cannot be one."""
    return code.upper() if _FORM.fullmatch(code) and code.isascii() else ""
