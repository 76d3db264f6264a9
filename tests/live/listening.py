"""A listener at the raw stream, a house to listen to, and states to wait for."""

import asyncio
import contextlib
import functools
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar
from uuid import uuid4

from django.db import connection
from uvicorn.server import ServerState

from tagwerk.kit.guard import Message
from tagwerk.kit.writer import action
from tagwerk.live import handing
from tagwerk.live.actions import tell
from tagwerk.live.changes import Fact
from tagwerk.live.endpoint import LiveEndpoint
from tagwerk.live.hub import Hub
from tagwerk.live.usher import Here, Usher
from tagwerk.site import server
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
    weight: int = 0

    def numbers(self) -> dict[str, Any]:
        return {"number": self.number, "filler": "x" * self.weight}


@action
def tell_notes(town: Town, many: int, weight: int = 0) -> None:
    """Tell so many notes, in one commit; each may have so many bytes to carry."""
    for number in range(many):
        tell(town.event.stream, Note(number=number, weight=weight))


@dataclass
class Listener:
    """One open connection: what it heard so far."""

    status: int = 0
    data: bytes = b""
    closed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)
    leave: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> Message:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.data += message.get("body", b"")
            self.closed = not message.get("more_body", False)
        self.news.set()

    async def read(self, port: int, request: bytes) -> None:
        """Ask at a port and hear what comes until either side leaves."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        leaving = asyncio.create_task(self.leave.wait())
        leaving.add_done_callback(lambda _task: writer.close())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            self.status = int((await reader.readuntil(b"\r\n\r\n")).split()[1])
            while piece := await reader.read(1 << 20):
                self.data += piece
                self.news.set()
        self.closed = True
        self.news.set()
        leaving.cancel()
        writer.close()

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


FORMS = ("doorway", "handed", "asgi")


class Radio:
    """A house that only serves streams: at the server's own protocol, handed over to a lobby, or by plain ASGI."""

    def __init__(self, form: str = "doorway") -> None:
        self.hub, self.inner = Hub(), Echo()
        self.form = form
        self.endpoint = LiveEndpoint(self.inner, of=self.hub)
        self.open: list[tuple[Listener, asyncio.Task[None]]] = []
        self.port = 0
        self._ends: tuple[socket.socket, ...] = ()
        self._servers: list[asyncio.Server] = []

    async def start(self) -> None:
        """Open the door, unless it is reached without one."""
        if self.form == "asgi":
            return
        usher: Usher = Here(self.hub)
        if self.form == "handed":
            self._ends = handing.pair()
            handing.Lobby(self._ends[1], Here(self.hub)).open()
            usher = handing.Away(self._ends[0])
        config = server.configured(self.inner, usher=usher, lifespan="off")
        config.load()
        protocol: Any = config.http_protocol_class
        made = functools.partial(protocol, config, ServerState(), {})
        self._servers = [await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)]
        self.port = self._servers[0].sockets[0].getsockname()[1]

    async def listen(self, path: str, query: str = "", method: str = "GET", **headers: str) -> Listener:
        """Open a connection and wait for its first word (or its refusal)."""
        listener = Listener()
        if self.form == "asgi":
            request = scope(path, method, query, **headers)
            listening = asyncio.create_task(self.endpoint(request, listener.receive, listener.send))
        else:
            lines = [f"{name.replace('_', '-')}: {value}" for name, value in {"host": "localhost", **headers}.items()]
            target = path + (f"?{query}" if query else "")
            head = "\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""]).encode("latin-1")
            listening = asyncio.create_task(listener.read(self.port, head))
        self.open.append((listener, listening))
        return await listener.until(lambda one: one.closed or b"retry" in one.data)

    async def stop(self) -> None:
        for listener, listening in self.open:
            listener.leave.set()
            with contextlib.suppress(Exception):
                await asyncio.wait_for(listening, WITHIN)
        for one in self._servers:
            one.close()
        await self.hub.stop()
        for end in self._ends:
            asyncio.get_running_loop().remove_reader(end)
            end.close()


@contextlib.asynccontextmanager
async def radio(form: str = "doorway") -> AsyncIterator[Radio]:
    station = Radio(form)
    try:
        await station.start()
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
