"""Takes a large file to disk before Django sees the request: for few, for whom it is meant, at their line's pace.

Everything else passes the guard, which reads bodies into memory and in seconds. What goes wrong leads back to the page
itself, which says it in words (`?fault=large`).
"""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from typing import IO, Any

from tagwerk.kit import kept_files
from tagwerk.kit.guard import Application, Message, Receive, Scope, Send
from tagwerk.kit.network import header

BODY = "tagwerk.body"
"""Where the scope carries the file that holds a body."""
AT_ONCE = 4  # uploads in one process
SILENCE = 25.0  # seconds without a byte
LONGEST = 30 * 60.0  # seconds for all of it: 200 MB at one megabit
ENVELOPE = 64 * 1024  # bytes of a form around its file


class Uploads:
    """Stands beside the guard and reads what is sent to `paths`, at most `largest` bytes of file."""

    def __init__(self, guard: Application, inner: Application, *, paths: re.Pattern[str], largest: int) -> None:
        self.guard = guard
        self.inner = inner
        self.paths = paths
        self.largest = largest
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take an upload, or pass the request on."""
        if not self._is_upload(scope):
            await self.guard(scope, receive, send)
            return
        if not await self._is_welcome(scope):
            await _lead(scope, send, "", closes=True)
            return
        fault = await asyncio.to_thread(self._obstacle, header(scope["headers"], b"content-length"))
        if fault:
            await _lead(scope, send, fault)
            return
        self.running += 1
        try:
            await self._take(scope, receive, send)
        finally:
            self.running -= 1

    def _is_upload(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "POST"
            and self.paths.match(scope["path"]) is not None
            and header(scope["headers"], b"content-type").lower().startswith("multipart/form-data")
        )

    async def _is_welcome(self, scope: Scope) -> bool:
        """Ask the page behind the address whether this person may see it, before a byte is taken."""
        kept = [(name, value) for name, value in scope["headers"] if not name.startswith(b"content-")]
        headers = [(name, value) for name, value in kept if name != b"transfer-encoding"]
        answer: dict[str, Any] = {}

        async def note(message: Message) -> None:
            answer.setdefault("status", message.get("status"))

        await self.inner({**scope, "method": "HEAD", "headers": headers, "query_string": b""}, _nothing, note)
        return bool(answer["status"] == 200)  # noqa: PLR2004 - neither led elsewhere nor refused

    def _obstacle(self, length: str) -> str:
        if self.running >= AT_ONCE:
            return "busy"
        if kept_files.is_short():
            return "full"
        return "large" if length.isdigit() and int(length[:18]) > self.largest + ENVELOPE else ""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        with tempfile.TemporaryFile(dir=kept_files.folder()) as file:
            try:
                async with asyncio.timeout(LONGEST):
                    fault = await self._read(receive, file)
            except TimeoutError:
                fault = "slow"
            except OSError:
                fault = "full"
            if fault is None:
                return
            if fault:
                await _lead(scope, send, fault, closes=fault == "slow")
                return
            file.seek(0)
            await self.inner({**scope, BODY: file}, _nothing, send)

    async def _read(self, receive: Receive, file: IO[bytes]) -> str | None:
        """Write the body into a file; gives what is wrong ("" for nothing), or None when the caller has left."""
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
            await asyncio.to_thread(file.write, piece)
            if not message.get("more_body", False):
                return ""


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _lead(scope: Scope, send: Send, fault: str, *, closes: bool = False) -> None:
    """Lead back to the page, with what it shall say; what is still on its way is read by the server and thrown away."""
    path = scope.get("raw_path") or scope["path"].encode()
    headers: Sequence[tuple[bytes, bytes]] = [
        (b"location", path + (b"?fault=" + fault.encode() if fault else b"")),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *([(b"connection", b"close")] if closes else []),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
