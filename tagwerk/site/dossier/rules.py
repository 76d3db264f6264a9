"""When something is deleted, on plain values: the day, and the period in the unit that people say it in."""

from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum


class Unit(StrEnum):
    """In what a period is told."""

    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


LENGTHS = {Unit.DAY: timedelta(days=1), Unit.HOUR: timedelta(hours=1), Unit.MINUTE: timedelta(minutes=1)}


def told(span: timedelta) -> tuple[int, Unit]:
    """Give a period as a number of the largest unit that it is a whole number of; what is left of a minute is added."""
    for unit in (Unit.DAY, Unit.HOUR):
        if span >= LENGTHS[unit] and not span % LENGTHS[unit]:
            return span // LENGTHS[unit], unit
    return -(-span // LENGTHS[Unit.MINUTE]), Unit.MINUTE


def gone_on(ended_at: datetime | None, span: timedelta, zone: tzinfo) -> date | None:
    """Give the day, where the event is, on which something goes that is kept so long after it; None without an end."""
    return (ended_at + span).astimezone(zone).date() if ended_at else None
