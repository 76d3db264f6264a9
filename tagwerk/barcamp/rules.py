"""Decisions about topics on plain values: when interest is enough, who may do what, what is shown."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from tagwerk.kit.dates import Span


class State(StrEnum):
    """Where a topic stands on its way into the programme."""

    WANTED = "wanted"
    OPEN = "open"
    QUALIFIED = "qualified"
    PLANNED = "planned"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    MERGED = "merged"


class Policy(StrEnum):
    """What brings a topic into the programme."""

    THRESHOLD = "threshold"
    EVERY = "every"
    CREW = "crew"


class PublishMode(StrEnum):
    """When a plan is told: at once, or when the crew announces it."""

    AT_ONCE = "sofort"
    TOGETHER = "gesammelt"


class Counts(StrEnum):
    """How much of the interest everybody sees."""

    HIDDEN = "hidden"
    ENOUGH = "enough"
    EXACT = "exact"


class When(StrEnum):
    """The part of the day in which a host is there."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class RoundPhase(StrEnum):
    """Where a pitch round stands; the crew switches, and phones, desk and walls follow."""

    COLLECTING = "collecting"
    PITCHING = "pitching"
    PLANNING = "planning"
    RUNNING = "running"
    CLOSING = "closing"


class RoundOrder(StrEnum):
    """Who comes next on stage: as people come to the microphone, or by lot."""

    MICROPHONE = "microphone"
    LOT = "lot"


class PitchState(StrEnum):
    """Where a topic stands in the queue; who is absent goes to the end and is never dropped."""

    WAITING = "waiting"
    ON_STAGE = "on_stage"
    ABSENT = "absent"
    DONE = "done"


class Sign(StrEnum):
    """What a host says shortly before their session."""

    HERE = "here"
    CANNOT = "cannot"


class PairKind(StrEnum):
    """How two topics go together: never at the same time, or the first before the second."""

    APART = "apart"
    BEFORE = "before"


OPEN_FOR_INTEREST = frozenset({State.WANTED, State.OPEN, State.QUALIFIED, State.PLANNED})
LISTED = OPEN_FOR_INTEREST
ASIDE = frozenset({State.PARKED, State.DECLINED})
HELD = frozenset({PitchState.ON_STAGE, PitchState.DONE})
EDITABLE = frozenset({State.WANTED, State.OPEN, State.QUALIFIED, State.PLANNED})
NOON = 12
HYBRID = "hybrid"  # what a room must have for those who take part from elsewhere
BETWEEN_NUMBERS = re.compile(r"[\s,;/+#]+")
LONGEST_NUMBER = 6  # digits of a spoken number


def spoken_numbers(text: str) -> tuple[list[int], list[str]]:
    """Read the numbers that somebody typed from a card, each once and in order; and what is no number."""
    pieces = list(dict.fromkeys(piece.rstrip(".") for piece in BETWEEN_NUMBERS.split(text)))
    numbers = [int(piece) for piece in pieces if _is_number(piece)]
    return list(dict.fromkeys(numbers)), [piece for piece in pieces if piece and not _is_number(piece)]


def _is_number(piece: str) -> bool:
    return piece.isascii() and piece.isdigit() and len(piece) <= LONGEST_NUMBER


def merging_rank(state: str, number: int) -> tuple[bool, bool, int]:
    """Give what decides which of two topics the other goes into, the lower one.

    What stands in the programme stays, then what has a host, then the lower number.
    """
    return state != State.PLANNED, state == State.WANTED, number


def is_open_for_interest(state: str) -> bool:
    """Tell whether people may still show interest; also a planned topic learns from it."""
    return state in OPEN_FOR_INTEREST


def qualifies(policy: str, state: str, votes: int, threshold: int) -> bool:
    """Tell whether a topic has what the event asks for; a wish without a host never does.

    `votes` are verified devices and counted hands; a guess by eye is none.
    """
    if state != State.OPEN:
        return False
    if policy == Policy.EVERY:
        return True
    return policy == Policy.THRESHOLD and votes >= threshold


def shown_interest(counts: str, interest: int, threshold: int) -> int | None:
    """Give the number that everybody sees.

    `enough` counts up to the threshold and stops there, so that no ranking arises; None: nothing is shown.
    """
    if counts == Counts.HIDDEN:
        return None
    return min(interest, threshold) if counts == Counts.ENOUGH else interest


HUSHED = frozenset(
    {"interested", "seats_short", "misses", "kept_apart"}
)  # reasons that tell how many people want something


