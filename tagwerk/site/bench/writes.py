"""A burst of interest: many phones tap at once, as after a good pitch."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator
from typing import Any

from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.wire import Wire

TOPICS = 12
OK = 200


def run(devices: int, seconds: float, taps: int) -> list[dict[str, Any]]:
    """Measure; gives one line. A tap counts once it is acknowledged, so once it is on disk.

    Each device taps `taps` times at moments of its own; 0: all of them again and again, as fast as they are answered.
    """
    with house() as place:
        return [asyncio.run(_measure(place, devices, seconds, taps))]


async def _measure(place: House, devices: int, seconds: float, taps: int) -> dict[str, Any]:
    wire = Wire(place)
    say(f"{devices} devices take part …")
    tokens = [await wire.device() for _ in range(devices)]
    codes = []
    for number in range(TOPICS):
        words = {"title": f"Thema {number + 1} von vielen", "host_name": f"Alex {number + 1}"}
        codes.append((await wire.ask("POST", wire.api("/topics"), words, tokens[number % devices])).json()["code"])
    say(f"everybody taps for {seconds:g} s …")
    took: list[float] = []
    errors: list[str] = []
    started = time.perf_counter()
    chance = random.Random(7)  # noqa: S311 - the same hall each time
    plans = [sorted(chance.uniform(0, seconds) for _ in range(taps)) for _ in tokens]
    paces = [_pace(started, plan or None, seconds) for plan in plans]
    await asyncio.gather(
        *(_tap(Wire(place), token, codes, pace, (took, errors)) for token, pace in zip(tokens, paces, strict=True))
    )
    return {
        "bench": "writes",
        "devices": devices,
        "seconds": seconds,
        "taps": taps,
        "acknowledged": len(took),
        "per_second": round(len(took) / (time.perf_counter() - started), 1),
        "p50_ms": round(percentile(took, 0.5) * 1000, 1) if took else None,
        "p99_ms": round(percentile(took, 0.99) * 1000, 1) if took else None,
        "errors": len(errors),
        "first_error": errors[0] if errors else None,
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


async def _tap(
    wire: Wire, token: str, codes: list[str], pace: AsyncIterator[float], notes: tuple[list[float], list[str]]
) -> None:
    """One phone: interest on for every topic, then off, then on again."""
    took, errors = notes
    verbs = itertools.cycle(itertools.product(("PUT", "DELETE"), random.sample(codes, len(codes))))
    async for begun in pace:
        method, code = next(verbs)
        try:
            reply = await wire.ask(method, wire.api(f"/topics/{code}/interest"), token=token)
        except (OSError, EOFError, ValueError) as fault:
            errors.append(repr(fault))
            continue
        if reply.status == OK:
            took.append(time.perf_counter() - begun)
        else:
            errors.append(f"{reply.status} {reply.body[:200].decode(errors='replace')}")
    wire.close()
