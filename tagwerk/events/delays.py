"""Decides what a delay does to a day: breaks give way first, anchors hold, nothing overlaps. Plain values, no Django."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST_BREAK = timedelta(minutes=5)
LONGEST_DELAY = 120  # minutes


@dataclass(frozen=True)
class Timed:
    """A slot by number, day and time; a break (`gives_way`) may become shorter, an anchor stays where it is."""

    number: int
    day: int
    start: datetime
    end: datetime
    gives_way: bool = False
    is_anchored: bool = False


@dataclass(frozen=True)
class Rented:
    """A room that is ours until a certain time, and the slots in which something stands in it."""

    number: int
    until: datetime
    slots: frozenset[int]


@dataclass(frozen=True)
class Held:
    """What a delay runs into: `slot:<number>` or `room:<number>`, and how many minutes are missing before it."""

    anchor: str
    missing: int


@dataclass(frozen=True)
class Shift:
    """What a delay does: the new times of the slots that change, or what holds it back.

    `most` is the longest shorter delay that would fit, in minutes (0: none).
    """

    changed: tuple[Timed, ...] = ()
    held: Held | None = None
    most: int = 0


def slot_anchor(number: int) -> str:
    """Name a slot as something that a delay may run into."""
    return f"slot:{number}"


def room_anchor(number: int) -> str:
    """Name a rented room as something that a delay may run into."""
    return f"room:{number}"


def delayed(
    slots: Iterable[Timed],
    rented: Collection[Rented],
    now: datetime,
    minutes: int,
    unpinned: Collection[str] = frozenset(),
) -> Shift:
    """Give what happens when everything from now on is so many minutes late.

    Only the day that runs (or comes next) changes. What runs ends later; what follows begins later, as far as
    breaks and gaps before it do not take the delay up: they shrink down to five minutes. Anchors and the end of
    a rented room hold, unless they are named in `unpinned` (as `slot_anchor` and `room_anchor` do).
    """
    today = _today(sorted(slots, key=lambda slot: (slot.start, slot.number)), now)

    def by(late: int) -> tuple[list[Timed], Held | None]:
        moved = _pushed(today, now, timedelta(minutes=late), unpinned)
        return moved, _held(today, moved, rented, unpinned)

    moved, held = by(minutes)
    if held is None:
        return Shift(changed=tuple(new for old, new in zip(today, moved, strict=True) if old != new))
    return Shift(held=held, most=next((less for less in range(minutes - 1, 0, -1) if by(less)[1] is None), 0))


def _today(slots: Sequence[Timed], now: datetime) -> list[Timed]:
    ahead = [slot for slot in slots if slot.end > now]
    return [slot for slot in ahead if slot.day == ahead[0].day]


def _pushed(slots: Sequence[Timed], now: datetime, by: timedelta, unpinned: Collection[str]) -> list[Timed]:
    """Give the new times of slots that are not over, anchors included as if they gave way, too."""
    moved: list[Timed] = []
    for position, slot in enumerate(slots):
        if slot.start <= now:
            start, end = slot.start, slot.end + by
        elif not moved:
            start, end = slot.start + by, slot.end + by
        else:
            gap = slot.start - slots[position - 1].end
            start = max(slot.start, moved[-1].end + min(gap, SHORTEST_BREAK))
            end = start + (slot.end - slot.start)
            if slot.gives_way and slot_anchor(slot.number) not in unpinned:
                end = max(slot.end, start + min(end - start, SHORTEST_BREAK))
        moved.append(Timed(slot.number, slot.day, start, end, slot.gives_way, slot.is_anchored))
    return moved


def _held(
    before: Sequence[Timed], after: Sequence[Timed], rented: Collection[Rented], unpinned: Collection[str]
) -> Held | None:
    """Give the first thing that holds: an anchor that would move, or a room that is ours no longer."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            continue
        anchor = slot_anchor(old.number)
        if old.is_anchored and anchor not in unpinned:
            return Held(anchor, _minutes(max(new.start - old.start, new.end - old.end)))
        for room in rented:
            until = max(room.until, old.end)  # what was too late before is not this delay's fault
            if old.number in room.slots and new.end > until and room_anchor(room.number) not in unpinned:
                return Held(room_anchor(room.number), _minutes(new.end - until))
    return None


def _minutes(span: timedelta) -> int:
    return -(-int(span.total_seconds()) // 60)
