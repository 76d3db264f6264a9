"""The first visit to the participant page: what goes over the wire, and how long the server thinks."""

import asyncio
import re
import time
from typing import Any
from urllib.parse import urljoin

from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.wire import Wire
from tagwerk.site.demo.topics import TOPICS

VIEWS = 60
LOADED = re.compile(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"[^>]*>')
NOT_LOADED = re.compile(r'rel="(?:alternate|canonical|manifest|apple-touch-icon)"')
STREAM = 1  # the live connection; its bytes come later, with the news


def run() -> list[dict[str, Any]]:
    """Measure; gives one line per file and a last one for the whole."""
    with house() as place:
        return asyncio.run(_measure(place))


def weigh(place: House, address: str) -> list[dict[str, Any]]:
    """Give what a first visit of an address brings over the wire, one line per file, the page first."""
    return asyncio.run(_weigh(Wire(place), address))


async def _weigh(wire: Wire, first: str) -> list[dict[str, Any]]:
    page = await wire.ask("GET", first)
    tags = [tag for tag in LOADED.finditer(page.body.decode()) if not NOT_LOADED.search(tag[0])]
    lines = []
    for address in [first, *dict.fromkeys(urljoin(first, tag[1]) for tag in tags)]:
        reply = await wire.ask("GET", address, **{"Accept-Encoding": "gzip, br"})
        lines.append({"path": address, "status": reply.status, "bytes": reply.weight})
    return lines


async def _measure(place: House) -> list[dict[str, Any]]:
    wire = Wire(place)
    say("filling the page with topics …")
    for topic in TOPICS:
        words = {"title": topic.title, "description": topic.description, "host_name": topic.host_name}
        await wire.ask("POST", wire.api("/topics"), words, await wire.device())
    first = f"/{place.slug}/"
    lines = await _weigh(wire, first)
    page = await wire.ask("GET", first)
    took = []
    for _ in range(VIEWS):
        begun = time.perf_counter()
        await wire.ask("GET", first)
        took.append((time.perf_counter() - begun) * 1000)
    whole = {
        "bench": "pages",
        "requests": len(lines) + STREAM,
        "kib": round(sum(int(str(line["bytes"])) for line in lines) / 1024, 1),
        "page_plain_kib": round(len(page.body) / 1024, 1),
        "render_p50_ms": round(percentile(took, 0.5), 1),
        "render_p95_ms": round(percentile(took, 0.95), 1),
    }
    return [*lines, whole]
