"""A large upload goes to disk, for whom it is meant, and whatever goes wrong leads back to the page that says so."""

import asyncio
import itertools
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import LazySettings

from tagwerk.kit import kept_files, uploads
from tagwerk.kit.guard import Message, Receive, Scope, Send
from tagwerk.kit.network import header
from tagwerk.kit.uploads import BODY, ENVELOPE, SENDER, Uploads
from tests.kit.asgi import Answer, Echo, Sending, ask, run, scope

LARGEST = 100_000
PATH = "/stadt/upload/"


class Page:
    """The application behind: how it answers whoever asks for the page, and what arrived there."""

    def __init__(self, status: int = 200, *, names: bool = True) -> None:
        self.status = status
        self.names = names
        self.got: list[bytes] = []
        self.asked: list[Scope] = []

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.asked.append(scope)
        status = self.status
        if BODY in scope:
            self.got.append(scope[BODY].read())
            status = 201
        elif self.names:
            scope[SENDER].append(header(scope["headers"], b"who"))
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


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (Page(302), "closed"),
        (Page(404, names=False), "closed"),
        (Page(names=False), "closed"),
        (Page(503, names=False), "busy"),
        (Page(429, names=False), "busy"),
    ],
)
def test_who_may_not_send_says_all_and_is_then_led_back(page: Page, fault: str, tmp_path: Path) -> None:
    body = Sending(b"x", b"y", b"z")
    answer = led(page, body)
    assert (answer.headers["location"], body.taken) == (f"{PATH}?fault={fault}", 3)
    assert "connection" not in answer.headers, "a line that is cut shows a fault of the browser"
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_kept_is_taken_in_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    body = Sending(*[b"x" * 50_000] * 100)
    assert led(Page(302), body).headers["connection"] == "close"
    assert body.taken == 4
    assert run(ask(house(Page(302)), post(), Sending(b"x", leaves=True))).status == 0
    monkeypatch.setattr(uploads, "SILENCE", 0.05)
    assert led(Page(302), Sending(b"x", never=True)).headers["connection"] == "close"
    monkeypatch.setattr(uploads, "POURED_AT_ONCE", 0)
    body = Sending(b"x")
    assert (led(Page(302), body).headers["connection"], body.taken) == ("close", 0)


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
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **how: open("/dev/full", "wb", how["buffering"]))  # noqa: PTH123, SIM115
    body = Sending(b"x", b"y", b"z")
    assert led(Page(), body).headers["location"] == f"{PATH}?fault=full"
    assert body.taken == 3


@pytest.mark.parametrize("limit", ["SILENCE", "LONGEST"])
def test_who_falls_silent_is_led_back(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(uploads, limit, 0.05)
    answer = led(Page(), Sending(b"x", never=True))
    assert (answer.headers["location"], answer.headers["connection"]) == (f"{PATH}?fault=slow", "close")


def test_who_leaves_gets_nothing() -> None:
    page = Page()
    answer = run(ask(house(page), post(), Sending(b"x", leaves=True)))
    assert (answer.status, page.got) == (0, [])


class Slow(Sending):
    """A body that takes its time: says that it began, and ends when it may."""

    def __init__(self, began: asyncio.Semaphore, gate: asyncio.Event) -> None:
        super().__init__(b"Tag", b"werk")
        self.began = began
        self.gate = gate

    async def __call__(self) -> Message:
        if self.taken == 1:
            self.began.release()
            await self.gate.wait()
        return await super().__call__()


class Crowd(NamedTuple):
    """What became of some who sent at the same moment."""

    most: int  # held places at once
    status: list[int]
    faults: list[str]


async def crowd(one: Uploads, senders: list[str], **headers: str) -> Crowd:
    """Let them all send at the same moment, and nobody end before everybody is taken in or turned away."""
    gate, began, seen = asyncio.Event(), asyncio.Semaphore(0), 0
    answers = [Answer() for _sender in senders]
    bodies = [Slow(began, gate) for _sender in senders]
    sent = zip(senders, bodies, answers, strict=True)
    tasks = [asyncio.create_task(one(post(who=who, **headers), body, answer)) for who, body, answer in sent]
    for _sender in senders:  # who is turned away says all, too
        await began.acquire()
    seen = len(one.coming)
    gate.set()
    await asyncio.gather(*tasks)
    faults = [answer.headers["location"].partition("=")[2] for answer in answers if answer.status == 303]
    return Crowd(seen, sorted(answer.status for answer in answers), sorted(faults))


def test_only_some_upload_at_the_same_moment_and_others_when_they_are_done() -> None:
    one = house(Page())
    found = run(crowd(one, [str(number) for number in range(20)]))
    assert found == (uploads.AT_ONCE, [201] * uploads.AT_ONCE + [303] * 16, ["busy"] * 16)
    assert run(ask(one, post(), Sending(b"x"))).status == 201
    assert (one.coming, one.poured) == ({}, 0)


def test_one_person_has_one_place() -> None:
    assert run(crowd(house(Page()), ["Ada", "Ada", "Ada", "Ida"])) == (2, [201, 201, 303, 303], ["twice", "twice"])


def free(monkeypatch: pytest.MonkeyPatch, *sizes: int) -> None:
    """Let the disk have so many free bytes, each time that somebody looks; the last one for ever."""
    usage, rest = shutil.disk_usage("/"), itertools.chain(sizes, itertools.repeat(sizes[-1]))
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=next(rest)))
    monkeypatch.setattr(kept_files, "LEAST_FREE", 1000)


def test_each_needs_twice_what_it_announces_beside_those_who_send(monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 1000 + 4 * 7 - 1)
    assert run(crowd(house(Page()), ["Ada"], content_length="7")).faults == []
    assert run(crowd(house(Page()), ["Ada", "Ida"], content_length="7")).faults != []
    free(monkeypatch, 1000 + 4 * 7)
    assert run(crowd(house(Page()), ["Ada", "Ida"], content_length="7")).faults == []


def test_what_announces_nothing_needs_twice_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 2 * (LARGEST + ENVELOPE)
    free(monkeypatch, 1000 + most - 1)
    assert led(Page(), Sending(b"x")).headers["location"] == f"{PATH}?fault=full"
    free(monkeypatch, 1000 + most)
    assert run(ask(house(Page()), post(), Sending(b"x"))).status == 201


def test_a_disk_that_others_fill_ends_an_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 10_000, 10_000, 999)
    body = Sending(b"x", b"y", b"z")
    assert led(Page(), body, content_length="3").headers["location"] == f"{PATH}?fault=full"
    assert body.taken == 3
