"""What can happen to the stands of a market."""

from dataclasses import dataclass
from typing import ClassVar

from tagwerk.live.changes import Fact


@dataclass(frozen=True, kw_only=True)
class BoothChanged(Fact):
    """A stand was entered, said anew, ordered otherwise, or got another session; its words are not in the ledger.

    `sessions` are the codes of those that happen there, or did until now: their pages name it.
    """

    kind: ClassVar[str] = "booth.changed"
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BoothsChanged(Fact):
    """Several stands were entered or said anew in one go, from a list."""

    kind: ClassVar[str] = "booths.changed"


@dataclass(frozen=True, kw_only=True)
class BoothPutAside(Fact):
    """A stand was put aside, so that only the crew sees it, or is shown again; `sessions` happen there."""

    kind: ClassVar[str] = "booth.aside"
    sessions: tuple[str, ...] = ()
