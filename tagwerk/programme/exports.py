"""The programme for other programs, at the addresses that they know; written once per version, then answered from memory."""

import hashlib
import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

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
from tagwerk.exchange.printer import MEDIA_TYPE as PDF
from tagwerk.exchange.printer import NoPrinter, turn
from tagwerk.exchange.programme_pdf import programme_pdf
from tagwerk.kit.addresses import public_base
from tagwerk.kit.headers import public
from tagwerk.kit.language import short
from tagwerk.kit.refusals import Busy, Unknown
from tagwerk.programme.editions import current_edition, ready_of
from tagwerk.programme.models import Edition

MOST = 128  # written files that are remembered
PAUSE = 60.0  # seconds between two printings of one programme
Key = tuple[str, int, str, str, str]


class Printed(NamedTuple):
    """A programme on paper: its pages, their tag, of which version they are, when they were made."""

    body: bytes
    tag: str
    digest: str
    at: float


printed: dict[tuple[int, str], Printed] = {}
_written: OrderedDict[Key, tuple[bytes, str]] = OrderedDict()
_lock = Lock()


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
    """Answer the programme as an accessible PDF.

    Printing takes seconds, so it is done once per version and at most once a minute; until then there is the one before.
    """
    edition, key = current_edition(event), (event.pk, "" if settings.BASE_URL else public_base(request))
    known = printed.get(key)
    is_fresh = known and (known.digest == edition.digest or time.monotonic() - known.at < PAUSE)
    if not is_fresh and turn.acquire(blocking=False):
        try:
            body = programme_pdf(ready_of(edition, public_base(request)))
            known = printed[key] = Printed(body, _tag(edition, body), edition.digest, time.monotonic())
        except NoPrinter as lack:
            raise Busy("no-printer", str(lack)) from lack
        finally:
            turn.release()
    if known is None:
        raise Busy("printing", _("Das Programm wird gerade gedruckt. Bitte versuchen Sie es gleich noch einmal."))
    return _answer(request, edition, known.body, known.tag, PDF)


def answered(request: HttpRequest, event: Event, name: str, chosen: Format) -> HttpResponseBase:
    """Answer a file of the newest version, or 304 to who has it already."""
    edition = current_edition(event)
    body, tag = _file(edition, public_base(request), name, chosen)
    return _answer(request, edition, body, tag, chosen.media_type)


def _answer(request: HttpRequest, edition: Edition, body: bytes, tag: str, media_type: str) -> HttpResponseBase:
    response = get_conditional_response(request, etag=tag) or HttpResponse(body, media_type)
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
        known = body, _tag(edition, body)
        with _lock:
            _written[key] = known
            while len(_written) > MOST:
                _written.popitem(last=False)
    return known


def _tag(edition: Edition, body: bytes) -> str:
    return f'"{edition.number}-{hashlib.sha256(body).hexdigest()[:24]}"'
