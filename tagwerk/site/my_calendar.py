"""One's own plan as a calendar: a secret address from which any calendar program fetches it."""

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.exchange.calendar import MEDIA_TYPE, Book, Entry, calendar
from tagwerk.kit.addresses import public_base
from tagwerk.kit.codes import normal
from tagwerk.kit.headers import public
from tagwerk.people.feeds import device_by_feed, feed_secret, renew_feed
from tagwerk.people.models import DeviceToken
from tagwerk.people.taking_part import known
from tagwerk.programme.actions import has_changed, note_plan
from tagwerk.programme.cards import SessionCard, columns_of, session_card
from tagwerk.programme.models import CalendarEntry, Session
from tagwerk.site.finding import session_at
from tagwerk.site.rooms import topics_panel


def feed_links(request: HttpRequest, event: Event, device: DeviceToken) -> dict[str, str]:
    """Give the secret address of a device's calendar, and the same as calendar programs subscribe to it."""
    address = public_base(request) + reverse("site:feed", args=[event.slug, feed_secret(device)])
    return {"feed": address, "feed_subscribe": f"webcal{address[address.index(':') :]}"}


@require_safe
@page
def feed(request: HttpRequest, event: Event, secret: str) -> HttpResponseBase:
    """Answer the calendar of a device, or 304 when the caller has it; 404 where nobody has this secret."""
    device = device_by_feed(event.realm, secret)
    if device is None:
        raise Http404
    body = _calendar(request, event, device)
    tag = f'"{salted_hmac("tagwerk.feed", body, algorithm="sha256").hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=tag) or HttpResponse(body, MEDIA_TYPE)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@page
def session(request: HttpRequest, event: Event, code: str) -> HttpResponseBase:
    """Answer a single session as a calendar entry that any program takes."""
    found = session_at(event, normal(code))
    if has_changed(event):
        note_plan(event, timezone.now())
    body = _written(request, event, found.title or event.name, [found], {found.code})
    response = HttpResponse(body, MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-{found.code}.ics"'
    return public(response)


@require_POST
@page
def renew(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Make the secret address anew, so that the old one leads nowhere."""
    device = known(request, event.realm)
    if device is not None:
        renew_feed(device)
    return redirect(f"{reverse('site:mine', args=[event.slug])}#calendar")


def _calendar(request: HttpRequest, event: Event, device: DeviceToken) -> bytes:
    if has_changed(event):
        note_plan(event, timezone.now())
    sessions, sure = topics_panel().calendar_sessions(event, device)
    name = _("Mein Plan: %(event)s") % {"event": event.name}
    return _written(request, event, name, sessions, sure)


def _written(
    request: HttpRequest, event: Event, name: str, sessions: Sequence[Session], sure: Collection[str]
) -> bytes:
    """Write a calendar of these sessions, in the versions that calendars have seen."""
    versions = {entry.session_id: entry for entry in CalendarEntry.objects.filter(session__in=sessions)}
    base, columns = public_base(request), columns_of(event)
    entries = [
        _entry(session_card(session, columns), versions[session.pk], base, event.place, is_sure=session.code in sure)
        for session in sessions
        if session.pk in versions
    ]
    return calendar(Book(name, event.timezone), entries)


def _entry(card: SessionCard, version: CalendarEntry, base: str, place: str, *, is_sure: bool) -> Entry:
    parts = (card.host_name, card.description, url := base + card.url)
    return Entry(
        uid=f"{card.code.lower()}@{urlsplit(base).hostname or ''}",
        name=f"{card.topic_number} {card.title}" if card.topic_number else card.title,
        start=card.start,
        end=card.end,
        changed_at=version.changed_at,
        sequence=version.sequence,
        place=", ".join(part for part in (card.room_name, place) if part),
        description="\n\n".join(part for part in parts if part),
        url=url,
        online_url=card.online_url,
        is_cancelled=card.is_cancelled,
        is_sure=is_sure,
    )
