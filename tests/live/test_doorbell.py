"""The doorbell: others hear of a ring whichever bus carries it, once, and again after the bus was away."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from queue import Queue

import pytest

from tagwerk.live.bell import Bell
from tagwerk.live.buses import PostgresBus, RedisBus
from tagwerk.live.doorbell import Bus, Doorbell

WITHIN = 10.0


@contextlib.contextmanager
def redis(port: int) -> Iterator[None]:
    """Run a Redis or Valkey that keeps nothing."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("Redis is not there: apt install redis-server")
    command = [program, "--port", str(port), "--save", "", "--appendonly", "no", "--requirepass", "ge:heim"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


@contextlib.contextmanager
def house(bus: Callable[[], Bus]) -> Iterator[tuple[Bell, "Queue[int]"]]:
    """Give the bell of one process, and what it heard."""
    bell, heard = Bell(), Queue[int]()
    doorbell = Doorbell(bus, of=bell)
    doorbell.start()
    bell.connect(heard.put)
    yield bell, heard
    doorbell.stop()


def until_heard(bell: Bell, heard: "Queue[int]", number: int) -> None:
    """Ring until the other one hears it: whoever has just come may not listen yet."""
    deadline = time.monotonic() + WITHIN
    while number not in list(heard.queue):
        assert time.monotonic() < deadline
        bell.ring(number)
        time.sleep(0.05)


def test_processes_hear_each_other_by_postgresql(postgres_url: str) -> None:
    with (
        house(lambda: PostgresBus(conninfo=postgres_url)) as (one, _),
        house(lambda: PostgresBus(conninfo=postgres_url)) as (_, heard),
    ):
        until_heard(one, heard, 7)


def test_processes_hear_each_other_by_redis_and_again_after_it_was_away() -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    url = f"redis://:ge%3Aheim@127.0.0.1:{port}"
    with house(lambda: RedisBus(url)) as (one, own), house(lambda: RedisBus(url)) as (_, heard):
        with redis(port):
            until_heard(one, heard, 7)
        with redis(port):
            until_heard(one, heard, 8)
        assert own.qsize() == own.queue.count(7) + own.queue.count(8)


class Loud:
    """A bus that gives every word back to everybody, twice."""

    def __init__(self, words: "Queue[str]") -> None:
        self.words = words

    def send(self, words: str) -> None:
        self.words.put(words)

    def listen(self) -> Iterator[str]:
        yield "nonsense"
        yield "somebody x"
        while words := self.words.get():
            yield words

    def close(self) -> None:
        self.words.put("")


def test_what_comes_from_outside_does_not_go_out_again_and_what_was_ours_is_not_heard_twice() -> None:
    bus: Queue[str] = Queue()
    with house(lambda: Loud(bus)) as (bell, heard):
        bus.put("another 5")
        deadline = time.monotonic() + WITHIN
        while not heard.qsize():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        bell.ring(6)
        time.sleep(0.1)
        assert list(heard.queue) == [5, 6]
        assert bus.empty()
