"""How long planning goes on, by moves or by the clock, and who hears about the progress."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LOOK_AT_CLOCK = 64
USUAL_RATE = 50_000
"""Moves a second to expect; only the start temperature hangs on it, so plans by moves stay reproducible."""

Progress = Callable[[float], None]
"""Told from time to time how much of the moves or seconds is used, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to go on: at most `moves` (0: no limit), at most until `deadline` on `time.perf_counter`.

    With neither there is nothing to do.
    """

    moves: int = 0
    deadline: float | None = None

    @property
    def expected(self) -> float:
        """Return the moves to expect."""
        left = math.inf if self.deadline is None else (self.deadline - time.perf_counter()) * USUAL_RATE
        return min(self.moves or math.inf, max(1.0, left))

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.moves) or self.deadline is not None

    def steps(self, heard: Progress) -> Iterator[float]:
        """Yield the progress from 0 to 1 before each move until the moves or the time are used up."""
        started, step, progress = time.perf_counter(), 0, 0.0
        while not self.moves or step < self.moves:
            if step % LOOK_AT_CLOCK == 0:
                if self.deadline is not None:
                    now = time.perf_counter()
                    if now >= self.deadline:
                        return
                    progress = (now - started) / (self.deadline - started)
                heard(max(progress, step / self.moves if self.moves else 0.0))
            yield max(progress, step / self.moves) if self.moves else progress
            step += 1


def unheard(_: float) -> None:
    """Tell nobody about the progress."""
