"""A large answer is read from disk for as long as somebody takes it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tagwerk.kit.file_answers import Part
from tagwerk.kit.guard import Message, Scope
from tagwerk.kit.threads import Answer, PooledDjango
from tests.kit.asgi import run, scope

PIECES = 40


class Counted(Part):
    """A part that notes how many of its pieces were read."""

    def pieces(self) -> Iterator[bytes]:
        for number in range(PIECES):
            READ.append(number)
            yield b"x"


READ: list[int] = []


class House(PooledDjango):
    """Answers everything with a file."""

    def _answer(self, scope: Scope, body: object) -> Answer:
        return 200, [], Counted(Path("film.mp4"), 0, PIECES)


class Caller:
    """Asks, takes some pieces of the answer, and leaves: by hanging up, or in a way that makes `send` fail."""

    def __init__(self, takes: int, *, breaks: bool = False) -> None:
        self.takes = takes
        self.breaks = breaks
        self.got: list[Message] = []
        self.left = asyncio.Event()
        self.has_asked = False

    async def receive(self) -> Message:
        if not self.has_asked:
            self.has_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if self.left.is_set():
            return  # as servers do: nobody is told
        self.got.append(message)
        if len(self.got) > self.takes:
            self.left.set()
            if self.breaks:
                raise OSError

    async def ask(self) -> None:
        before = asyncio.all_tasks()
        house = House(1)
        try:
            await house(scope(), self.receive, self.send)
        finally:
            house.stop()
            await asyncio.sleep(0)
            assert asyncio.all_tasks() == before, "nobody waits for a caller who was answered"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    READ.clear()


def test_who_stays_gets_all_of_it() -> None:
    caller = Caller(PIECES + 5)
    run(caller.ask())
    assert b"".join(message.get("body", b"") for message in caller.got) == b"x" * PIECES
    assert [message.get("more_body", False) for message in caller.got[1:]] == [True] * PIECES + [False]


def test_for_who_has_left_nothing_more_is_read() -> None:
    run(Caller(3).ask())
    assert 3 <= len(READ) <= 5


def test_a_line_that_breaks_ends_it_too() -> None:
    with pytest.raises(OSError):  # noqa: PT011 - it has no words
        run(Caller(3, breaks=True).ask())
    assert len(READ) == 3
