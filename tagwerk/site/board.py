"""The hall screen: one slot as a list, the typed address and its QR code, no sign-in."""

from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.headers import public
from tagwerk.programme.cards import SlotRow, grid_of


@require_safe
@page
def board(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the hall screen."""
    rows = [row for row in grid_of(event).rows() if _is_worth_showing(row)]
    url = public_url(request, event)
    parts = urlsplit(url)
    context = {
        "slots": rows,
        "now": timezone.now(),
        "join_address": f"{parts.netloc}{parts.path}".rstrip("/"),
        "qr_svg": qr_svg(url),
    }
    return public(render(request, "site/board.html", context))


def _is_worth_showing(row: SlotRow) -> bool:
    """Leave out what is over, and breaks that are still far away."""
    return row.time in ("now", "next") or (row.time == "later" and (row.is_open_for_barcamp or bool(row.sessions)))


def public_url(request: HttpRequest, event: Event) -> str:
    """Give the address that people type: the configured one, else the one this page was asked under."""
    base = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    return f"{base}{reverse('site:home', args=[event.slug])}"


def qr_svg(url: str) -> SafeString:
    """Draw an address as a QR code; upper case makes it coarser and readable from further away."""
    parts = urlsplit(url)
    # Scheme and host do not care about case; the path does, so it stays.
    address = f"{parts.scheme}://{parts.netloc}".upper() + parts.path + (f"#{parts.fragment}" if parts.fragment else "")
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=1, border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from an address of ours, no user text in it
