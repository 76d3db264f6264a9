"""Reads tables as spreadsheets save them: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252."""

import csv
import io
import re
from collections.abc import Iterable

from tagwerk.exchange.reading.limits import LARGEST, MOST_ROWS, Unreadable
from tagwerk.exchange.words import bare

Row = dict[str, str]
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
HEAD_WITHIN = 10  # rows in which the head of a table is looked for
SAMPLE = 4096
MOST_COLUMNS, MOST_EMPTY = 200, 5 * MOST_ROWS

csv.field_size_limit(LARGEST)


def decoded(data: bytes) -> str:
    """Give the text of a file whose encoding nobody says; what is no letter in it becomes a sign for that."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    begin = data[:SAMPLE]
    if zeros := begin.count(0):
        if zeros > len(begin) // 5:
            return data.decode("utf-16-be" if begin[0] == 0 else "utf-16-le", "replace")
        data = data.replace(b"\0", b"")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def delimiter_of(text: str) -> str:
    """Give the sign between cells: the one that the first line has most of."""
    line = next((line for line in text[:SAMPLE].splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", line)
    return max(";\t,", key=outside.count)


def rows_of(text: str) -> list[list[str]]:
    """Give the rows with something in them; raises `Unreadable` when it is no table or too long a one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    rows: list[list[str]] = []
    try:
        for count, row in enumerate(reader):
            if any(cell.strip() for cell in row):
                rows.append([_GUARDED.sub("", cell, count=1).strip(" \t\r") for cell in row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS or count > MOST_EMPTY:
                raise Unreadable("too_deep")
    except csv.Error as fault:
        raise Unreadable("unknown", str(fault)) from fault
    return rows


def table(data: bytes, knows: Iterable[str], as_field: dict[str, str]) -> tuple[list[str], list[Row]]:
    """Give the headings that mean nothing, and the rows by field.

    `as_field` says which field a heading means, bare of case and signs; the head is the first row with one of `knows`.
    Raises `Unreadable` when there is none.
    """
    rows = rows_of(decoded(data))
    for number, head in enumerate(rows[:HEAD_WITHIN]):
        fields = [as_field.get(bare(cell), "") for cell in head]
        if set(knows) & set(fields):
            strangers = [cell for cell, field in zip(head, fields, strict=True) if cell and not field]
            return strangers, [joined(fields, row) for row in rows[number + 1 :]]
    raise Unreadable("no_title")


def joined(fields: list[str], row: list[str]) -> Row:
    """Give a row by field; of two columns that mean the same, the first with something in it."""
    found: Row = {}
    for field, cell in zip(fields, row, strict=False):
        if field and cell.strip() and not found.get(field):
            found[field] = cell
    return found
