"""Stands before Django: bounds the size and the time of a request and how many unfinished ones an address may have.

Django under ASGI writes a whole body to disk before any limit of its own, so this has to come first.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings

from tagwerk.kit.network import client_address, header, household, joined

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY = 256 * 1024
POURED_AWAY = 64 * 1024 * 1024
"""As much of a body that is too large is still taken in, unkept: browsers hear no answer before they have said all."""
TOO_LARGE = "tagwerk.too_large"
"""In the scope of a request whose body was poured away: how many bytes it may have."""
NOT_OPEN = "tagwerk.not_open"
"""Beside it where a cookie would have allowed more: the page was closed by a sign-in or a link that is not open here."""
IN_FLIGHT = 128 * 1024 * 1024
"""Bytes of bodies beyond the usual size that a process keeps at once; smaller ones never wait for them."""
IN_FLIGHT_THERE = 48 * 1024 * 1024
"""As much of that as one address may have: three files of slides from one house."""
BODY_SECONDS = 25.0
LONGEST_QUERY = 8 * 1024
LONGEST_NUMBER = 18  # digits of a content length
POURED = b"poured away"
"""In the place of a body that was too large."""


class Limit(NamedTuple):
    """How many bytes a body may have at some paths; with `cookie`, only for those whose cookies have something like it."""

    paths: re.Pattern[str]
    largest: int
    cookie: re.Pattern[str] | None = None


class Share:
    """What one body has of the bytes in flight, counted by address in `flight`."""

    def __init__(self, flight: Counter[str], address: str) -> None:
        self.flight = flight
        self.address = address
        self.size = 0
        self.is_refused = False

    def reaches(self, size: int) -> bool:
        """Tell whether a body of this many bytes may be kept; once refused, none of it is."""
        if size <= LARGEST_BODY or self.is_refused:
            return not self.is_refused
        more = size - self.size
        if self.flight.total() + more > IN_FLIGHT or self.flight[self.address] + more > IN_FLIGHT_THERE:
            self.is_refused = True
            return False
        self.flight[self.address] += more
        self.size = size
        return True

    def end(self) -> None:
        """Give all of it back."""
        self.flight[self.address] -= self.size
        self.size = 0
        if not self.flight[self.address]:
            del self.flight[self.address]


class Guard:
    """Reads each body itself, within limits, and hands on requests that are complete."""

    def __init__(self, inner: Application, *, limits: Sequence[Limit] = ()) -> None:
        self.inner = inner
        self.limits = limits
        self.unfinished: Counter[str] = Counter()
        self.flight: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 408, 413, 414, 415, 429 or 503; one whose body was too large goes on without it."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        address = _address(scope)
        if self.unfinished[address] >= settings.TAGWERK_MAX_UNFINISHED:
            await refuse(send, 429)
            return
        if len(scope["query_string"]) > LONGEST_QUERY:
            await refuse(send, 414)
            return
        if not _has_body(scope):
            await self.inner(scope, receive, send)
            return
        share = Share(self.flight, address)
        try:
            await self._pass_on(scope, receive, send, share)
        finally:
            share.end()

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, share: Share) -> None:
        body = await self._body(share, scope, receive)
        if body is POURED:
            found = {TOO_LARGE: self._largest(scope), NOT_OPEN: self._lacks_a_cookie(scope)}
            await self.inner({**scope, **found}, _replay(b"", receive), send)
        elif isinstance(body, int):
            await refuse(send, body)
        elif body is not None:
            await self.inner(scope, _replay(body, receive), send)

    async def _body(self, share: Share, scope: Scope, receive: Receive) -> bytes | int | None:
        address = share.address
        self.unfinished[address] += 1
        try:
            return await _whole_body(scope, receive, self._largest(scope), share)
        finally:
            self.unfinished[address] -= 1
            if not self.unfinished[address]:
                del self.unfinished[address]

    def _lacks_a_cookie(self, scope: Scope) -> bool:
        """Tell whether a larger limit fits the path, for those with a cookie that did not come."""
        cookies = joined(scope["headers"], b"cookie")
        asking = (limit.cookie for limit in self.limits if limit.cookie and limit.paths.match(scope["path"]))
        return any(cookie.search(cookies) is None for cookie in asking)

    def _largest(self, scope: Scope) -> int:
        """Give how large a body may be: the first limit that fits path and cookies, else the usual one."""
        cookies = joined(scope["headers"], b"cookie")
        fitting = (limit for limit in self.limits if limit.paths.match(scope["path"]))
        found = (limit.largest for limit in fitting if limit.cookie is None or limit.cookie.search(cookies))
        return next(found, LARGEST_BODY)


def _has_body(scope: Scope) -> bool:
    length = header(scope["headers"], b"content-length")
    return length not in ("", "0") or bool(header(scope["headers"], b"transfer-encoding"))


async def _whole_body(scope: Scope, receive: Receive, largest: int, share: Share) -> bytes | int | None:
    """Give the body (`POURED` for one that was too large), the status to refuse with, or None when the caller has left."""
    if not _is_our_charset(header(scope["headers"], b"content-type")):
        return 415
    length = header(scope["headers"], b"content-length")
    if length and not _is_small_number(length, POURED_AWAY):
        return 413
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _read(receive, largest, share)
    except TimeoutError:
        return 408


def _is_our_charset(content_type: str) -> bool:
    """Tell whether a body claims no other encoding than UTF-8; Django would try any codec that Python knows."""
    _start, found, charset = content_type.lower().partition("charset=")
    return not found or charset.strip(" \"'").startswith(("utf-8", "utf8"))


def _is_small_number(length: str, largest: int) -> bool:
    """Tell whether a length can be read and is allowed; a long row of digits is not even turned into a number."""
    return length.isascii() and length.isdigit() and len(length) <= LONGEST_NUMBER and int(length) <= largest


async def _read(receive: Receive, largest: int, share: Share) -> bytes | int | None:
    body, taken = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        piece = message.get("body", b"")
        taken += len(piece)
        if taken > POURED_AWAY:
            return 413
        is_kept = taken <= largest and share.reaches(taken)
        if is_kept:
            body += piece
        else:
            body.clear()
            share.end()
        if not message.get("more_body", False):
            return bytes(body) if is_kept else POURED if taken > largest else 503


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _address(scope: Scope) -> str:
    peer = str((scope.get("client") or ("",))[0])
    said = joined(scope["headers"], b"x-forwarded-for")
    return household(client_address(peer, said, settings.TAGWERK_PROXIES))


async def refuse(send: Send, status: int) -> None:
    """Answer with an empty body; the rest of a refused body is not read."""
    headers = [
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    if status in (429, 503):
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
