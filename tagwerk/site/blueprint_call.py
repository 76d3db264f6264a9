"""The call for contributions in the form of an event: its words, and its dates as distances from the first day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tagwerk.contributions.rules import LENGTHS, LONGEST_CALL, OFFERED, Ask
from tagwerk.site.blueprint_parts import Part, Refused, clock

EARLIEST, LATEST = -1000, 366  # days from the first one
READING = timedelta(weeks=4)  # what a proposed end leaves the crew to read and to answer
LAST_MINUTE = 23 * 60 + 59
FIELDS = ("text", "kinds", "lengths", "asks", "opens", "closes", "hides_names", "reminds")
Moment = tuple[int, int]
"""Days from the first one (before it: below zero), minutes since that day's midnight."""


@dataclass(frozen=True)
class CallPlan:
    """What is asked for, as `contributions.models.Call` has it; `opens` and `closes` without a date."""

    text: str
    kinds: tuple[str, ...]
    lengths: tuple[int, ...]
    asks: tuple[str, ...] = ()
    opens: Moment | None = None
    closes: Moment | None = None
    hides_names: bool = False
    reminds: bool = True


def distance(moment: datetime, first: date, zone: ZoneInfo) -> Moment:
    """Give a moment (aware) as its distance from the first day."""
    local = moment.astimezone(zone)
    return (local.date() - first).days, local.hour * 60 + local.minute


def moved(plan: CallPlan, first: date, zone: ZoneInfo, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Give beginning and end (UTC) of a call before another first day; what would be over is not taken along.

    Without a beginning the call stays shut until somebody says one. An end that would be over becomes a proposal: four
    weeks before the first day, where that is to come.
    """
    opens, closes = (_at(moment, first, zone) if moment else None for moment in (plan.opens, plan.closes))
    if opens and opens <= now:
        opens = None
    if closes and closes <= now:
        proposed = _at(((-READING).days, LAST_MINUTE), first, zone)
        closes = proposed if proposed > now else None
    if opens and closes and closes <= opens:
        opens = None  # only where the clock is put forward between the two
    return opens, closes


def call_document(plan: CallPlan | None) -> dict[str, Any] | None:
    """Give a call as it is written into a file; a moment that lies years away is left out, as one that was never said."""
    if plan is None:
        return None
    opens, closes = (
        moment if moment and EARLIEST <= moment[0] <= LATEST else None for moment in (plan.opens, plan.closes)
    )
    if opens and closes and closes <= opens:  # within a minute, or while the clock was put back
        opens = None
    return {
        "text": plan.text,
        "kinds": list(plan.kinds),
        "lengths": list(plan.lengths),
        "asks": list(plan.asks),
        "opens": _moment_document(opens),
        "closes": _moment_document(closes),
        "hides_names": plan.hides_names,
        "reminds": plan.reminds,
    }


def read_call(top: Part) -> CallPlan | None:
    """Read the call of a template; raises `Refused`. None where there is none."""
    if top.raw.get("call") is None:
        return None
    part = Part(top.raw["call"], f"{top.where}.call", FIELDS)
    opens, closes = _moment(part, "opens"), _moment(part, "closes")
    if opens and closes and closes <= opens:
        raise Refused(f"{part.where}.closes", "not after its beginning")
    return CallPlan(
        text=part.text("text", LONGEST_CALL, lines=True),
        kinds=_some(part, "kinds", OFFERED),
        lengths=_some(part, "lengths", LENGTHS),
        asks=part.chosen("asks", tuple(Ask)),
        opens=opens,
        closes=closes,
        hides_names=part.flag("hides_names", default=False),
        reminds=part.flag("reminds", default=True),
    )


def _at(moment: Moment, first: date, zone: ZoneInfo) -> datetime:
    days, minutes = moment
    day = datetime.combine(first, datetime.min.time()) + timedelta(days=days, minutes=minutes)
    return day.replace(tzinfo=zone).astimezone(UTC)


def _moment_document(moment: Moment | None) -> dict[str, Any] | None:
    return {"offset": moment[0], "at": clock(moment[1])} if moment else None


def _moment(top: Part, name: str) -> Moment | None:
    if top.raw.get(name) is None:
        return None
    part = Part(top.raw[name], f"{top.where}.{name}", ("offset", "at"))
    return part.number("offset", EARLIEST, LATEST), part.minutes("at")


def _some(part: Part, name: str, choices: Collection[Any]) -> tuple[Any, ...]:
    chosen = part.chosen(name, choices)
    if not chosen:
        raise Refused(f"{part.where}.{name}", "missing")
    return chosen
