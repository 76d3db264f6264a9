"""Each module opens with one sentence that says what it is for."""

import ast

import pytest

from tests.house import tree

ENDS = (".", "!", "?", ":")
LONGEST = 2  # lines


def purpose_fault(source: str) -> str | None:
    """Say what is wrong with the opening of a Python module, if anything is."""
    docstring = ast.get_docstring(tree.syntax(source))
    if not docstring:
        return "has no docstring"
    opening = docstring.split("\n\n")[0].strip()
    if len(opening.splitlines()) > LONGEST:
        return "opens with more than a sentence; leave an empty line after it"
    return None if opening.endswith(ENDS) else "opens with half a sentence"


def test_each_python_module_opens_with_its_purpose() -> None:
    faults = {tree.name(path): purpose_fault(path.read_text(encoding="utf-8")) for path in tree.every_module()}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_each_script_opens_with_its_purpose() -> None:
    silent = [
        tree.name(path) for path in tree.scripts() if not path.read_text(encoding="utf-8").startswith(("//", "/*"))
    ]
    assert not silent


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("import os\n", "has no docstring"),
        ('"""Topics of an"""\n', "opens with half a sentence"),
        ('"""One.\nTwo.\nThree."""\n', "opens with more than a sentence; leave an empty line after it"),
        ('"""Topics, and who wants them.\n\nMore words."""\n', None),
    ],
)
def test_a_module_without_purpose_is_seen(source: str, fault: str | None) -> None:
    assert purpose_fault(source) == fault
