"""How long planning goes on: by moves, by the clock, or until somebody says stop."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace


def never() -> bool:
    """Do not stop."""
    return False


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to go on: at most `moves` (0: no limit), at most until `deadline` on `time.perf_counter`.

    With neither there is nothing to do. `stop` is asked again and again and ends the work when it says True.
    """

    moves: int = 0
    deadline: float | None = None
    stop: Callable[[], bool] = field(default=never)

    def expected(self, rate: float) -> float:
        """Return the moves to expect at `rate` moves a second."""
        left = math.inf if self.deadline is None else (self.deadline - time.perf_counter()) * rate
        return min(self.moves or math.inf, max(1.0, left))

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.moves) or self.deadline is not None

    def split(self, share: float) -> "tuple[Effort, Effort]":
        """Return this effort in two parts, of which the first gets the given share."""
        if self.deadline is None:
            first = int(self.moves * share)
            return Effort(first, stop=self.stop), Effort(self.moves - first, stop=self.stop)
        now = time.perf_counter()
        middle = now + (self.deadline - now) * share
        return replace(self, deadline=middle), self

    def bursts(self, most: int) -> Iterator[tuple[float, int]]:
        """Yield the share used so far, from 0 to 1, and the next moves to try, at most `most` at once."""
        started, done, share = time.perf_counter(), 0, 0.0
        while not self.stop() and (not self.moves or done < self.moves):
            if self.deadline is not None:
                now = time.perf_counter()
                if now >= self.deadline:
                    return
                share = (now - started) / (self.deadline - started)
            if self.moves:
                share = max(share, done / self.moves)
            moves = min(most, self.moves - done) if self.moves else most
            yield share, moves
            done += moves
