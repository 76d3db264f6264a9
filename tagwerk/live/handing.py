"""Hands open connections to the process that only holds streams, over a pair of sockets (SCM_RIGHTS).

The pair is made once by the supervisor and outlives both sides: a web worker that dies takes no stream with it, and
what was handed over while the other side starts anew waits in the kernel. See `docs/decisions/0016-one-process-holds-the-streams.md`.
"""

import asyncio
import contextlib
import json
import logging
import socket

from tagwerk.live.client import Client
from tagwerk.live.door import Seat
from tagwerk.live.usher import Here, Usher

log = logging.getLogger(__name__)

LARGEST = 4096  # bytes of one message: a seat as JSON
AT_ONCE = 256  # taken from the pair before other work gets its turn
ROOM = 1024 * 1024  # bytes of messages that may wait in the kernel
TRIES, PAUSE = 100, 0.02  # how often a full pair is tried again, and after how many seconds


def pair() -> tuple[socket.socket, socket.socket]:
    """Give both ends: one for all web workers, one for the process that holds the streams."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in ends:
        end.settimeout(0)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
    return ends


class Away(Usher):
    """Gives each connection away together with its seat, and closes its own copy of it."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__()
        self._end = end

    def place_at_once(self, client: Client, seat: Seat) -> bool:
        """Hand somebody over unless the other side is busy."""
        wire = client.transport.get_extra_info("socket")
        if client.transport.is_closing():
            return True
        try:
            socket.send_fds(self._end, [json.dumps(seat).encode()], [wire.fileno()])
        except OSError:  # full, or too many connections on their way
            return False
        client.transport.abort()  # closes only our copy: nothing is waiting in it
        return True

    async def place(self, client: Client, seat: Seat) -> None:
        """Hand somebody over, for some seconds again and again."""
        for _try in range(TRIES):
            if self.place_at_once(client, seat):
                return
            await asyncio.sleep(PAUSE)
        client.refuse(503)


class Lobby:
    """Takes what web workers hand over and seats it at the hub of this process."""

    def __init__(self, end: socket.socket, usher: Here) -> None:
        self._end = end
        self._usher = usher
        self._arriving: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to take connections, in the running loop."""
        asyncio.get_running_loop().add_reader(self._end, self._take)

    def close(self) -> None:
        """Take no more."""
        asyncio.get_running_loop().remove_reader(self._end)

    def _take(self) -> None:
        for _one in range(AT_ONCE):
            try:
                message, descriptors, _flags, _address = socket.recv_fds(self._end, LARGEST, 1)
            except BlockingIOError:
                return
            for descriptor in descriptors:
                arriving = asyncio.create_task(self._seat(socket.socket(fileno=descriptor), message))
                self._arriving.add(arriving)
                arriving.add_done_callback(self._arriving.discard)

    async def _seat(self, wire: socket.socket, message: bytes) -> None:
        wire.settimeout(0)
        with contextlib.suppress(OSError):  # it left on the way
            _transport, client = await asyncio.get_running_loop().connect_accepted_socket(Client, wire)
            seat = Seat(*json.loads(message))
            try:
                if not self._usher.place_at_once(client, seat):
                    await self._usher.place(client, seat)
            except Exception:
                log.exception("a stream could not be opened")
                client.refuse(503)
