"""Decisions about contributions on plain values: when a call is open, what becomes of a proposal, whom to remind."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tagwerk.programme.conference_rules import BY_HAND
from tagwerk.programme.rules import Kind

LONGEST = {
    "title": 120,
    "abstract": 6_000,
    "plain_summary": 1_000,
    "needs": 1_000,
    "further": 1_000,
    "name": 80,
    "organisation": 120,
    "email": 200,
    "availability": 300,
}
LONGEST_CALL = 10_000
OFFERED = tuple(kind for kind in BY_HAND if kind not in (Kind.BREAK, Kind.ENERGIZER))
"""What a call may ask for."""
LENGTHS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180)
"""How many minutes it may offer."""
NEEDED = ("title", "abstract", "name", "email")
MOST_FURTHER = 8
LONGEST_NAME = 80
HOUR = timedelta(hours=1)
"""For so long what came in counts against a flood."""
MOST_OF_ONE = 10
"""Proposals of one author, and in an hour from one address (an office shares it)."""
MOST_OF_ALL = 300
"""Proposals to one event within an hour: more than that is no call, but a flood."""
BEST = 5
SPEAKER_DAYS = (21, 7, 2)
"""So many days before the event speakers hear of what is missing."""
SLIDES_DAYS = 7
CLOSING_DAYS = 3
_MAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{1,62}", re.IGNORECASE | re.ASCII
)


class CallPhase(StrEnum):
    """Where a call stands."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


class State(StrEnum):
    """What the crew has made of a proposal so far."""

    NEW = "new"
    REVIEW = "review"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Ask(StrEnum):
    """What a call may ask beyond title, text and who."""

    PLAIN = "plain_summary"
    LANGUAGE = "language"
    LEVEL = "level"
    TRACK = "track"
    NEEDS = "needs"
    FURTHER = "further"
    AVAILABILITY = "availability"


class Missing(StrEnum):
    """What a speaker has not given yet."""

    CONFIRMED = "has_confirmed"
    BIOGRAPHY = "biography"
    PORTRAIT = "portrait"
    RECORDING = "recording"
    SLIDES = "slides"


class Fault(StrEnum):
    """What is wrong with something that was typed."""

    EMPTY = "empty"
    LONG = "long"
    MAIL = "mail"
    CHOICE = "choice"


class FileFault(StrEnum):
    """Why a recording could not be taken."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    FULL = "full"
    BUSY = "busy"
    TWICE = "twice"
    SLOW = "slow"


DECISIONS = (State.ACCEPTED, State.WAITING, State.DECLINED)
FINAL = (State.ACCEPTED, State.DECLINED)
OPEN_STATES = (State.NEW, State.REVIEW)


def phase_of(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> CallPhase:
    """Say whether proposals are taken now; a call without a beginning is still to come."""
    if opens_at is None or now < opens_at:
        return CallPhase.SOON
    return CallPhase.OPEN if closes_at is None or now < closes_at else CallPhase.CLOSED


def is_mail(address: str) -> bool:
    """Tell whether mail can go to an address: plain, with a domain that has a name, nothing quoted."""
    local, _at, domain = address.partition("@")
    is_dotted = local.startswith(".") or local.endswith(".") or ".." in local
    is_plain = not any(part.startswith("-") or part.endswith("-") for part in domain.split("."))
    return len(address) <= LONGEST["email"] and bool(_MAIL.fullmatch(address)) and not is_dotted and is_plain


def is_same_mail(one: str, other: str) -> bool:
    """Tell whether two addresses are the same but for capitals; letters that only look alike are others."""
    return one.isascii() and other.isascii() and one.lower() == other.lower()


def faults(words: Mapping[str, Any], kinds: Collection[str], lengths: Collection[int]) -> dict[str, Fault]:
    """Give what is wrong with a proposal, by field; what is not there is not looked at."""
    found = {name: Fault.LONG for name, most in LONGEST.items() if len(words.get(name) or "") > most}
    found |= {name: Fault.EMPTY for name in NEEDED if name in words and not words[name].strip()}
    if words.get("email") and not is_mail(words["email"]):
        found["email"] = Fault.MAIL
    if "kind" in words and words["kind"] not in kinds:
        found["kind"] = Fault.CHOICE
    if "minutes" in words and words["minutes"] not in lengths:
        found["minutes"] = Fault.CHOICE
    people = people_of(words.get("further") or "")
    if len(people) > MOST_FURTHER or any(len(name) > LONGEST_NAME for name, _where in people):
        found["further"] = Fault.LONG
    return found


def people_of(lines: str) -> list[tuple[str, str]]:
    """Read further people from lines of `name, organisation`."""
    pairs = (line.partition(",") for line in lines.split("\n"))
    return [(name.strip(), where.strip()) for name, _comma, where in pairs if name.strip()]


def may_edit(phase: CallPhase, state: str, told: str) -> bool:
    """Tell whether an author may change a proposal: until the call closes, or an answer was given."""
    return phase == CallPhase.OPEN and not told and state != State.WITHDRAWN


def may_withdraw(state: str, told: str) -> bool:
    """Tell whether an author may take a proposal back: as long as nothing final was said."""
    return state != State.WITHDRAWN and told not in FINAL


def may_decide(state: str, told: str, decision: str) -> bool:
    """Tell whether the crew may decide so: what was told for good stays, what was withdrawn is gone."""
    return decision in DECISIONS and state not in {decision, State.WITHDRAWN} and told not in FINAL


def may_take_back(state: str, told: str) -> bool:
    """Tell whether a decision can be taken back: until its author was told."""
    return state in DECISIONS and state != told


def undecided(told: str, *, is_reviewed: bool) -> str:
    """Give where a proposal stands without the decision that is not told yet."""
    return told or (State.REVIEW if is_reviewed else State.NEW)


@dataclass(frozen=True)
class Scores:
    """The scores of a proposal as one reviewer may see them: those of others only beside an own one."""

    own: int | None
    number: int
    average: float | None

    @classmethod
    def seen_by(cls, reviewer: int, scores: Mapping[int, int]) -> "Scores":
        """Give what a reviewer may see of scores by reviewer."""
        own = scores.get(reviewer)
        mean = sum(scores.values()) / len(scores) if own is not None else None
        return cls(own, len(scores), mean)


def neighbours(codes: Sequence[str], code: str) -> tuple[str, str]:
    """Give what stands before and after one in a list; "" at its ends, and where it does not stand there."""
    if code not in codes:
        return "", (codes[0] if codes else "")
    place = codes.index(code)
    return (codes[place - 1] if place else ""), (codes[place + 1] if place + 1 < len(codes) else "")


def reminder_due(moment: datetime, now: datetime, days: Iterable[int]) -> int | None:
    """Give the reminder that is due before a moment: the smallest number of days that is reached; None after it."""
    if now >= moment:
        return None
    reached = [number for number in days if now >= moment - timedelta(days=number)]
    return min(reached, default=None)


def missing(given: Collection[str], days_left: int) -> list[Missing]:
    """Give what a speaker still owes; slides are asked for in the last days only."""
    owed = [one for one in Missing if one not in given]
    return [one for one in owed if one != Missing.SLIDES or days_left <= SLIDES_DAYS]
