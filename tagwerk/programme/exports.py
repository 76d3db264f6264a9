"""The programme for other programs, at the addresses that they know; written once per version, then answered from memory."""

import hashlib
from collections import OrderedDict
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.exchange.calendar import MEDIA_TYPE, schedule_ics
from tagwerk.exchange.formats import FORMATS, Format
from tagwerk.exchange.programme_pdf import NoPrinter, programme_pdf
from tagwerk.kit.addresses import public_base
from tagwerk.kit.headers import public
from tagwerk.kit.language import short
from tagwerk.kit.refusals import Busy, Unknown
from tagwerk.programme.editions import current_edition, ready_of
from tagwerk.programme.models import Edition

MOST = 128  # written files that are remembered
PDF = Format("application/pdf", programme_pdf)
Key = tuple[str, int, str, str, str]


_written: OrderedDict[Key, tuple[bytes, str]] = OrderedDict()
_lock, _printer = Lock(), Lock()


@require_safe
@page
def export(request: HttpRequest, event: Event, name: str) -> HttpResponseBase:
    """Answer the programme as one file; 404 for a format that nobody knows."""
    chosen = FORMATS.get(name)
    if chosen is None:
        raise Unknown("no-such-format", _("Dieses Format gibt es nicht."))
    return answered(request, event, name, chosen)


@require_safe
@page
def track_calendar(request: HttpRequest, event: Event, track: str) -> HttpResponseBase:
    """Answer the sessions of one theme as a calendar."""
    if not event.tracks.filter(slug=track).exists():
        raise Unknown("no-such-track", _("Diesen Themenstrang gibt es nicht."))
    by_track = Format(MEDIA_TYPE, lambda ready: schedule_ics(ready, track=track))
    return answered(request, event, f"tracks/{track}.ics", by_track)


@require_safe
@page
def pdf(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Answer the programme as an accessible PDF; printed once per version, which takes seconds."""
    try:
        with _printer:
            return answered(request, event, "programme.pdf", PDF)
    except NoPrinter as lack:
        raise Busy("no-printer", str(lack)) from lack


def answered(request: HttpRequest, event: Event, name: str, chosen: Format) -> HttpResponseBase:
    """Answer a file of the newest version, or 304 to who has it already."""
    edition = current_edition(event)
    body, tag = _file(edition, public_base(request), name, chosen)
    response = get_conditional_response(request, etag=tag) or HttpResponse(body, chosen.media_type)
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(edition.made_at.timestamp())
    response.headers["Access-Control-Allow-Origin"] = "*"  # it is public, and programs in browsers ask for it too
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return public(response)


def _file(edition: Edition, base: str, name: str, chosen: Format) -> tuple[bytes, str]:
    key = edition.digest, edition.number, "" if settings.BASE_URL else base, short(), name
    with _lock:
        known = _written.get(key)
    if known is None:
        body = chosen.write(ready_of(edition, base))
        known = body, f'"{edition.number}-{hashlib.sha256(body).hexdigest()[:24]}"'
        with _lock:
            _written[key] = known
            while len(_written) > MOST:
                _written.popitem(last=False)
    return known
