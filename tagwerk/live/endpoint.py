"""The stream as a raw ASGI endpoint, for servers whose protocol is not ours: portable, at a task per listener."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings

from tagwerk.kit.network import header
from tagwerk.live import door
from tagwerk.live.channel import Channel
from tagwerk.live.client import PATIENCE
from tagwerk.live.hub import Hub, hub

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class LiveEndpoint:
    """Answers the streams and hands every other request on."""

    def __init__(self, inner: Application, *, of: Hub = hub) -> None:
        self.inner = inner
        self.hub = of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a stream, or pass the request to Django."""
        call = _call(scope) if scope["type"] == "http" else None
        if call is None:
            await self.inner(scope, receive, send)
        elif scope["method"] != "GET":
            await refuse(send, 405)
        elif not door.is_ours(header(scope["headers"], b"host")):
            await refuse(send, 400)
        else:
            await self._serve(call, receive, send)

    async def _serve(self, call: door.Call, receive: Receive, send: Send) -> None:
        seat = await door.seat_for(call)
        if isinstance(seat, int):
            await refuse(send, seat)
            return
        channel = await self.hub.channel_for(seat)
        if self.hub.listeners >= settings.TAGWERK_MAX_STREAMS:
            await refuse(send, 503)
            return
        listening = Listening(channel, send)
        first = channel.join(listening, seat.since)
        self.hub.watch(listening, seat)
        try:
            await listening.until_gone(first, receive)
        finally:
            channel.leave(listening)
            self.hub.forget(listening)


class Listening:
    """One open connection: what it was told and has not sent yet."""

    def __init__(self, channel: Channel, send: Send) -> None:
        self.channel = channel
        self.send = send
        self._waiting: list[bytes] = []
        self._news = asyncio.Event()
        self._over = asyncio.Event()

    def tell(self, data: bytes) -> None:
        """Hear something; it is sent by our own task."""
        self._waiting.append(data)
        self._news.set()

    def hang_up(self) -> None:
        """End this connection."""
        self._over.set()

    async def until_gone(self, first: list[bytes], receive: Receive) -> None:
        """Write what is new until the reader leaves, is cut off or does not read."""
        await self.send({"type": "http.response.start", "status": 200, "headers": door.HEADERS})
        self._waiting[:0] = first
        self._news.set()
        tasks = [asyncio.create_task(work) for work in (self._talk(), _gone(receive), self._over.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(Exception):
                await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _talk(self) -> None:
        loop, behind = asyncio.get_running_loop(), self.channel.behind
        while True:
            await self._news.wait()
            self._news.clear()
            data = b"".join(self._waiting)
            self._waiting.clear()
            behind[self] = loop.time() + PATIENCE  # until the server has taken it
            await self.send({"type": "http.response.body", "body": data, "more_body": True})
            behind.pop(self, None)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def _call(scope: Scope) -> door.Call | None:
    query = scope["query_string"].decode("latin-1")
    return door.read_call(scope["path"], query, header(scope["headers"], b"last-event-id"))


async def refuse(send: Send, status: int) -> None:
    """Answer with an empty body and a status."""
    headers = [*door.REFUSED, (b"retry-after", b"5")] if status == 503 else door.REFUSED  # noqa: PLR2004 - the status
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
