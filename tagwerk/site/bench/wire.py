"""Just enough HTTP over asyncio to measure with: one kept connection, JSON in and out, and an open stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from tagwerk.site.bench.house import House

LONGEST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """An answer with what it weighed on the wire."""

    status: int
    headers: dict[str, str]
    body: bytes
    weight: int

    def json(self) -> Any:
        """Give the body as values."""
        return json.loads(self.body)


class Wire:
    """One caller with one connection, opened when it is first needed and again when it was closed."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Reply:
        """Send one request and read the whole answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.house.host, self.house.port, limit=LONGEST_LINE)
        reader, writer = self._streams
        try:
            writer.write(self._head(method, path, body, token, headers))
            await writer.drain()
            return await _reply(reader)
        except (OSError, EOFError, ValueError):
            self.close()
            raise

    def api(self, path: str) -> str:
        """Give the address of something of the event in the API."""
        return f"/api/v1/events/{self.house.slug}{path}"

    async def device(self) -> str:
        """Take part: give the token of a new device."""
        return str((await self.ask("POST", self.api("/devices"), {})).json()["token"])

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    def _head(self, method: str, path: str, body: Any, token: str, headers: dict[str, str]) -> bytes:
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.house.host}:{self.house.port}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"Authorization: Bearer {token}"] if token else []
        lines += ["Content-Type: application/json"] if data else []
        lines += [f"Content-Length: {len(data)}"] if data or method not in ("GET", "HEAD") else []
        return "\r\n".join([*lines, "", ""]).encode() + data


async def _reply(reader: asyncio.StreamReader) -> Reply:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _c, value in (line.partition(":") for line in lines if line)}
    weight = len(head)
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(line := (await reader.readline()), 16):
            part = await reader.readexactly(size + 2)
            body, weight = body + part[:-2], weight + len(line) + len(part)
        weight += len(await reader.readline()) + len(b"0\r\n")
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        weight += len(body)
    return Reply(int(first.split()[1]), headers, body, weight)


async def listen(house: House) -> AsyncIterator[dict[str, Any]]:
    """Open the public stream; the first value is empty and says that it is open, then come its messages."""
    reader, writer = await asyncio.open_connection(house.host, house.port, limit=LONGEST_LINE)
    try:
        writer.write(f"GET /{house.slug}/live?lang=de HTTP/1.1\r\nHost: {house.host}:{house.port}\r\n\r\n".encode())
        await reader.readuntil(b"retry:")
        yield {}
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                yield json.loads(line[6:]) | {"frame": line}
    finally:
        writer.close()
