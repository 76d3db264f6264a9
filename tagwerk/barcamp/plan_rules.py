"""Decisions about searching for a plan on plain values: what may move, what it costs, what a found plan changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

Cell = tuple[int, int]
"""A slot and a room by their numbers."""


def as_cell(numbers: Sequence[int] | None) -> Cell | None:
    """Give stored numbers as a cell; None is no place."""
    return None if numbers is None else (numbers[0], numbers[1])


def as_cells(rows: Sequence[Sequence[int] | None]) -> list[Cell | None]:
    """Give stored rows of numbers as cells."""
    return [as_cell(numbers) for numbers in rows]


class Task(StrEnum):
    """What is searched for: a better plan, or a proof of how much better any plan could be."""

    PLAN = "plan"
    BOUND = "bound"


class RunState(StrEnum):
    """Where a search stands."""

    SEARCHING = "searching"
    FOUND = "found"
    FAILED = "failed"
    APPLIED = "applied"
    DROPPED = "dropped"


class Style(StrEnum):
    """What the planner may do with announced sessions: leave them, or move them where enough people gain by it."""

    KEEP = "keep"
    IMPROVE = "improve"


SEAT = 1_000
HELD = 1_000_000
"""From this price on, the planner moves an announced session only when a rule forces it (as `timetable.weights`)."""
UNHEARD = timedelta(seconds=20)
MOST_FOR_PROOF = 60
EFFORTS = (2, 10, 60)
"""Seconds to choose from."""
LIVE = 0.3
"""Seconds for a preview that follows the votes (as `timetable.background`)."""


@dataclass(frozen=True)
class Prices:
    """What the crew can change of what the planner weighs, in people who find a seat.

    `move`: so many more people must find a seat for an announced session to change its time; `room_move`: to change
    its room only; `clash`: so many seats are given up to keep two sessions of one theme apart, in hundredths.
    """

    move: int = 20
    room_move: int = 1
    clash: int = 5

    def weights(self, style: str) -> dict[str, int]:
        """Give the prices as the planner counts them, in thousandths of a seat."""
        move = HELD if style == Style.KEEP else min(self.move * SEAT, HELD - 1)
        return {"move": move, "room_move": self.room_move * SEAT, "clash": self.clash * SEAT // 100}


def prices_of(stored: Mapping[str, int]) -> Prices:
    """Give the prices of an event from what was stored; what the crew never changed is as usual."""
    usual = Prices()
    return Prices(**{name: int(stored.get(name, getattr(usual, name))) for name in ("move", "room_move", "clash")})


def is_lost(heard_at: datetime, now: datetime) -> bool:
    """Tell whether a search was not heard of for so long that it has died with its server."""
    return now - heard_at > UNHEARD


class Change(StrEnum):
    """What a found plan does with a topic."""

    ADDED = "added"
    MOVED = "moved"
    OTHER_ROOM = "other_room"
    DROPPED = "dropped"


def change_of(before: Cell | None, after: Cell | None) -> Change | None:
    """Name what happens to a topic between two plans; None when it stays."""
    if before == after:
        return None
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.DROPPED
    return Change.OTHER_ROOM if before[0] == after[0] else Change.MOVED


def changes(before: Sequence[Cell | None], after: Sequence[Cell | None]) -> dict[Change, list[int]]:
    """Give the positions of what changes between two plans, by kind."""
    found: dict[Change, list[int]] = {kind: [] for kind in Change}
    for position, (old, new) in enumerate(zip(before, after, strict=True)):
        if kind := change_of(old, new):
            found[kind].append(position)
    return found


def pays(gained: int, moves: int, rooms: int, prices: Prices) -> bool:
    """Tell whether the seats that a plan gains are worth the sessions that it moves."""
    return gained > 0 and gained >= moves * prices.move + rooms * prices.room_move


def better_at_most(value: int, bound: int) -> float:
    """Give by how much per cent any plan can be better than one with this value (above 0), rounded up to tenths."""
    return 0.0 if value >= bound else -(-1000 * (bound - value) // value) / 10
