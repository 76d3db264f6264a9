"""Starts the web workers and the process that holds the streams, and starts anew whoever dies.

The listening socket and the pair over which streams are handed on belong to the supervisor: a worker that is killed
loses neither waiting callers nor open streams. SIGHUP exchanges the workers one by one, SIGTERM ends everything.
"""

import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from tagwerk.live import handing

log = logging.getLogger(__name__)

LOOK = 0.2  # seconds between two looks at the children
QUICK = 5.0  # who dies within this time is started again only after a pause
PAUSE = 1.0
GRACE = 10.0


class Child:
    """One process: how it is started, and whether it said that it is ready."""

    def __init__(self, module: str, arguments: list[int], inherits: tuple[int, ...]) -> None:
        self.command = [sys.executable, "-m", module, *map(str, arguments)]
        self.inherits = inherits
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ready = False
        self._not_before = 0.0
        self._started = 0.0

    def tend(self, now: float) -> None:
        """Start the process when it is not there."""
        if self.process is not None and self.process.poll() is not None:
            log.warning("%s ended with %s and is started anew", self.command[2], self.process.returncode)
            self._not_before = now + PAUSE if now - self._started < QUICK else now
            self.process, self.is_ready = None, False
        if self.process is None and now >= self._not_before:
            self._started = now
            self.process = subprocess.Popen(self.command, pass_fds=self.inherits, stdin=subprocess.DEVNULL)  # noqa: S603

    def end(self, number: int = signal.SIGTERM) -> None:
        """Ask the process to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


class Supervisor:
    """Keeps one process for streams and several web workers alive."""

    def __init__(self, listener: socket.socket, workers: int, *, when_ready: Callable[[], None]) -> None:
        self._when_ready = when_ready
        self._ends = away, lobby = handing.pair()
        self._ready, ready = os.pipe()
        lifeline, self._held = os.pipe()
        self._descriptors = (ready, lifeline)
        fds = (listener.fileno(), away.fileno(), lifeline, ready)
        self.streams = Child("tagwerk.site.streams", [lobby.fileno(), lifeline], (lobby.fileno(), lifeline))
        self.workers = [Child("tagwerk.site.worker", [number, *fds], fds) for number in range(1, workers + 1)]
        self._to_renew: list[Child] = []
        self._is_over = False

    def run(self) -> None:
        """Tend the children until a signal says that it is over."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGINT, self._end)
        signal.signal(signal.SIGHUP, self._renew)
        while not self._is_over:
            for child in (self.streams, *self.workers):
                child.tend(time.monotonic())
            self._hear()
            self._renew_next()
        self._stop()

    def _hear(self) -> None:
        if not select.select([self._ready], [], [], LOOK)[0]:
            return
        for number in os.read(self._ready, 256):
            if not any(worker.is_ready for worker in self.workers):
                self._when_ready()
            self.workers[number - 1].is_ready = True

    def _renew_next(self) -> None:
        """Exchange the next worker once all the others answer."""
        if self._to_renew and all(worker.is_ready for worker in self.workers):
            worker = self._to_renew.pop()
            worker.is_ready = False
            worker.end()

    def _renew(self, _number: int, _frame: FrameType | None) -> None:
        self._to_renew = list(self.workers)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._is_over = True

    def _stop(self) -> None:
        children = (*self.workers, self.streams)
        for child in children:
            child.end()
        deadline = time.monotonic() + GRACE
        for child in children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.process.kill()
                    child.process.wait()
