"""Takes a large file to disk before Django sees the request: for few, for whom it is meant, at their line's pace.

Everything else passes the guard, which reads bodies into memory and in seconds. What goes wrong leads back to the page
itself, which says it in words (`?fault=large`).
"""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from typing import IO, Any

from django.http import HttpRequest

from tagwerk.kit import kept_files
from tagwerk.kit.guard import Application, Message, Receive, Scope, Send
from tagwerk.kit.network import header

BODY = "tagwerk.body"
"""Where the scope carries the file that holds a body."""
SENDER = "tagwerk.sender"
"""Where the scope carries a list in which the page says who wants to send something (`name_sender`)."""
AT_ONCE = 4  # uploads in one process, each of somebody else
POURED_AT_ONCE = 32  # bodies that are taken in unkept, only so that their sender hears the answer
SILENCE = 25.0  # seconds without a byte
LONGEST = 30 * 60.0  # seconds for all of it: 200 MB at one megabit
ENVELOPE = 64 * 1024  # bytes of a form around its file

Keep = Callable[[bytes], Awaitable[None]]


def name_sender(request: HttpRequest, name: str) -> None:
    """Say for whom a page answers, where it is asked before an upload: each may send one file at a time."""
    asked = getattr(request, "scope", {}).get(SENDER)
    if asked is not None:
        asked.append(name)


class Uploads:
    """Stands beside the guard and reads what is sent to `paths`, at most `largest` bytes of file."""

    def __init__(self, guard: Application, inner: Application, *, paths: re.Pattern[str], largest: int) -> None:
        self.guard = guard
        self.inner = inner
        self.paths = paths
        self.largest = largest
        self.coming: dict[str, int] = {}  # bytes of disk that those who send now may still fill
        self.poured = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take an upload, or pass the request on."""
        if not self._is_upload(scope):
            await self.guard(scope, receive, send)
            return
        sender, fault = await self._sender(scope)
        size = self._announced(scope)
        fault = fault or self._obstacle(sender, size)
        if not fault:
            # No await since it was looked whether a place is free. It lies there twice for a moment: as the body, and
            # as the file that Django reads out of it.
            self.coming[sender] = 2 * size
            try:
                fault = await self._take(scope, receive, send, sender)
            finally:
                del self.coming[sender]
        if fault:
            await self._turn_away(scope, receive, send, fault)

    def _is_upload(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "POST"
            and self.paths.match(scope["path"]) is not None
            and header(scope["headers"], b"content-type").lower().startswith("multipart/form-data")
        )

    async def _sender(self, scope: Scope) -> tuple[str, str]:
        """Ask the page behind the address who this is, before a byte is taken; gives that, and what is in the way."""
        kept = [(name, value) for name, value in scope["headers"] if not name.startswith(b"content-")]
        headers = [(name, value) for name, value in kept if name != b"transfer-encoding"]
        answer: dict[str, Any] = {}
        named: list[str] = []

        async def note(message: Message) -> None:
            answer.setdefault("status", message.get("status"))

        asked = {**scope, "method": "HEAD", "headers": headers, "query_string": b"", SENDER: named}
        await self.inner(asked, _nothing, note)
        if answer["status"] == 429 or answer["status"] >= 500:  # noqa: PLR2004 - it says nothing about this person
            return "", "busy"
        is_welcome = answer["status"] == 200 and named  # noqa: PLR2004 - neither led elsewhere nor refused
        return (named[0], "") if is_welcome else ("", "closed")

    def _announced(self, scope: Scope) -> int:
        """Give how many bytes come: as many as may, where it is not said."""
        length = header(scope["headers"], b"content-length")
        return int(length[:18]) if length.isascii() and length.isdigit() else self.largest + ENVELOPE

    def _obstacle(self, sender: str, size: int) -> str:
        if size > self.largest + ENVELOPE:
            return "large"
        if sender in self.coming:
            return "twice"
        return "busy" if len(self.coming) >= AT_ONCE else ""

    async def _take(self, scope: Scope, receive: Receive, send: Send, sender: str) -> str:
        """Hand on what is sent; gives what is in the way, if anything, and nobody has answered yet."""
        if await asyncio.to_thread(kept_files.is_short, sum(self.coming.values())):
            return "full"
        is_full = False
        # Without a buffer of Python's, which would try to be written once more when a full disk's file is closed.
        with tempfile.TemporaryFile(dir=kept_files.folder(), buffering=0) as file:

            async def keep(piece: bytes) -> None:
                nonlocal is_full
                is_full = is_full or not await asyncio.to_thread(_is_written, file, piece)
                self.coming[sender] -= len(piece)

            fault = await self._in_time(receive, keep)
            if fault == "" and is_full:
                await _lead(scope, send, "full", closes=False)
            elif fault == "":
                file.seek(0)
                await self.inner({**scope, BODY: file}, receive, send)
        return fault or ""

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send, fault: str) -> None:
        """Say what is in the way, once all was said: cut off earlier, browsers show a fault of the line instead."""
        is_over: str | None = "" if fault == "large" else "slow"  # that may be endless: the server throws the rest away
        if fault not in ("large", "slow") and self.poured < POURED_AT_ONCE:
            self.poured += 1
            try:
                is_over = await self._in_time(receive, _forget)
            finally:
                self.poured -= 1
        if is_over is not None:
            await _lead(scope, send, fault, closes=is_over != "")

    async def _in_time(self, receive: Receive, keep: Keep) -> str | None:
        """Read a body; gives what is wrong with it ("" for nothing), or None when the caller has left."""
        try:
            async with asyncio.timeout(LONGEST):
                return await self._read(receive, keep)
        except TimeoutError:
            return "slow"

    async def _read(self, receive: Receive, keep: Keep) -> str | None:
        size = 0
        while True:
            async with asyncio.timeout(SILENCE):
                message = await receive()
            if message["type"] != "http.request":
                return None
            piece = message.get("body", b"")
            size += len(piece)
            if size > self.largest + ENVELOPE:
                return "large"
            await keep(piece)
            if not message.get("more_body", False):
                return ""


def _is_written(file: IO[bytes], piece: bytes) -> bool:
    """Write to disk, as long as there is enough of it: others fill it too."""
    try:
        rest = memoryview(piece)
        while rest:
            if kept_files.is_short():
                return False
            rest = rest[file.write(rest) :]
    except OSError:
        return False
    return True


async def _forget(_piece: bytes) -> None:
    pass


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _lead(scope: Scope, send: Send, fault: str, *, closes: bool) -> None:
    """Lead back to the page, with what it shall say."""
    path = scope.get("raw_path") or scope["path"].encode()
    headers: Sequence[tuple[bytes, bytes]] = [
        (b"location", path + b"?fault=" + fault.encode()),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *([(b"connection", b"close")] if closes else []),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
