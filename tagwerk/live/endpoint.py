"""The stream as a raw ASGI endpoint: `GET /<event>/live` leaves before Django is asked."""

import asyncio
import contextlib
import random
import re
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from tagwerk.kit.network import header
from tagwerk.live import access
from tagwerk.live.changes import CREW, PUBLIC
from tagwerk.live.hub import Channel, Hub, hub
from tagwerk.live.ring import parse_cursor
from tagwerk.live.tickets import Ticket

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

ADDRESS = re.compile(r"^(?:/en)?/(?P<slug>[a-z0-9-]{1,60})(?P<desk>/desk)?/live/?\Z")
BEAT = 15.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class LiveEndpoint:
    """Answers the streams and hands every other request on."""

    def __init__(self, inner: Application, *, of: Hub = hub) -> None:
        self.inner = inner
        self.hub = of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a stream, or pass the request to Django."""
        address = ADDRESS.match(scope["path"]) if scope["type"] == "http" else None
        if address is None:
            await self.inner(scope, receive, send)
            return
        if scope["method"] != "GET":
            await refuse(send, 405)
            return
        host, _port = split_domain_port(header(scope["headers"], b"host"))
        if not validate_host(host, settings.ALLOWED_HOSTS):
            await refuse(send, 400)
            return
        query = {name: values[-1] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
        await self._serve(scope, receive, send, address, query)

    async def _serve(
        self, scope: Scope, receive: Receive, send: Send, address: re.Match[str], query: dict[str, str]
    ) -> None:
        stream = await access.stream_of(address["slug"])
        ticket: Ticket | None = None
        if address["desk"]:
            ticket = await access.ticket_for(query.get("token", ""))
            stream = await access.stream_of(address["slug"], drafts=True)
            if ticket is None or ticket.stream != stream:
                await refuse(send, 403)
                return
        if stream is None:
            await refuse(send, 404)
            return
        if self.hub.listeners >= settings.TAGWERK_MAX_STREAMS:
            await refuse(send, 503)
            return
        language = query.get("lang") or ("en" if scope["path"].startswith("/en/") else "de")
        channel = await self.hub.channel(stream, CREW if ticket else PUBLIC, "en" if language == "en" else "de")
        since = header(scope["headers"], b"last-event-id") or query.get("since", "")
        await self.hub.catch_up(stream, parse_cursor(since) or (0, 0))
        await Listening(channel, send, since, ticket).until_gone(receive)


class Listening:
    """One open connection: a cursor into the channel's ring."""

    def __init__(self, channel: Channel, send: Send, since: str, ticket: Ticket | None) -> None:
        self.channel = channel
        self.send = send
        self.ticket = ticket
        self.news = asyncio.Event()
        self.epoch, self.revision = self._start(since)

    def _start(self, since: str) -> tuple[int, int]:
        if not since:
            return self.channel.epoch, self.channel.ring.head
        return parse_cursor(since) or (-1, -1)

    async def until_gone(self, receive: Receive) -> None:
        """Write what is new until the reader leaves or loses the right to listen."""
        await self.send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await self._write(f"retry: {random.randint(1000, 4000)}\n\n".encode())  # noqa: S311 - spreads reconnects
        self.channel.listeners.add(self.news)
        works = [self._talk(), _gone(receive)] + ([self._watch_rights(self.ticket)] if self.ticket else [])
        tasks = [asyncio.create_task(work) for work in works]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.channel.listeners.discard(self.news)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(Exception):
                await self.send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _talk(self) -> None:
        now = asyncio.get_running_loop().time
        beat_at = now() + BEAT
        while True:
            self.news.clear()
            data = self._unseen()
            if not data and now() >= beat_at:
                data = f"event: beat\ndata: {self.channel.ring.head}\n\n".encode()
            if data:
                await self._write(data)
                beat_at = now() + BEAT
                continue
            with contextlib.suppress(TimeoutError):  # a wake that brings nothing to hear does not put off the beat
                async with asyncio.timeout_at(beat_at):
                    await self.news.wait()

    def _unseen(self) -> bytes:
        ring = self.channel.ring
        if self.epoch != self.channel.epoch or not ring.reaches(self.revision):
            self.epoch, self.revision = self.channel.epoch, ring.head
            cursor = f"{self.epoch}-{self.revision}"
            return f"id: {cursor}\nevent: resync\ndata: {cursor}\n\n".encode()
        data = ring.after(self.revision)
        self.revision = ring.head
        return data

    async def _watch_rights(self, ticket: Ticket) -> None:
        while await access.still_valid(ticket):  # noqa: ASYNC110 - rights change in the database
            await asyncio.sleep(access.RIGHTS_EVERY)

    async def _write(self, data: bytes) -> None:
        await self.send({"type": "http.response.body", "body": data, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def refuse(send: Send, status: int) -> None:
    """Answer with an empty body and a status."""
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
