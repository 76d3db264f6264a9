"""Reads the workbooks of CoSPLib, a collection of conferences, as timetabling problems; needs the extra `plan`.

A submission that takes several time slots becomes as many topics in a row. What a barcamp's plan does not know is
left out and named: penalties that only discourage, and that the parts of a long submission share a room.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from tagwerk.timetable import extra
from tagwerk.timetable.fields import Refused
from tagwerk.timetable.problem import Place, Problem, Room, Slot, Topic

MOST_BYTES, MOST_ROWS = 64 * 1024 * 1024, 10_000
SEATS = 1_000
"""The workbooks do not say how large their rooms are."""
FORBIDDING = 100
"""A penalty from here on is a prohibition."""
SHEETS = ("parameters", "submissions", "tracks", "sessions", "rooms")
COLUMNS = ("Reference", "Track", "Required Timeslots", "Order", "Time Zone", "Presenters", "Attendees")
ZONE = re.compile(r"GMT([+-]\d{1,2})(?::?(\d{2}))?")

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """The problem, and what of the workbook it leaves out, in plain English."""

    problem: Problem
    notes: list[str]


def read_workbook(path: str | Path) -> Imported:
    """Return the problem in a CoSPLib workbook; raise Refused with one line."""
    sheets = _sheets(Path(path))
    for name in SHEETS:
        if name not in sheets:
            raise Refused(f"{path}: the sheet {name!r} is missing")
    try:
        return _Workbook(sheets).imported(Path(path).stem)
    except (TypeError, ValueError, AttributeError, IndexError, KeyError) as error:
        raise Refused(f"{path}: not a CoSPLib workbook ({error})") from error


def _sheets(path: Path) -> dict[str, list[Row]]:
    books = extra.workbooks()
    if books is None:
        raise Refused(f"{path}: workbooks need the extra “plan” (openpyxl)")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        book = books.load_workbook(path, read_only=True, data_only=True) if size <= MOST_BYTES else None
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Refused(f"{path}: not a workbook") from error
    if book is None:
        raise Refused(f"{path}: larger than {MOST_BYTES} bytes when unpacked")
    return {
        sheet.title: [row for row in sheet.iter_rows(max_row=MOST_ROWS, values_only=True) if any(row)]
        for sheet in book.worksheets
    }


class _Workbook:
    """Slots are the time slots of all sessions in order of time; topics are the submissions in their parts."""

    def __init__(self, sheets: dict[str, list[Row]]) -> None:
        self.sheets = sheets
        self.notes: list[str] = []
        self.sessions = sorted(sheets["sessions"][1:], key=lambda row: (row[2], row[3]))
        self.rooms = [str(row[0]) for row in sheets["rooms"][1:]]
        self.slots = [(row, part) for row in self.sessions for part in range(int(row[1]))]
        self.header = [str(cell) for cell in sheets["submissions"][0]]
        if tuple(self.header[: len(COLUMNS)]) != COLUMNS:
            raise ValueError("the columns of its submissions have other names")
        self.parameters = [(str(row[0]).strip(), row[1]) for row in sheets["parameters"]]
        self.weights = {str(row[3]).strip(): row[4] for row in sheets["parameters"]}

    def imported(self, name: str) -> Imported:
        submissions = self.sheets["submissions"][1:]
        tracks = {str(row[0]): number for number, row in enumerate(self.sheets["tracks"][1:])}
        topics: list[Topic] = []
        parts: list[list[int]] = []
        for row in submissions:
            count = max(1, int(row[2] or 1))
            parts.append(list(range(len(topics), len(topics) + count)))
            slots = self._slots(row)
            self._note_rooms(row)
            for part in range(count):
                label = str(row[0]) if count == 1 else f"{row[0]}/{part + 1}"
                topics.append(Topic(label, slots, theme=tracks.get(str(row[1]))))
        if any(len(own) > 1 for own in parts):
            self.notes.append("parts of long submissions follow each other, not always in one room without a gap")
        problem = Problem(
            slots=[Slot(f"{row[0]}.{part + 1}", _day(row[2])) for row, part in self.slots],
            rooms=[Room(room, SEATS, frozenset()) for room in self.rooms],
            topics=topics,
            wishes=self._wishes(submissions, parts, tracks),
            no_overlap=sorted(self._conflicts(submissions, parts)),
            before=sorted(self._order(submissions, parts)),
            room_closed=self._closed(),
            name=name,
        )
        return Imported(problem, self.notes)

    def _penalty(self, row: Row, name: str) -> float:
        """Return the penalty of a submission in the column of a session or room."""
        if name not in self.header[len(COLUMNS) :]:
            return 0
        value = row[self.header.index(name, len(COLUMNS))]
        return float(value) if isinstance(value, int | float) else 0

    def _slots(self, row: Row) -> list[int]:
        possible = [
            number for number, (session, _) in enumerate(self.slots) if self._penalty(row, str(session[0])) < FORBIDDING
        ]
        if not self.weights.get("Submissions_Timezones:"):
            return possible
        shift = _zone(str(row[4])) - _zone(str(dict(self.parameters).get("Local time zone:", "")))
        suitable = [number for number in possible if _within(self._begins(number), shift, self._window())]
        if len(suitable) >= int(row[2] or 1):
            return suitable
        self.notes.append(f"no suitable hour for {row[0]} in its time zone")
        return possible

    def _begins(self, number: int) -> float:
        """Return the hour at which a time slot begins, each session being cut into equal ones."""
        session, part = self.slots[number]
        start, end = _hour(session[3]), _hour(session[4])
        return start + (end - start) * part / int(session[1])

    def _window(self) -> tuple[float, float]:
        """Return the hours that are at least less suitable: from the earliest start to the latest end."""
        hours = [_hour(value) for name, value in self.parameters if name in ("From:", "To:")]
        return min(hours), max(hours)

    def _note_rooms(self, row: Row) -> None:
        forbidden = [room for room in self.rooms if self._penalty(row, room) >= FORBIDDING]
        if forbidden:
            self.notes.append(f"{row[0]} would rather not be in {', '.join(forbidden)}")

    def _closed(self) -> list[Place]:
        rows = self.sheets.get("sessions_rooms|penalty", [[]])
        named = {str(row[0]): row for row in rows[1:]}
        order = [str(cell) for cell in rows[0]]
        closed = []
        for number, (session, _) in enumerate(self.slots):
            for room, name in enumerate(self.rooms):
                value = (
                    named[str(session[0])][order.index(name)] if str(session[0]) in named and name in order else None
                )
                if isinstance(value, int | float) and value >= FORBIDDING:
                    closed.append((number, room))
        return closed

    def _conflicts(self, submissions: Sequence[Row], parts: list[list[int]]) -> set[tuple[int, int]]:
        """Return the pairs that share a presenter."""
        held: dict[str, list[int]] = {}
        for row, own in zip(submissions, parts, strict=True):
            for person in _names(row[5]):
                held.setdefault(person, []).extend(own)
        return {pair for topics in held.values() for pair in combinations(sorted(set(topics)), 2)}

    def _order(self, submissions: Sequence[Row], parts: list[list[int]]) -> Iterable[tuple[int, int]]:
        """Yield what must run before what: the parts of a submission, and numbered submissions of a track."""
        numbered: dict[str, list[tuple[int, list[int]]]] = {}
        for row, own in zip(submissions, parts, strict=True):
            yield from pairwise(own)
            if row[3]:
                numbered.setdefault(str(row[1]), []).append((int(row[3]), own))
        for entries in numbered.values() if self.weights.get("Submissions Order:") else ():
            for (first, one), (second, other) in combinations(sorted(entries, key=lambda entry: entry[0]), 2):
                if first + 1 == second:
                    yield one[-1], other[0]

    def _wishes(self, submissions: Sequence[Row], parts: list[list[int]], tracks: dict[str, int]) -> list[list[int]]:
        """Return what each person wants: attendees theirs, presenters and chairs the whole of their tracks."""
        wanted: dict[str, set[int]] = {}
        chairs = [_names(row[1]) for row in self.sheets["tracks"][1:]]
        for row, own in zip(submissions, parts, strict=True):
            people = _names(row[6]) + _names(row[5]) + chairs[tracks[str(row[1])]] if str(row[1]) in tracks else []
            for person in people:
                wanted.setdefault(person, set()).update(own)
        return [sorted(topics) for topics in wanted.values()]


def _names(cell: object) -> list[str]:
    return [name.strip() for name in str(cell).split(",") if name.strip()] if cell else []


def _day(value: object) -> str:
    return value.date().isoformat() if isinstance(value, dt.datetime) else str(value)


def _hour(value: dt.time) -> float:
    return value.hour + value.minute / 60


def _zone(text: str) -> float:
    found = ZONE.search(text)
    return int(found[1]) + int(found[2] or 0) / 60 if found else 0.0


def _within(hour: float, shift: float, window: tuple[float, float]) -> bool:
    """Say whether an hour of the house lies in a window on the clock of somebody `shift` hours ahead."""
    return window[0] <= (hour + shift) % 24 < window[1]
