"""Drives an ASGI application by hand: a request in pieces, and what was answered."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

from tagwerk.kit.guard import TOO_LARGE, Application, Message, Receive, Scope, Send
from tests import loops

Pieces = Iterable[bytes] | AsyncIterator[bytes]


def scope(path: str = "/", method: str = "GET", query: str = "", address: str = "192.0.2.1", **headers: str) -> Scope:
    """Describe a request as a server does; underscores in header names stand for hyphens."""
    head = {"host": "localhost", **headers}
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in head.items()],
        "client": (address, 50000),
    }


class Sending:
    """The body of a request, piece by piece; `never` stops answering after the last one."""

    def __init__(self, *pieces: bytes, never: bool = False, leaves: bool = False) -> None:
        self.pieces = list(pieces)
        self.never = never
        self.leaves = leaves
        self.taken = 0

    async def __call__(self) -> Message:
        if self.taken == len(self.pieces):
            if self.never:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}
        self.taken += 1
        more = self.taken < len(self.pieces) or self.never or self.leaves
        return {"type": "http.request", "body": self.pieces[self.taken - 1], "more_body": more}


class Answer:
    """What an application sent."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")


class Echo:
    """An application that answers with the body it was given, and remembers that it was asked; what was too large it refuses."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        message = await receive()
        body = message.get("body", b"")
        await send({"type": "http.response.start", "status": 413 if TOO_LARGE in scope else 200, "headers": []})
        await send({"type": "http.response.body", "body": body})


async def ask(application: Application, request: Scope, body: Sending | None = None) -> Answer:
    """Put one request to an application."""
    answer = Answer()
    await application(request, body or Sending(b""), answer)
    return answer


def run(work: Any) -> Any:
    """Run one test's coroutine, and end it after ten seconds at the latest."""
    return loops.run(asyncio.wait_for(work, 10))
