"""Prepared sessions begin when they like: a slot of their own is made for a time that has none yet."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Day, Event, Slot
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold

LONGEST = timedelta(hours=24)
MOST_DAYS = 366


@action
def slot_at(event: Event, start: datetime, end: datetime) -> Slot:
    """Give the event's slot from `start` to `end` (aware); one that is not there yet is made, with its day.

    Raises `Invalid` when it ends before it begins, lasts longer than a day, or lies far from the event's other days.
    """
    hold(event.stream)
    if end <= start or end - start > LONGEST:
        sentence = _("Das Ende muss nach dem Anfang liegen, höchstens einen Tag später.")
        raise Invalid("times", sentence, errors={"end": sentence})
    found = (
        Slot.objects.filter(day__event=event, start=start, end=end).select_related("day").order_by("-is_open").first()
    )
    return found or Slot.objects.create(day=_day(event, start), start=start, end=end, is_open=False)


@action
def tidy_slots(event: Event) -> int:
    """Delete the slots of prepared sessions in which nothing stands any more; gives how many."""
    used = ("placements", "draft_places")
    unused = Slot.objects.filter(day__event=event, is_open=False, is_anchored=False)
    deleted, _rows = unused.filter(**dict.fromkeys((f"{name}__isnull" for name in used), True)).delete()
    return deleted


def _day(event: Event, start: datetime) -> Day:
    date = start.astimezone(event.timezone).date()
    days = {day.date: day for day in event.days.all()}
    if date in days:
        return days[date]
    if days and min(abs((date - other).days) for other in days) > MOST_DAYS:
        sentence = _("Dieser Tag liegt weit vom Rest der Veranstaltung entfernt. Bitte prüfen Sie das Jahr.")
        raise Invalid("far-day", sentence, errors={"date": sentence})
    return Day.objects.create(event=event, date=date)
