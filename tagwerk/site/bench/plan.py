"""The planner on given files: the greedy alone, as after a tap, and two seconds of search."""

from pathlib import Path
from typing import Any

from tagwerk.site.bench.house import say
from tagwerk.timetable.problem import read
from tagwerk.timetable.solve import solve

SEARCH = 2.0


def run(files: list[Path]) -> list[dict[str, Any]]:
    """Measure; gives one line per file."""
    return [_measure(path) for path in files]


def _measure(path: Path) -> dict[str, Any]:
    say(f"{path.name} …")
    problem = read(path)
    line: dict[str, Any] = {"bench": "plan", "file": path.name, "topics": len(problem.topics)}
    for name, seconds in (("greedy", None), ("search", SEARCH)):
        plan = solve(problem, seconds=seconds)
        line |= {
            f"{name}_ms": round(plan.seconds * 1000, 1),
            f"{name}_seated": plan.seated,
            f"{name}_served": plan.served,
        }
    return line
