"""`tagwerk plan`: timetabling on a file, without a database."""

import argparse
import json
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from tagwerk.timetable import files
from tagwerk.timetable.background import Order
from tagwerk.timetable.company import better, companion
from tagwerk.timetable.contradiction import Contradiction
from tagwerk.timetable.cosplib import read_workbook
from tagwerk.timetable.documents import announced, contradiction_document, plan_document
from tagwerk.timetable.fields import Refused, shown
from tagwerk.timetable.improve import Aim, Progress, Report, unheard
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place, Problem, read
from tagwerk.timetable.reasons import count
from tagwerk.timetable.solve import Plan, solve
from tagwerk.timetable.telling import told

PLANNED, REFUSED, CONTRADICTED, INTERRUPTED = 0, 2, 3, 130

USUAL_SECONDS = 2.0
COLLECTING = 0.15
"""Seconds that the second search needs to give its answer when the first has ended."""
LAST_WORD = 1.0
"""Seconds to wait for the second search when the first has ended."""
MOST_SECONDS, MOST_MOVES, MOST_SEED = 86_400, 10**9, 2**53


class _Parser(argparse.ArgumentParser):
    """An argument parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        raise Refused(message)


def main(argv: Sequence[str]) -> int:
    """Run the command; return 0 with a plan, 3 when none exists, 2 with one line for refused input."""
    try:
        return _plan(_arguments(argv))
    except Refused as refused:
        sys.stderr.write(f"tagwerk plan: {' '.join(str(refused).split())}\n")
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("tagwerk plan: interrupted, nothing was written\n")
        return INTERRUPTED


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog="tagwerk plan", description="Plan topics into slots and rooms.", allow_abbrev=False)
    parser.add_argument("problem", metavar="PROBLEM.json[.gz]", type=Path)
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument("--seconds", type=_seconds, help="time for improving the first plan (default 2)")
    effort.add_argument("--moves", type=_moves, help="improve by this many moves instead; the result is reproducible")
    parser.add_argument("--seed", type=_seed, default=1, help="start of the random numbers (default 1)")
    parser.add_argument("--objective", choices=("seated", "served"), default="seated")
    parser.add_argument("--keep", metavar="PLAN.json", type=Path, help="an announced plan whose places stay put")
    parser.add_argument("-o", dest="output", metavar="PLAN.json", required=True, help="where to write; - for stdout")
    return parser.parse_args(argv)


def _seconds(given: str) -> float:
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not 0 <= value <= MOST_SECONDS:
        message = f"expected a number from 0 to {MOST_SECONDS}, found {shown(given)}"
        raise argparse.ArgumentTypeError(message)
    return value


def _moves(given: str) -> int:
    return _whole(given, MOST_MOVES)


def _seed(given: str) -> int:
    return _whole(given, MOST_SEED)


def _whole(given: str, most: int) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(most)) and int(given) <= most):
        message = f"expected a whole number from 0 to {most}, found {shown(given)}"
        raise argparse.ArgumentTypeError(message)
    return int(given)


def _plan(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    problem = _problem(arguments.problem)
    keep = None if arguments.keep is None else announced(files.load(arguments.keep), problem)
    _check_output(arguments)
    try:
        plan = _solve(problem, keep, arguments, time.perf_counter() - began)
    except Contradiction as contradiction:
        sys.stderr.write(f"tagwerk plan: {contradiction}\n")
        _write_contradiction(contradiction_document(problem, contradiction), arguments)
        return CONTRADICTED
    if plan.moves and sys.stderr.isatty():
        sys.stderr.write(f"tagwerk plan: {_moved(plan.moves.slot, plan.least_moves)}\n")
    plan = replace(plan, reasons=told(Model(problem), plan.placements, keep or ()))
    _write(plan_document(problem, plan), arguments.output)
    return PLANNED


def _problem(path: Path) -> Problem:
    """Read a problem, or a conference workbook and say what of it is left out."""
    if path.suffix.lower() != ".xlsx":
        return read(path)
    imported = read_workbook(path)
    for note in imported.notes:
        sys.stderr.write(f"tagwerk plan: note: {note}\n")
    return imported.problem


def _solve(problem: Problem, keep: list[Place | None] | None, arguments: argparse.Namespace, spent: float) -> Plan:
    """Plan in the time that was asked for, of which reading the problem has `spent` some."""
    seconds = USUAL_SECONDS if arguments.seconds is None and arguments.moves is None else arguments.seconds
    seconds = max(seconds / 2, seconds - spent) if seconds else seconds
    order = Order(objective=arguments.objective, seconds=seconds, seed=arguments.seed, keep=keep)
    began = time.perf_counter()
    run = companion(problem, order) if seconds else None
    try:
        plan = solve(
            problem,
            objective=arguments.objective,
            seconds=max(seconds / 2, seconds - COLLECTING) if run and seconds else seconds or None,
            moves=arguments.moves or 0,
            seed=arguments.seed,
            keep=keep,
            progress=_teller() if sys.stderr.isatty() else unheard,
        )
    except BaseException:
        if run:
            run.kill()
        raise
    if run and not plan.optimal:
        aim = Aim(arguments.objective, problem.weights, keep or (), arguments.seed, plan.least_moves)
        plan = replace(better(problem, plan, run, aim, LAST_WORD), seconds=time.perf_counter() - began)
    elif run:
        run.kill()
    return plan


def _moved(slot: int, least: int | None) -> str:
    """Say how many announced sessions move, and whether fewer would do."""
    moved = f"{count(slot, 'announced session changes its', 'announced sessions change their')} slot"
    if least is None:
        return moved
    return f"{moved}; proven: no valid plan moves fewer" + ("" if slot == least else f" than {least}")


def _check_output(arguments: argparse.Namespace) -> None:
    """Refuse early what could not be written after minutes of planning, and what would destroy the problem."""
    path = Path(arguments.output)
    try:
        if arguments.output == "-":
            message = ""
        elif path.is_dir() or not path.parent.is_dir():
            message = "is a folder" if path.is_dir() else "its folder does not exist"
        else:
            message = "the plan would overwrite the problem" if _same(path, arguments.problem) else ""
    except OSError as error:
        message = str(error.strerror)
    if message:
        message = f"{path}: {message}"
        raise Refused(message)


def _same(path: Path, other: Path | None) -> bool:
    return other is not None and path.exists() and path.samefile(other)


def _teller() -> Progress:
    """Return a function that shows the progress in per cent on one line of the terminal."""
    shown = [-1]

    def tell(report: Report) -> None:
        percent = int(report.share * 100)
        if percent > shown[0]:
            shown[0] = percent
            sys.stderr.write(f"\rplanning {percent:3d} %, {report.value} people\r")
            sys.stderr.flush()

    return tell


def _write(document: dict[str, object], output: str) -> None:
    try:
        if output == "-":
            sys.stdout.write(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
            sys.stdout.flush()
        else:
            files.store(document, Path(output))
    except OSError as error:
        message = f"{output}: {error.strerror}"
        raise Refused(message) from error


def _write_contradiction(document: dict[str, object], arguments: argparse.Namespace) -> None:
    """Show the contradiction, and leave it at the output too, but never in place of the announced plan."""
    _write(document, "-")
    if arguments.output != "-" and not _same(Path(arguments.output), arguments.keep):
        _write(document, arguments.output)
