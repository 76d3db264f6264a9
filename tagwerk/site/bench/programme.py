"""A large programme: what the first visit weighs, and how soon every open page shows what was released."""

import json
import re
import subprocess
import sys
import time
from typing import Any

from tagwerk.site.bench.desk import Desk
from tagwerk.site.bench.house import House, house, percentile, say
from tagwerk.site.bench.pages import weigh

ROUNDS = 5
Line = dict[str, Any]


def run(sessions: int, rooms: int, days: int, pages: int, *, hold: bool) -> list[Line]:
    """Measure; gives one line for the first visit and one for the releases. With `hold`, serves until Enter is pressed."""
    with house(large=(sessions, rooms, days)) as place:
        if hold:
            say(f"http://{place.host}:{place.port}/{place.slug}/schedule/ - Enter ends it")
            sys.stdin.readline()
            return []
        lines = weigh(place, f"/{place.slug}/schedule/")
        whole: Line = {
            "bench": "programme",
            "sessions": sessions,
            "requests": len(lines) + 1,  # and the live connection; its bytes come later, with the news
            "kib": round(sum(int(line["bytes"]) for line in lines) / 1024, 1),
        }
        return [*lines, whole, _releases(place, pages)]


def _releases(place: House, pages: int) -> Line:
    desk = Desk(place)
    codes = re.findall(r"desk/programme/([0-9A-Z]{4,8})/", desk.read(f"/{place.slug}/desk/programme/"))
    command = [sys.executable, "-m", "tagwerk.site.bench.visitors", place.host, str(place.port), place.slug, str(pages)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    took: list[float] = []
    with subprocess.Popen(command, text=True, **pipes) as visitors:  # type: ignore[call-overload] # noqa: S603 - our own
        say(f"{visitors.stdout.readline().strip()} pages are open")
        for number, code in enumerate(list(dict.fromkeys(codes))[:ROUNDS], 1):
            took += _release(place, desk, code, f"21:{number:02d}", visitors)
            say(f"release {number} of {ROUNDS}: the last page after {max(took) * 1000:.0f} ms at most")
        visitors.stdin.close()
    return {
        "part": "release",
        "pages": pages,
        "releases": ROUNDS,
        "p50_ms": round(percentile(took, 0.5) * 1000),
        "p99_ms": round(percentile(took, 0.99) * 1000),
        "worst_ms": round(max(took) * 1000),
        "never": pages * ROUNDS - len(took),
    }


def _release(place: House, desk: Desk, code: str, start: str, visitors: "subprocess.Popen[str]") -> list[float]:
    """Move a session to a time that nothing has, release it; gives how long that took to each page."""
    path = f"/{place.slug}/desk/programme/"
    desk.change(f"{path}{code}/", start=start, end="22:00")
    assert visitors.stdin  # noqa: S101 - tells the type
    assert visitors.stdout  # noqa: S101
    visitors.stdin.write(f">{start}<\n")
    visitors.stdin.flush()
    begun = time.time()
    desk.send(f"{path}release/", {"session": code, "complete": "on"})
    return [at - begun for at in json.loads(visitors.stdout.readline())]
