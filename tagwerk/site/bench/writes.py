"""A burst of interest: many phones tap at once, as after a good pitch, and a wall shows the count."""

import asyncio
import contextlib
import itertools
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.wire import Wire, listen

COUNT = "topic.count"
PATIENCE = 10.0  # after this a count counts as lost
OK = 200


@dataclass
class Notes:
    """What the phones and the wall noted down; `codes` are the topics, `counts` what the wall shows and since when."""

    codes: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    last_acknowledged: float = 0.0
    counts: dict[str, tuple[int, float]] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)


def run(devices: int, seconds: float, taps: int, topics: int) -> list[dict[str, Any]]:
    """Measure; gives one line. A tap counts once it is acknowledged, so once it is on disk.

    Each device taps `taps` times at moments of its own; 0: all of them again and again, as fast as they are answered.
    """
    with house() as place:
        return [asyncio.run(_measure(place, devices, seconds, taps, topics))]


async def _measure(place: House, devices: int, seconds: float, taps: int, topics: int) -> dict[str, Any]:
    wire, notes = Wire(place), Notes()
    say(f"{devices} devices take part …")
    tokens = [await wire.device() for _ in range(devices)]
    for number in range(topics):
        words = {"title": f"Thema {number + 1} von vielen", "host_name": f"Alex {number + 1}"}
        topic = (await wire.ask("POST", wire.api("/topics"), words, tokens[number % devices])).json()
        notes.codes.append(topic["code"])
    wall = asyncio.create_task(_watch(place, notes))
    say(f"everybody taps for {seconds:g} s …")
    started, cpu = time.perf_counter(), place.cpu_seconds()
    chance = random.Random(7)  # noqa: S311 - the same hall each time
    plans = [sorted(chance.uniform(0, seconds) for _ in range(taps)) for _ in tokens]
    paces = [_pace(started, plan or None, seconds) for plan in plans]
    await asyncio.gather(*(_tap(Wire(place), token, pace, notes) for token, pace in zip(tokens, paces, strict=True)))
    ended, used = time.perf_counter(), place.cpu_seconds()
    last_count = await _last_count(wire, notes)
    wall.cancel()
    took = notes.took
    return {
        "bench": "writes",
        "devices": devices,
        "seconds": seconds,
        "taps": taps,
        "topics": topics,
        "acknowledged": len(took),
        "per_second": round(len(took) / (ended - started), 1),
        "p50_ms": round(percentile(took, 0.5) * 1000, 1) if took else None,
        "p99_ms": round(percentile(took, 0.99) * 1000, 1) if took else None,
        "cpu_ms_per_tap": None if cpu is None or used is None else round((used - cpu) * 1000 / max(1, len(took)), 1),
        "last_count_ms": last_count,
        "errors": len(notes.errors),
        "first_error": notes.errors[0] if notes.errors else None,
    }


async def _pace(started: float, moments: list[float] | None, seconds: float) -> AsyncIterator[float]:
    """Give the moment of each tap when it has come; without moments, at once and until the time is over."""
    if moments is None:
        while (now := time.perf_counter()) < started + seconds:
            yield now
        return
    for moment in moments:
        await asyncio.sleep(max(0.0, started + moment - time.perf_counter()))
        yield time.perf_counter()


async def _tap(wire: Wire, token: str, pace: AsyncIterator[float], notes: Notes) -> None:
    """One phone: interest on for every topic, then off, then on again."""
    codes = random.sample(notes.codes, len(notes.codes))
    verbs = itertools.cycle(itertools.product(("PUT", "DELETE"), codes))
    keys = itertools.count()
    async for begun in pace:
        method, code = next(verbs)
        path, key = wire.api(f"/topics/{code}/interest"), {"Idempotency-Key": f"tap-{next(keys)}"}
        try:
            reply = await wire.ask(method, path, token=token, **key)
        except (OSError, EOFError, ValueError) as fault:
            notes.errors.append(repr(fault))
            continue
        if reply.status == OK:
            notes.last_acknowledged = time.perf_counter()
            notes.took.append(notes.last_acknowledged - begun)
        else:
            notes.errors.append(f"{reply.status} {reply.body[:200].decode(errors='replace')}")
    wire.close()


async def _watch(place: House, notes: Notes) -> None:
    """The wall: note each count and when it came."""
    async for message in listen(place):
        if message and message["kind"] == COUNT:
            notes.counts[message["code"]] = (message["count"], time.perf_counter())
            notes.news.set()


async def _last_count(wire: Wire, notes: Notes) -> float | None:
    """Wait until the wall shows what is stored; gives the time from the last answer to the last count to come.

    A topic that nobody tapped is 0 everywhere. None: the wall never got it right.
    """
    stored = {code: (await wire.ask("GET", wire.api(f"/topics/{code}"))).json()["interest"] for code in notes.codes}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while {code: notes.counts.get(code, (0, 0.0))[0] for code in stored} != stored:
                notes.news.clear()
                await notes.news.wait()
            moments = [moment for _count, moment in notes.counts.values()]
            return round(max(0.0, max(moments, default=0.0) - notes.last_acknowledged) * 1000, 1)
    return None
