"""Bounds the head of a request in size and time, and its body in time: uvicorn does neither when httptools reads it."""

from asyncio import Transport
from collections import Counter
from math import inf
from typing import ClassVar

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tagwerk.kit.guard import BODY_SECONDS
from tagwerk.kit.network import household
from tagwerk.kit.uploads import LONGEST as UPLOAD_SECONDS

LARGEST_HEAD = 32 * 1024
HEAD_SECONDS = 20.0
SLOW = b"/contributions/mine/rehearsal/"  # where large files are sent; kit/uploads.py is first to notice silence
READ_SECONDS = 60.0  # for which somebody may take nothing of an answer
PIECE = 4 * 1024
REFUSED = b"HTTP/1.1 %s\r\ncontent-length: 0\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
TOO_LARGE = REFUSED % b"431 Request Header Fields Too Large"
TOO_MANY = (REFUSED % b"429 Too Many Requests").replace(b"cache", b"retry-after: 5\r\ncache")
TOO_SLOW = REFUSED % b"408 Request Timeout"


class BoundedHeads(HttpToolsProtocol):
    """Closes a connection whose head is too large, whose request is not complete in time, or that says nothing at all.

    Nobody has a timer of their own: the server asks each connection once a second (`close_if_late`).
    """

    begun: ClassVar[Counter[str]] = Counter()  # heads that began and are not complete, by address

    _head: int | None = None  # bytes of the head that is not complete yet
    _until: float = inf  # when what is waited for has to be there
    _counted: str = ""
    _is_within: bool = False  # a request whose end is still to come, even if it was answered already

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._uncount()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read in small pieces, so that a large head is noticed before it is complete."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            super().data_received(piece)
            if self.transport.is_closing() or self.has_left:
                return
            if self._head is not None:
                self._head += len(piece)
                if self._head > LARGEST_HEAD:
                    self._refuse(TOO_LARGE)
                    return
        if self._head is not None and not self._counted:
            self._count()
        if self._until == inf and not self.is_busy:
            self._wait(HEAD_SECONDS)  # something that begins no request ended the wait for the next one

    def on_message_begin(self) -> None:
        """Count from here; the head has to be complete in time."""
        super().on_message_begin()
        self._head = 0
        self._wait(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """Hand the request on; its body has to be complete in time, too (the guard is first to say so)."""
        self.head_is_read()
        is_large = self.url.partition(b"?")[0].endswith(SLOW)
        self._wait((UPLOAD_SECONDS if is_large else BODY_SECONDS) + 2)
        self._is_within = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for nothing: it is our turn."""
        self._until = inf
        self._is_within = False
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Begin to wait for somebody who does not take their answer."""
        self._wait(READ_SECONDS)
        super().pause_writing()

    def resume_writing(self) -> None:
        """Go on with the answer."""
        self._until = inf
        super().resume_writing()

    @property
    def has_left(self) -> bool:
        """Tell whether somebody else stands at the connection by now."""
        return False

    @property
    def is_busy(self) -> bool:
        """Tell whether a request is being answered."""
        return not getattr(self.cycle, "response_complete", True)  # no cycle: no request yet

    def head_is_read(self) -> None:
        """Stop counting and waiting."""
        self._head = None
        self._until = inf
        if self._counted:
            self._uncount()

    def close_if_late(self, now: float) -> None:
        """Close the connection when what it is waited for has not come in time."""
        if self._until <= now:
            self._until = inf
            if self.flow.write_paused:
                self.transport.abort()
                return
            if self._head and not self.is_busy:
                self.transport.write(TOO_SLOW)
            self.transport.close()

    def _wait(self, seconds: float) -> None:
        self._until = self.loop.time() + seconds

    def _refuse(self, answer: bytes) -> None:
        if not self.is_busy:
            self.transport.write(answer)
        self.transport.close()

    def _count(self) -> None:
        """Count a head that came in pieces; one address may have so many, and our own proxy all of them."""
        if settings.TAGWERK_PROXIES:
            return
        address = household(self.client[0] if self.client else "")
        if self.begun[address] >= settings.TAGWERK_MAX_UNFINISHED:
            self._refuse(TOO_MANY)
            return
        self._counted = address
        self.begun[address] += 1

    def _uncount(self) -> None:
        if self._counted:
            self.begun[self._counted] -= 1
            if not self.begun[self._counted]:
                del self.begun[self._counted]
            self._counted = ""
