"""What stands on printed sheets, as plain values: grids, door signs, the crew sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event, Room
from tagwerk.live.models import Stream
from tagwerk.people.models import Role
from tagwerk.people.rules import RoleKind
from tagwerk.programme.cards import SessionCard, SlotRow, grid_of
from tagwerk.site.paper.codes import absolute, drawn, typed

MOST_COLUMNS = 8
PAGE_OF_ROWS = 9.1  # so many rows with sessions fit on A3; a row without needs a third
ROW, BREAK = 1.0, 0.35
ROOMY = 6  # so many sessions still leave space for large letters on a door
ROLE_NAMES = {
    RoleKind.ORGANISER: _("Organisation"),
    RoleKind.MODERATOR: _("Moderation"),
    RoleKind.HELPER: _("Hilfe"),
}


@dataclass(frozen=True)
class GridRow:
    """A slot on paper: what concerns the whole house, and one cell per column (None: nothing stands there)."""

    start: datetime
    end: datetime
    fixed: list[str]
    cells: list[SessionCard | None]
    is_open: bool


@dataclass(frozen=True)
class GridSheet:
    """A page of the grid: a day, some rooms, some slots; `part` of `parts` where one page is not enough."""

    date: date
    rooms: list[Room]
    rows: list[GridRow]
    part: int
    parts: int


@dataclass(frozen=True)
class DoorRow:
    """A slot on a door sign: a session, a break, or nothing yet."""

    start: datetime
    end: datetime
    session: SessionCard | None
    fixed: str


@dataclass(frozen=True)
class DoorSheet:
    """A day of one room."""

    room: Room
    date: date
    rows: list[DoorRow]
    is_roomy: bool
    address: str
    qr: SafeString


def grids(event: Event) -> list[GridSheet]:
    """Give the grid of each day; many rooms or slots are spread over several pages."""
    rooms = list(event.rooms.all())
    found = []
    for day, rows in days(event):
        pages = [(columns, part) for part in _paged(rows) for columns in _chunks(rooms, MOST_COLUMNS)]
        for number, (columns, part) in enumerate(pages, start=1):
            numbers = [rooms.index(room) + 1 for room in columns]
            sheet_rows = [_grid_row(row, numbers) for row in part]
            found.append(GridSheet(day, list(columns), sheet_rows, number, len(pages)))
    return found


def doors(request: HttpRequest, event: Event) -> list[DoorSheet]:
    """Give a sign per room and day."""
    signs, revision = [], Stream.objects.get(pk=event.stream).revision
    for column, room in enumerate(event.rooms.all(), start=1):
        address = absolute(request, reverse("site:since_room", args=[event.slug, revision, room.pk]))
        qr = drawn(address)
        for day, rows in days(event):
            lines = [_door_row(row, column) for row in rows]
            count = sum(not line.fixed for line in lines)
            signs.append(DoorSheet(room, day, lines, count <= ROOMY, typed(address), qr))
    return signs


def crew_of(event: Event) -> list[tuple[str, str]]:
    """Give who has rights at an event, by name and role; accounts without a name are left out."""
    roles: QuerySet[Role] = Role.objects.filter(realm=event.realm).exclude(person__name="").select_related("person")
    return [(role.person.name, str(ROLE_NAMES[RoleKind(role.kind)])) for role in roles.order_by("person__name")]


def days(event: Event) -> list[tuple[date, list[SlotRow]]]:
    """Give the slots with their sessions, day by day."""
    return [(day, list(rows)) for day, rows in groupby(grid_of(event).rows(), lambda row: row.start.date())]


def _paged(rows: list[SlotRow]) -> Iterator[list[SlotRow]]:
    page: list[SlotRow] = []
    used = 0.0
    for row in rows:
        needs = ROW if row.is_open_for_barcamp or row.sessions else BREAK
        if page and used + needs > PAGE_OF_ROWS:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += needs
    if page:
        yield page


def _chunks(rooms: list[Room], most: int) -> list[Sequence[Room]]:
    return [rooms[start : start + most] for start in range(0, len(rooms), most)] or [rooms]


def _grid_row(row: SlotRow, columns: list[int]) -> GridRow:
    cells = [_standing(row, column) for column in columns]
    is_open = row.is_open_for_barcamp or any(cells)
    return GridRow(row.start, row.end, [card.title for card in row.fixed if not card.is_cancelled], cells, is_open)


def _door_row(row: SlotRow, column: int) -> DoorRow:
    session = _standing(row, column)
    fixed = "" if session else " · ".join(card.title for card in row.fixed if not card.is_cancelled)
    return DoorRow(row.start, row.end, session, fixed)


def _standing(row: SlotRow, column: int) -> SessionCard | None:
    return next((card for card in row.sessions if card.column == column and not card.is_cancelled), None)
