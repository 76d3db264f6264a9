"""The fan-out: reads the ledger when the bell rings and wakes every open page of an event with the same bytes."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tagwerk.live import ledger
from tagwerk.live.bell import bell
from tagwerk.live.changes import AUDIENCES
from tagwerk.live.ring import Entry, Ring, encode

log = logging.getLogger(__name__)

LANGUAGES = ("de", "en")
BREATH = 0.25  # the first change goes out at once, what follows is gathered for a quarter of a second
LOOK = 1.0  # foreign writers (commands, other processes) ring no bell here: look at the ledger this often


@dataclass
class Channel:
    """The messages of one stream for one audience and language, and who listens to them."""

    ring: Ring
    epoch: int
    listeners: set[asyncio.Event] = field(default_factory=set)

    def wake(self) -> None:
        """Let every listener look at the ring."""
        for listener in self.listeners:
            listener.set()


@dataclass
class Station:
    """All channels of one stream, filled together from the ledger."""

    stream: int
    epoch: int
    head: int
    channels: dict[tuple[str, str], Channel]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def listeners(self) -> int:
        """Count the open connections."""
        return sum(len(channel.listeners) for channel in self.channels.values())


class Hub:
    """One per event loop; owns a station per stream that somebody listens to."""

    def __init__(self) -> None:
        self._stations: dict[int, Station] = {}
        self._opening: dict[int, asyncio.Task[Station]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._disconnect: Callable[[], None] | None = None

    @property
    def listeners(self) -> int:
        """Count the open connections of this process."""
        return sum(station.listeners for station in self._stations.values())

    async def channel(self, stream: int, audience: str, language: str) -> Channel:
        """Give the channel for one listener; the first one of a stream fills it from the ledger."""
        self._begin()
        station = self._stations.get(stream)
        if station is None:
            opening = self._opening.get(stream)
            if opening is None:
                opening = asyncio.create_task(self._open(stream))
                self._opening[stream] = opening
            station = await asyncio.shield(opening)
        return station.channels[audience, language]

    async def catch_up(self, stream: int, cursor: tuple[int, int]) -> None:
        """Read the ledger once when a listener has seen more than the rings hold: they lag behind it a little."""
        station = self._stations.get(stream)
        if station is not None and cursor > (station.epoch, station.head):
            await self._catch_up(station, until=cursor)

    async def stop(self) -> None:
        """End all background work."""
        if self._disconnect:
            self._disconnect()
            self._disconnect = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._stations.clear()
        self._loop = None

    def _begin(self) -> None:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._disconnect = bell.connect(self._hear)
            self._keep(self._look_around())

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _hear(self, stream: int) -> None:
        loop, station = self._loop, self._stations.get(stream)
        if station is not None and station.news.is_set():
            return  # the pump clears it before it reads: it will find this, too
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody listens any more
                loop.call_soon_threadsafe(self._mark, stream)

    def _mark(self, stream: int) -> None:
        station = self._stations.get(stream)
        if station is not None:
            station.news.set()

    async def _open(self, stream: int) -> Station:
        try:
            floor, news = await asyncio.to_thread(ledger.read_tail, stream)
            channels = {
                (audience, language): Channel(Ring(floor=floor), news.epoch)
                for audience in AUDIENCES
                for language in LANGUAGES
            }
            station = Station(stream, news.epoch, floor, channels)
            _fill(station, news)
            self._stations[stream] = station
            station.news.set()  # what was told while we read
            self._keep(self._pump(station))
            return station
        finally:
            del self._opening[stream]

    async def _pump(self, station: Station) -> None:
        while True:
            await station.news.wait()
            station.news.clear()
            try:
                changed = await self._catch_up(station)
            except Exception:
                log.exception("reading the ledger of stream %s failed; trying again", station.stream)
                station.news.set()
                changed = True
            if changed:
                await asyncio.sleep(BREATH)

    async def _catch_up(self, station: Station, *, until: tuple[int, int] | None = None) -> bool:
        """Fill the rings and tell whether there was news; one at a time, so that no row is read twice."""
        async with station.reading:
            if until is not None and until <= (station.epoch, station.head):
                return False  # somebody else read it while we waited for our turn
            return await self._read(station)

    async def _read(self, station: Station) -> bool:
        news = await asyncio.to_thread(ledger.read, station.stream, station.head)
        if news.epoch != station.epoch or news.head < station.head:
            self._start_over(station, news)
            return True
        if not news.rows:
            return False
        _fill(station, news)
        for channel in station.channels.values():
            channel.wake()
        if station.head < news.head:
            station.news.set()
        return True

    def _start_over(self, station: Station, news: ledger.News) -> None:
        """History was rewritten: every listener fetches the whole state."""
        station.epoch, station.head = news.epoch, news.head
        for channel in station.channels.values():
            channel.ring, channel.epoch = Ring(floor=news.head), news.epoch
            channel.wake()

    async def _look_around(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if not self._stations:
                continue
            try:
                heads = await asyncio.to_thread(ledger.heads, list(self._stations))
            except Exception:
                log.exception("looking at the ledger failed; trying again")
                continue
            for number, station in self._stations.items():
                if heads.get(number, (0, 0)) != (station.epoch, station.head):
                    station.news.set()


def _fill(station: Station, news: ledger.News) -> None:
    for row in ledger.newest(news.rows):
        for (audience, language), channel in station.channels.items():
            message = row.words.get(audience, {}).get(language)
            if message and ledger.hears(audience, row):
                data = encode(station.epoch, row.revision, message)
                channel.ring.push(Entry(row.revision, row.replaces, data))
    station.head = max((row.revision for row in news.rows), default=station.head)
    for channel in station.channels.values():
        channel.ring.head = station.head


hub = Hub()
