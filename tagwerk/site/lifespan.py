"""Starts and ends with the server: closes streams and lets the writer finish."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from tagwerk.kit.guard import Application, Receive, Scope, Send

log = logging.getLogger(__name__)
Ending = Callable[[], Awaitable[None] | None]
Chore = tuple[float, Callable[[], None]]  # how many seconds between two times, and what is done


class Lifespan:
    """Answers the server's lifespan messages and passes everything else on."""

    def __init__(
        self,
        inner: Application,
        *,
        chores: Sequence[Chore],
        at_end: Sequence[Ending],
        at_start: Sequence[Callable[[], None]] = (),
    ) -> None:
        self.inner = inner
        self.chores = chores
        self.at_start = at_start
        self.at_end = at_end
        self._at_work: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the lifespan, or pass the request on."""
        if scope["type"] != "lifespan":
            await self.inner(scope, receive, send)
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for beginning in self.at_start:
                    beginning()
                self._at_work = [asyncio.create_task(_again_and_again(*chore)) for chore in self.chores]
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._end()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _end(self) -> None:
        for task in self._at_work:
            task.cancel()
        for ending in self.at_end:
            try:
                if asyncio.iscoroutinefunction(ending):
                    await ending()
                else:
                    await asyncio.to_thread(ending)
            except Exception:
                log.exception("one step of ending failed; the others follow")


async def _again_and_again(seconds: float, chore: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(chore)
        except Exception:
            log.exception("housekeeping failed; the next try is in %s seconds", seconds)
