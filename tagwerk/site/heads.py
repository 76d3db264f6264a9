"""Bounds the head of a request in size and time: uvicorn does neither when httptools reads it."""

from asyncio import Transport
from asyncio.events import TimerHandle

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 32 * 1024
HEAD_SECONDS = 20.0
PIECE = 4 * 1024
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class BoundedHeads(HttpToolsProtocol):
    """Closes a connection whose head is too large, or not complete in time, or that says nothing at all."""

    _head: int | None = None  # bytes of the head that is not complete yet
    _ends: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read in small pieces, so that a large head is noticed before it is complete."""
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            super().data_received(piece)
            if self.transport.is_closing():
                return
            if self._head is not None:
                self._head += len(piece)
                if self._head > LARGEST_HEAD:
                    self._refuse()
                    return
        if self._ends is None and not self._is_busy():
            self._wait()  # something that begins no request ended the wait for the next one

    def on_message_begin(self) -> None:
        """Count from here; the head has to be complete in time."""
        super().on_message_begin()
        self._head = 0
        self._stop_waiting()
        self._wait()

    def on_headers_complete(self) -> None:
        """Hand the request on."""
        self._head = None
        self._stop_waiting()
        super().on_headers_complete()

    def _is_busy(self) -> bool:
        return not getattr(self.cycle, "response_complete", True)  # no cycle: no request yet

    def _refuse(self) -> None:
        if not self._is_busy():
            self.transport.write(TOO_LARGE)
        self.transport.close()

    def _wait(self) -> None:
        self._ends = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        self._ends = None
        self.transport.close()

    def _stop_waiting(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None
