"""Prepared sessions begin when they like: a slot of their own is made for a time that has none yet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tagwerk.events.models import Day, Event, Slot
from tagwerk.exchange.schedule import Schedule
from tagwerk.kit.day_words import in_words
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.programme.conference_rules import is_far
from tagwerk.programme.models import DraftPlace, Placement

LONGEST = timedelta(hours=24)


@action
def slot_at(event: Event, start: datetime, end: datetime, *, adds_day: bool = True) -> Slot:
    """Give the event's slot from `start` to `end` (aware); one that is not there yet is made, with its day.

    Raises `Invalid` when it ends before it begins, lasts longer than a day, or lies far from the event's other days;
    without `adds_day` also on a day that the event does not have: everybody would see a slip as a day of the event.
    """
    hold(event.stream)
    if end <= start or end - start > LONGEST:
        sentence = _("Das Ende muss nach dem Anfang liegen, höchstens einen Tag später.")
        raise Invalid("times", sentence, errors={"end": sentence})
    found = (
        Slot.objects.filter(day__event=event, start=start, end=end).select_related("day").order_by("-is_open").first()
    )
    return found or Slot.objects.create(day=_day(event, start, adds=adds_day), start=start, end=end, is_open=False)


def days_of(event: Event) -> dict[date, Day]:
    """Give the event's days by date, and what reaches into the night of one by the date of that night."""
    slots = Slot.objects.filter(day__event=event).select_related("day")
    nights = {slot.start.astimezone(event.timezone).date(): slot.day for slot in slots}
    return nights | {day.date: day for day in event.days.all()}


def no_such_day(days: Iterable[date]) -> str:
    """Say that an event has only these days, and where others come from."""
    names = "; ".join(in_words(day, "D, j. F Y") for day in sorted(days))
    if not names:
        return _("Die Veranstaltung hat noch keinen Tag. Tage kommen unter „Einrichten“ dazu.")
    words = _("Diesen Tag hat die Veranstaltung nicht, nur: %(days)s. Weitere Tage kommen unter „Einrichten“ dazu.")
    return words % {"days": names}


@action
def tidy_slot(slot: Slot) -> bool:
    """Delete the slot that a prepared session left if it was made for it alone; tells whether it was.

    It is kept while anything stands in it, was announced there first, or shall stand there, and where it is a part of
    the day's rhythm: open for the barcamp, anchored, or in nobody's way.
    """
    used = Q(slot=slot) | Q(first_slot=slot)
    is_used = Placement.objects.filter(used).exists() or DraftPlace.objects.filter(slot=slot).exists()
    beside = Slot.objects.filter(day=slot.day_id, start__lt=slot.end, end__gt=slot.start).exclude(pk=slot.pk)
    if is_used or slot.is_open or slot.is_anchored or not beside.exists():
        return False
    slot.delete()
    return True


def within_reach(event: Event, read: Schedule) -> tuple[Schedule, list[str]]:
    """Give what was read without the sessions that lie years away from the event, and the titles of those."""
    days = [day.date for day in event.days.all()]
    far = {
        number for number, talk in enumerate(read.talks) if is_far(talk.start.astimezone(event.timezone).date(), days)
    }
    near = tuple(talk for number, talk in enumerate(read.talks) if number not in far)
    return replace(read, talks=near), [read.talks[number].title for number in sorted(far)]


def _day(event: Event, start: datetime, *, adds: bool) -> Day:
    wanted = start.astimezone(event.timezone).date()
    days = {day.date: day for day in event.days.all()} if adds else days_of(event)
    if wanted in days:
        return days[wanted]
    if not adds:
        sentence = no_such_day(days)
        raise Invalid("no-such-day", sentence, errors={"day": sentence})
    if is_far(wanted, days):
        sentence = _("Dieser Tag liegt weit vom Rest der Veranstaltung entfernt. Bitte prüfen Sie das Jahr.")
        raise Invalid("far-day", sentence, errors={"day": sentence})
    return Day.objects.create(event=event, date=wanted)
