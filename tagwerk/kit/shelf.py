"""Keeps finished answers that are the same for everybody, so that a crowd costs one rendering and not one each.

What a view marks as public (`kit/headers.py`) stands here as bytes for at most a second, and not beyond the next change:
nobody gets an answer that is older than their question. See `docs/decisions/0017-answers-that-lie-ready.md`.
"""

import asyncio
import hashlib
import itertools
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tagwerk.kit.guard import Application, Message, Receive, Scope, Send
from tagwerk.kit.same_origin import SAFE

FRESH = 1.0  # seconds; what depends on the clock is never older
BETWEEN = 0.25  # seconds between two renderings of one address, however fast things change
MOST = 2000  # addresses that are known; their bytes stay for a second only
LARGEST = 256 * 1024

Head = list[tuple[bytes, bytes]]
Key = tuple[bytes, bytes, bytes]  # host, scheme as our proxy says it, path


class Answer(NamedTuple):
    """An answer ready to be sent, and until when it may be."""

    headers: Head
    body: bytes
    etag: bytes
    generation: int
    until: float
    whole: bytes  # the headers as lines, for those who get the body
    brief: bytes  # and for those who have it already

    @property
    def unchanged(self) -> Head:
        """Give the headers for somebody who has it already."""
        return [(name, value) for name, value in self.headers if name not in (b"content-length", b"content-type")]


@dataclass
class Place:
    """What is known of one address, what is kept for it, and who is on the way to renew it."""

    is_public: bool = False
    learned: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Answer | None = None
    began: float = 0.0
    coming: "asyncio.Task[Answer | None] | None" = None  # has not begun to look
    running: "asyncio.Task[Answer | None] | None" = None
    generation: int = -1  # of the running one

    def forget(self, answer: Answer) -> None:
        """Let go of an answer that is too old."""
        if self.answer is answer:
            self.answer = None


class Shelf:
    """An ASGI application that answers from what lies ready, and asks the one behind it for the rest."""

    def __init__(self, inner: Application) -> None:
        self.inner = inner
        self.generation = 0
        self._places: dict[Key, Place] = {}
        self._count = itertools.count(1)

    def spoil(self) -> None:
        """Say that something changed; safe from any thread."""
        self.generation = next(self._count)

    def ready(self, key: Key) -> Answer | None:
        """Give the answer of an address if it may be sent right now."""
        place = self._places.get(key)
        answer = place.answer if place else None
        if answer and answer.generation == self.generation and answer.until > time.monotonic():
            return answer
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = _key(scope)
        if key is None:
            await self.inner(scope, receive, self._spoiling(send) if scope["method"] not in SAFE else send)
            return
        place = self._places.get(key)
        if place is None:
            place = self._new_place(key)
        else:
            await place.learned.wait()  # of a crowd at an address that nobody asked for before, one goes ahead
        answer = self.ready(key) or (await self._renewed(place, scope) if place.is_public else None)
        if answer is None:
            await self._ask_and_learn(place, scope, receive, send)
        else:
            await _send(answer, scope["headers"], send)

    def _new_place(self, key: Key) -> Place:
        if len(self._places) >= MOST:  # what nobody can share goes first, so that nobody can push out what all share
            oldest = next(iter(self._places))
            del self._places[next((known for known, one in self._places.items() if not one.is_public), oldest)]
        place = self._places[key] = Place()
        return place

    def _spoiling(self, send: Send) -> Send:
        """Whoever writes finds what they wrote, also where nothing was told."""

        async def spoiled(message: Message) -> None:
            self.spoil()
            await send(message)

        return spoiled

    async def _ask_and_learn(self, place: Place, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and learn whether the answers of its address are for everybody."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                place.is_public = _is_for_everybody(message)
                place.learned.set()
            await send(message)

        try:
            await self.inner(scope, receive, watched)
        finally:
            place.learned.set()

    async def _renewed(self, place: Place, scope: Scope) -> Answer | None:
        """Give an answer that was begun after now; all who wait for it share one rendering."""
        if place.running and place.generation == self.generation:
            return await asyncio.shield(place.running)
        if place.coming is None:
            place.coming = asyncio.create_task(self._renew(place, scope))
        return await asyncio.shield(place.coming)

    async def _renew(self, place: Place, scope: Scope) -> Answer | None:
        await asyncio.sleep(place.began + BETWEEN - time.monotonic())
        place.running, place.coming = place.coming, None
        place.generation, place.began = self.generation, time.monotonic()
        catch = _Catch()
        try:
            await self.inner(_without_the_caller(scope), _nothing, catch)
        finally:
            if place.running is asyncio.current_task():
                place.running = None
        place.is_public = catch.is_public  # else it is not there any more: each is answered alone
        if not place.is_public:
            return None
        answer = place.answer = catch.answer(place.generation, place.began + FRESH)
        asyncio.get_running_loop().call_later(FRESH, place.forget, answer)
        return answer


class _Catch:
    """Takes an answer instead of a caller."""

    def __init__(self) -> None:
        self.headers: Head = []
        self.body = b""
        self.is_public = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_public = _is_for_everybody(message)
            self.headers = list(message["headers"])
        else:
            self.body += message.get("body", b"")

    def answer(self, generation: int, until: float) -> Answer:
        etag = dict(self.headers).get(b"etag", b"")
        if not etag:
            etag = b'"%s"' % hashlib.blake2b(self.body, digest_size=12).hexdigest().encode()
            self.headers.append((b"etag", etag))
        answer = Answer(self.headers, self.body, etag, generation, until, _lines(self.headers), b"")
        return answer._replace(brief=_lines(answer.unchanged))


def _lines(headers: Head) -> bytes:
    return b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n"


def has(etag: bytes, said: bytes) -> bool:
    """Tell whether If-None-Match names an answer; a proxy that compresses marks it as weak."""
    return etag == said or etag in [tag.strip().removeprefix(b"W/") for tag in said.split(b",")]


def _key(scope: Scope) -> Key | None:
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return None
    said = dict(scope["headers"])
    path = scope.get("raw_path") or scope["path"].encode()
    return said.get(b"host", b""), said.get(b"x-forwarded-proto", b""), path


def _is_for_everybody(start: Message) -> bool:
    said = dict(start["headers"])
    is_public = said.get(b"cache-control", b"").startswith(b"public, max-age=")
    is_personal = b"set-cookie" in said or b"vary" in said
    return start["status"] == 200 and is_public and not is_personal and int(said[b"content-length"]) <= LARGEST  # noqa: PLR2004


def _without_the_caller(scope: Scope) -> Scope:
    """Give the request without anything that tells who asks."""
    headers = [(name, value) for name, value in scope["headers"] if name in (b"host", b"x-forwarded-proto")]
    return {**scope, "headers": headers}


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(answer: Answer, headers: Iterable[tuple[bytes, bytes]], send: Send) -> None:
    is_known = has(answer.etag, dict(headers).get(b"if-none-match", b""))
    status, head = (304, answer.unchanged) if is_known else (200, answer.headers)
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": b"" if is_known else answer.body})
