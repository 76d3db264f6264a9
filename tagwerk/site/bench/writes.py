"""A burst of interest: many phones tap at once, as after a good pitch."""

import asyncio
import itertools
import time
from typing import Any

from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.wire import Wire

TOPICS = 12
OK = 200


def run(devices: int, seconds: float) -> list[dict[str, Any]]:
    """Measure; gives one line. A tap counts once it is acknowledged, so once it is on disk."""
    with house() as place:
        return [asyncio.run(_measure(place, devices, seconds))]


async def _measure(place: House, devices: int, seconds: float) -> dict[str, Any]:
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
    end = started + seconds
    await asyncio.gather(*(_tap(Wire(place), token, codes, end, (took, errors)) for token in tokens))
    return {
        "bench": "writes",
        "devices": devices,
        "seconds": seconds,
        "acknowledged": len(took),
        "per_second": round(len(took) / (time.perf_counter() - started), 1),
        "p50_ms": round(percentile(took, 0.5) * 1000, 1) if took else None,
        "p99_ms": round(percentile(took, 0.99) * 1000, 1) if took else None,
        "errors": len(errors),
        "first_error": errors[0] if errors else None,
    }


async def _tap(wire: Wire, token: str, codes: list[str], end: float, notes: tuple[list[float], list[str]]) -> None:
    """One phone: interest on for every topic, then off, then on again, each as soon as the last is acknowledged."""
    took, errors = notes
    for method, code in itertools.cycle(itertools.product(("PUT", "DELETE"), codes)):
        begun = time.perf_counter()
        if begun >= end:
            break
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
