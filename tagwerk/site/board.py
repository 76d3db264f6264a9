"""The walls of the house, without sign-in: the hall screen, the foyer's grid, the sign at a door."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import tagwerk.kit
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.addresses import public_base
from tagwerk.kit.headers import public
from tagwerk.kit.refusals import Unknown
from tagwerk.programme.cards import SessionCard, SlotRow, grid_of
from tagwerk.site.door import door_cards
from tagwerk.site.foyer import foyer_pages
from tagwerk.site.walls import wall_state

WORKER = Path(tagwerk.kit.__file__).parent / "static" / "build" / "board-worker.js"


@require_safe
@page
def board(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the hall screen."""
    rows = [row for row in grid_of(event).rows() if _is_worth_showing(row)]
    context = {"slots": rows, "state": wall_state(event), **_frame(request, event)}
    return public(render(request, "site/board.html", context))


@require_safe
@page
def foyer(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show the programme as a grid, for those who stand before it."""
    context = {"pages": foyer_pages(event, grid_of(event)), **_frame(request, event)}
    return public(render(request, "site/foyer.html", context))


@require_safe
@page
def door(request: HttpRequest, event: Event, room: int) -> HttpResponseBase:
    """Show what is on behind one door, and what follows."""
    found = event.rooms.filter(pk=room).first()
    if found is None:
        raise Unknown("no-such-room", _("Diesen Raum gibt es nicht."))
    sessions = [
        {"card": card, "time": time, "qr_svg": _takeover(request, card)} for card, time in door_cards(event, found)
    ]
    context = {"room": found, "sessions": sessions, **_frame(request, event)}
    return public(render(request, "site/door.html", context))


@require_safe
@page
def worker(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Give the script that keeps the walls for the time without network; its place limits it to them."""
    return public(HttpResponse(_worker(), content_type="text/javascript; charset=utf-8"))


@cache
def _worker() -> bytes:
    return WORKER.read_bytes()


def _frame(request: HttpRequest, event: Event) -> dict[str, Any]:
    """Give what every wall has: the address typed and as a code, the time, the worker."""
    url = public_url(request, event)
    parts = urlsplit(url)
    return {
        "now": timezone.now(),
        "join_address": f"{parts.netloc}{parts.path}".rstrip("/"),
        "qr_svg": qr_svg(url),
        "worker_url": reverse("site:board_worker", args=[event.slug]),
    }


def _is_worth_showing(row: SlotRow) -> bool:
    """Leave out what is over, and breaks that are still far away."""
    return row.time in ("now", "next") or (row.time == "later" and (row.is_open_for_barcamp or bool(row.sessions)))


def public_url(request: HttpRequest, event: Event) -> str:
    """Give the address that people type: the configured one, else the one this page was asked under."""
    return f"{public_base(request)}{reverse('site:home', args=[event.slug])}"


def _takeover(request: HttpRequest, card: SessionCard) -> str:
    """Draw the way to a session that looks for somebody who holds it; empty for all others."""
    return qr_svg(f"{public_base(request)}{card.url}") if card.is_searching else ""


def qr_svg(url: str) -> SafeString:
    """Draw an address as a QR code; upper case makes it coarser and readable from further away."""
    parts = urlsplit(url)
    # Scheme and host do not care about case; the path does, so it stays.
    address = f"{parts.scheme}://{parts.netloc}".upper() + parts.path + (f"#{parts.fragment}" if parts.fragment else "")
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=1, border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from an address of ours, no user text in it
