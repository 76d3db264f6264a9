"""From the request that crosses the threshold to every listener who sees slot and room."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.wire import Wire, listen

PLANNED = "topic.planned"
PATIENCE = 10.0  # after this a message counts as lost
REST = 0.5


class Audience:
    """Everybody who listens; notes when each heard of each topic's place."""

    def __init__(self, place: House) -> None:
        self.house = place
        self.heard: dict[str, dict[int, float]] = defaultdict(dict)
        self.doubled = 0
        self.open = 0
        self._news = asyncio.Condition()
        self._ears: list[asyncio.Task[None]] = []

    async def gather(self, clients: int) -> None:
        """Connect, twenty at a time, and wait until all are open."""
        while len(self._ears) < clients:
            wanted = min(clients, len(self._ears) + 20)
            self._ears += [asyncio.create_task(self._listen(number)) for number in range(len(self._ears), wanted)]
            await self._until(lambda: self.open == len(self._ears))

    async def all_heard(self, code: str) -> None:
        """Wait until everybody knows where a topic stands, or patience ends."""
        await self._until(lambda: len(self.heard[code]) == len(self._ears))

    async def _until(self, done: Callable[[], bool]) -> None:
        async with self._news:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait_for(done), PATIENCE)

    async def leave(self) -> None:
        """Hang up."""
        for ear in self._ears:
            ear.cancel()
        await asyncio.gather(*self._ears, return_exceptions=True)

    async def _listen(self, number: int) -> None:
        async for message in listen(self.house):
            if not message:
                self.open += 1
            elif message["kind"] == PLANNED and message.get("slot") and message.get("room"):
                now = time.perf_counter()
                self.doubled += number in self.heard[message["code"]]
                self.heard[message["code"]].setdefault(number, now)
            else:
                continue
            async with self._news:
                self._news.notify_all()


def run(clients: int, crossings: int) -> list[dict[str, Any]]:
    """Measure; gives one line per crossing and a last one for the whole."""
    with house() as place:
        return asyncio.run(_measure(place, clients, crossings))


async def _measure(place: House, clients: int, crossings: int) -> list[dict[str, Any]]:
    wire, audience = Wire(place), Audience(place)
    threshold = await _threshold(wire)
    devices = [await wire.device() for _ in range(threshold)]
    memory = place.memory_kib()
    say(f"connecting {clients} listeners …")
    await audience.gather(clients)
    grown = place.memory_kib()
    lines, waits, cpu = [], [], place.cpu_seconds()
    for number in range(1, crossings + 1):
        code, started = await _cross(wire, devices, number)
        await audience.all_heard(code)
        took = [(heard - started) * 1000 for heard in audience.heard[code].values()]
        waits += took
        lines.append({"crossing": number, "heard": len(took), "p50_ms": _ms(took, 0.5), "worst_ms": _ms(took, 1)})
        say(f"crossing {number} of {crossings}: {lines[-1]['worst_ms']} ms")
        await asyncio.sleep(REST)
    used = place.cpu_seconds()
    await audience.leave()
    whole = {
        "bench": "live",
        "clients": clients,
        "crossings": crossings,
        "p50_ms": _ms(waits, 0.5),
        "p95_ms": _ms(waits, 0.95),
        "p99_ms": _ms(waits, 0.99),
        "worst_ms": _ms(waits, 1),
        "lost": clients * crossings - len(waits),
        "doubled": audience.doubled,
        "cpu_us_per_delivery": None if cpu is None or used is None else round((used - cpu) * 1e6 / max(1, len(waits))),
        "kib_per_client": None if memory is None or grown is None else round((grown - memory) / clients, 1),
    }
    return [*lines, whole]


async def _threshold(wire: Wire) -> int:
    """Learn how much interest is enough."""
    return int((await wire.ask("GET", wire.api(""))).json()["barcamp"]["threshold"])


async def _cross(wire: Wire, devices: list[str], number: int) -> tuple[str, float]:
    """Bring a topic to one short of enough, then send the one that counts; gives its code and the moment before."""
    words = {"title": f"Thema {number} von vielen", "host_name": f"Alex {number}"}
    code = (await wire.ask("POST", wire.api("/topics"), words, await wire.device())).json()["code"]
    path = wire.api(f"/topics/{code}/interest")
    for token in devices[:-1]:
        await wire.ask("PUT", path, token=token)
    await asyncio.sleep(REST)
    started = time.perf_counter()
    await wire.ask("PUT", path, token=devices[-1])
    return str(code), started


def _ms(values: list[float], share: float) -> float | None:
    return round(percentile(values, share), 1) if values else None
