"""Who may listen: asks the roof for the stream of an address and for the rights behind a ticket."""

import asyncio
import time

from django.db import connection

from tagwerk.live import tickets, wiring

RIGHTS_EVERY = 2.0
REMEMBERED = 2.0
_streams: dict[tuple[str, bool], tuple[float, int | None]] = {}
LARGEST = 1000


async def stream_of(slug: str, *, drafts: bool = False) -> int | None:
    """Give the number of the public stream at an address; None when there is none that may be heard.

    The crew also hears `drafts`, with a ticket.

    Remembered for two seconds, so that a crowd that connects at once costs one look.
    """
    known = _streams.get((slug, drafts))
    if known and known[0] > time.monotonic():
        return known[1]
    if len(_streams) > LARGEST:
        _streams.clear()
    number = await asyncio.to_thread(_ask, wiring.wired("any_stream" if drafts else "public_stream"), slug)
    _streams[slug, drafts] = (time.monotonic() + REMEMBERED, number)
    return number


async def ticket_for(text: str) -> tickets.Ticket | None:
    """Give the ticket behind a text when it is good and its holder still has the rights it was issued with."""
    ticket = tickets.read(text)
    return ticket if ticket and await still_valid(ticket) else None


async def still_valid(ticket: tickets.Ticket) -> bool:
    """Tell whether the holder's rights are unchanged since the ticket was issued."""
    rights = await asyncio.to_thread(_ask, wiring.wired("rights_version"), ticket.holder)
    return rights == ticket.rights


def _ask(question: object, about: str) -> int | None:
    try:
        answer: int | None = question(about)  # type: ignore[operator]
        return answer
    finally:
        connection.close()
