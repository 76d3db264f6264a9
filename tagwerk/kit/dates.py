"""Times: UTC inside, the event's zone on the page; the nights of the clock change are right."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class NotOnTheClock(ValueError):
    """The local time does not exist: the clock is put forward over it."""


class TwiceOnTheClock(ValueError):
    """The local time comes twice that night; `fold` says which of the two is meant."""


def in_utc(day: date, clock: time, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """Turn a local time into UTC.

    Raises `NotOnTheClock` for a time in the skipped hour (and before the first or after the last year that can be told), and `TwiceOnTheClock` for one in the repeated hour
    when `fold` (0: the first, 1: the second) is not given.
    """
    if not MINYEAR < day.year < MAXYEAR:
        raise NotOnTheClock
    first, second = (datetime.combine(day, clock, zone).replace(fold=n) for n in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None, fold=0)
    if not exists:
        raise NotOnTheClock
    if fold is None:
        raise TwiceOnTheClock
    return (second if fold else first).astimezone(UTC)


@dataclass(frozen=True)
class Span:
    """A stretch of time from `start` to `end` (aware, end after start)."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Give the real length in minutes, also over a clock change."""
        return int((self.end.astimezone(UTC) - self.start.astimezone(UTC)).total_seconds() // 60)

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both share a moment; touching ends do not count."""
        return self.start < other.end and other.start < self.end


def next_quarter(moment: datetime) -> datetime:
    """Give the next full quarter of an hour at or after `moment`."""
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=15)
