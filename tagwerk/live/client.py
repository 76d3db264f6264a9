"""One listener at a bare connection: no task, no parser, no queue; told by one write into the transport."""

import asyncio
import socket
from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from tagwerk.live.channel import Channel
from tagwerk.live.door import HEADERS, REFUSED, Seat
from tagwerk.live.hub import Hub

SEND_BUFFER = 32 * 1024  # in the kernel, per listener; left alone it would grow to megabytes for one who does not read
BEHIND_AT = 64 * 1024  # bytes that wait for one listener here; the bytes themselves are shared by all
PATIENCE = 10.0  # seconds for which a listener may be behind
AT_ONCE = b"\x01\0\0\0\0\0\0\0"  # SO_LINGER, 0 seconds: what is left in the kernel goes away with the connection

Head = list[tuple[bytes, bytes]]


def head_of(status: int, headers: Head) -> bytes:
    """Give the head of an answer after which the connection ends."""
    first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()
    return b"\r\n".join([first, *[name + b": " + value for name, value in headers], b"connection: close\r\n\r\n"])


STREAM = head_of(HTTPStatus.OK, HEADERS)


def refusal(status: int) -> bytes:
    """Give the whole answer to somebody who may not listen (now)."""
    return head_of(status, [*REFUSED, (b"retry-after", b"5")] if status == HTTPStatus.SERVICE_UNAVAILABLE else REFUSED)


class Client(asyncio.Protocol):
    """Stands at the connection in the place of what read the request."""

    __slots__ = ("_channel", "_leave", "_transport", "tell")
    tell: Callable[[bytes], None]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a connection; what its other end says from now on is not heard."""
        self._transport = cast("asyncio.Transport", transport)
        self._channel: Channel | None = None
        self._leave: Callable[[Client], None] = _nothing
        self._transport.set_protocol(self)

    @property
    def transport(self) -> asyncio.Transport:
        """Give the connection."""
        return self._transport

    def sit_down(self, hub: Hub, channel: Channel, seat: Seat) -> None:
        """Answer, give what was missed, and listen from then on."""
        transport = self._transport
        self._channel, self._leave, self.tell = channel, hub.forget, transport.write
        transport.set_write_buffer_limits(high=BEHIND_AT)
        _bound_buffer(transport)
        transport.writelines([STREAM, *channel.join(self, seat.since)])
        hub.watch(self, seat)

    def refuse(self, status: int) -> None:
        """Answer that there is nothing to hear (now)."""
        self._transport.write(refusal(status))
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the channel."""
        if self._channel is not None:
            self._channel.leave(self)
            self._channel = None
            self._leave(self)
            del self.tell  # it holds the transport, which holds us

    def pause_writing(self) -> None:
        """Fall behind: more waits than the kernel and we may keep."""
        if self._channel is not None:
            self._channel.behind[self] = asyncio.get_running_loop().time() + PATIENCE

    def resume_writing(self) -> None:
        """Be up to date again."""
        if self._channel is not None:
            self._channel.behind.pop(self, None)

    def hang_up(self) -> None:
        """Cut the connection and drop what waits for it; the reader comes back and resumes."""
        cut(self._transport)


def _nothing(_client: Client) -> None:
    """Do nothing: who has no seat leaves none."""


def _bound_buffer(transport: asyncio.BaseTransport) -> None:
    """Bound what the kernel keeps for one who does not read."""
    wire = transport.get_extra_info("socket")
    if wire is not None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)


def cut(transport: asyncio.Transport) -> None:
    """End a connection at once, without an orphan in the kernel that keeps its data; an idle one ends politely."""
    if transport.get_write_buffer_size() == 0:
        transport.close()
        return
    wire = transport.get_extra_info("socket")
    if wire is not None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    transport.abort()
