"""Before a request is one: its head is bounded in size and time, whoever sends it drop by drop."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from tagwerk.kit import guard
from tagwerk.kit.guard import Guard
from tagwerk.site import heads, server
from tests.kit.asgi import Echo

WITHIN = 10.0  # seconds


@pytest.fixture
def port() -> Iterator[int]:
    """Serve an echo on the loopback, as the program serves itself."""
    ready = threading.Event()
    with contextlib.closing(server.bind("127.0.0.1", 0)) as listener:
        config = server.configured(Guard(Echo()), lifespan="off")
        running = server.Server(config, when_ready=ready.set)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(WITHIN)
        yield listener.getsockname()[1]
        running.should_exit = True
        thread.join(WITHIN)


@pytest.fixture
def few_unfinished(settings: LazySettings) -> None:
    settings.TAGWERK_MAX_UNFINISHED = 2


@contextlib.contextmanager
def calling(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), WITHIN) as caller:
        yield caller


def heard(caller: socket.socket) -> bytes:
    """Give everything until the house closes; a caller that still sends may find the line cut."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while piece := caller.recv(4096):
            said += piece
    return said


def of_size(size: int) -> bytes:
    start = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-much: "
    return start + b"x" * (size - len(start) - 4) + b"\r\n\r\n"


def test_the_house_is_served_with_bounded_heads() -> None:
    assert issubclass(server.configured(Echo()).http, heads.BoundedHeads)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [100, heads.PIECE + 1, heads.LARGEST_HEAD])
def test_a_head_within_the_limit_is_answered(port: int, size: int) -> None:
    with calling(port) as caller:
        caller.sendall(of_size(size))
        assert heard(caller).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("end", [b"", b"\r\n\r\n"])
def test_a_head_that_is_too_large_is_refused(port: int, end: bytes) -> None:
    with calling(port) as caller, contextlib.suppress(ConnectionError):
        caller.sendall(of_size(heads.LARGEST_HEAD + 2 * heads.PIECE)[:-4] + end)
        assert b" 200 " not in heard(caller)


def test_many_requests_on_one_line_are_each_counted_alone(port: int) -> None:
    request = of_size(heads.LARGEST_HEAD // 2).replace(b"connection: close\r\n", b"")
    with calling(port) as caller:
        caller.sendall(request * 4 + of_size(200))
        assert heard(caller).count(b"HTTP/1.1 200") == 5


def test_a_large_body_is_no_head(port: int) -> None:
    body = b"x" * 4 * heads.LARGEST_HEAD
    with calling(port) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(body))
        caller.sendall(body)
        assert heard(caller).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: localhost\r\n", b"\r\n"])
def test_a_head_that_is_never_complete_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.2)
    with calling(port) as caller:
        caller.sendall(begun)
        said = heard(caller)
        assert said.startswith(b"HTTP/1.1 408") if begun.startswith(b"GET") else said == b""


def test_a_body_that_trickles_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.2)
    with calling(port) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nx")
        assert heard(caller).startswith(b"HTTP/1.1 408")


@pytest.mark.usefixtures("few_unfinished")
def test_one_address_has_only_so_many_heads_that_are_not_complete(port: int) -> None:
    with contextlib.ExitStack() as stack:
        for _caller in range(2):
            stack.enter_context(calling(port)).sendall(b"GET / HTTP/1.1\r\n")
        while heads.BoundedHeads.begun["127.0.0.1"] < 2:
            time.sleep(0.01)
        third = stack.enter_context(calling(port))
        third.sendall(b"GET / HTTP/1.1\r\n")
        assert heard(third).startswith(b"HTTP/1.1 429")
        whole = stack.enter_context(calling(port))
        whole.sendall(of_size(100))
        assert heard(whole).startswith(b"HTTP/1.1 200")
    while heads.BoundedHeads.begun:
        time.sleep(0.01)


def test_after_an_answer_an_empty_line_does_not_hold_the_door_open(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.2)
    with calling(port) as caller:
        caller.sendall(of_size(100).replace(b"connection: close", b"x-stay: please"))
        said = b""
        while b"\r\n\r\n" not in said:
            said += caller.recv(4096)
        caller.sendall(b"\r\n")
        heard(caller)
