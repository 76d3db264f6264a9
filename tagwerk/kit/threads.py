"""Runs Django's synchronous views on fixed pools of threads, each with its own lasting database connection.

Django's own ASGI handler starts a thread and opens a database connection for every request; here both are kept,
and how many run at once is bounded. Who writes waits in a pool of its own, so that people go on reading while
the database is busy. See `docs/decisions/0011-fixed-pools-of-threads.md`.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import IO, cast

from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import set_script_prefix

from tagwerk.kit.file_answers import FileAnswer, Part
from tagwerk.kit.guard import Message, Receive, Scope, Send
from tagwerk.kit.same_origin import SAFE
from tagwerk.kit.uploads import BODY

Head = list[tuple[bytes, bytes]]
Answer = tuple[int, Head, bytes | Part]


class PooledDjango(BaseHandler):
    """An ASGI application: reads the body in the event loop, answers in a thread of a pool."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self._reading = ThreadPoolExecutor(threads, thread_name_prefix="reading")
        self._writing = ThreadPoolExecutor(threads, thread_name_prefix="writing")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a large body lies in a file already (`kit/uploads.py`), a large answer still does."""
        body = scope.get(BODY) or await _body(receive)
        if body is None:
            return
        loop = asyncio.get_running_loop()
        pool = self._reading if scope["method"] in SAFE else self._writing
        status, headers, content = await loop.run_in_executor(pool, self._answer, scope, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if isinstance(content, Part):
            await _send_pieces(content, receive, send)
        else:
            await send({"type": "http.response.body", "body": content})

    def stop(self) -> None:
        """Let the running requests finish, then end the threads."""
        self._reading.shutdown()
        self._writing.shutdown()

    def _answer(self, scope: Scope, body: IO[bytes]) -> Answer:
        set_script_prefix(scope.get("root_path", "") or "/")
        signals.request_started.send(sender=type(self), scope=scope)
        try:
            request = ASGIRequest(dict(scope), body)
        except UnicodeDecodeError:
            signals.request_finished.send(sender=type(self))
            return 400, [(b"content-length", b"0")], b""
        response = self.get_response(request)
        try:
            return _plain(cast("HttpResponse | StreamingHttpResponse", response), is_head=request.method == "HEAD")
        finally:
            response.close()


async def _body(receive: Receive) -> IO[bytes] | None:
    """Give the whole body (the guard has bounded it), None when the caller has left."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return BytesIO(b"".join(parts))


async def _send_pieces(part: Part, receive: Receive, send: Send) -> None:
    """Send part of a file at the pace at which it is taken, and for as long: players ask for much and hang up."""
    next_message = asyncio.ensure_future(receive())  # the body has been read: it is that the caller has left
    pieces = part.pieces()
    try:
        while not _is_departure(next_message) and (piece := await asyncio.to_thread(next, pieces, b"")):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if not _is_departure(next_message):
            await send({"type": "http.response.body", "body": b""})
    finally:
        next_message.cancel()


def _is_departure(message: "asyncio.Future[Message]") -> bool:
    return message.done() and message.result()["type"] == "http.disconnect"


def _plain(response: HttpResponse | StreamingHttpResponse, *, is_head: bool) -> Answer:
    if isinstance(response, FileAnswer):
        return response.status_code, _head(response), b"" if is_head else response.part
    content = response.content if isinstance(response, HttpResponse) else response.getvalue()
    headers = _head(response)
    if not response.has_header("Content-Length"):
        headers.append((b"content-length", str(len(content)).encode()))
    return response.status_code, headers, b"" if is_head else content


def _head(response: HttpResponse | StreamingHttpResponse) -> Head:
    headers = [(name.encode("ascii").lower(), value.encode("latin-1")) for name, value in response.items()]
    cookies = [cookie.output(header="").strip().encode() for cookie in response.cookies.values()]
    return headers + [(b"set-cookie", cookie) for cookie in cookies]
