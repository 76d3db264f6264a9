"""The least a server in Python can do: keep connections, write the same bytes to all; what ours is compared with.

`python -m tagwerk.site.bench.bare` prints its port; each line on stdin is a message in base64.
"""

import asyncio
import base64
import gc
import sys
from typing import cast

from tagwerk.site.server import allow_many_connections

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\nretry: 1000\n\n"


class Line(asyncio.Protocol):
    """One connection."""

    __slots__ = ("transport",)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(HEAD)
        lines.add(self)

    def connection_lost(self, _fault: Exception | None) -> None:
        """Forget."""
        lines.discard(self)


lines: set[Line] = set()


def _broadcast() -> None:
    words = sys.stdin.readline()
    if not words:
        asyncio.get_running_loop().stop()
        return
    message = base64.b64decode(words)
    for line in lines:
        line.transport.write(message)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Line, "127.0.0.1", 0, backlog=4096)
    loop.add_reader(sys.stdin.fileno(), _broadcast)
    gc.freeze()
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - it is how the processes talk
    await asyncio.Event().wait()


if __name__ == "__main__":
    allow_many_connections()
    try:
        import uvloop
    except ImportError:
        run = asyncio.run
    else:
        run = uvloop.run
    try:
        run(_serve())
    except RuntimeError:  # stopped on purpose
        sys.exit(0)
