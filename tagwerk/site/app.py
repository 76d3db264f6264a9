"""The event as an app: its manifest, icons and worker, and the page that says what is kept for the way."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import tagwerk.kit
from tagwerk.events.models import Event
from tagwerk.events.pages import page
from tagwerk.kit.headers import public
from tagwerk.kit.language import short
from tagwerk.kit.refusals import Unknown
from tagwerk.live.wiring import is_open
from tagwerk.site import app_icons

WORKER = Path(tagwerk.kit.__file__).parent / "static" / "build" / "app-worker.js"
ICON_SECONDS = 24 * 60 * 60
PAPER = "#f6f5f1"  # the colour of our pages, shown until the first one is there
SHORTCUTS = (
    ("programme:schedule", gettext_lazy("Programm"), gettext_lazy("Was wann und wo ist")),
    ("site:mine", gettext_lazy("Mein Plan"), gettext_lazy("Was Sie sich vorgenommen haben")),
    ("barcamp:topics", gettext_lazy("Themen"), gettext_lazy("Zeigen Sie, was Sie interessiert")),
    ("barcamp:propose", gettext_lazy("Thema vorschlagen"), gettext_lazy("Bringen Sie ein, was fehlt")),
)


@require_safe
@page
def manifest(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Describe the event as an app; every address counts from the host it was asked under."""
    home = reverse("site:home", args=[event.slug])
    described = {
        "id": home,
        "name": f"PROBE {event.name}" if event.is_rehearsal else event.name,
        "short_name": app_icons.initials(event.name) if len(event.name) > 40 else event.name,  # noqa: PLR2004
        "description": event.motto or _("Programm, Themen und Ihr Plan, auch ohne Netz."),
        "lang": short(),
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "theme_color": app_icons.colour(event.accent),
        "background_color": PAPER,
        "launch_handler": {"client_mode": "navigate-existing"},
        "icons": _icons(event),
        "shortcuts": [
            {"name": str(name), "description": str(about), "url": reverse(address, args=[event.slug])}
            for address, name, about in SHORTCUTS
            if is_open(f"tagwerk.{address.partition(':')[0]}") and (event.takes_part or address != "barcamp:propose")
        ],
    }
    return public(JsonResponse(described, content_type="application/manifest+json"))


@require_safe
@page
def icon(request: HttpRequest, event: Event, size: str) -> HttpResponseBase:
    """Draw the event's icon: `any` as SVG, `180`, `192` and `512` as PNG, `mask-512` for masks."""
    number = size.removeprefix("mask-")
    if size == "any":
        drawn, kind = app_icons.svg(event.name, event.accent).encode(), "image/svg+xml"
    elif number in map(str, app_icons.SIZES):
        is_whole = number != size or size == "180"  # Apple rounds the corners itself
        drawn, kind = app_icons.png(event.name, event.accent, int(number), is_whole=is_whole), "image/png"
    else:
        raise Unknown("no-such-icon", _("Dieses Bild gibt es nicht."))
    return public(HttpResponse(drawn, content_type=kind), seconds=ICON_SECONDS)


@require_safe
@page
def worker(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Give the script that keeps public pages for the way; its place limits it to the event in one language."""
    return public(HttpResponse(_worker(), content_type="text/javascript; charset=utf-8"))


@require_safe
@page
def offline(request: HttpRequest, event: Event) -> HttpResponseBase:
    """Show what this device keeps: the same empty page for everybody, filled by the device itself."""
    return public(render(request, "site/offline.html"))


def links(event: Event) -> dict[str, str]:
    """Give what the frame of an event's pages names: manifest, icon for Apple's phones, worker, the page for the way."""
    return {
        "manifest": reverse("site:manifest", args=[event.slug]),
        "touch_icon": f"{reverse('site:icon', args=[event.slug, '180'])}?v={_version(event)}",
        "worker": reverse("site:worker", args=[event.slug]),
        "offline": reverse("site:offline", args=[event.slug]),
    }


def _icons(event: Event) -> list[dict[str, Any]]:
    kinds = (
        ("192", "192x192", "image/png", "any"),
        ("512", "512x512", "image/png", "any"),
        ("mask-512", "512x512", "image/png", "maskable"),
        ("any", "any", "image/svg+xml", "any"),
    )
    return [
        {
            "src": f"{reverse('site:icon', args=[event.slug, size])}?v={_version(event)}",
            "sizes": sizes,
            "type": kind,
            "purpose": purpose,
        }
        for size, sizes, kind, purpose in kinds
    ]


def _version(event: Event) -> str:
    """Give what changes when the icon does."""
    return f"{crc32(f'{event.name}|{event.accent}'.encode()):08x}"


@cache
def _worker() -> bytes:
    """Give the worker, with a mark of this release before it: browsers fetch it anew when a byte differs."""
    listed = Path(settings.STATIC_ROOT) / "staticfiles.json"
    release = sha256(listed.read_bytes() if listed.exists() else b"").hexdigest()[:12]
    return f"/* {release} */\n".encode() + WORKER.read_bytes()
