"""Writes a programme as a table for a spreadsheet, which our reader takes back."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime

from tagwerk.exchange.clock import clock
from tagwerk.exchange.columns import COLUMNS
from tagwerk.exchange.ready import Ready
from tagwerk.exchange.schedule import Role, ScheduleTalk

MEDIA_TYPE = "text/csv; charset=utf-8"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for the beginning of a formula; an apostrophe in front keeps it a text."""


def schedule_csv(ready: Ready) -> bytes:
    """Give the programme as a table: semicolons and a byte order mark, as spreadsheets in German want it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for talk in ready.schedule.talks:
        row = _row(ready, talk)
        writer.writerow(guarded(row[field]) for field in COLUMNS)
    return out.getvalue().encode("utf-8-sig")


def listed(entries: Iterable[str]) -> str:
    """Give entries of one cell, a line each; an empty line first keeps a comma within a single entry from parting it."""
    text = "\n".join(entries)
    return f"\n{text}" if "\n" not in text and (";" in text or ", " in text) else text


def guarded(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _row(ready: Ready, talk: ScheduleTalk) -> dict[str, str]:
    start, end = ready.local(talk.start), ready.local(talk.end)
    moderates = [ready.people[one.person].name for one in talk.participations if one.role == Role.MODERATOR]
    others = [ready.people[one.person].name for one in talk.participations if one.role != Role.MODERATOR]
    return {
        "code": talk.code,
        "title": talk.title,
        "subtitle": talk.subtitle,
        "kind": talk.kind.value,
        "track": ready.tracks[talk.track].name if talk.track else "",
        "room": talk.room or "",
        "date": start.date().isoformat(),
        "start": _clock(start),
        "end": _clock(end) if end.date() == start.date() else clock(end),
        "speakers": listed(others),
        "moderators": listed(moderates),
        "language": talk.language,
        "level": talk.level,
        "abstract": talk.abstract,
        "plain_summary": talk.plain_summary,
        "features": listed(talk.features),
        "links": listed(f"{link.title} {link.url}".strip() for link in talk.links),
        "state": talk.state.value,
        "licence": talk.recording_licence,
        "do_not_record": "ja" if talk.do_not_record else "",
        "url": talk.url,
        "guid": talk.guid,
    }


def _clock(moment: datetime) -> str:
    """Write a clock time; with its offset where it comes twice that night, or with seconds where it has some."""
    comes_once = moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset()
    return f"{moment:%H:%M}" if comes_once and not moment.second else clock(moment)
