"""How a plan looked at an earlier moment, and what is different since: for whoever holds an old printout."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Stand:
    """Where a session stands, by the numbers of slot and room (None: the whole house)."""

    slot: int
    room: int | None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Plan:
    """Sessions by code, and the slots' beginnings (as ISO text) by number, where they are known."""

    sessions: Mapping[str, Stand]
    times: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A change as the ledger has it: its kind, the code of the session, and what was before and after."""

    kind: str
    code: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class Since(StrEnum):
    """What became of a session since."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RESTORED = "restored"


KINDS = (
    "session.scheduled",
    "session.moved",
    "sessions.rearranged",
    "session.cancelled",
    "session.restored",
    "topic.planned",
    "topic.unplanned",
    "slots.shifted",
)
"""The kinds of changes that move what stands on a printout."""


def rewound(now: Plan, steps: Iterable[Step]) -> Plan:
    """Give the plan as it was before the steps, which come newest first."""
    sessions, times = dict(now.sessions), dict(now.times)
    for step in steps:
        if step.kind == "slots.shifted":
            times |= {int(slot): start for slot, (start, _end) in step.before["times"].items()}
        elif step.kind == "topic.planned":
            _unplan(sessions, step)
        elif step.kind == "session.scheduled":
            sessions.pop(step.code, None)
        elif step.kind == "topic.unplanned":
            continue  # its session is not known any more: see `taken_out`
        elif step.kind in ("session.cancelled", "session.restored"):
            _change(sessions, step.code, is_cancelled=step.kind == "session.restored")
        else:
            moves = step.before.get("moves") or [(step.code, step.before.get("slot"), step.before.get("room"))]
            for code, slot, room in moves:
                _change(sessions, code, slot=slot, room=room)
    return Plan(sessions, times)


def _unplan(sessions: dict[str, Stand], step: Step) -> None:
    """Take a topic out; where it had been cancelled before, that is what people knew of it."""
    code = str(step.after["session"])
    if step.before.get("session"):
        _change(sessions, code, is_cancelled=True)
    else:
        sessions.pop(code, None)


def _change(sessions: dict[str, Stand], code: str, **changes: Any) -> None:
    if code in sessions:  # what was taken out since is not known any more
        sessions[code] = replace(sessions[code], **changes)


def taken_out(steps: Iterable[Step]) -> list[str]:
    """Name the topics that stood in the plan before the steps, newest first, and were taken out by them."""
    gone: dict[str, None] = {}
    for step in steps:
        if step.kind == "topic.unplanned":
            gone[step.code] = None
        elif step.kind == "topic.planned" and not step.before.get("session"):
            gone.pop(step.code, None)  # it came after the printout
    return list(gone)


def since(then: Plan, now: Plan) -> dict[str, Since]:
    """Name what became of each session that is not where it was."""
    became = {code: _became(then.sessions.get(code), after, then, now) for code, after in now.sessions.items()}
    return {code: what for code, what in became.items() if what}


def _became(before: Stand | None, after: Stand, then: Plan, now: Plan) -> Since | None:
    if before is None or (before.is_cancelled and not after.is_cancelled):
        is_news = not after.is_cancelled
        return (Since.NEW if before is None else Since.RESTORED) if is_news else None
    if after.is_cancelled:
        return None if before.is_cancelled else Since.CANCELLED
    same = (before.room, _start(then, before)) == (after.room, _start(now, after))
    return None if same else Since.MOVED


def _start(plan: Plan, stand: Stand) -> str:
    return plan.times.get(stand.slot, str(stand.slot))
