"""`tagwerk bench`: the product's own benchmarks; JSON lines on stdout, progress on stderr."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tagwerk.site.bench.plan_bars import PARTS


def main(words: list[str]) -> int:
    """Run one benchmark and print its lines; gives the exit status."""
    asked = _parser().parse_args(words)
    for line in _lines(asked):
        print(json.dumps(line), flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tagwerk bench", description="The product's own benchmarks, as JSON lines.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    live = kinds.add_parser("live", help="from the tap that crosses the threshold to everybody's screen")
    live.add_argument("--clients", type=int, default=200)
    live.add_argument("--crossings", type=int, default=15, help="at most as many as the demo has places: 20")
    live.add_argument("--announcements", type=int, default=15, help="told to all; also by a bare server, for the ratio")
    writes = kinds.add_parser("writes", help="a burst of interest")
    writes.add_argument("--devices", type=int, default=220)
    writes.add_argument("--seconds", type=float, default=10.0)
    writes.add_argument("--taps", type=int, default=1, help="by each device in that time; 0: as fast as it is answered")
    writes.add_argument(
        "--topics", type=int, default=1, help="that are tapped; 1: everybody taps what was just pitched"
    )
    kinds.add_parser("pages", help="the first visit: requests, bytes on the wire, time to render")
    restart = kinds.add_parser("restart", help="the server is killed: until everybody listens again")
    restart.add_argument("--clients", type=int, default=1000)
    programme = kinds.add_parser("programme", help="a large programme: its first visit, and a release to open pages")
    programme.add_argument("--sessions", type=int, default=200)
    programme.add_argument("--rooms", type=int, default=8)
    programme.add_argument("--days", type=int, default=2)
    programme.add_argument("--pages", type=int, default=1000, help="that are open when something is released")
    programme.add_argument("--hold", action="store_true", help="only serve it, for a load generator of your own")
    plan = kinds.add_parser("plan", help="the planner on timetabling files")
    plan.add_argument("files", metavar="PROBLEM.json[.gz]", type=Path, nargs="+")
    plan.add_argument("--part", action="append", default=[], choices=PARTS, help="only this; may be repeated")
    return parser


def _lines(asked: argparse.Namespace) -> Iterable[dict[str, Any]]:
    from tagwerk.site.bench import live, pages, plan, programme, restart, writes  # noqa: PLC0415 - only when a benchmark is run

    if asked.kind == "live":
        return live.run(asked.clients, asked.crossings, asked.announcements)
    if asked.kind == "writes":
        return writes.run(asked.devices, asked.seconds, asked.taps, asked.topics)
    if asked.kind == "restart":
        return restart.run(asked.clients)
    if asked.kind == "programme":
        return programme.run(asked.sessions, asked.rooms, asked.days, asked.pages, hold=asked.hold)
    return pages.run() if asked.kind == "pages" else plan.run(asked.files, asked.part)
