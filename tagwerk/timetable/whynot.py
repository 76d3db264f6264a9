"""“Why not there?”: what stands against a topic in a cell, and what it would cost where nothing does."""

from dataclasses import dataclass

from tagwerk.timetable.board import EMPTY, Board
from tagwerk.timetable.crowding import Crowding
from tagwerk.timetable.model import Model, bits
from tagwerk.timetable.problem import Place, Placements
from tagwerk.timetable.reasons import Reason, count


@dataclass(frozen=True, slots=True)
class Price:
    """What a change costs: people who lose a seat, people with nothing wished any more, sessions of a theme in parallel.

    Numbers below zero are gains.
    """

    seated: int
    served: int
    clash: int

    @property
    def worth(self) -> tuple[int, int, int]:
        """Return the numbers in the order in which they matter."""
        return self.seated, self.clash, self.served

    @property
    def text(self) -> str:
        """Say it in plain English."""
        if self.seated:
            word = "fewer" if self.seated > 0 else "more"
            return f"{count(abs(self.seated), 'seat', 'seats')} {word}"
        if self.served:
            return f"{count(abs(self.served), 'person', 'people')} {'fewer' if self.served > 0 else 'more'} served"
        return "it would cost nothing"


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands against the cell (empty: nothing); else the plan with the topic there, and its price.

    `gives_way` is the topic that would have to take the topic's place, or lose its own; None when the cell is empty.
    """

    place: Place
    obstacles: list[Reason]
    price: Price | None = None
    gives_way: int | None = None
    placements: list[Place | None] | None = None


def why_not(model: Model, placements: Placements, topic: int, place: Place) -> Answer:
    """Say why the topic does not stand in a cell of this plan."""
    asked = _Question(model, placements)
    obstacles = _alone(model, topic, place) or asked.together(topic, place)
    return Answer(place, obstacles) if obstacles else asked.answer(topic, place)


def best_alternative(model: Model, placements: Placements, topic: int) -> Answer | None:
    """Return the cell that costs least among those that an exchange with what stands there would make possible."""
    if topic in model.problem.pins:
        return None
    asked = _Question(model, placements)
    here = placements[topic]
    cells = [cell for cell in asked.board.cells_of[topic] if cell < asked.inside]
    places = [divmod(cell, asked.board.rooms) for cell in cells]
    free = [place for place in places if place != here and not asked.together(topic, place)]
    answers = [asked.answer(topic, place) for place in free]
    return min(answers, key=lambda answer: answer.price.worth if answer.price else (0, 0, 0), default=None)


def _alone(model: Model, topic: int, place: Place) -> list[Reason]:
    """Return what stands against the cell whatever else runs."""
    slot, room = place
    problem, found = model.problem, []
    wants, offers = problem.topics[topic], problem.rooms[room]
    if topic in problem.pins:
        if problem.pins[topic] != place:
            found.append(Reason("pinned", None, "fixed elsewhere by the crew"))
        return found
    if not model.opened[slot] >> room & 1:
        found.append(Reason("room_closed", offers.id, "the room is closed then"))
    lacking = ", ".join(sorted(wants.needs - offers.features))
    if lacking:
        found.append(Reason("no_room_with_feature", lacking, f"the room lacks {lacking}"))
    if offers.capacity < wants.min_capacity:
        found.append(Reason("no_room_large_enough", wants.min_capacity, f"the room holds {offers.capacity}"))
    if slot not in wants.slots:
        found.append(Reason("slot_not_possible", problem.slots[slot].id, "the host cannot come then"))
    elif not model.slots[topic] >> slot & 1 and not found:
        found.append(Reason("order", None, "what must run before or after it would find no slot"))
    return found


class _Question:
    """A plan on a board, asked about single exchanges."""

    def __init__(self, model: Model, placements: Placements) -> None:
        self.model, self.placements = model, list(placements)
        self.board = Board(model, placements)
        self.inside = self.board.first_cell[self.board.outside]
        self.crowds: dict[int, list[int]] = {}

    def together(self, topic: int, place: Place) -> list[Reason]:
        """Return what other topics have against it."""
        board, model = self.board, self.model
        slot, cell = place[0], self.board.cell(place)
        other, home = board.at[cell], board.slot_of[topic]
        names = model.problem.topics
        found = []
        for beside in bits(model.apart[topic] & board.running[slot]):
            if beside not in (other, topic):
                kind = "host_busy" if names[beside].host == names[topic].host is not None else "clash"
                said = "host busy with" if kind == "host_busy" else "must not run beside"
                found.append(Reason(kind, names[beside].id, f"{said} {names[beside].id}"))
        if not found and not board.permits(topic, slot, other):
            found.append(Reason("order", None, "it would break an order of sessions"))
        if other not in (EMPTY, topic) and not self._leaves(other, board.cell_of[topic], home, topic):
            text = f"taken by {names[other].id}, which cannot go where this topic stands"
            found.append(Reason("taken", names[other].id, text))
        return found

    def _leaves(self, other: int, cell: int, home: int, topic: int) -> bool:
        if home == self.board.outside:
            return not self.model.must_place(other)
        return bool(self.board.possible[other][cell]) and self.board.permits(other, home, topic)

    def answer(self, topic: int, place: Place) -> Answer:
        """Return the plan with the topic there, and its price."""
        changed = list(self.placements)
        old, other = self.placements[topic], self.board.at[self.board.cell(place)]
        if other not in (EMPTY, topic):
            changed[other] = old
        changed[topic] = place
        slots = {place[0]} if old is None else {place[0], old[0]}
        before, after = self._counted(self.placements, slots), self._counted(changed, slots)
        price = Price(*(was - now for was, now in zip(before, after, strict=True)))
        return Answer(place, [], price, None if other in (EMPTY, topic) else other, changed)

    def _counted(self, placements: Placements, slots: set[int]) -> tuple[int, int, int]:
        """Count people seated, people served and (below zero) clashes of themes in some slots."""
        model = self.model
        seated = served = themed = 0
        themes: set[tuple[int, int]] = set()
        for slot in slots:
            here = [(topic, place[1]) for topic, place in enumerate(placements) if place and place[0] == slot]
            sessions = [(topic, model.seats[room]) for topic, room in here]
            crowding = Crowding(model.near, self._crowd(slot), model.here[slot], sessions)
            far = model.connected(slot, here)
            seated, served = seated + far + crowding.count(), served + far + crowding.served()
            known = [theme for topic, _ in here if (theme := model.problem.topics[topic].theme) is not None]
            themed += len(known)
            themes.update((slot, theme) for theme in known)
        return seated, served, len(themes) - themed

    def _crowd(self, slot: int) -> list[int]:
        if slot not in self.crowds:
            self.crowds[slot] = [(fans & self.model.here[slot]).bit_count() for fans in self.model.near]
        return self.crowds[slot]
