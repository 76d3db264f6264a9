"""Many listeners in a process of their own: `python -m tagwerk.site.bench.ears HOST PORT PATH CLIENTS`.

Reads commands from stdin, one a line, and answers each with one line of JSON: `connect`, `report REVISION...`, `leave`.
When something arrived is said by the kernel where it can (Linux), so that a slow listener does not make the server slow.
"""

import contextlib
import json
import select
import socket
import struct
import sys
import time
from collections import defaultdict
from typing import Any

from tagwerk.site.server import allow_many_connections

AT_ONCE = 256  # connections on their way
LARGEST = 256 * 1024
SO_TIMESTAMPNS = 35  # Linux
PATIENCE = 60.0  # seconds for everybody to come in


class Ears:
    """All listeners, read by one poll."""

    def __init__(self, host: str, port: int, path: str, clients: int) -> None:
        self.target = (host, port)
        self.request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
        self.clients = clients
        self.wires: dict[int, socket.socket] = {}
        self.rest: dict[int, bytes] = {}
        self.last: dict[int, int] = {}
        self.heard: dict[int, list[float]] = defaultdict(list)
        self.doubled = 0
        self.lost_lines = 0
        self._poll = select.epoll() if hasattr(select, "epoll") else select.poll()  # type: ignore[attr-defined,unused-ignore]
        self._poll.register(sys.stdin.fileno(), select.POLLIN)

    def run(self) -> None:
        """Listen and obey until told to leave."""
        while self._obey(sys.stdin.readline().split()):
            while not self._listen(1000):
                continue

    def _obey(self, words: list[str]) -> bool:
        answer: Any = {}
        if words[:1] == ["connect"]:
            answer = self._connect()
        elif words[:1] == ["report"]:
            answer = {number: self.heard.get(int(number), []) for number in words[1:]}
            answer |= {"doubled": self.doubled, "lost_lines": self.lost_lines}
            newest = max(self.last.values(), default=0)
            answer["newest"] = sum(last == newest for last in self.last.values())
        print(json.dumps(answer), flush=True)  # noqa: T201 - it is how the processes talk
        return words[:1] not in (["leave"], [])

    def _connect(self) -> dict[str, Any]:
        begun = time.monotonic()
        asked = 0
        while len(self.last) < self.clients and time.monotonic() - begun < PATIENCE:
            while asked < self.clients and asked - len(self.last) < AT_ONCE:
                self._ask()
                asked += 1
            self._listen(20)
        return {"open": len(self.last), "seconds": round(time.monotonic() - begun, 2)}

    def _ask(self) -> None:
        wire = socket.create_connection(self.target)
        if sys.platform == "linux":
            wire.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        wire.sendall(self.request)
        wire.setblocking(False)  # noqa: FBT003 - its only argument
        self.wires[wire.fileno()] = wire
        self._poll.register(wire.fileno(), select.POLLIN)

    def _listen(self, milliseconds: int) -> bool:
        """Take what comes within some time; tells whether there is a command."""
        is_asked = False
        for number, _what in self._poll.poll(milliseconds / 1000 if hasattr(select, "epoll") else milliseconds):
            if number == sys.stdin.fileno():
                is_asked = True
            else:
                with contextlib.suppress(BlockingIOError):
                    self._take(number)
        return is_asked

    def _take(self, number: int) -> None:
        data, extra, _flags, _address = self.wires[number].recvmsg(LARGEST, 64)
        if not data:
            self.lost_lines += 1
            self._poll.unregister(number)
            self.wires.pop(number).close()
            return
        when = _moment(extra[0][2]) if extra else time.time()
        *frames, rest = (self.rest.get(number, b"") + data).split(b"\n\n")
        self.rest[number] = rest
        for frame in frames:
            if frame.startswith(b"id: "):
                self._note(number, int(frame[4 : frame.index(b"\n")].rpartition(b"-")[2]), when)
            elif number not in self.last:
                self.last[number] = 0  # the first words: the line is open

    def _note(self, number: int, revision: int, when: float) -> None:
        if revision <= self.last.get(number, 0):
            self.doubled += 1
            return
        self.last[number] = revision
        self.heard[revision].append(when)


def _moment(timespec: bytes) -> float:
    seconds, nanoseconds = struct.unpack("qq", timespec)
    return float(seconds + nanoseconds / 1e9)


if __name__ == "__main__":
    allow_many_connections()
    Ears(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])).run()
