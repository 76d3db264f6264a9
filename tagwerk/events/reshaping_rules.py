"""Decisions about changing an event's days, slots and rooms after it was founded, on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tagwerk.kit.dates import Span, in_utc

LONGEST_SLOT = timedelta(hours=24)
MOST_DAYS = 31
MOST_SLOTS = 500
MOST_ROOMS = 200


class SlotFault(StrEnum):
    """What is wrong with the times of a slot."""

    TIMES = "times"
    LONG = "long"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class Timed:
    """A slot by number and time; `holds` when it is open for the barcamp or anchored, so that no other may share its time."""

    number: int
    start: datetime
    end: datetime
    holds: bool


def slot_fault(wanted: Timed, others: Iterable[Timed]) -> tuple[SlotFault, Timed | None] | None:
    """Give what is wrong with a slot beside the others, and with which one it overlaps; None when nothing is.

    Slots in which only prepared items stand may overlap: talks begin when they like.
    """
    if wanted.end <= wanted.start:
        return SlotFault.TIMES, None
    if wanted.end - wanted.start > LONGEST_SLOT:
        return SlotFault.LONG, None
    span = Span(wanted.start, wanted.end)
    if not wanted.holds:
        return None
    for other in others:
        if other.number != wanted.number and other.holds and span.overlaps(Span(other.start, other.end)):
            return SlotFault.OVERLAP, other
    return None


def at_the_same_clock(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Give the moment so many days later, at the same time of day.

    Raises `NotOnTheClock` for a time that the clock skips there; of an hour that comes twice it is the first.
    """
    local = moment.astimezone(zone)
    return in_utc(local.date() + timedelta(days=days), local.time(), zone, fold=0)


def distance(before: date, after: date) -> int:
    """Give by how many days a date moves."""
    return (after - before).days
