"""Decisions about the queue of a pitch round, on plain values: who is called, what a late or repeated step does.

Every step names the pitch that it ends. Where that one is no longer on stage, somebody else was faster and the step
does nothing: so the same step counts once, however often and from however many devices it arrives.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from tagwerk.barcamp.rules import PitchState

MOST_EXTRA = 600  # seconds; beyond that it is no pitch any more
WAITS = frozenset({PitchState.WAITING, PitchState.ABSENT})
T = TypeVar("T")


@dataclass(frozen=True)
class Turn:
    """A topic's turn on stage; `extra` are the seconds it was given beyond the usual time."""

    code: str
    position: int
    state: str = PitchState.WAITING
    called_at: datetime | None = None
    ended_at: datetime | None = None
    extra: int = 0


Queue = tuple[Turn, ...]


def in_order(turns: Iterable[Turn]) -> list[Turn]:
    """Give who is still to be called, in order: first who waits, then who was absent."""
    waiting = (turn for turn in turns if turn.state in WAITS)
    return sorted(waiting, key=lambda turn: (turn.state == PitchState.ABSENT, turn.position))


def on_stage(turns: Iterable[Turn]) -> Turn | None:
    """Give the turn that is on stage now."""
    return next((turn for turn in turns if turn.state == PitchState.ON_STAGE), None)


def find(turns: Iterable[Turn], code: str) -> Turn | None:
    """Give the turn of a topic."""
    return next((turn for turn in turns if turn.code == code), None)


def is_current(turns: Iterable[Turn], code: str) -> bool:
    """Tell whether a step that ends `code` (or nobody, when empty) still belongs to what is on stage."""
    current = on_stage(turns)
    return (current.code if current else "") == code


def call_next(turns: Queue, ended: str, at: datetime, *, wanted: str = "") -> Queue:
    """End who is on stage and call the next one, or the one that is `wanted`."""
    if not is_current(turns, ended):
        return turns
    following = in_order(turns)
    chosen = find(following, wanted) if wanted else next(iter(following), None)
    if wanted and chosen is None:
        return turns
    return _called(_left(turns, at), chosen, at)


def mark_absent(turns: Queue, code: str, at: datetime) -> Queue:
    """Put who is on stage to the end of the queue and call the next one.

    When nobody else is left, the stage stays empty until somebody is called again.
    """
    if not code or not is_current(turns, code):
        return turns
    chosen = next(iter(in_order(turns)), None)
    last = max(turn.position for turn in turns)
    away = {"state": PitchState.ABSENT, "position": last + 1, "called_at": None, "extra": 0}
    return _called(_changed(turns, code, **away), chosen, at)


def give_time(turns: Queue, code: str, seconds: int, *, seen: int | None = None) -> Queue:
    """Give who is on stage more time; `seen` is what they had when the button was pressed."""
    turn = find(turns, code)
    if turn is None or turn.state != PitchState.ON_STAGE or (seen is not None and seen != turn.extra):
        return turns
    return _changed(turns, code, extra=min(max(turn.extra + seconds, 0), MOST_EXTRA))


def to_front(turns: Queue, code: str) -> Queue:
    """Let a topic that waits be the next one."""
    turn, following = find(turns, code), in_order(turns)
    if turn is None or turn not in following or following[0] == turn:
        return turns
    first = min(other.position for other in following)
    behind = {other.code for other in following}
    moved = tuple(replace(other, position=other.position + 1) if other.code in behind else other for other in turns)
    return _changed(moved, code, position=first, state=PitchState.WAITING)


def clamped(at: datetime | None, now: datetime, called_at: datetime | None) -> datetime:
    """Give the time of a step: as the device says, but neither in the future nor before the pitch began."""
    said = min(at or now, now)
    return max(said, called_at) if called_at and called_at <= now else said


def is_remote(pitch: str, mode: str) -> bool:
    """Tell whether somebody pitches from afar."""
    return "online" in (pitch, mode)


def by_lot(topics: Sequence[T], is_far: Callable[[T], bool], shuffle: Callable[[list[T]], None]) -> list[T]:
    """Draw the order: first those in the hall, then those from afar in one block that can be announced."""
    here = [topic for topic in topics if not is_far(topic)]
    far = [topic for topic in topics if is_far(topic)]
    for part in (here, far):
        shuffle(part)
    return here + far


def _left(turns: Queue, at: datetime) -> Queue:
    current = on_stage(turns)
    return _changed(turns, current.code, state=PitchState.DONE, ended_at=at) if current else turns


def _called(turns: Queue, chosen: Turn | None, at: datetime) -> Queue:
    if chosen is None:
        return turns
    return _changed(turns, chosen.code, state=PitchState.ON_STAGE, called_at=at, ended_at=None, extra=0)


def _changed(turns: Queue, code: str, **fields: object) -> Queue:
    return tuple(replace(turn, **fields) if turn.code == code else turn for turn in turns)  # type: ignore[arg-type]
