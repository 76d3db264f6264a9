"""What is wrong with a programme that was read or shall be written, in words for its organiser."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from django.utils.translation import gettext as _

from tagwerk.exchange import tidy

MOST = 500
"""Problems that are kept of one file; more of them help nobody."""

Given = TypeVar("Given")
Taken = TypeVar("Taken")
Weight = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where something is wrong and what, in the language of the moment; `name` says it for programs.

    error: the record, or the file, is left out. warning: it is taken, with what was wrong left out or put right.
    """

    where: str
    what: str
    kind: Weight
    name: str


class Problems:
    """Gathers problems, each once, and not more than anybody reads."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self.is_full = False

    def error(self, where: str, name: str, what: str) -> None:
        """Note that a record is left out."""
        self._note(Problem(where, what, "error", name))

    def warning(self, where: str, name: str, what: str) -> None:
        """Note that a record is taken, but not all of it as it was."""
        self._note(Problem(where, what, "warning", name))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note what was found elsewhere."""
        for problem in problems:
            self._note(problem)

    def _note(self, problem: Problem) -> None:
        if len(self._found) < MOST:
            self._found[problem] = None
        else:
            self.is_full = True

    def all(self) -> tuple[Problem, ...]:
        """Give all, in the order in which they were found."""
        return tuple(self._found)


class Left(Exception):
    """A record cannot be taken; the problem is noted."""


def each(
    problems: Problems, what: str, take: Callable[[Given], Taken], records: Iterable[Given], most: int
) -> tuple[Taken, ...]:
    """Take records one by one; one that is broken in a way nobody thought of is left out like any other."""
    taken = []
    records = tuple(records)
    if len(records) > most:
        message = _("Mehr als %(most)d sind es; die übrigen fehlen.") % {"most": most}
        problems.error(what, "too_many", message)
    for record in records[:most]:
        try:
            taken.append(take(record))
        except Left:
            continue
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            name = tidy.text(getattr(record, "title", getattr(record, "name", "")), 60)
            problems.error(f"{what} „{name}“" if name else what, "broken", _("Dieser Eintrag ist nicht lesbar."))
    return tuple(taken)
