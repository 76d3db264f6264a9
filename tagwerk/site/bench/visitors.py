"""Many open pages in a process of their own: `python -m tagwerk.site.bench.visitors HOST PORT SLUG PAGES`.

Each page does what ours does in a browser: it listens, and when something was released it fetches itself anew within a
moment. Reads lines from stdin, a mark each, and answers when every page shows it: the moments at which that was so.
"""

import asyncio
import gzip
import json
import random
import re
import sys
import time
from functools import lru_cache
from pathlib import Path

from tagwerk.site.bench.house import House
from tagwerk.site.bench.wire import Wire, listen
from tagwerk.site.server import allow_many_connections

REFRESH = Path(__file__).resolve().parents[2] / "kit/assets/js/refresh.js"
PATIENCE = 30.0
AT_ONCE = 100  # connections on their way


class Page:
    """One open page of the programme."""

    def __init__(self, place: House, crowd: float) -> None:
        self.place = place
        self.crowd = crowd  # seconds within which pages fetch themselves
        self.is_open = asyncio.Event()
        self.mark = ""
        self.shows = asyncio.get_running_loop().create_future()  # since when it shows the mark, by either way

    async def stay(self) -> None:
        """Listen until cancelled."""
        fetching: asyncio.Task[None] | None = None
        async for message in listen(self.place):
            self.is_open.set()
            self._look(message.get("html", ""), time.time())
            if message.get("kind", "").startswith("programme.") and (fetching is None or fetching.done()):
                fetching = asyncio.create_task(self._fetch())

    def look_for(self, mark: str) -> "asyncio.Future[float]":
        """Give the moment, once it comes, at which the page shows a mark."""
        self.mark, self.shows = mark, asyncio.get_running_loop().create_future()
        return self.shows

    async def _fetch(self) -> None:
        await asyncio.sleep(random.random() * self.crowd)  # noqa: S311 - a crowd, not a secret
        wire = Wire(self.place)
        path = f"/{self.place.slug}/schedule/"
        reply = await wire.ask("GET", path, Cache_Control="no-cache", Accept_Encoding="gzip")
        at = time.time()
        wire.close()
        self._look(unpacked(reply.body), at)

    def _look(self, html: str, at: float) -> None:
        if self.mark and self.mark in html and not self.shows.done():
            self.shows.set_result(at)


@lru_cache(maxsize=4)
def unpacked(body: bytes) -> str:
    """Unpack a page; thousands of phones do that each for itself, and we once for all."""
    return gzip.decompress(body).decode()


async def visit(place: House, many: int) -> None:
    """Open the pages, then wait for each mark that is asked for."""
    said = re.search(r"CROWD = ([\d_]+)", REFRESH.read_text())
    pages = [Page(place, int(said[1]) / 1000 if said else 0.0) for _ in range(many)]
    staying = []
    for number, page in enumerate(pages, 1):
        staying.append(asyncio.create_task(page.stay()))
        if number % AT_ONCE == 0 or number == many:
            await asyncio.gather(*(one.is_open.wait() for one in pages[:number]))
    _say(len(pages))
    while mark := (await asyncio.to_thread(sys.stdin.readline)).strip():
        done, _late = await asyncio.wait([page.look_for(mark) for page in pages], timeout=PATIENCE)
        _say([one.result() for one in done])


def _say(answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - it is how the processes talk


if __name__ == "__main__":
    allow_many_connections()
    asyncio.run(visit(House(sys.argv[1], int(sys.argv[2]), sys.argv[3], 0), int(sys.argv[4])))
