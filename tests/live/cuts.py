"""Listeners whose lines are cut at random and who resume: `python -m tests.live.cuts BASE EVENT TOKEN [MESSAGES] [LISTENERS]`.

Says what they lost, what they heard twice and what came out of order; with `--hook COMMAND` something else happens in
the middle (a bus is restarted, a worker killed).
"""

import argparse
import asyncio
import json
import random
import shlex
from dataclasses import dataclass, field
from urllib.parse import urlsplit

WITHIN = 60.0
PACE = 0.02  # seconds between two messages


@dataclass
class Listener:
    """Somebody in a bad network: hears for a moment, is cut off, comes back with the last id."""

    port: int
    path: str
    heard: list[int] = field(default_factory=list)
    last: str = ""
    cuts: int = 0
    resyncs: int = 0

    async def listen(self, chance: random.Random) -> None:
        while True:
            try:
                await asyncio.wait_for(self.once(), chance.uniform(0.1, 1.2))
            except (TimeoutError, OSError, asyncio.IncompleteReadError):
                self.cuts += 1
                await asyncio.sleep(chance.uniform(0, 0.1))

    async def once(self) -> None:
        """Listen until the line ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        try:
            resume = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
            writer.write(f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{resume}\r\n".encode())
            await reader.readuntil(b"\r\n\r\n")
            while True:
                self._take((await reader.readuntil(b"\n\n")).decode())
        finally:
            writer.transport.abort()

    def _take(self, frame: str) -> None:
        fields = dict(line.split(": ", 1) for line in frame.splitlines() if ": " in line)
        self.last = fields.get("id", self.last)
        self.resyncs += fields.get("event") == "resync"
        if "event" not in fields and "data" in fields:
            change = json.loads(fields["data"])
            if change["kind"] == "announcement":
                self.heard.append(int(change["text"].rpartition(" ")[2]))


async def announce(port: int, event: str, token: str, number: int) -> None:
    """Announce a number, again and again until it is taken; its key makes that once."""
    body = json.dumps({"text": f"Nummer {number}"}).encode()
    head = f"POST /api/v1/events/{event}/announcements HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    head += f"Authorization: Bearer {token}\r\nIdempotency-Key: {token[-8:]}-cuts-{number}\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    for _try in range(100):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head.encode() + body)
            answer = await asyncio.wait_for(reader.read(), 10)
            writer.close()
            if answer.startswith(b"HTTP/1.1 201"):
                return
        except (OSError, TimeoutError):
            pass
        await asyncio.sleep(0.1)
    raise AssertionError(f"number {number} was not taken")


async def story(base: str, event: str, token: str, *, messages: int, listeners: int, hook: str = "") -> dict[str, int]:
    """Tell so many messages to so many listeners; gives how many were lost, doubled and out of order."""
    port = urlsplit(base).port or 80
    path = f"/{event}/live"
    crowd = [Listener(port, path, last="1-999999999") for _one in range(listeners)]  # begins with a resync
    tasks = [asyncio.create_task(one.listen(random.Random(number))) for number, one in enumerate(crowd)]
    async with asyncio.timeout(WITHIN):
        while not all(one.resyncs for one in crowd):  # noqa: ASYNC110 - the crowd comes in
            await asyncio.sleep(0.05)
    for number in range(messages):
        if hook and number == messages // 2:
            await (await asyncio.create_subprocess_exec(*shlex.split(hook))).wait()
        await announce(port, event, token, number)
        await asyncio.sleep(PACE)
    expected = list(range(messages))
    try:
        async with asyncio.timeout(WITHIN):
            while any(one.heard[-1:] != expected[-1:] for one in crowd):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    except TimeoutError:
        pass
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return {
        "lost": sum(messages - len(set(one.heard)) for one in crowd),
        "doubled": sum(len(one.heard) - len(set(one.heard)) for one in crowd),
        "out_of_order": sum(one.heard != sorted(one.heard) for one in crowd),
        "cuts": sum(one.cuts for one in crowd),
        "resyncs": sum(one.resyncs for one in crowd) - listeners,
    }


def main() -> None:
    """Tell the story on a running house."""
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("event")
    parser.add_argument("token")
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--listeners", type=int, default=20)
    parser.add_argument("--hook", default="")
    said = parser.parse_args()
    print(asyncio.run(story(**vars(said))))  # noqa: T201 - what it is run for


if __name__ == "__main__":
    main()
