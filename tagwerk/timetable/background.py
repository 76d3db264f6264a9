"""Starts the planner as a child process of low priority, hears its progress and stops it."""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tagwerk.timetable.documents import problem_document
from tagwerk.timetable.improve import Objective
from tagwerk.timetable.problem import Place, Problem

COMMAND = (sys.executable, "-m", "tagwerk.timetable", "--child")
LIVE_SECONDS = 0.3
"""Seconds of search for a preview that shall be there within a second: a process starts and answers in another 0.3."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the child shall do: `plan` or `bound`; seconds and moves as in `solve`; `keep` is the announced plan."""

    task: Literal["plan", "bound"] = "plan"
    objective: Objective = "seated"
    seconds: float | None = 10.0
    moves: int = 0
    seed: int = 1
    keep: Sequence[Place | None] | None = None


class Run:
    """One order being worked on. Every line of the child is a document with the key `kind` (see `child`)."""

    def __init__(self, problem: Problem, order: Order) -> None:
        self._order = json.dumps({"problem": problem_document(problem), **asdict(order)}).encode() + b"\n"
        self.progress: dict[str, Any] = {}
        self._answer: dict[str, Any] | None = None
        self._child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        if self._child.stdin and self._child.stdout:
            try:
                self._child.stdin.write(self._order)
                self._child.stdin.flush()
            except OSError:
                return  # the child has died; the answer stays None
            for line in self._child.stdout:
                said = json.loads(line)
                if said["kind"] == "progress":
                    self.progress = said
                else:
                    self._answer = said

    @property
    def is_done(self) -> bool:
        """Say whether the child has answered or died."""
        return not self._listener.is_alive()

    def stop(self) -> None:
        """Ask for the best plan so far; the answer follows within a burst of moves."""
        if self._child.stdin and not self._child.stdin.closed:
            try:
                self._child.stdin.write(b"stop\n")
                self._child.stdin.flush()
            except OSError:
                return  # it has answered already

    def wait(self, seconds: float | None = None) -> dict[str, Any] | None:
        """Return the child's answer; None when it is not there in time, or when the child died without one."""
        self._listener.join(seconds)
        if self.is_done:
            self._close()
        return self._answer if self.is_done else None

    def kill(self) -> None:
        """End the child without an answer."""
        self._child.kill()
        self._listener.join()
        self._close()

    def _close(self) -> None:
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # closing writes out a stop that nobody reads any more
                    pipe.close()
        self._child.wait()
