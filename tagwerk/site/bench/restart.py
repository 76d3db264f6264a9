"""The server is killed and started again at once: how long until everybody who listened does so again."""

import asyncio
import random
import subprocess
import tempfile
import time
from typing import Any

from tagwerk.site.bench.house import House, ready, say, start
from tagwerk.site.server import allow_many_connections

SPREAD = 5.0  # seconds over which those who lost the line come back, as our streams tell each (`retry`)
AGAIN = 0.5  # seconds after a door that was closed
AT_ONCE = 200
PATIENCE = 60.0


class Crowd:
    """Everybody who listens, and when the last of them began to."""

    def __init__(self, place: House) -> None:
        self.place = place
        self.open = 0
        self.last = 0.0
        self.change = asyncio.Event()
        self._head = f"GET /{place.slug}/live?lang=de HTTP/1.1\r\nHost: {place.host}:{place.port}\r\n\r\n".encode()

    async def listen(self) -> None:
        """Listen, and come back whenever the line is lost."""
        while True:
            try:
                reader, writer = await asyncio.open_connection(self.place.host, self.place.port)
                writer.write(self._head)
                await reader.readuntil(b"retry:")
                self._count(1)
                while await reader.read(65_536):
                    pass
                self._count(-1)
            except (OSError, EOFError):
                await asyncio.sleep(AGAIN)
            else:
                await asyncio.sleep(random.random() * SPREAD)  # noqa: S311 - a crowd, not a secret

    async def until(self, many: int) -> None:
        """Wait until so many listen."""
        while self.open < many:
            self.change.clear()
            await self.change.wait()

    def _count(self, step: int) -> None:
        self.open += step
        self.last = time.monotonic()
        self.change.set()


def run(clients: int) -> list[dict[str, Any]]:
    """Measure; gives one line."""
    allow_many_connections()
    with tempfile.TemporaryDirectory(prefix="tagwerk-bench-") as folder:
        process = start(folder)
        try:
            return [asyncio.run(_measure(folder, process, clients))]
        finally:
            process.kill()
            process.wait()


async def _measure(folder: str, process: "subprocess.Popen[str]", clients: int) -> dict[str, Any]:
    place = ready(process)
    crowd = Crowd(place)
    listening = []
    for number in range(clients):
        listening.append(asyncio.create_task(crowd.listen()))
        if number % AT_ONCE == 0:
            await crowd.until(number - AT_ONCE)
    await crowd.until(clients)
    say(f"{clients} listen; the server is killed")
    process.kill()
    begun = time.monotonic()
    process.wait()
    again = start(folder, place.port)
    try:
        await asyncio.to_thread(ready, again)
        served = time.monotonic() - begun
        await asyncio.wait_for(crowd.until(clients), PATIENCE)
    finally:
        again.kill()
        again.wait()
    for task in listening:
        task.cancel()
    back = crowd.last - begun
    return {"bench": "restart", "clients": clients, "served_again_s": round(served, 2), "all_back_s": round(back, 2)}
