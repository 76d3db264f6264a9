"""A large upload goes to disk, for whom it is meant, and whatever goes wrong leads back to the page that says so."""

import asyncio
import re
import tempfile
from pathlib import Path

import pytest
from django.conf import LazySettings

from tagwerk.kit import kept_files, uploads
from tagwerk.kit.guard import Message, Receive, Scope, Send
from tagwerk.kit.uploads import BODY, ENVELOPE, Uploads
from tests.kit.asgi import Answer, Echo, Sending, ask, run, scope

LARGEST = 100_000
PATH = "/stadt/upload/"


class Page:
    """The application behind: who may see the page, and what arrived there."""

    def __init__(self, *, may: bool = True) -> None:
        self.may = may
        self.got: list[bytes] = []
        self.asked: list[Scope] = []

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.asked.append(scope)
        status = 200 if self.may else 302
        if BODY in scope:
            self.got.append(scope[BODY].read())
            status = 201
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TAGWERK_FILES = tmp_path
    monkeypatch.setattr(kept_files, "LEAST_FREE", 0)


def house(page: Page) -> Uploads:
    return Uploads(Echo(), page, paths=re.compile(r"/\w+/upload/$"), largest=LARGEST)


def post(path: str = PATH, **headers: str) -> Scope:
    return scope(path, "POST", **{"content_type": "multipart/form-data; boundary=x", **headers})


def test_a_body_arrives_in_a_file_and_the_page_was_asked_first() -> None:
    page = Page()
    answer = run(ask(house(page), post(content_length="9"), Sending(b"Tag", b"", b"wer", b"ker")))
    assert (answer.status, page.got) == (201, [b"Tagwerker"])
    first, second = page.asked
    assert (first["method"], second["method"]) == ("HEAD", "POST")
    assert b"content-length" not in dict(first["headers"])


@pytest.mark.parametrize(
    "request_scope",
    [
        scope(PATH),
        post("/stadt/topics/"),
        post(content_type="application/x-www-form-urlencoded"),
        {**post(), "type": "websocket"},
    ],
)
def test_everything_else_passes_the_guard(request_scope: Scope) -> None:
    page = Page()
    answer = run(ask(house(page), request_scope, Sending(b"echo")))
    assert (answer.body, page.asked) == (b"echo", [])


def led(page: Page, body: Sending, **headers: str) -> Answer:
    answer: Answer = run(ask(house(page), post(**headers), body))
    assert (answer.status, page.got) == (303, [])
    return answer


def test_who_may_not_see_the_page_sends_nothing() -> None:
    body = Sending(b"x", never=True)
    answer = led(Page(may=False), body)
    assert (answer.headers["location"], answer.headers["connection"], body.taken) == (PATH, "close", 0)


@pytest.mark.parametrize("length", [str(LARGEST + ENVELOPE + 1), "9" * 5000])
def test_what_says_that_it_is_too_large_is_not_read(length: str) -> None:
    body = Sending(b"x", never=True)
    assert led(Page(), body, content_length=length).headers["location"] == f"{PATH}?fault=large"
    assert body.taken == 0


def test_what_grows_too_large_is_cut_off_and_nothing_stays(tmp_path: Path) -> None:
    body = Sending(*[b"x" * 50_000] * 100)
    assert led(Page(), body).headers["location"] == f"{PATH}?fault=large"
    assert body.taken == 4
    assert list(tmp_path.iterdir()) == []


def test_without_space_nothing_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "LEAST_FREE", 1 << 62)
    assert led(Page(), Sending(b"x")).headers["location"] == f"{PATH}?fault=full"


def test_a_disk_that_fills_up_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_how: open("/dev/full", "wb", buffering=0))  # noqa: PTH123, SIM115
    assert led(Page(), Sending(b"x")).headers["location"] == f"{PATH}?fault=full"


@pytest.mark.parametrize("limit", ["SILENCE", "LONGEST"])
def test_who_falls_silent_is_led_back(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(uploads, limit, 0.05)
    answer = led(Page(), Sending(b"x", never=True))
    assert (answer.headers["location"], answer.headers["connection"]) == (f"{PATH}?fault=slow", "close")


def test_who_leaves_gets_nothing() -> None:
    page = Page()
    answer = run(ask(house(page), post(), Sending(b"x", leaves=True)))
    assert (answer.status, page.got) == (0, [])


def test_only_some_upload_at_once_and_the_next_one_may_when_they_are_done() -> None:
    page = Page()
    one = house(page)

    async def many() -> tuple[list[Answer], Answer]:
        gate, waiting = asyncio.Event(), asyncio.Semaphore(0)

        class Slow:
            async def __call__(self) -> Message:
                waiting.release()
                await gate.wait()
                return {"type": "http.request", "body": b"x", "more_body": False}

        slow = [Answer() for _place in range(uploads.AT_ONCE)]
        tasks = [asyncio.create_task(one(post(), Slow(), answer)) for answer in slow]
        for _place in tasks:
            await waiting.acquire()
        busy = await ask(one, post(), Sending(b"x"))
        gate.set()
        await asyncio.gather(*tasks)
        return slow, busy

    slow, busy = run(many())
    assert busy.headers["location"] == f"{PATH}?fault=busy"
    assert [answer.status for answer in slow] == [201] * uploads.AT_ONCE
    assert run(ask(one, post(), Sending(b"x"))).status == 201
