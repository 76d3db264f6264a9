"""Who comes in: reads the address of a stream and says where its caller may sit, before anything else is asked.

Every form in which streams are served (the server's own protocol, the ASGI endpoint, the process that only holds
streams) lets people in here, and nowhere else.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from tagwerk.live import access
from tagwerk.live.changes import CREW, PUBLIC
from tagwerk.live.tickets import Ticket

ADDRESS = re.compile(r"^(?P<en>/en)?/(?P<slug>[a-z0-9-]{1,60})(?P<desk>/desk)?/live/?\Z")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
REFUSED = [(b"content-length", b"0"), (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]


class Call(NamedTuple):
    """What somebody asks for who wants to listen."""

    slug: str
    is_desk: bool
    language: str
    token: str
    since: str


class Seat(NamedTuple):
    """What somebody may hear, from where on, and the rights that it hangs on; plain values that travel."""

    stream: int
    audience: str
    language: str
    since: str
    holder: str = ""
    rights: int = 0


def read_call(path: str, query: str, last_event_id: str) -> Call | None:
    """Read what is asked for; None when the address is none of a stream."""
    address = ADDRESS.match(path)
    if address is None:
        return None
    said = {name: values[-1] for name, values in parse_qs(query).items()}
    language = said.get("lang") or ("en" if address["en"] else "de")
    return Call(
        slug=address["slug"],
        is_desk=bool(address["desk"]),
        language="en" if language == "en" else "de",
        token=said.get("token", ""),
        since=last_event_id or said.get("since", ""),
    )


def is_ours(host: str) -> bool:
    """Tell whether a Host header names us."""
    return _is_allowed(host, tuple(settings.ALLOWED_HOSTS))


@lru_cache(maxsize=256)
def _is_allowed(host: str, allowed: tuple[str, ...]) -> bool:
    name, _port = split_domain_port(host)
    return validate_host(name, allowed)


def seat_at_once(call: Call) -> Seat | None:
    """Give the seat when it can be told without asking the database: of a public stream that is remembered."""
    stream = None if call.is_desk else access.remembered(call.slug)
    return None if stream is None else Seat(stream, PUBLIC, call.language, call.since)


async def seat_for(call: Call) -> Seat | int:
    """Give the seat, or the status to refuse with: 403 without a good ticket, 404 where nothing is to be heard."""
    if not call.is_desk:
        stream = await access.stream_of(call.slug)
        return 404 if stream is None else Seat(stream, PUBLIC, call.language, call.since)
    ticket = await access.ticket_for(call.token)
    stream = await access.stream_of(call.slug, drafts=True)
    if ticket is None or ticket.stream != stream:
        return 403
    return _crew_seat(ticket, call)


def _crew_seat(ticket: Ticket, call: Call) -> Seat:
    return Seat(ticket.stream, CREW, call.language, call.since, ticket.holder, ticket.rights)
