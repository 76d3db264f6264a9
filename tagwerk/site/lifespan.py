"""Starts and ends with the server: closes streams and lets the writer finish."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from tagwerk.kit.guard import Application, Receive, Scope, Send

Ending = Callable[[], Awaitable[None] | None]


class Lifespan:
    """Answers the server's lifespan messages and passes everything else on."""

    def __init__(self, inner: Application, *, at_end: Sequence[Ending]) -> None:
        self.inner = inner
        self.at_end = at_end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the lifespan, or pass the request on."""
        if scope["type"] != "lifespan":
            await self.inner(scope, receive, send)
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._end()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _end(self) -> None:
        for ending in self.at_end:
            if asyncio.iscoroutinefunction(ending):
                await ending()
            else:
                await asyncio.to_thread(ending)
