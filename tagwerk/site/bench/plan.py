"""The planner on given files, held against its bars: seconds of search, a lost room, a live change and a proof."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tagwerk.site.bench.house import say
from tagwerk.site.bench.plan_bars import PARTS, PROOF_SECONDS, bar_of, best_of
from tagwerk.timetable import command, files, score
from tagwerk.timetable.background import LIVE_SECONDS, Order, Run
from tagwerk.timetable.bound import upper_bound
from tagwerk.timetable.documents import announced
from tagwerk.timetable.problem import Place, read
from tagwerk.timetable.solve import Contradiction, solve

ALWAYS = ("greedy", "lost", "live")
"""Parts that are measured where nothing has to be reached, too."""
REPLAN = 2.0
KEPT = 99.5
"""Per cent of the people seated who have to keep a seat when a room is lost."""
LIVE_BARS = ((60, 1_000), (150, 2_000))
"""Up to so many topics, at most so many milliseconds until a live preview is there."""
PROOF, PROVABLE = 300.0, 60
"""Seconds for a proof, and topics beyond which none is sought."""

Line = dict[str, Any]


def run(paths: Sequence[Path], parts: Sequence[str] = ()) -> Iterator[Line]:
    """Measure some parts, or all that have a bar; gives a line for each figure."""
    for path in paths:
        measured = _Measured(path)
        for part in parts or measured.parts():
            say(f"{measured.name}: {part} …")
            yield from measured.lines(part)


class _Measured:
    """One file; the plan of two seconds is what was announced."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name.removesuffix(".gz").removesuffix(".json")
        self.problem = read(path)
        self.trivial = score.trivial_bound(self.problem)
        self._announced: list[Place | None] | None = None

    def parts(self) -> list[str]:
        """Give the parts that have a bar, and those that need none."""
        return [part for part in PARTS if part in ALWAYS or bar_of(self.name, part, self.trivial) is not None]

    def lines(self, part: str) -> Iterator[Line]:
        """Give the figures of a part."""
        if part == "greedy":
            plan = solve(self.problem)
            more = {"ms": round(plan.seconds * 1000, 1), "seated": plan.seated}
            yield self._line(part, plan.served, best=best_of(self.name, "served", self.trivial), **more)
        elif part == "lost":
            yield from self._lost()
        elif part == "live":
            yield self._live()
        elif part == "proof":
            yield from self._proof()
        else:
            objective, seconds = part.split("-")
            plan_document, wall = self._planned("--objective", objective, "--seconds", seconds)
            best, bar = best_of(self.name, objective, self.trivial), bar_of(self.name, part, self.trivial)
            yield self._line(part, plan_document[objective], best=best, least=bar, seconds=wall)

    def _line(
        self,
        part: str,
        value: float,
        *,
        best: float = 0,
        least: float | None = None,
        most: float | None = None,
        **more: object,
    ) -> Line:
        bar = most if least is None else least
        met = None if bar is None else value <= bar if least is None else value >= bar
        ratio = {"best_known": best, "ratio": round(value / best, 4)} if best else {}
        return {
            "bench": "plan",
            "file": self.name,
            "part": part,
            "value": value,
            **ratio,
            "bar": bar,
            "met": met,
            **more,
        }

    def _planned(self, *options: str) -> tuple[dict[str, Any], float]:
        """Give the answer of `tagwerk plan`, and its seconds."""
        with tempfile.TemporaryDirectory() as folder:
            output, began = Path(folder) / "plan.json", time.perf_counter()
            command.main([str(self.path), *options, "-o", str(output)])
            wall = round(time.perf_counter() - began, 2)
            found = files.load(output)
        return (found if isinstance(found, dict) else {}), wall

    @property
    def announced(self) -> list[Place | None]:
        """Give a plan for seats."""
        if self._announced is None:
            self._announced = announced(self._planned("--seconds", f"{REPLAN:.0f}")[0], self.problem)
        return self._announced

    def _lost(self) -> Iterator[Line]:
        """Close the room that is used most, of those in which nothing is pinned."""
        pinned = {room for _, room in self.problem.pins.values()}
        used = Counter(place[1] for place in self.announced if place and place[1] not in pinned)
        closed = [(slot, used.most_common(1)[0][0]) for slot in range(len(self.problem.slots))] if used else []
        lost = replace(self.problem, room_closed=[*self.problem.room_closed, *closed])
        try:
            plan = solve(lost, seconds=REPLAN, keep=self.announced)
        except Contradiction:
            say(f"{self.name}: no plan without this room")
            return
        before = score.seated(self.problem, self.announced)
        share = round(100 * plan.seated / before, 2) if before else 100.0
        yield self._line("lost seated %", share, least=KEPT)
        if plan.moves and plan.least_moves is not None:
            more = {"proven_least": plan.least_moves, "room_moves": plan.moves.room}
            yield self._line("lost slot moves", plan.moves.slot, most=plan.least_moves + 1, **more)

    def _live(self) -> Line:
        """Add a topic that everybody wishes to the announced plan, in a child process."""
        topics, new = self.problem.topics, len(self.problem.topics)
        added = replace(topics[0], id="added", slots=range(len(self.problem.slots)), host=None)
        wishes = [[*row, new] for row in self.problem.wishes]
        changed = replace(self.problem, topics=[*topics, added], wishes=wishes, must_place_all=False)
        order = Order(seconds=LIVE_SECONDS, keep=[*self.announced, None])
        began = time.perf_counter()
        answer = Run(changed, order).wait() or {"moves": None}
        ms = round((time.perf_counter() - began) * 1000)
        return self._line(
            "live ms", ms, most=next((bar for most, bar in LIVE_BARS if new <= most), None), moves=answer["moves"]
        )

    def _proof(self) -> Iterator[Line]:
        if len(self.problem.topics) <= PROVABLE:
            plan = solve(self.problem, objective="served", seconds=5 * REPLAN)
            seconds = PROOF_SECONDS.get(self.name, PROOF)
            bound = upper_bound(self.problem, plan.placements, seconds=seconds)
            if bound.value is None:
                say(bound.text)
                return
            bar = bar_of(self.name, "proof", self.trivial)
            yield self._line("proof", bound.value, best=plan.served, most=bar, seconds=round(bound.seconds, 1))
