"""Reads the ledger for the hub, in a thread of its own, without keeping a connection."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from tagwerk.live.changes import AUDIENCES, CREW
from tagwerk.live.models import Change, Stream
from tagwerk.live.ring import SIZE

STEP = 500


@dataclass(frozen=True)
class Told:
    """One row of the ledger as the hub needs it."""

    revision: int
    replaces: str
    audience: str
    words: dict[str, dict[str, str]]


@dataclass(frozen=True)
class News:
    """Everything after a revision: the epoch it belongs to, the newest revision, the rows in order."""

    epoch: int
    head: int
    rows: list[Told]


def read(stream: int, after: int) -> News:
    """Read up to `STEP` rows after a revision."""
    try:
        counter = Stream.objects.filter(pk=stream).first()
        if counter is None:
            return News(0, 0, [])  # it ended with its event: whoever still listens asks for the page, and sees that
        rows = Change.objects.filter(stream=stream, revision__gt=after).order_by("revision")
        told = rows.values_list("revision", "replaces", "audience", "words")[:STEP]
        return News(counter.epoch, counter.revision, [Told(*columns) for columns in told])
    finally:
        connection.close()


def read_tail(stream: int) -> tuple[int, News]:
    """Read the last rows that a ring can hold; gives the floor below them and the news."""
    try:
        counter = Stream.objects.get(pk=stream)
    finally:
        connection.close()
    floor = max(0, counter.revision - SIZE)
    return floor, read(stream, floor)


def newest(rows: list[Told]) -> list[Told]:
    """Leave out what a later row for the same audience replaces: of a hundred taps on one topic the last count."""
    last = {(row.replaces, row.audience): row.revision for row in rows if row.replaces}
    return [row for row in rows if not row.replaces or last[row.replaces, row.audience] == row.revision]


def heads(streams: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Give epoch and newest revision of each stream."""
    try:
        rows = Stream.objects.filter(pk__in=list(streams)).values_list("number", "epoch", "revision")
        return {number: (epoch, revision) for number, epoch, revision in rows}
    finally:
        connection.close()


def hears(audience: str, told: Told) -> bool:
    """Tell whether an audience hears of a row: the crew hears everything."""
    return audience in AUDIENCES and audience in (CREW, told.audience)
