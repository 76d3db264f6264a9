"""At the connection: plain requests are answered from what lies ready, everything else goes the usual way."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from tagwerk.kit.shelf import Shelf
from tagwerk.site import plain, server
from tests.kit.test_shelf import Pages

WITHIN = 10.0
GET = b"GET /stadt/ HTTP/1.1\r\nHost: localhost\r\n"
END = b"\r\n\r\n"


@pytest.fixture
def pages() -> Pages:
    return Pages(etag='"1"')


@pytest.fixture
def port(pages: Pages) -> Iterator[int]:
    """Serve pages behind a shelf, as the program serves itself."""
    ready = threading.Event()
    with contextlib.closing(server.bind("127.0.0.1", 0)) as listener:
        shelf = Shelf(pages)
        config = server.configured(shelf, shelf=shelf, lifespan="off")
        running = server.Server(config, when_ready=ready.set)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(WITHIN)
        yield listener.getsockname()[1]
        running.should_exit = True
        thread.join(WITHIN)


def answers(caller: socket.socket, many: int) -> list[bytes]:
    """Give the heads of so many answers; their bodies are a single byte or nothing."""
    heads = []
    with caller.makefile("rb") as said:
        for _answer in range(many):
            lines = list(iter(said.readline, b"\r\n"))
            heads.append(b"".join(lines))
            if b"304" not in lines[0]:
                said.read(1)
    return heads


def test_on_one_line_ready_answers_and_others_come_in_order(port: int, pages: Pages) -> None:
    known = GET + b'If-None-Match: "1"\r\n\r\n'
    piece = len(known) // 2
    with socket.create_connection(("127.0.0.1", port), WITHIN) as caller:
        caller.sendall(GET + b"\r\n")
        answers(caller, 1)
        caller.sendall(GET + b"\r\n")
        answers(caller, 1)
        asked = pages.asked
        said = b""
        for _time in range(3):
            caller.sendall(known)
            said += answers(caller, 1)[0]
        assert said.count(b"HTTP/1.1 304 Not Modified\r\n") == 3
        assert said.count(b"date: ") == 3
        assert pages.asked == asked
        caller.sendall(known[:piece])
        caller.sendall(known[piece:] + known)  # in pieces, and two at once
        assert [head[:12] for head in answers(caller, 2)] == [b"HTTP/1.1 304"] * 2
        caller.sendall(b"POST /stadt/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx" + known)
        assert [head[:12] for head in answers(caller, 2)] == [b"HTTP/1.1 200", b"HTTP/1.1 304"]


def test_what_follows_an_early_answer_is_a_body_and_no_request(port: int) -> None:
    known = GET + b'If-None-Match: "1"\r\n\r\n'
    with contextlib.ExitStack() as stack:
        caller, other = (
            stack.enter_context(socket.create_connection(("127.0.0.1", port), WITHIN)) for _who in range(2)
        )
        caller.sendall(b"POST /stadt/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(known))
        assert answers(caller, 1)[0].startswith(b"HTTP/1.1 200")
        for _time in range(2):
            other.sendall(GET + b"\r\n")
            answers(other, 1)  # it lies ready
        caller.sendall(known)
        caller.settimeout(0.5)
        with pytest.raises(TimeoutError):
            caller.recv(1)
        caller.settimeout(WITHIN)
        caller.sendall(known)
        assert [head[:12] for head in answers(caller, 1)] == [b"HTTP/1.1 304"]


@pytest.mark.parametrize(
    "care",
    [
        b"Content-Length: 1",
        b"Transfer-Encoding: chunked",
        b"Connection: close",
        b"Host: other",
        b"Bad Name: x",
        b"no colon",
        b" folded: x",
        b"a: b\r\n\r\nGET / HTTP/1.1",
        b"a: b\nc: d",
        b"nul: \0",
    ],
)
def test_what_needs_care_is_left_to_the_parser(care: bytes) -> None:
    assert plain.read(GET + care + END) is None


@pytest.mark.parametrize(
    "first", [b"POST / HTTP/1.1", b"GET /?q=1 HTTP/1.1", b"GET / HTTP/1.0", b"GET http://x/ HTTP/1.1"]
)
def test_only_a_plain_get_is_plain(first: bytes) -> None:
    assert plain.read(first + b"\r\nHost: localhost" + END) is None


def test_a_plain_request_is_read() -> None:
    whole = (
        b'GET /a/b.json HTTP/1.1\r\nhOST:localhost \r\nCookie: a=b; c\r\nX-Forwarded-Proto: https\r\nif-none-match: "1"'
    )
    assert plain.read(whole + END) == (b"localhost", b"https", b"/a/b.json", b'"1"', False)
    assert plain.read(b"GET / HTTP/1.1\r\nX: y" + END) is None
