"""From the request that changes something to every listener who hears of it, and what a delivery costs.

Three parts in one run: topics cross the threshold and get slot and room, the crew announces things, and a bare
broadcaster writes the very same announcements to as many listeners.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from tagwerk.site.bench.crowd import Bare, Listeners, bare, listeners
from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.wire import Wire, listen

PLANNED, ANNOUNCED = "topic.planned", "announcement"
PATIENCE = 10.0  # after this a message counts as lost
REST = 0.5
NUMBER = b"@number@"

Line = dict[str, Any]


@dataclass
class Told:
    """What the house told so far, by revision; heard by one listener of our own."""

    messages: dict[int, Line] = field(default_factory=dict)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    is_open: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, place: House) -> None:
        """Listen until cancelled."""
        async for message in listen(place):
            if not message:
                self.is_open.set()
            else:
                self.messages[message["revision"]] = message
                async with self.news:
                    self.news.notify_all()

    async def revision(self, kind: str, name: str, value: str) -> int:
        """Wait for a message of a kind in which something has a value."""
        found: list[int] = []

        def is_there() -> bool:
            found.extend(r for r, m in self.messages.items() if m["kind"] == kind and m.get(name) == value)
            return bool(found)

        async with self.news:
            await asyncio.wait_for(self.news.wait_for(is_there), PATIENCE)
        return found[0]


def run(clients: int, crossings: int, announcements: int) -> list[Line]:
    """Measure; gives one line per crossing, one for the announcements, one for the bare server, one for the whole."""
    with house() as place, listeners(place, f"/{place.slug}/live?lang=de", clients) as crowd:
        lines, message = asyncio.run(_measure(place, crowd, clients, crossings, announcements))
    say("the same from a bare broadcaster …")
    with bare() as broadcaster, listeners(broadcaster.place, "/", clients) as crowd:
        measure = _broadcast(broadcaster, crowd, clients, [message] * announcements)
    *crossed, announced, whole = lines
    bare_us = measure["cpu_us_per_delivery"]
    compared = {
        "bare_cpu_us_per_delivery": bare_us,
        "ratio": _ratio(announced["cpu_us_per_delivery"], bare_us),
        "ratio_with_changes": _ratio(announced["cpu_us_with_changes"], bare_us),
    }
    return [*crossed, announced, measure, whole | compared]


async def _measure(
    place: House, crowd: Listeners, clients: int, crossings: int, announcements: int
) -> tuple[list[Line], bytes]:
    wire = Wire(place)
    threshold = int((await wire.ask("GET", wire.api(""))).json()["barcamp"]["threshold"])
    devices = [await wire.device() for _ in range(threshold)]
    async with _told(place) as told:
        alone = await _alone(wire, told, announcements)
        memory = place.memory_kib()
        say(f"connecting {clients} listeners …")
        come = await asyncio.to_thread(crowd.ask, "connect")
        grown = place.memory_kib()
        say(f"{come['open']} listen after {come['seconds']} s")
        wire.close()  # it was idle for long: begin anew
        crossed = [await _crossing(wire, told, crowd, devices, number) for number in range(1, crossings + 1)]
        announced, message = await _announcements(wire, told, crowd, announcements, alone)
        end = await asyncio.to_thread(crowd.ask, "report")
    waits = [wait for line in crossed for wait in line.pop("waits")]
    heard = len(waits) + announced["heard"]
    return [
        *crossed,
        announced,
        {
            "bench": "live",
            "clients": clients,
            "open": come["open"],
            "connect_seconds": come["seconds"],
            "crossings": crossings,
            **_spread(waits),
            "announce_p50_ms": announced["p50_ms"],
            "announce_p99_ms": announced["p99_ms"],
            "publish_p99_ms": announced["first_to_last_p99_ms"],
            "lost": clients * (crossings + announcements) - heard,
            "doubled": end["doubled"],
            "cut": end["lost_lines"],
            "not_up_to_date": clients - end["newest"],
            "cpu_us_per_delivery": announced["cpu_us_per_delivery"],
            "kib_per_client": None if memory is None or grown is None else round((grown - memory) / clients, 2),
        },
    ], message


@contextlib.asynccontextmanager
async def _told(place: House) -> AsyncIterator[Told]:
    told = Told()
    ear = asyncio.create_task(told.hear(place))
    await asyncio.wait_for(told.is_open.wait(), PATIENCE)
    yield told
    ear.cancel()
    await asyncio.gather(ear, return_exceptions=True)


async def _crossing(wire: Wire, told: Told, crowd: Listeners, devices: list[str], number: int) -> Line:
    """Bring a topic to one short of enough, then send the tap that counts; say when everybody knew slot and room."""
    words = {"title": f"Thema {number} von vielen", "host_name": f"Alex {number}"}
    code = (await wire.ask("POST", wire.api("/topics"), words, await wire.device())).json()["code"]
    path = wire.api(f"/topics/{code}/interest")
    for token in devices[:-1]:
        await wire.ask("PUT", path, token=token)
    await asyncio.sleep(REST)
    started = time.time()
    await wire.ask("PUT", path, token=devices[-1])
    took = await _heard(crowd, await told.revision(PLANNED, "code", code), started)
    line = {"crossing": number, "heard": len(took), "p50_ms": _ms(took, 0.5), "worst_ms": _ms(took, 1)}
    say(f"crossing {number}: heard by {len(took)}, the last after {line['worst_ms']} ms")
    return line | {"waits": took}


async def _alone(wire: Wire, told: Told, many: int) -> float:
    """Give the processor seconds that announcements cost while nobody but us listens: all but their delivery."""
    say("announcing while nobody listens …")
    before = wire.house.cpu_seconds()
    for number in range(many):
        await _announce(wire, told, f"Hört jemand zu? Nummer {number}.")
    return (wire.house.cpu_seconds() or 0.0) - (before or 0.0)


async def _announce(wire: Wire, told: Told, text: str) -> int:
    await wire.ask("POST", wire.api("/announcements"), {"text": text}, wire.house.token)
    revision = await told.revision(ANNOUNCED, "text", text)
    await asyncio.sleep(2 * REST)
    return revision


async def _announcements(wire: Wire, told: Told, crowd: Listeners, many: int, alone: float) -> tuple[Line, bytes]:
    """Announce at the same pace; say how long it took to everybody and what the server spent."""
    started: dict[int, float] = {}
    cpu = wire.house.cpu_seconds()
    for number in range(many):
        begun = time.time()
        started[await _announce(wire, told, f"In Raum {number} ist noch viel Platz.")] = begun
        say(f"announcement {number + 1} of {many}")
    used = wire.house.cpu_seconds()
    each = [await _heard(crowd, revision, begun) for revision, begun in started.items()]
    took = [wait for waits in each for wait in waits]
    spread = [wait - min(waits) for waits in each for wait in waits]
    line = {
        "part": "announcements",
        "heard": len(took),
        **_spread(took),
        "first_to_last_p99_ms": _ms(spread, 0.99),
        "cpu_ms_per_change": round(alone * 1000 / many, 1),
        "cpu_us_with_changes": _each(cpu, used, took),
        "cpu_us_per_delivery": _each(cpu, used and used - alone, took),
    }
    frame: bytes = told.messages[max(started)]["frame"]
    return line, b"id: 1-" + NUMBER + b"\n" + frame + b"\n"


def _broadcast(server: Bare, crowd: Listeners, clients: int, messages: list[bytes]) -> Line:
    """Let the bare broadcaster write the same messages at the same pace."""
    open_ = crowd.ask("connect")["open"]
    cpu, took = server.place.cpu_seconds(), list[float]()
    started: dict[int, float] = {}
    for number, message in enumerate(messages, 1):
        started[number] = time.time()
        server.tell(message.replace(NUMBER, b"%d" % number, 1))
        time.sleep(2 * REST)
        say(f"broadcast {number} of {len(messages)}")
    used = server.place.cpu_seconds()
    heard = crowd.ask("report", *started)
    took = [(at - begun) * 1000 for number, begun in started.items() for at in heard[str(number)]]
    return {
        "part": "bare",
        "open": open_,
        "heard": len(took),
        **_spread(took),
        "cpu_us_per_delivery": _each(cpu, used, took),
    }


async def _heard(crowd: Listeners, revision: int, started: float) -> list[float]:
    """Give for each listener the milliseconds until they heard; waits until nobody is missing, or patience ends."""
    deadline, before = time.monotonic() + PATIENCE, -1
    while True:
        await asyncio.sleep(REST / 2)
        heard = (await asyncio.to_thread(crowd.ask, "report", revision))[str(revision)]
        if len(heard) == before or time.monotonic() > deadline:  # nothing came since the last look
            return [(at - started) * 1000 for at in heard]
        before = len(heard)


def _spread(values: list[float]) -> Line:
    return {
        "p50_ms": _ms(values, 0.5),
        "p95_ms": _ms(values, 0.95),
        "p99_ms": _ms(values, 0.99),
        "worst_ms": _ms(values, 1),
    }


def _each(before: float | None, after: float | None, deliveries: list[float]) -> float | None:
    return None if before is None or after is None else round((after - before) * 1e6 / max(1, len(deliveries)), 2)


def _ratio(ours: float | None, measure: float | None) -> float | None:
    return round(ours / measure, 2) if ours and measure else None


def _ms(values: list[float], share: float) -> float | None:
    return round(percentile(values, share), 1) if values else None
