"""The processing record: what each open room says that it keeps, as far as an event uses it, with the days of that event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db.models import Max

from tagwerk.events.models import Event, Slot
from tagwerk.kit.personal import Activity, Holding, Since, Whose
from tagwerk.site.dossier.rules import gone_on
from tagwerk.site.dossier.words import BASES, WHOSE, until


@dataclass(frozen=True)
class Row:
    """Something that is kept: what, why, until when; `day` is the day on which it goes where the event has one."""

    what: Any
    purpose: Any
    whose: Any
    until: str
    day: date | None
    sooner: Any
    is_public: bool
    is_of_crew: bool


@dataclass(frozen=True)
class Entry:
    """One activity of the record, with its lists in the order in which they first came, each once."""

    name: Any
    purpose: Any
    bases: list[str]
    people: list[str]
    data: list[str]
    periods: list[str]
    rows: list[Row]

    @property
    def is_public(self) -> bool:
        """Tell whether some of it is for everybody to see."""
        return any(row.is_public for row in self.rows)


def every_activity() -> list[Activity]:
    """Give what all open rooms say that they do with personal data."""
    rooms = [config.name for config in apps.get_app_configs() if config.name.startswith("tagwerk.")]
    found = [import_module(f"{room}.privacy").ACTIVITIES for room in rooms if find_spec(f"{room}.privacy")]
    return [activity for listed in found for activity in listed]


def entries(event: Event) -> list[Entry]:
    """Give the record of an event: what it does not use is left out."""
    end = Slot.objects.filter(day__event=event).aggregate(end=Max("end"))["end"]
    return [_entry(activity, event, end) for activity in every_activity() if activity.is_used(event)]


def _entry(activity: Activity, event: Event, end: datetime | None) -> Entry:
    held = activity.holdings
    return Entry(
        name=activity.name,
        purpose=activity.purpose,
        bases=_once(str(BASES[basis]) for basis in (activity.basis, *(one.basis for one in held)) if basis),
        people=_once(str(WHOSE[one.whose]) for one in held),
        data=_once(str(one.what) for one in held),
        periods=_once(until(one.until) for one in held),
        rows=[_row(one, event, end) for one in held],
    )


def _row(held: Holding, event: Event, end: datetime | None) -> Row:
    term = held.until
    return Row(
        what=held.what,
        purpose=held.purpose,
        whose=WHOSE[held.whose],
        until=until(term),
        day=gone_on(end, term.span, event.timezone) if term.since == Since.EVENT else None,
        sooner=held.sooner,
        is_public=held.is_public,
        is_of_crew=held.whose == Whose.CREW,
    )


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
