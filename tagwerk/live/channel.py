"""The messages of one stream for one audience and language, and who listens to them."""

import asyncio
import random
from typing import Protocol

from tagwerk.live.ring import Ring, parse_cursor

BEAT = 15.0  # seconds of silence after which the channel says that it lives
RETRY = (500, 5000)  # milliseconds: a hall whose server ends comes back spread over this time


class Listener(Protocol):
    """An open connection, in whatever form it is served."""

    def tell(self, data: bytes) -> None:
        """Hear these bytes, without being waited for."""

    def hang_up(self) -> None:
        """Be cut off; whoever still wants to listen comes back and resumes."""


class Channel:
    """A ring of finished messages and the set of those who have heard all of it.

    Nobody owns a queue or a cursor here: who joins is given what they missed, and from then on everybody is told the
    same bytes. Lives in one event loop; nothing between two awaits is seen half done.
    """

    def __init__(self, ring: Ring, epoch: int) -> None:
        self.ring = ring
        self.epoch = epoch
        self.listeners: set[Listener] = set()
        self.behind: dict[Listener, float] = {}  # who has not taken what was written, and until when that may last
        self._told = ring.head
        self._spoke = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def join(self, listener: Listener, since: str) -> list[bytes]:
        """Take a listener in; gives the pieces that it has to hear before anything else."""
        self.listeners.add(listener)
        if self._timer is None:
            self._await_silence(asyncio.get_running_loop().time())
        retry = f"retry: {random.randint(*RETRY)}\n\n".encode()  # noqa: S311 - spreads who comes back
        return [retry, *self._missed(since)]

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        self.listeners.discard(listener)
        self.behind.pop(listener, None)

    def pass_on(self) -> None:
        """Tell everybody what came into the ring since the last time, as one write each."""
        data = b"".join(self.ring.after(self._told))
        self._told = self.ring.head
        if data:
            self._tell(data)

    def start_over(self, ring: Ring, epoch: int) -> None:
        """Begin another history: everybody fetches the whole state."""
        self.ring, self.epoch, self._told = ring, epoch, ring.head
        self._tell(self._resync())

    def close(self) -> None:
        """Send everybody away."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        for listener in list(self.listeners):
            listener.hang_up()

    def _missed(self, since: str) -> list[bytes]:
        if not since:
            return []
        epoch, revision = parse_cursor(since) or (-1, -1)
        if epoch != self.epoch or not self.ring.reaches(revision):
            return [self._resync()]
        return self.ring.after(revision)

    def _resync(self) -> bytes:
        cursor = f"{self.epoch}-{self.ring.head}"
        return f"id: {cursor}\nevent: resync\ndata: {cursor}\n\n".encode()

    def _tell(self, data: bytes) -> None:
        self._spoke = now = asyncio.get_running_loop().time()
        for listener in [late for late, until in self.behind.items() if until < now]:
            self.leave(listener)
            listener.hang_up()
        for listener in self.listeners:
            listener.tell(data)

    def _await_silence(self, since: float) -> None:
        self._spoke = since
        self._timer = asyncio.get_running_loop().call_at(since + BEAT, self._beat)

    def _beat(self) -> None:
        self._timer = None
        if asyncio.get_running_loop().time() >= self._spoke + BEAT:
            self._tell(f"event: beat\ndata: {self.ring.head}\n\n".encode())
        if self.listeners:
            self._await_silence(self._spoke)