def reasons_for_everybody(counts: str, reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep the reasons that everybody may read: numbers of people only where the event shows exact counts."""
    return [reason for reason in reasons if counts == Counts.EXACT or reason.get("kind") not in HUSHED]


def is_enough(votes: int, threshold: int) -> bool:
    """Tell whether there is enough interest."""
    return votes >= threshold


def people_without_phone(counted: int, hands: int, estimate: int) -> int:
    """Give how many seats a topic needs beyond its devices: the hands, or what a guess by eye says if it is more."""
    return max(hands, estimate - counted)


def fits(when: str, hour: int) -> bool:
    """Tell whether a slot that begins at this hour of the event's day suits the host."""
    return when == When.ANY or (hour < NOON) == (when == When.MORNING)


@dataclass(frozen=True)
class Exposure:
    """How often a topic was shown in a good place."""

    number: int
    seen: int


def least_seen_first(topics: Iterable[Exposure]) -> list[int]:
    """Give the topic numbers, the least seen first; of equals the later proposal first."""
    return [topic.number for topic in sorted(topics, key=lambda topic: (topic.seen, -topic.number))]


def host_marks(device: int | None, folded_name: str) -> list[str]:
    """Give the marks of who must not be in two places: the device, and the name where one was given.

    The same name on two devices counts as one person: better one session later than one without its host.
    """
    marks = [] if device is None else [f"device:{device}"]
    return marks + ([f"name:{folded_name}"] if folded_name else [])


DEVICE, NAME = "device:", "name:"


def is_taken_over(marks: Sequence[str], own: Sequence[str]) -> bool:
    """Tell whether a session's hosts (`marks`) are other people than those of its topic (`own`)."""
    people = {mark for mark in marks if mark.startswith((DEVICE, NAME))}
    return bool(people) and people.isdisjoint(own)


def clashes(marks: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two topics share a host."""
    return bool(set(marks) & set(others))


def keeps_pair(kind: str, first: Span, second: Span) -> bool:
    """Tell whether two topics may stand at these times; touching ends are no meeting."""
    return first.end <= second.start if kind == PairKind.BEFORE else not first.overlaps(second)


def goes_round(before: Collection[tuple[int, int]], first: int, second: int) -> bool:
    """Tell whether `first` before `second` would close a circle with the orders that hold (`before`)."""
    followers, looked = {second}, set[int]()
    while followers:
        one = followers.pop()
        if one == first:
            return True
        looked.add(one)
        followers |= {later for earlier, later in before if earlier == one} - looked
    return False


def from_afar(remote: Sequence[bool], rooms: Iterable[Collection[str]]) -> list[int] | None:
    """Give for the planner who takes part from elsewhere, by the features of the rooms; None when it makes no difference.

    Such a wish counts as much as any other, in rooms from which it can be followed. Where there is no such room at
    all, be it that everybody is online, every room is as good as the next for them.
    """
    return [int(one) for one in remote] if any(remote) and any(HYBRID in room for room in rooms) else None


def average_seconds(took: Sequence[float], planned: int) -> int:
    """Give how long a pitch takes, in seconds: the median of those so far, or what was planned before the first."""
    if not took:
        return planned
    ordered = sorted(took)
    return round(ordered[len(ordered) // 2])


GATHERED_UNTIL = frozenset({RoundPhase.RUNNING, RoundPhase.CLOSING})


def is_gathering(publish_mode: str, phase: str | None) -> bool:
    """Tell whether a topic with enough interest waits until the crew announces the plan.

    `phase` is the current round's (None without a round). Once the plan is announced, what comes late is told at
    once, into the rooms kept for it.
    """
    return publish_mode == PublishMode.TOGETHER and phase not in GATHERED_UNTIL


def kept_rooms(publish_mode: str, reserve: int) -> int:
    """Give how many rooms of an afternoon slot stay closed to what is not late.

    Where every topic is told at once nothing is late, and so nothing is kept.
    """
    return reserve if publish_mode == PublishMode.TOGETHER else 0


@dataclass(frozen=True)
class Candidate:
    """A topic that may be chosen for the plan; `lot` decides between equals, never who came first."""

    number: int
    demand: int
    lot: int
    is_admitted: bool = False


def chosen(candidates: Sequence[Candidate], places: int, threshold: int, policy: str = Policy.THRESHOLD) -> list[int]:
    """Give the numbers of the topics that qualify, the most wanted first.

    What the crew let in comes in whatever its interest; where the crew alone decides, nothing else does, and where
    every topic comes in, all do. By the threshold everybody gets in while there are places for all; it bites only
    when there are not.
    """
    lowest = 0 if policy == Policy.EVERY or len(candidates) <= places else threshold
    enough = [c for c in candidates if c.is_admitted or (policy != Policy.CREW and c.demand >= lowest)]
    return [c.number for c in sorted(enough, key=lambda c: (not c.is_admitted, -c.demand, c.lot))]


def suggested_threshold(demands: Iterable[int], places: int) -> int:
    """Give the lowest threshold that not more topics reach than there are places."""
    ordered = sorted(demands, reverse=True)
    return 0 if len(ordered) <= places else ordered[places] + 1


def lot_of(event: int, number: int) -> int:
    """Draw the lot of a topic: the same every time, and without any order in the numbers."""
    return int.from_bytes(sha256(f"{event}:{number}".encode()).digest()[:8], "big")


def is_kept_free(position: int, rooms: int, hour: int, reserve: int) -> bool:
    """Tell whether a room is kept for late topics in a slot that begins at this hour.

    `position` is the room's among the event's `rooms` by size, from 0, the smallest first. The last room is never
    kept: a plan needs at least one.
    """
    return hour >= NOON and position < min(reserve, rooms - 1)
