"""“Why not there?”: every place of the grid, asked for one topic, with what stands against it or what it would cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.models import Topic
from tagwerk.barcamp.plan_rules import Cell, Style
from tagwerk.barcamp.planner.whole import Whole, whole_of
from tagwerk.events.models import Event
from tagwerk.kit.refusals import Refusal
from tagwerk.programme.actions import Move
from tagwerk.timetable.model import Model
from tagwerk.timetable.problem import Place
from tagwerk.timetable.reasons import Reason
from tagwerk.timetable.whynot import Answer, Price, why_not


@dataclass(frozen=True)
class Ask:
    """A place and the answer to it: `obstacles` when it cannot be, else the price, and which topic gives way."""

    cell: Cell
    is_here: bool
    obstacles: Sequence[Reason]
    price: Price | None
    gives_way: str

    @property
    def is_possible(self) -> bool:
        """Tell whether nothing stands against it."""
        return not self.is_here and not self.obstacles


def is_loose(event: Event, topic: Topic) -> bool:
    """Tell whether a topic waits for a place or may move from where it stands."""
    return any(subject.topic == topic.code for subject in whole_of(event, Style.KEEP).subjects)


def asked(event: Event, topic: Topic) -> list[Ask]:
    """Ask for every place of the grid why the topic does not stand there; empty when only people may move it."""
    whole = whole_of(event, Style.IMPROVE)
    position = _position(whole, topic)
    if position is None:
        return []
    model, standing = Model(whole.problem), _standing(whole)
    grid = [(slot, room) for slot in range(len(whole.slots)) for room in range(len(whole.rooms))]
    return [_ask(whole, model, standing, position, place) for place in grid]


def exchange(event: Event, topic: Topic, cell: Cell) -> list[Move]:
    """Give the moves that bring a topic to a place, and what stands there to where the topic stood.

    Raises `Refusal` when that cannot be: somebody was faster, or the place was never possible.
    """
    found = next((ask for ask in asked(event, topic) if ask.cell == cell), None)
    if found is None or not found.is_possible:
        raise Refusal("place-taken", _("Das geht dort nicht (mehr). Bitte sehen Sie sich die Plätze noch einmal an."))
    whole = whole_of(event, Style.IMPROVE)
    position = _position(whole, topic)
    subjects = {subject.topic: subject for subject in whole.subjects if subject.session}
    own = subjects.get(topic.code)
    moves = [Move(own.session, *cell)] if own else []
    home = whole.cells[position - whole.first] if position is not None else None
    other = next((s for s, there in zip(whole.subjects, whole.cells, strict=True) if there == cell), None)
    if other and home:
        moves.append(Move(other.session, *home))
    return moves


def _position(whole: Whole, topic: Topic) -> int | None:
    codes = [subject.topic for subject in whole.subjects]
    return whole.first + codes.index(topic.code) if topic.code in codes else None


def _standing(whole: Whole) -> list[Place | None]:
    """Give where everything stands; what cannot stay there stands nowhere."""
    fixed, loose = whole.keep[: whole.first], whole.keep[whole.first :]
    return fixed + [None if s.is_lost else place for s, place in zip(whole.subjects, loose, strict=True)]


def _ask(whole: Whole, model: Model, standing: Sequence[Place | None], position: int, place: Place) -> Ask:
    cell = whole.slots[place[0]], whole.rooms[place[1]]
    if standing[position] == place:
        return Ask(cell, is_here=True, obstacles=[], price=None, gives_way="")
    answer: Answer = why_not(model, standing, position, place)
    rival = "" if answer.gives_way is None else whole.problem.topics[answer.gives_way].id
    return Ask(cell, is_here=False, obstacles=answer.obstacles, price=answer.price, gives_way=rival)
