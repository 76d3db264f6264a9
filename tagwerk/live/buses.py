"""The buses of the doorbell: PostgreSQL's NOTIFY, and the two commands of Redis or Valkey that it takes."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import psycopg
from django.db import connections

CHANNEL = "tagwerk"
PATIENCE = 5.0  # seconds for connecting and for an answer
PULSE = 30  # seconds after which a silent connection shows that it lives


def parameters() -> dict[str, Any]:
    """Give what Django connects to PostgreSQL with."""
    return dict(cast("Any", connections["default"]).get_connection_params())


class PostgresBus:
    """NOTIFY on a connection of its own; behind a pooler that shares connections nobody hears it."""

    def __init__(self, **parameters: Any) -> None:
        self._connection: psycopg.Connection[Any] = psycopg.connect(**parameters, autocommit=True)

    def send(self, words: str) -> None:
        """Notify everybody."""
        self._connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, words])

    def listen(self) -> Iterator[str]:
        """Give each notification."""
        self._connection.execute(f"LISTEN {CHANNEL}")
        for notice in self._connection.notifies():
            yield notice.payload

    def close(self) -> None:
        """End the connection under whoever listens."""
        with suppress(OSError, psycopg.Error), socket.socket(fileno=self._connection.fileno()) as wire:
            wire.shutdown(socket.SHUT_RDWR)
            wire.detach()


class RedisBus:
    """PUBLISH and SUBSCRIBE, spoken by hand: `redis://[user:password@]host[:port]`, `rediss://`, `unix:///path`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._wire = _connected(parts.scheme, parts.hostname or "localhost", parts.port or 6379, parts.path)
        self._replies = self._wire.makefile("rb")
        if parts.password:
            self._ask("AUTH", *([unquote(parts.username)] if parts.username else []), unquote(parts.password))

    def send(self, words: str) -> None:
        """Publish."""
        self._ask("PUBLISH", CHANNEL, words)

    def listen(self) -> Iterator[str]:
        """Give each message of the channel."""
        self._ask("SUBSCRIBE", CHANNEL)
        self._wire.settimeout(PULSE)
        while True:
            try:
                reply = self._reply()
            except TimeoutError:
                self._replies = self._wire.makefile("rb")
                self._say("PING")
                continue
            if isinstance(reply, list) and reply[0] == "message":
                yield str(reply[2])

    def close(self) -> None:
        """Hang up under whoever listens."""
        with suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)
        self._wire.close()

    def _ask(self, *words: str) -> Any:
        self._say(*words)
        return self._reply()

    def _say(self, *words: str) -> None:
        parts = [word.encode() for word in words]
        self._wire.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))

    def _reply(self) -> Any:
        line = self._replies.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the connection was closed")
        kind, rest = line[:1], line[1:-2].decode()
        if kind == b"-":
            raise ConnectionError(rest)
        if kind == b"$":
            return None if rest == "-1" else self._replies.read(int(rest) + 2)[:-2].decode()
        if kind == b"*":
            return [self._reply() for _one in range(int(rest))]
        return rest


def _connected(scheme: str, host: str, port: int, path: str) -> socket.socket:
    if scheme == "unix":
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(PATIENCE)
        wire.connect(path)
        return wire
    wire = socket.create_connection((host, port), PATIENCE)
    return ssl.create_default_context().wrap_socket(wire, server_hostname=host) if scheme == "rediss" else wire
