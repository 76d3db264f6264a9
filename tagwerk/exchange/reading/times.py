"""Reads days and clock times as people and programs write them; says so when the clock does not show a time."""

import re
from datetime import date, datetime, time, timedelta
from typing import NoReturn
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tagwerk.exchange import tidy
from tagwerk.exchange.problems import Left, Problems
from tagwerk.kit.dates import NotOnTheClock, TwiceOnTheClock, in_utc
from tagwerk.kit.day_words import in_words

_GERMAN = re.compile(r"(?:[A-Za-zäöü]{2,10}\.?,? )?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.]\d{2})?)? ?(?:Uhr|h)?")
_BOTH = re.compile(r"(.*\d\.?),?[T ]\s?(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?Uhr)?)")
_LONGEST = 40
CENTURY, EVENING, MORNING = 2000, 18, 6


def day_of(text: str, years: tuple[int, ...] = ()) -> date | None:
    """Read a day: 2026-11-22, 22.11.2026, 22.11.26, Sonntag, 22.11. (with the one year that is possible)."""
    text = text.strip()[:_LONGEST]
    try:
        if found := _GERMAN.fullmatch(text):
            year = int(found[3]) if found[3] else years[0] if len(years) == 1 else 0
            year += CENTURY if found[3] and len(found[3]) == len("26") else 0
            return date(year, int(found[2]), int(found[1]))
        return date.fromisoformat(text[: len("2026-11-22")])
    except ValueError:
        return None


def clock_of(text: str) -> time | None:
    """Read a clock time: 9:00, 09:00:00, 9.00 Uhr, 9 Uhr."""
    found = _CLOCK.fullmatch(text.strip()[:_LONGEST])
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        return None


def exact(text: str) -> datetime | None:
    """Read a moment in ISO 8601, with or without an offset; None when it is none."""
    try:
        return datetime.fromisoformat(text.strip()[:_LONGEST])
    except ValueError:
        return None


def split(text: str) -> tuple[str, str]:
    """Take "22.11.2026 9:00" apart into its day and its clock time; one of them may be missing."""
    text = text.strip()[:_LONGEST]
    if found := _BOTH.fullmatch(text):
        return found[1], found[2]
    return ("", text) if clock_of(text) else (text, "")


class Clock:
    """Turns local times into moments, for one file."""

    def __init__(self, zone: ZoneInfo, problems: Problems) -> None:
        self.zone, self.problems = zone, problems

    def moment(self, where: str, text: str) -> datetime:
        """Read a moment, taking the file's zone when it names none; raises `Left`."""
        found = exact(text)
        if found is None:
            self.refuse(where, text)
        elif found.tzinfo is not None:
            if tidy.moment(found) is None:
                self.refuse(where, text)
            return found
        return self.local(where, found.date(), found.time())

    def local(self, where: str, day: date, clock: time) -> datetime:
        """Give the moment of a local time; raises `Left` for one that the clock skips."""
        shown = {"clock": f"{clock:%H:%M}", "day": in_words(day, "d.m.Y")}
        if day.year not in tidy.YEARS:
            self.refuse(where, shown["day"])
        try:
            return in_utc(day, clock, self.zone)
        except NotOnTheClock:
            message = _("%(clock)s Uhr gibt es am %(day)s nicht: In dieser Nacht wird die Uhr vorgestellt.")
            self.problems.error(where, "not_on_the_clock", message % shown)
            raise Left from None
        except TwiceOnTheClock:
            message = _("%(clock)s Uhr gibt es am %(day)s zweimal; gemeint ist hier das erste Mal.")
            self.problems.warning(where, "twice_on_the_clock", message % shown)
            return in_utc(day, clock, self.zone, fold=0)

    def end(self, where: str, start: datetime, clock: time) -> datetime:
        """Give when something ends that begins at `start`: the same day, or from evening to early morning the next."""
        begun = start.astimezone(self.zone)
        day = begun.date() + timedelta(days=begun.hour >= EVENING and clock.hour < MORNING)
        return self.local(where, day, clock)

    def refuse(self, where: str, text: str) -> NoReturn:
        """Say that a text is no time; raises `Left`."""
        message = _("„%(text)s“ ist keine Zeit.") % {"text": tidy.text(text, 60)}
        self.problems.error(where, "no_time", message)
        raise Left
