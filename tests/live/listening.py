"""A listener at the raw stream, a house to listen to, and states to wait for."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from django.db import connection

from tagwerk.kit.guard import Message
from tagwerk.kit.writer import action
from tagwerk.live.actions import tell
from tagwerk.live.changes import Fact
from tagwerk.live.endpoint import LiveEndpoint
from tagwerk.live.hub import Hub
from tests import loops
from tests.kit.asgi import Echo, scope
from tests.town import Town, found_town

WITHIN = 10.0  # seconds
R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Note(Fact):
    """A fact without words, quick to tell."""

    kind: ClassVar[str] = "note"
    number: int

    def numbers(self) -> dict[str, Any]:
        return {"number": self.number}


@action
def tell_notes(town: Town, many: int) -> None:
    """Tell so many notes, in one commit."""
    for number in range(many):
        tell(town.event.stream, Note(number=number))


@dataclass
class Listener:
    """One open connection: what it heard so far."""

    status: int = 0
    data: bytes = b""
    closed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)
    leave: asyncio.Event = field(default_factory=asyncio.Event)
    writes: list[bytes] = field(default_factory=list)

    async def receive(self) -> Message:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            body = message.get("body", b"")
            self.data += body
            self.writes += [body] if body else []
            self.closed = not message.get("more_body", False)
        self.news.set()

    @property
    def frames(self) -> list[dict[str, str]]:
        """Give all whole frames as fields."""
        whole = self.data.decode().split("\n\n")[:-1]
        return [dict(line.split(": ", 1) for line in frame.splitlines()) for frame in whole]

    @property
    def heard(self) -> list[dict[str, Any]]:
        """Give the messages in their order."""
        return [json.loads(frame["data"]) for frame in self.frames if "data" in frame and "event" not in frame]

    @property
    def resyncs(self) -> list[str]:
        return [frame["data"] for frame in self.frames if frame.get("event") == "resync"]

    def kinds(self, *kinds: str) -> list[dict[str, Any]]:
        return [message for message in self.heard if message["kind"] in kinds]

    async def until(self, holds: Callable[["Listener"], object], within: float = WITHIN) -> "Listener":
        """Wait until something holds for what was heard."""
        async with asyncio.timeout(within):
            while not holds(self):
                self.news.clear()
                await self.news.wait()
        return self


class Radio:
    """The stream endpoint with a hub of its own."""

    def __init__(self) -> None:
        self.hub, self.inner = Hub(), Echo()
        self.endpoint = LiveEndpoint(self.inner, of=self.hub)
        self.open: list[tuple[Listener, asyncio.Task[None]]] = []

    async def listen(self, path: str, query: str = "", **headers: str) -> Listener:
        """Open a connection and wait for its first word (or its refusal)."""
        listener = Listener()
        task = asyncio.create_task(self.endpoint(scope(path, query=query, **headers), listener.receive, listener.send))
        self.open.append((listener, task))
        return await listener.until(lambda one: one.closed or b"retry" in one.data)

    async def stop(self) -> None:
        for listener, task in self.open:
            listener.leave.set()
            with contextlib.suppress(Exception):
                await asyncio.wait_for(task, WITHIN)
        await self.hub.stop()


@contextlib.asynccontextmanager
async def radio() -> AsyncIterator[Radio]:
    station = Radio()
    try:
        yield station
    finally:
        await station.stop()


def a_town(**fields: Any) -> Town:
    """Found a town under an address that nobody asked for before: answers are remembered for two seconds."""
    return found_town(f"stadt-{uuid4().hex[:12]}", "Musterstadt", **fields)


async def do(action: Callable[..., R], *args: Any, **kwargs: Any) -> R:
    """Run an action as a request does: in a thread, whose connection is closed afterwards."""

    def work() -> R:
        try:
            return action(*args, **kwargs)
        finally:
            connection.close()

    return await asyncio.to_thread(work)


def story(tale: Callable[[], Awaitable[None]]) -> None:
    """Tell a test's story in a loop of its own."""

    async def told() -> None:
        async with asyncio.timeout(3 * WITHIN):
            await tale()

    loops.run(told())
