"""Starts the processes of the live benchmark: the listeners, and the bare broadcaster that sets the measure."""

import base64
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tagwerk.site.bench.house import House


class Listeners:
    """The process in which everybody listens."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, command: str, *numbers: int) -> dict[str, Any]:
        """Give a command; waits for its answer."""
        assert self._process.stdin  # noqa: S101 - tells the type
        assert self._process.stdout  # noqa: S101
        self._process.stdin.write(" ".join([command, *map(str, numbers)]) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextlib.contextmanager
def listeners(place: House, path: str, clients: int) -> Iterator[Listeners]:
    """Give so many listeners at a path, not yet connected; they leave at the end."""
    with _process("ears", place.host, str(place.port), path, str(clients)) as process:
        yield Listeners(process)


class Bare:
    """The bare broadcaster."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        assert process.stdout  # noqa: S101 - tells the type
        self.place = House("127.0.0.1", int(process.stdout.readline()), "", process.pid)

    def tell(self, message: bytes) -> None:
        """Write a message to everybody."""
        assert self._process.stdin  # noqa: S101 - tells the type
        self._process.stdin.write(base64.b64encode(message).decode() + "\n")
        self._process.stdin.flush()


@contextlib.contextmanager
def bare() -> Iterator[Bare]:
    """Start the bare broadcaster; end it at the end."""
    with _process("bare") as process:
        yield Bare(process)


@contextlib.contextmanager
def _process(module: str, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-m", f"tagwerk.site.bench.{module}", *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, text=True, **pipes)  # type: ignore[call-overload] # noqa: S603 - our own
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
