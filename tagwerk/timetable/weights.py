"""What the planner weighs against each other, in one currency: a thousand are worth one person with a seat."""

from dataclasses import dataclass

SEAT = 1_000
HELD = 1_000_000
"""From this weight on an announced topic moves only when a hard rule forces it."""
FURTHER = 10 * SEAT
"""Price of one move more than are forced, where a room was lost."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Prices of what may go wrong, and gains of what goes well; whole numbers from 0 on.

    `move`: an announced topic in another slot, or out; `room_move`: in another room of its slot, asked only once a
    hard rule forces some announced topic to move; `seated`: a person with a seat in a wished session; `clash`: one
    more session of a theme that runs already; `served`: a person with a wished session, seat or not. With the usual
    weights, moves to another slot come before seats, seats before clashes, and clashes before service without a seat.
    """

    move: int = HELD
    room_move: int = 1_000
    seated: int = SEAT
    clash: int = 50
    served: int = 1

    def slot_moves(self, count: int, least: int | None, further: int = FURTHER) -> int:
        """Return the price of so many slot moves, of which the first beyond `least` costs `further`.

        `least` is None where each move is worth as much as the first: see `Aim`.
        """
        one = self.move >= HELD and least is not None and least < count
        return self.move * (count - one) + further * one

    def for_served(self) -> "Weights":
        """Return the weights with service in place of seats."""
        return Weights(self.move, self.room_move, seated=0, clash=min(self.clash, self.seated // 2), served=self.seated)
