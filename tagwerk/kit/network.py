"""Who is calling: the client's address behind a known number of proxies, stored only as a daily hash."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def client_address(peer: str, forwarded: str, depth: int) -> str:
    """Give the address of the caller.

    `peer` is the address of the connection, `forwarded` the X-Forwarded-For header, `depth` how many proxies of
    ours stand in front (0: the header is not believed). What is no address counts as the peer.
    """
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if depth <= 0 or not hops:
        return peer
    candidate = hops[-min(depth, len(hops))]
    try:
        return str(ipaddress.ip_address(candidate))
    except ValueError:
        return peer


def address_of(request: HttpRequest) -> str:
    """Give the caller's address of a Django request."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    return client_address(peer, str(request.META.get("HTTP_X_FORWARDED_FOR", "")), settings.TAGWERK_PROXIES)


def household(address: str) -> str:
    """Give what one line of a provider owns: an IPv4 address, or the /64 around an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or f"{ipaddress.IPv6Address(int(found) >> 64 << 64)}/64")


def address_mark(address: str, purpose: str = "") -> str:
    """Give a mark that tells two households apart for one day and cannot be turned back into an address.

    What is counted for different purposes has different marks.
    """
    text = f"{timezone.now():%Y-%m-%d} {purpose}{household(address)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def joined(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    """Give all lines of a header as one list: what a proxy adds may stand on a line of its own."""
    return ",".join(value.decode("latin-1") for key, value in headers if key == name)


def header(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    """Give one header of an ASGI scope as text, an empty string when it is missing."""
    return next((value.decode("latin-1") for key, value in headers if key == name), "")
