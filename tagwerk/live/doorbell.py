"""Rings the bells of all processes and machines: carries the number of a stream over a bus, never a payload.

What the bus loses costs latency only: each hub looks at the ledger once a second anyway.
"""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from django.conf import settings

from tagwerk.live.bell import Bell, bell

log = logging.getLogger(__name__)

AGAIN_AFTER = 1.0  # seconds until a broken bus is tried again


class Bus(Protocol):
    """Something that carries short words between processes; both ways block and raise `OSError` when it breaks."""

    def send(self, words: str) -> None:
        """Send to everybody who listens."""

    def listen(self) -> Iterator[str]:
        """Give what everybody sends, ourselves included, for as long as it works."""

    def close(self) -> None:
        """Let go of it; who listens stops with an `OSError`."""


class Doorbell:
    """Passes rings of this process to the others, and theirs to the bell here; two threads, started once."""

    def __init__(self, bus: Callable[[], Bus], *, of: Bell = bell) -> None:
        self._make = bus
        self._bell = of
        self._own = secrets.token_hex(4)  # our own rings come back, and were heard already
        self._waiting: set[int] = set()
        self._news = threading.Event()
        self._over = threading.Event()
        self._ear: Bus | None = None
        self._listening: threading.Thread | None = None
        self._disconnect: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin to ring and to listen."""
        self._listening = threading.Thread(target=self._listen, name="doorbell ear", daemon=True)
        self._listening.start()
        threading.Thread(target=self._pass_on, name="doorbell hand", daemon=True).start()
        self._disconnect = self._bell.connect(self._note)

    def stop(self) -> None:
        """End both threads."""
        self._disconnect()
        self._over.set()
        self._news.set()
        if self._ear is not None:
            self._ear.close()

    def _note(self, stream: int) -> None:
        if threading.current_thread() is not self._listening:  # what comes from outside does not go out again
            self._waiting.add(stream)
            self._news.set()

    def _pass_on(self) -> None:
        hand: Bus | None = None
        while self._news.wait() and not self._over.is_set():
            self._news.clear()
            try:
                hand = hand or self._make()
                while self._waiting:
                    hand.send(f"{self._own} {self._waiting.pop()}")
            except Exception as fault:  # noqa: BLE001 - whatever breaks: those outside look by themselves
                log.warning("the doorbell cannot be rung (%s); others hear of changes a second later", fault)
                hand = None
                self._over.wait(AGAIN_AFTER)
        if hand is not None:
            hand.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                self._ear = self._make()
                for words in self._ear.listen():
                    self._hear(words)
            except Exception as fault:  # noqa: BLE001 - the same for listening
                if not self._over.is_set():
                    log.warning("the doorbell is not heard (%s); changes from outside come a second later", fault)
            self._over.wait(AGAIN_AFTER)

    def _hear(self, words: str) -> None:
        sender, _space, stream = words.partition(" ")
        if sender != self._own and stream.isascii() and stream.isdigit():
            self._bell.ring(int(stream))


def doorbell() -> Doorbell | None:
    """Give the doorbell of this installation; none where one process does everything."""
    if not (settings.TAGWERK_REDIS or settings.IS_POSTGRESQL):
        return None
    from tagwerk.live import buses  # noqa: PLC0415 - a driver that nobody needs would make each start longer

    if settings.TAGWERK_REDIS:
        return Doorbell(lambda: buses.RedisBus(settings.TAGWERK_REDIS))
    return Doorbell(lambda: buses.PostgresBus(**buses.parameters()))
