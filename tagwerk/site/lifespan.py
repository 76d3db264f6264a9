"""Starts and ends with the server: closes streams and lets the writer finish."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from tagwerk.kit.guard import Application, Receive, Scope, Send

CHORES_EVERY = 600.0  # seconds

log = logging.getLogger(__name__)
Ending = Callable[[], Awaitable[None] | None]


class Lifespan:
    """Answers the server's lifespan messages and passes everything else on."""

    def __init__(self, inner: Application, *, now_and_then: Callable[[], None], at_end: Sequence[Ending]) -> None:
        self.inner = inner
        self.now_and_then = now_and_then
        self.at_end = at_end
        self._chores: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the lifespan, or pass the request on."""
        if scope["type"] != "lifespan":
            await self.inner(scope, receive, send)
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._chores = asyncio.create_task(self._do_chores())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._end()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _do_chores(self) -> None:
        while True:
            await asyncio.sleep(CHORES_EVERY)
            try:
                await asyncio.to_thread(self.now_and_then)
            except Exception:
                log.exception("housekeeping failed; the next try is in %s seconds", CHORES_EVERY)

    async def _end(self) -> None:
        if self._chores:
            self._chores.cancel()
        for ending in self.at_end:
            if asyncio.iscoroutinefunction(ending):
                await ending()
            else:
                await asyncio.to_thread(ending)
