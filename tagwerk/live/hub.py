"""The fan-out: reads the ledger when the bell rings and tells every open page of an event the same bytes."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from tagwerk.live import access, ledger
from tagwerk.live.bell import bell
from tagwerk.live.channel import Channel, Listener
from tagwerk.live.door import Seat
from tagwerk.live.ring import parse_cursor
from tagwerk.live.station import Station, opened

log = logging.getLogger(__name__)

BREATH = 0.25  # the first change goes out at once, what follows is gathered for a quarter of a second
LOOK = 1.0  # a bell may be lost, and foreign writers ring none: look at the ledger this often
LULL = 0.05  # who has seen more than we have waits this long, so that a crowd of them costs one look
RIGHTS_EVERY = 2.0


class Hub:
    """One per event loop; owns a station per stream that somebody listens to."""

    def __init__(self) -> None:
        self._stations: dict[int, Station] = {}
        self._opening: dict[int, asyncio.Task[Station]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._disconnect: Callable[[], None] | None = None
        self._crew: dict[Listener, tuple[str, int]] = {}
        self._read = ledger.Reader()

    @property
    def listeners(self) -> int:
        """Count the open connections of this process."""
        return sum(station.listeners for station in self._stations.values())

    def channel_at_once(self, seat: Seat) -> Channel | None:
        """Give the channel of a seat when nothing has to be read for it."""
        station = self._stations.get(seat.stream)
        if station is None or _is_ahead(seat, station):
            return None
        return station.channels[seat.audience, seat.language]

    async def channel_for(self, seat: Seat) -> Channel:
        """Give the channel of a seat; the first listener of a stream fills it from the ledger."""
        self._begin()
        station = self._stations.get(seat.stream)
        if station is None:
            opening = self._opening.get(seat.stream)
            if opening is None:
                opening = self._opening[seat.stream] = self._keep(self._open(seat.stream))
            station = await asyncio.shield(opening)
        if _is_ahead(seat, station):
            if station.looking is None:
                station.looking = self._keep(self._look_after_a_lull(station))
            await asyncio.shield(station.looking)
        return station.channels[seat.audience, seat.language]

    def watch(self, listener: Listener, seat: Seat) -> None:
        """Cut a listener off as soon as the rights behind its seat change."""
        if seat.holder:
            self._crew[listener] = (seat.holder, seat.rights)

    def forget(self, listener: Listener) -> None:
        """Stop watching a listener that has left."""
        self._crew.pop(listener, None)

    def close(self) -> None:
        """Send everybody away; they come back and resume."""
        for station in self._stations.values():
            for channel in station.channels.values():
                channel.close()

    async def stop(self) -> None:
        """End all background work."""
        self.close()
        if self._disconnect:
            self._disconnect()
            self._disconnect = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._stations.clear()
        self._loop = None
        await self._read.stop()
        self._read = ledger.Reader()

    def _begin(self) -> None:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._disconnect = bell.connect(self._hear)
            self._keep(self._look_around())
            self._keep(self._watch_rights())

    def _keep(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

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
            station = opened(stream, *await self._read(ledger.read_tail, stream))
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

    async def _catch_up(self, station: Station) -> bool:
        """Fill the rings and tell whether there was news; one at a time, so that no row is read twice."""
        async with station.reading:
            news = await self._read(ledger.read, station.stream, station.head)
            changed = station.take(news)
            if station.head < news.head:
                station.news.set()
            return changed

    async def _look_after_a_lull(self, station: Station) -> None:
        await asyncio.sleep(LULL)
        station.looking = None  # whoever comes from now on may know more than this look finds
        await self._catch_up(station)

    async def _look_around(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            if not self._stations:
                continue
            try:
                heads = await self._read(ledger.heads, list(self._stations))
            except Exception:
                log.exception("looking at the ledger failed; trying again")
                continue
            for number, station in self._stations.items():
                if heads.get(number, (0, 0)) != (station.epoch, station.head):
                    station.news.set()

    async def _watch_rights(self) -> None:
        while True:
            await asyncio.sleep(RIGHTS_EVERY)
            if not self._crew:
                continue
            try:
                changed = await access.changed_rights(set(self._crew.values()))
            except Exception:
                log.exception("looking at rights failed; trying again")
                continue
            for listener in [one for one, known in self._crew.items() if known in changed]:
                self.forget(listener)
                listener.hang_up()


def _is_ahead(seat: Seat, station: Station) -> bool:
    """Tell whether somebody has seen more than our rings hold: they lag behind the ledger a little."""
    cursor = parse_cursor(seat.since) if seat.since else None
    return cursor is not None and cursor > (station.epoch, station.head)


hub = Hub()
