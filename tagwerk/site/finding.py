"""Finds things of one event by what stands in an address or a form."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.dates import in_utc
from tagwerk.kit.refusals import Invalid, Unknown
from tagwerk.programme.cards import placed_sessions
from tagwerk.programme.models import Announcement, Session

LONGEST = 18  # digits: every such number fits into the database


def session_at(event: Event, code: str) -> Session:
    """Give a placed session; raises `Unknown`."""
    found: Session | None = placed_sessions(event).filter(code=code).first()
    if found is None:
        raise Unknown("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    return found


def announcement_at(event: Event, code: str) -> Announcement:
    """Give a notice; raises `Unknown`."""
    found = Announcement.objects.filter(event=event, code=code).select_related("event").first()
    if found is None:
        raise Unknown("no-such-announcement", _("Diese Mitteilung gibt es nicht (mehr)."))
    return found


def number_or_none(text: str) -> int | None:
    """Read a whole number of at most 18 digits; None when it is nothing of the kind."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def time_of_day(event: Event, text: str) -> datetime | None:
    """Read a time of day such as 10:15, on the event's next day (or today); nothing typed is no time."""
    if not text.strip():
        return None
    try:
        clock = time.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("no-such-time", _("Bitte geben Sie eine Uhrzeit wie 10:15 an.")) from None
    today = timezone.now().astimezone(event.timezone).date()
    coming = event.days.filter(date__gte=today).first()
    return in_utc(coming.date if coming else today, clock, event.timezone)
