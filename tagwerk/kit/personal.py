"""The form in which a room says what it keeps of persons: which fields, of whom, what for, and until when.

Each room lists it in its `privacy.py`, beside the actions that forget and from the same periods: `ACTIVITIES`. The
processing record is made of nothing else, so it cannot promise what the code does not do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any


class Whose(StrEnum):
    """Of whom something is known."""

    PARTICIPANT = "participant"
    HOST = "host"
    SPEAKER = "speaker"
    AUTHOR = "author"
    EXHIBITOR = "exhibitor"
    CREW = "crew"
    CONTACT = "contact"


class Basis(StrEnum):
    """On what a body may base it; a proposal, which the body confirms."""

    TASK = "task"
    CONSENT = "consent"
    STAFF = "staff"


class Since(StrEnum):
    """From when the time runs that something is kept."""

    EVENT = "event"
    """From the end of the event's last slot."""
    MADE = "made"
    """From when it was written down."""
    SENT = "sent"
    """From when a mail was sent."""
    ROLE = "role"
    """From when the role, the invitation or the token was taken away."""
    ACCOUNT = "account"
    """From when the account is deleted: no period runs."""
    ORGANISERS = "organisers"
    """From when the organisers take it out: no period runs, it is part of what was published."""


@dataclass(frozen=True)
class Term:
    """How long something is kept: so long after a moment."""

    since: Since
    span: timedelta = timedelta(0)


@dataclass(frozen=True)
class Holding:
    """Fields of one model (`app.Model`) that say something about persons.

    `what`, `purpose` and `sooner` (how it goes before its time) are words, translated when they are shown.
    """

    model: str
    fields: tuple[str, ...]
    whose: Whose
    what: Any
    purpose: Any
    until: Term
    sooner: Any = ""
    is_public: bool = False
    basis: Basis | None = None
    """Where it is another one than that of the whole activity."""


def always(_event: Any) -> bool:
    """Tell that every event does this."""
    return True


@dataclass(frozen=True)
class Activity:
    """Something that a house does with personal data, as Art. 30 GDPR wants it named; `is_used` by an event or not."""

    name: Any
    purpose: Any
    basis: Basis
    holdings: tuple[Holding, ...]
    is_used: Callable[[Any], bool] = always
