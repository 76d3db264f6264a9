"""Gathers what all four papers show of an event."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tagwerk import __version__
from tagwerk.events.around import NEED_NAMES
from tagwerk.events.frame_rules import Need
from tagwerk.events.models import Duties, Event, Venue
from tagwerk.live.models import Stream
from tagwerk.live.privacy import KEPT
from tagwerk.site.dossier import barriers
from tagwerk.site.dossier.recipients import recipients
from tagwerk.site.dossier.record import entries
from tagwerk.site.dossier.recorded import recorded
from tagwerk.site.dossier.words import span_of
from tagwerk.site.setup import need_url


def facts(event: Event) -> dict[str, Any]:
    """Give the context of the papers; `missing` is what the organisers have not said yet, with the way to it."""
    record = entries(event)
    days = list(event.days.values_list("date", flat=True))
    to_whom = recipients(event)
    return {
        "event": event,
        "days": (days[0], days[-1]) if days else (),
        "stand": timezone.now(),
        "revision": Stream.objects.get(pk=event.stream).revision,
        "version": __version__,
        "missing": missing(event),
        "bodies": list(event.bodies.all()),
        "duties": Duties.objects.filter(event=event).first(),
        "venue": Venue.objects.filter(event=event).first(),
        "record": record,
        "recipients": to_whom,
        "abroad": [one for one in to_whom if one.abroad],
        "of_crew": [row for entry in record for row in entry.rows if row.is_of_crew],
        "parts": recorded(),
        "ledger_span": span_of(KEPT),
        "session_span": span_of(timedelta(seconds=settings.SESSION_COOKIE_AGE)),
        "is_https": settings.IS_HTTPS,
        "is_quiet": settings.LOGGING["root"]["level"] in ("WARNING", "ERROR", "CRITICAL"),
        "checks": barriers.CHECKS,
        "limits": barriers.LIMITS,
        "rooms": barriers.of_rooms(event),
        "aided": barriers.of_sessions(event),
    }


def missing(event: Event) -> list[dict[str, Any]]:
    """Give what a paper would have to say and nobody has said yet, with the address where it is said."""
    said = event.said()
    found = [{"name": NEED_NAMES[need], "url": need_url(event, need)} for need in Need if not said[need]]
    duties, venue = Duties.objects.filter(event=event).first(), Venue.objects.filter(event=event).first()
    if duties is None or not duties.conformity:
        url = f"{reverse('site:setup_part', args=[event.slug, 'duties'])}#id_conformity"
        found.append({"name": _("Wie weit die Seiten mit der BITV 2.0 vereinbar sind"), "url": url})
    if venue is None or not venue.accessibility:
        url = f"{reverse('site:setup_part', args=[event.slug, 'venue'])}#id_accessibility"
        found.append({"name": _("Wie barrierefrei das Haus ist"), "url": url})
    if not event.rooms.exclude(features=[]).exists():
        found.append({"name": _("Was die Räume bieten"), "url": reverse("site:setup_frame", args=[event.slug])})
    return found
