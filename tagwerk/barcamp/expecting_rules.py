"""How many people will come to a session, as an honest range; and which sessions of a slot should change their rooms.

What people say predicts badly what they do. Of thirteen sessions of an unconference with 259 people of which both is
published, two thirds of those who had said "I'm coming" were always there, and a quarter of those who had shown
interest; at most came about everybody who had said either. So that is the range: it held eleven of the thirteen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

STAY_TRUE = (2, 3)  # of those who say "I'm coming"
TURN_UP = (1, 4)  # of those who show interest
CLEAR = 5  # seats that an exchange must bring on average, for each two sessions: less is not worth the way
SAID = 5  # people who must have said "I'm coming" to the sessions that change: before that, the plan knows as much
MOVED = 100  # price of each move, in hundredths of a seat: nothing moves for nothing


@dataclass(frozen=True)
class Expected:
    """Between how many and how many people sit in the room; `online` may take part from elsewhere besides."""

    low: int
    high: int
    online: int = 0


def expected(coming: int, undecided: int, hands: int = 0, online: int = 0) -> Expected:
    """Give the range of who comes.

    `coming` said so, and to nothing else at that time; `undecided` showed interest and have not said that they go
    elsewhere then; `hands` were raised by people who cannot say more. At most all of them come. At least those come
    who can be counted on: two thirds of the first, or a quarter of all.
    """
    high = coming + undecided + hands
    low = max(coming * STAY_TRUE[0] // STAY_TRUE[1], high * TURN_UP[0] // TURN_UP[1])
    return Expected(low, high, online)


def unseated(people: Expected, seats: int) -> int:
    """Give how many find no seat, in hundredths: the average over the range, each number as likely as the other."""
    least = max(people.low, seats + 1)
    if people.high < least:
        return 0
    first, last = least - seats, people.high - seats
    total = (first + last) * (last - first + 1) // 2
    return 100 * total // (people.high - people.low + 1)


@dataclass(frozen=True)
class Place:
    """A room of a slot that may be used: by its number, with its seats and features."""

    room: int
    seats: int
    features: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sitting:
    """A session that may change its room: by its number, who comes, where it is, and what its room must have."""

    number: int
    people: Expected
    room: int
    needs: frozenset[str] = frozenset()
    coming: int = 0


@dataclass(frozen=True)
class Exchange:
    """Sessions that change their rooms together (number -> room), and how many more people sit then on average."""

    rooms: dict[int, int]
    gain: int


def better_rooms(sittings: Sequence[Sitting], places: Collection[Place]) -> list[Exchange]:
    """Give the exchanges within one slot that are clearly worth it, the best first; usually none.

    Each slot is a problem of its own, because nobody changes their time. So the best distribution of rooms is found
    exactly, as a cheapest assignment, and taken apart into what must happen together: a swap, a ring, or a move into
    a free room. What an exchange brings must be clear: then the way back never pays, and nothing flaps.
    """
    by_room = {place.room: place for place in places}
    movable = [sitting for sitting in sittings if sitting.room in by_room]
    if not movable:
        return []
    rooms = list(by_room)
    best = cheapest([[_cost(sitting, by_room[room]) for room in rooms] for sitting in movable])
    wanted = {sitting.room: rooms[column] for sitting, column in zip(movable, best, strict=True)}
    found = [_exchange(chain, wanted, movable, by_room) for chain in _chains(wanted)]
    clear = [exchange for exchange in found if exchange is not None]
    return sorted(clear, key=lambda exchange: (-exchange.gain, min(exchange.rooms)))


def cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """Give for each row its column, each column at most once, at the lowest sum; there are as many columns, or more.

    Row by row: each takes the column that costs least, where the rows before it may move on to others. Exact, and
    fast enough for the rooms of a house.
    """
    owner: dict[int, int] = {}
    for row, own in enumerate(costs):
        price, came = list(own), dict[int, int]()
        is_settled = False
        while not is_settled:
            is_settled = True
            for column, holder in owner.items():
                for other, cost in enumerate(costs[holder]):
                    step = price[column] - costs[holder][column] + cost
                    if step < price[other]:
                        price[other], came[other], is_settled = step, column, False
        end = min((column for column in range(len(own)) if column not in owner), key=price.__getitem__)
        while end in came:
            owner[end], end = owner[came[end]], came[end]
        owner[end] = row
    taken = {row: column for column, row in owner.items()}
    return [taken[row] for row in range(len(costs))]


IMPOSSIBLE = 10**9


def _cost(sitting: Sitting, place: Place) -> int:
    if place.room == sitting.room:
        return unseated(sitting.people, place.seats)
    if not sitting.needs <= place.features:
        return IMPOSSIBLE
    return unseated(sitting.people, place.seats) + MOVED


def _chains(wanted: Mapping[int, int]) -> list[set[int]]:
    """Take apart who goes where (room -> room): the rooms between which sessions have to move together."""
    chains: list[set[int]] = []
    for one, other in wanted.items():
        if one != other:
            joined = {one, other}.union(*(chain for chain in chains if chain & {one, other}))
            chains = [chain for chain in chains if not chain & joined] + [joined]
    return chains


def _exchange(
    chain: set[int], wanted: Mapping[int, int], movable: Sequence[Sitting], places: Mapping[int, Place]
) -> Exchange | None:
    moved = [sitting for sitting in movable if sitting.room in chain and wanted[sitting.room] != sitting.room]
    gain = sum(
        unseated(sitting.people, places[sitting.room].seats)
        - unseated(sitting.people, places[wanted[sitting.room]].seats)
        for sitting in moved
    )
    is_clear = 2 * gain >= 100 * CLEAR * max(2, len(moved))
    if not is_clear or sum(sitting.coming for sitting in moved) < SAID:
        return None
    return Exchange({sitting.number: wanted[sitting.room] for sitting in moved}, gain // 100)
