"""Who may listen: asks the roof for the stream of an address and for the rights behind a ticket."""

import asyncio
import time
from collections.abc import Iterable

from django.db import connection

from tagwerk.live import tickets, wiring

REMEMBERED = 2.0  # seconds; so long an address may still lead to a stream that was just closed to the public
LARGEST = 1000
Address = tuple[str, bool]  # a slug, and whether drafts count
_streams: dict[Address, tuple[float, int | None]] = {}
_asking: dict[Address, asyncio.Task[int | None]] = {}


def remembered(slug: str) -> int | None:
    """Give the public stream at an address if somebody asked within the last two seconds."""
    until, number = _streams.get((slug, False), (0.0, None))
    return number if until > time.monotonic() else None


async def stream_of(slug: str, *, drafts: bool = False) -> int | None:
    """Give the number of the public stream at an address; None when there is none that may be heard.

    The crew also hears `drafts`, with a ticket. A crowd that connects at once costs one look.
    """
    address = (slug, drafts)
    until, number = _streams.get(address, (0.0, None))
    if until > time.monotonic():
        return number
    look = _asking.get(address)
    if look is None or look.get_loop() is not asyncio.get_running_loop():
        look = _asking[address] = asyncio.create_task(_look_up(address))
    return await asyncio.shield(look)


async def _look_up(address: Address) -> int | None:
    slug, drafts = address
    try:
        number = await asyncio.to_thread(_ask, wiring.wired("any_stream" if drafts else "public_stream"), slug)
    finally:
        _asking.pop(address, None)
    if len(_streams) > LARGEST:
        _streams.clear()
    _streams[address] = (time.monotonic() + REMEMBERED, number)
    return number


async def ticket_for(text: str) -> tickets.Ticket | None:
    """Give the ticket behind a text when it is good and its holder still has the rights it was issued with."""
    ticket = tickets.read(text)
    if ticket is None or await changed_rights([(ticket.holder, ticket.rights)]):
        return None
    return ticket


async def changed_rights(known: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Give those of the holders and their rights that are no longer true."""
    return await asyncio.to_thread(_changed, list(known))


def _changed(known: list[tuple[str, int]]) -> set[tuple[str, int]]:
    ask = wiring.wired("rights_version")
    try:
        return {(holder, rights) for holder, rights in known if ask(holder) != rights}
    finally:
        connection.close()


def _ask(question: object, about: str) -> int | None:
    try:
        answer: int | None = question(about)  # type: ignore[operator]
        return answer
    finally:
        connection.close()
