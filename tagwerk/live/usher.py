"""Brings those who may listen to their seats: here, where the streams are served, or where another process serves them."""

import asyncio
import logging
from abc import ABC, abstractmethod

from django.conf import settings

from tagwerk.live import door
from tagwerk.live.channel import Channel
from tagwerk.live.client import Client
from tagwerk.live.hub import Hub

log = logging.getLogger(__name__)


class Usher(ABC):
    """Decides who sits down; at once for nearly everybody, in a short task when the database has to be asked."""

    def __init__(self) -> None:
        self._asking: set[asyncio.Task[None]] = set()

    def bring(self, client: Client, call: door.Call) -> None:
        """Seat a client that asked for a stream, or send it away."""
        seat = door.seat_at_once(call)
        if seat is None or not self.place_at_once(client, seat):
            asking = asyncio.create_task(self._ask(client, call))
            self._asking.add(asking)
            asking.add_done_callback(self._asking.discard)

    @abstractmethod
    def place_at_once(self, client: Client, seat: door.Seat) -> bool:
        """Seat somebody without waiting for anything; tells whether that was possible."""

    @abstractmethod
    async def place(self, client: Client, seat: door.Seat) -> None:
        """Seat somebody."""

    def close(self) -> None:
        """Send away who is served here, if anybody is."""
        return

    async def _ask(self, client: Client, call: door.Call) -> None:
        status = 503
        try:
            seat = await door.seat_for(call)
            if isinstance(seat, door.Seat):
                await self.place(client, seat)
                return
            status = seat
        except Exception:
            log.exception("a stream could not be opened")
        client.refuse(status)


class Here(Usher):
    """Seats clients at the hub of this process."""

    def __init__(self, hub: Hub) -> None:
        super().__init__()
        self.hub = hub

    def place_at_once(self, client: Client, seat: door.Seat) -> bool:
        """Seat somebody whose channel is open."""
        channel = self.hub.channel_at_once(seat)
        if channel is None:
            return False
        self._seat(client, channel, seat)
        return True

    async def place(self, client: Client, seat: door.Seat) -> None:
        """Seat somebody whose channel may have to be opened first."""
        self._seat(client, await self.hub.channel_for(seat), seat)

    def close(self) -> None:
        """Send everybody away; they come back and resume."""
        self.hub.close()

    def _seat(self, client: Client, channel: Channel, seat: door.Seat) -> None:
        if client.transport.is_closing():
            return
        if self.hub.listeners >= settings.TAGWERK_MAX_STREAMS:
            client.refuse(503)
            return
        client.sit_down(self.hub, channel, seat)
