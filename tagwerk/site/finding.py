"""Finds things of one event by what stands in an address or a form."""

from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.refusals import Unknown
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
