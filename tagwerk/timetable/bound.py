"""An honest upper bound of the people whom any plan can serve, by column generation (Dantzig-Wolfe).

Whatever the prices of topics are, no plan serves more than all prices together plus, for each slot, the most that a
set of topics is worth there beyond its prices. The linear program finds good prices, branch and bound proves the rest.
Seats only take people away, so the bound holds for people seated too; and so do rooms that cannot be attended from
afar, wherefore everybody counts as if in the house.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tagwerk.timetable import extra, score
from tagwerk.timetable.construct import construct
from tagwerk.timetable.effort import Effort, never
from tagwerk.timetable.improve import Aim, Objective, improve
from tagwerk.timetable.master import Master, Prices
from tagwerk.timetable.model import Model, mask_of
from tagwerk.timetable.pricing import Proof, Shelf
from tagwerk.timetable.problem import Placements, Problem

STARTS, MOVES_PER_TOPIC = 6, 8_000
CLIMBS = 12
"""Sets sought for each slot in a round."""
TINY = 1e-6
COARSE, FINER, FINE = 0.005, 8.0, 0.01
"""The first proof may miss this share of all people, each later one that finds nothing new 8 times less, down to 0.01."""

Heard = Callable[[int], None]
"""Told each bound that is better than those before."""


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan has more people than `value` (None: nothing is proven); `text` says so in plain English."""

    value: int | None
    text: str
    seconds: float = 0.0

    def proves(self, people: int) -> bool:
        """Say whether a plan with so many people is the best there is."""
        return self.value is not None and people >= self.value


def unheard(_: int) -> None:
    """Tell nobody."""


def upper_bound(
    problem: Problem,
    known: Placements | None = None,
    *,
    objective: Objective = "served",
    seconds: float = 60.0,
    heard: Heard = unheard,
    stop: Callable[[], bool] = never,
) -> Bound:
    """Return a bound that holds for every valid plan, `known` among them; the best after the given seconds."""
    started = time.perf_counter()
    solvers = extra.linear_solver()
    if solvers is None:
        return Bound(None, extra.NO_PROOF)
    model = Model(replace(problem, remote=None))
    generation = _Generation(model, Master(model, solvers), known, heard)
    generation.out_of_time = lambda: stop() or time.perf_counter() - started > seconds
    if generation.begin():
        generation.run()
    best = 0 if known is None else score.score(problem, known)[objective == "seated"]
    value = max(generation.value, best)  # arithmetic of real numbers never turns a plan down
    return Bound(value, _text(value, best), time.perf_counter() - started)


def _text(value: int, best: int) -> str:
    if not best:
        return f"no plan has more than {value} people"
    if best >= value:
        return "optimal: no plan has more people"
    return f"at most {100 * (value - best) / best:.1f} % more people are possible"


class _Generation:
    """Adds sets that the current prices undervalue until none is left, and proves bounds on the way."""

    def __init__(self, model: Model, master: Master, known: Placements | None, heard: Heard) -> None:
        self.model, self.master, self.heard = model, master, heard
        self.known = known
        self.value = score.trivial_bound(model.problem)
        self.best, self.slack = 0, 0.0
        self.shelves = [Shelf(model, slot) for slot in range(len(model.opened))]
        self.random = Random(1)  # noqa: S311 - a reproducible proof
        self.out_of_time: Callable[[], bool] = never

    def begin(self) -> bool:
        """Put in the sets of some good plans; False when there is no plan to begin with."""
        grid = construct(self.model, by_seats=False, seed=1)
        if grid is None:
            return False
        plans = [self.known] if self.known is not None else []
        for seed in range(1, STARTS + 1):
            effort = Effort(MOVES_PER_TOPIC * self.model.topic_count, stop=self.out_of_time)
            plans.append(improve(self.model, grid.placements(), effort, Aim("served", seed=seed)).placements)
        for plan in plans:
            self.best = max(self.best, score.score(self.model.problem, plan)[0])
            for slot in range(len(self.shelves)):
                self._add(slot, mask_of([t for t, place in enumerate(plan) if place and place[0] == slot]))
        for slot in range(len(self.shelves)):
            self._add(slot, 0)
        self.slack = max(FINE, COARSE * self.best) / max(1, len(self.shelves))
        return True

    def run(self) -> None:
        """Go on until the program is solved to the end, the best plan known is proven or the time is over."""
        while self.value > self.best and not self.out_of_time():
            prices = self.master.solve()
            if prices is None:
                return
            tops, found = self._climb(prices)
            if found:
                continue
            try:
                found = self._prove(prices, tops)
            except TimeoutError:
                return
            if not found:
                if self.slack * len(self.shelves) <= FINE:
                    return
                self.slack /= FINER

    def _add(self, slot: int, chosen: int) -> bool:
        return self.master.add(slot, chosen, self.shelves[slot].served(chosen))

    def _climb(self, prices: Prices) -> tuple[list[float], int]:
        """Look for undervalued sets; return the most that a set is worth in each slot, and how many are new."""
        tops, found = [], 0
        for slot, shelf in enumerate(self.shelves):
            top = prices.slots[slot]
            for _ in range(CLIMBS):
                near = self.random.choice(prices.used[slot]) if prices.used[slot] else 0
                priced = shelf.climbed(prices.topics, near, self.random)
                top = max(top, priced.worth)
                if priced.worth > prices.slots[slot] + TINY:
                    found += self._add(slot, priced.chosen)
            tops.append(top)
        return tops, found

    def _prove(self, prices: Prices, tops: list[float]) -> int:
        """Prove a bound with these prices; return how many undervalued sets came to light."""
        total, found = sum(prices.topics), 0
        for slot, (shelf, top) in enumerate(zip(self.shelves, tops, strict=True)):
            priced = Proof(shelf, prices.topics, self.out_of_time).at_most(top, self.slack)
            total += (priced.worth if priced else top) + self.slack
            found += priced is not None and self._add(slot, priced.chosen)
        value = math.floor(total + TINY)
        if value < self.value:
            self.value = value
            self.heard(value)
        return found
