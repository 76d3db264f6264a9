"""From a valid plan to a better one: which topics may move, in which order, and what is kept in the end."""

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Literal

from tagwerk.timetable import score
from tagwerk.timetable.anchors import Anchors
from tagwerk.timetable.annealing import Annealing, Search
from tagwerk.timetable.board import Board
from tagwerk.timetable.counting import Counting
from tagwerk.timetable.effort import Effort
from tagwerk.timetable.grid import Grid
from tagwerk.timetable.model import Model
from tagwerk.timetable.moves import moves_of
from tagwerk.timetable.problem import Place, Placements
from tagwerk.timetable.rooms import give_rooms
from tagwerk.timetable.search_held import HeldSearch
from tagwerk.timetable.search_seated import SeatedSearch
from tagwerk.timetable.search_served import ServedSearch
from tagwerk.timetable.weights import FURTHER, HELD, Weights

Objective = Literal["seated", "served"]

REARRANGING = 0.8
"""Share of the effort in which other announced topics may take over the moves of those that lost their place."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan is improved for, what was announced, and the start of the random numbers.

    `least`: the fewest slot moves, where a room was lost and they are known, else None: whoever changes the signs at
    the doors anyway may move one session more than is forced, for the price `further`.
    """

    objective: Objective = "seated"
    weights: Weights = field(default_factory=Weights)
    keep: Placements = ()
    seed: int = 1
    least: int | None = None
    further: int = FURTHER


@dataclass(frozen=True, slots=True)
class Report:
    """How far an improvement is: share of the effort from 0 to 1, moves tried, and the best plan so far.

    `value` is what that plan is worth in people, as the search counts; `placements` gives the plan.
    """

    share: float
    tried: int
    value: int
    placements: Callable[[], list[Place | None]]


Progress = Callable[[Report], None]


def unheard(_: Report) -> None:
    """Tell nobody about the progress."""


@dataclass(frozen=True, slots=True)
class Improved:
    """A plan and the moves tried for it."""

    placements: list[Place | None]
    tried: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """A plan to begin with, and the topics that may not move."""

    placements: Placements
    staying: Collection[int]


def improve(
    model: Model,
    placements: Placements,
    effort: Effort,
    aim: Aim,
    *,
    heard: Progress = unheard,
    counting: Counting | None = None,
) -> Improved:
    """Return the best plan found from here, never one that is worse by what the aim says."""
    counting = counting or Counting(model.problem)
    best, tried = list(placements), 0
    for stage, towards, is_last in _stages(effort, aim, is_displaced=_displaced(best, aim.keep)):
        staying = _at_home(best, aim.keep) if is_last else ()
        found = _anneal(model, Start(best, staying), stage, towards, heard)
        tried += found.tried
        best = max(best, found.placements, key=lambda plan: value(counting, plan, aim))
    return Improved(best, tried)


def _stages(effort: Effort, aim: Aim, *, is_displaced: bool) -> Iterator[tuple[Effort, Aim, bool]]:
    """Yield effort, aim, and whether what stands in its announced place stays there: all of it while nothing has to go.

    Where one further move may pay it is free at first, so that the search gets to plans that lie behind it.
    """
    is_held = aim.weights.move >= HELD
    if effort and is_held and is_displaced:
        whole, last = effort.split(REARRANGING)
        if aim.least is not None:
            free, whole = whole.split(3 / 4)
            yield free, replace(aim, further=0), False
        yield whole, replace(aim, least=None), False
        yield last, aim, True
    elif effort:
        yield effort, aim, is_held


def value(counting: Counting, placements: Placements, aim: Aim) -> int:
    """Return what a plan is worth by all weights, in thousandths of a person seated, counted exactly."""
    weights = aim.weights if aim.objective == "seated" else aim.weights.for_served()
    served, seated = counting.score(placements)
    moves = moves_of(aim.keep, placements)
    return (
        weights.seated * seated
        + weights.served * served
        - weights.clash * score.clashes(counting.problem, placements)
        - weights.slot_moves(moves.slot, aim.least)
        - weights.room_move * moves.room
    )


def _at_home(placements: Placements, keep: Placements) -> set[int]:
    return {topic for topic, place in enumerate(keep) if place is not None and placements[topic] == place}


def _displaced(placements: Placements, keep: Placements) -> bool:
    return any(place is not None and placements[topic] != place for topic, place in enumerate(keep))


def _anneal(model: Model, start: Start, effort: Effort, aim: Aim, heard: Progress) -> Improved:
    board = Board(model, start.placements, start.staying)
    anchors = Anchors(board, aim.keep, aim.weights, aim.least, aim.further)
    by_seats = _rooms_matter(model, aim)
    weights = aim.weights if aim.objective == "seated" else aim.weights.for_served()
    seated = HeldSearch if anchors and weights.move >= HELD else SeatedSearch
    search: Search = seated(board, anchors, weights) if by_seats else ServedSearch(board, anchors)
    annealing = Annealing(search, Random(aim.seed))  # noqa: S311 - a reproducible plan
    enough = math.inf if by_seats else score.trivial_bound(model.problem)

    def tell(share: float, tried: int) -> None:
        heard(Report(share, tried, int(annealing.most), lambda: board.as_placements(annealing.cells)))

    annealing.run(effort, tell, enough)
    found = board.as_placements(annealing.cells)
    return Improved(found if by_seats else _furnished(model, found, aim.keep), annealing.tried)


def _rooms_matter(model: Model, aim: Aim) -> bool:
    """Say whether it is of interest which room of its slot a topic gets."""
    if model.far or aim.objective == "served":
        return model.far is not None
    return not (model.seats_suffice and _themes_are_apart(model, aim.weights))


def _themes_are_apart(model: Model, weights: Weights) -> bool:
    """Say whether no two topics could clash by their theme."""
    themes = [topic.theme for topic in model.problem.topics if topic.theme is not None]
    return not weights.clash or len(themes) == len(set(themes))


def _furnished(model: Model, placements: Placements, keep: Placements) -> list[Place | None]:
    """Hand out rooms by interest where the objective did not care about them; announced topics keep theirs."""
    grid = Grid(model)
    grid.restore(placements)
    grid.fixed |= {topic for topic, place in enumerate(keep) if place is not None} | model.problem.pins.keys()
    for slot in range(len(model.opened)):
        give_rooms(model, grid, slot)
    return grid.placements()
