"""Stands before Django: bounds the size and the time of a request and how many unfinished ones an address may have.

Django under ASGI writes a whole body to disk before any limit of its own, so this has to come first.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from django.conf import settings

from tagwerk.kit.network import client_address, header, household, joined

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Limit = tuple[re.Pattern[str], int]  # of a path, and how many bytes a body may have there

LARGEST_BODY = 256 * 1024
POURED_AWAY = 64 * 1024 * 1024
"""As much of a body that is too large is still taken in, unkept: browsers hear no answer before they have said all."""
TOO_LARGE = "tagwerk.too_large"
"""In the scope of a request whose body was poured away: how many bytes it may have."""
BODY_SECONDS = 25.0
LONGEST_QUERY = 8 * 1024
LONGEST_NUMBER = 18  # digits of a content length
POURED = b"poured away"
"""In the place of a body that was too large."""


class Guard:
    """Reads each body itself, within limits, and hands on requests that are complete."""

    def __init__(self, inner: Application, *, limits: Sequence[Limit] = ()) -> None:
        self.inner = inner
        self.limits = limits
        self.unfinished: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 408, 413, 414, 415 or 429; one whose body was too large goes on without it."""
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
        body = await self._body(address, scope, receive)
        if body is POURED:
            await self.inner({**scope, TOO_LARGE: self._largest(scope["path"])}, _replay(b"", receive), send)
        elif isinstance(body, int):
            await refuse(send, body)
        elif body is not None:
            await self.inner(scope, _replay(body, receive), send)

    async def _body(self, address: str, scope: Scope, receive: Receive) -> bytes | int | None:
        self.unfinished[address] += 1
        try:
            return await _whole_body(scope, receive, self._largest(scope["path"]))
        finally:
            self.unfinished[address] -= 1
            if not self.unfinished[address]:
                del self.unfinished[address]

    def _largest(self, path: str) -> int:
        """Give how large a body may be at a path: the first limit that fits, else the usual one."""
        return next((limit for pattern, limit in self.limits if pattern.match(path)), LARGEST_BODY)


def _has_body(scope: Scope) -> bool:
    length = header(scope["headers"], b"content-length")
    return length not in ("", "0") or bool(header(scope["headers"], b"transfer-encoding"))


async def _whole_body(scope: Scope, receive: Receive, largest: int) -> bytes | int | None:
    """Give the body (`POURED` for one that was too large), the status to refuse with, or None when the caller has left."""
    if not _is_our_charset(header(scope["headers"], b"content-type")):
        return 415
    length = header(scope["headers"], b"content-length")
    if length and not _is_small_number(length, POURED_AWAY):
        return 413
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _read(receive, largest)
    except TimeoutError:
        return 408


def _is_our_charset(content_type: str) -> bool:
    """Tell whether a body claims no other encoding than UTF-8; Django would try any codec that Python knows."""
    _start, found, charset = content_type.lower().partition("charset=")
    return not found or charset.strip(" \"'").startswith(("utf-8", "utf8"))


def _is_small_number(length: str, largest: int) -> bool:
    """Tell whether a length can be read and is allowed; a long row of digits is not even turned into a number."""
    return length.isascii() and length.isdigit() and len(length) <= LONGEST_NUMBER and int(length) <= largest


async def _read(receive: Receive, largest: int) -> bytes | int | None:
    body, taken = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        taken += len(message.get("body", b""))
        if taken > POURED_AWAY:
            return 413
        if taken > largest:
            body.clear()
        else:
            body += message.get("body", b"")
        if not message.get("more_body", False):
            return POURED if taken > largest else bytes(body)


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
