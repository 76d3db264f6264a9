"""What one slot is worth while plans are being compared thousands of times a second."""

from collections.abc import Sequence

from tagwerk.timetable.model import Model

Session = tuple[int, int]
"""(topic, room) of a slot."""


def served(model: Model, slot: int, sessions: Sequence[Session]) -> int:
    """Return the people with something wished in the slot."""
    fans, wished = model.fans, 0
    for topic, _ in sessions:
        wished |= fans[topic]
    return (wished & model.here[slot]).bit_count()


def seated(model: Model, slot: int, sessions: Sequence[Session]) -> int:
    """Return the people who find a seat, or slightly more.

    A minimum cut: for a set A of sessions, at most seats(A) + people who wish a session outside A
    are seated. Only sessions with more fans than seats belong into A, and trying them in order
    of surplus finds the true minimum nearly always; the exact flow (`score`) has the last word.
    """
    fans, seats, here = model.fans, model.seats, model.here[slot]
    wished, bound, crowded = 0, 0, []
    for topic, room in sessions:
        people = fans[topic]
        surplus = (people & here).bit_count() - seats[room]
        if surplus > 0:
            crowded.append((surplus, seats[room], people))
            bound += seats[room]
        else:
            wished |= people
    least = bound + (wished & here).bit_count()
    if crowded:
        crowded.sort()
        for _, capacity, people in crowded:
            wished |= people
            bound -= capacity
            least = min(least, bound + (wished & here).bit_count())
    return least
