"""Addresses and QR codes on paper: as short and coarse as they can be, for old phones and bad light."""

from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tagwerk.events.models import Event

WIFI_MARKS = str.maketrans({mark: f"\\{mark}" for mark in '\\;,:"'})  # what means something in the text of a WLAN code


def absolute(request: HttpRequest, path: str) -> str:
    """Give an address as people type it: under the configured host, else the one this page was asked under."""
    return f"{settings.BASE_URL or f'{request.scheme}://{request.get_host()}'}{path}"


def event_address(request: HttpRequest, event: Event) -> str:
    """Give the address of an event."""
    return absolute(request, reverse("site:home", args=[event.slug]))


def typed(address: str) -> str:
    """Give an address as it stands in a sentence: without scheme and last slash."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def shortest(address: str) -> str:
    """Give an event's address for a QR code: in upper case and without the last slash it needs the fewest dots.

    Up to 38 characters fit into 25 x 25 dots. The event's pages lead from upper case to the address itself.
    """
    return address.rstrip("/").upper()


def drawn(text: str) -> SafeString:
    """Draw a QR code; scheme and host are in upper case, for they do not care and it makes the dots larger."""
    parts = urlsplit(text)
    if parts.netloc:
        text = f"{parts.scheme}://{parts.netloc}".upper() + text[len(f"{parts.scheme}://{parts.netloc}") :]
    return _svg(segno.make(text, error="m", micro=False))


def wifi_text(name: str, password: str) -> str:
    """Give what a phone reads to join a WLAN; without a password it is an open one."""
    access = f"T:WPA;S:{name.translate(WIFI_MARKS)};P:{password.translate(WIFI_MARKS)}"
    return f"WIFI:{access if password else f'T:nopass;S:{name.translate(WIFI_MARKS)}'};;"


def drawn_wifi(name: str, password: str) -> SafeString:
    """Draw the QR code with which a phone joins a WLAN."""
    return _svg(segno.make(wifi_text(name, password), error="m", micro=False))


def _svg(code: segno.QRCode) -> SafeString:
    svg = code.svg_inline(scale=1, border=2, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - drawn by segno: paths only, the text is in the dots
