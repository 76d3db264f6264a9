"""Reads the ledger for the hub, in a thread of its own that keeps its connection where that is worth it."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import connection

from tagwerk.live.changes import AUDIENCES, CREW
from tagwerk.live.models import Change, Stream
from tagwerk.live.ring import SIZE

STEP = 500
P = ParamSpec("P")
R = TypeVar("R")


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


class Reader:
    """One thread that reads; on SQLite its connection lasts, for opening one costs more than a look."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger")

    async def __call__(self, look: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a look in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _looking, partial(look, *args, **kwargs))

    async def stop(self) -> None:
        """Close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, _close)
        self._thread.shutdown(wait=False)


def _close() -> None:
    connection.close()  # looked up here, in the thread that it belongs to


def _looking(look: Callable[[], R]) -> R:
    try:
        result = look()
    except Exception:
        connection.close()
        raise
    connection.close_if_unusable_or_obsolete()  # PostgreSQL's goes back to its pool
    return result


def read(stream: int, after: int) -> News:
    """Read up to `STEP` rows after a revision."""
    counter = Stream.objects.filter(pk=stream).first()
    if counter is None:
        return News(0, 0, [])  # it ended with its event: whoever still listens asks for the page, and sees that
    rows = Change.objects.filter(stream=stream, revision__gt=after).order_by("revision")
    told = rows.values_list("revision", "replaces", "audience", "words")[:STEP]
    return News(counter.epoch, counter.revision, [Told(*columns) for columns in told])


def read_tail(stream: int) -> tuple[int, News]:
    """Read the last rows that a ring can hold; gives the floor below them and the news."""
    floor = max(0, Stream.objects.get(pk=stream).revision - SIZE)
    return floor, read(stream, floor)


def newest(rows: list[Told]) -> list[Told]:
    """Leave out what a later row for the same audience replaces: of a hundred taps on one topic the last count."""
    last = {(row.replaces, row.audience): row.revision for row in rows if row.replaces}
    return [row for row in rows if not row.replaces or last[row.replaces, row.audience] == row.revision]


def heads(streams: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Give epoch and newest revision of each stream."""
    rows = Stream.objects.filter(pk__in=list(streams)).values_list("number", "epoch", "revision")
    return {number: (epoch, revision) for number, epoch, revision in rows}


def hears(audience: str, told: Told) -> bool:
    """Tell whether an audience hears of a row: the crew hears everything."""
    return audience in AUDIENCES and audience in (CREW, told.audience)
