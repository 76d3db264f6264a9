"""How far a plan is from the announced one."""

from dataclasses import dataclass

from tagwerk.timetable.problem import Placements


@dataclass(frozen=True, slots=True)
class Moves:
    """Against the announced plan: topics now in another slot or out, and topics in another room of their slot."""

    slot: int
    room: int


def moves_of(keep: Placements, placements: Placements) -> Moves:
    """Count the moves of announced topics; topics without an announced place make none."""
    pairs = [(old, new) for old, new in zip(keep, placements, strict=False) if old is not None and old != new]
    slot = sum(new is None or new[0] != old[0] for old, new in pairs)
    return Moves(slot, len(pairs) - slot)
