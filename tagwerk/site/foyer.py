"""The programme as a grid for a screen in the foyer: rooms downwards, two time slots beside each other, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tagwerk.events.models import Event, Room
from tagwerk.programme.cards import Grid, SessionCard, SlotRow
from tagwerk.site.door import of_one_day

SLOTS = 2  # what can be read: two columns of whole titles ...
ROOMS = {"wide": 7, "narrow": 4}  # ... and so many rows of them, by the shape of the screen
BREAKS = 2


@dataclass(frozen=True)
class FoyerRow:
    """A room with what stands in it in each slot of the page; None where it is free."""

    name: str
    cells: list[SessionCard | None]


@dataclass(frozen=True)
class FoyerPage:
    """A page of the grid for wide screens or for narrow ones.

    `fixed` is what concerns the whole house at its time or before the next page.
    """

    key: str
    shape: str
    start: datetime
    end: datetime
    slots: list[SlotRow]
    rows: list[FoyerRow]
    fixed: list[SessionCard]


def foyer_pages(event: Event, grid: Grid) -> list[FoyerPage]:
    """Give the pages of the grid for the day that runs or comes next."""
    left = of_one_day(grid.rows())
    columns = [row for row in left if row.is_open_for_barcamp or row.sessions]
    breaks = [card for row in left if row not in columns for card in row.fixed]
    used = {session.room_id for row in columns for session in row.sessions}
    rooms = [room for room in event.rooms.all() if room.is_open or room.pk in used]
    pages = [columns[at : at + SLOTS] for at in range(0, len(columns), SLOTS)]
    following = [*(page[0].start for page in pages[1:]), None]
    return [
        page
        for slots, until in zip(pages, following, strict=False)
        for page in _pages(slots, rooms, [card for card in breaks if _is_between(card, slots[0].start, until)])
    ]


def _pages(slots: list[SlotRow], rooms: list[Room], breaks: list[SessionCard]) -> Iterator[FoyerPage]:
    for shape, most in ROOMS.items():
        for at in range(0, len(rooms), most):
            yield FoyerPage(
                key=f"{shape}-{slots[0].id}-{at}",
                shape=shape,
                start=slots[0].start,
                end=slots[-1].end,
                slots=slots,
                rows=[FoyerRow(room.name, [_cell(slot, room) for slot in slots]) for room in rooms[at : at + most]],
                fixed=breaks[:BREAKS],
            )


def _is_between(card: SessionCard, start: datetime, until: datetime | None) -> bool:
    return start <= card.start and (until is None or card.start < until)


def _cell(slot: SlotRow, room: Room) -> SessionCard | None:
    """Give what stands in a room; a cancelled session only while nothing took its place."""
    there = [session for session in slot.sessions if session.room_id == room.pk]
    return next((session for session in there if not session.is_cancelled), there[0] if there else None)
