"""Keeps finished answers that are the same for everybody, so that a crowd costs one rendering and not one each.

What a view marks as public (`kit/headers.py`) stands here as bytes for at most a second, and not beyond the next change:
nobody gets an answer that is older than their question. See `docs/decisions/0017-answers-that-lie-ready.md`.
"""

import asyncio
import itertools
import time
from dataclasses import dataclass, field

from tagwerk.kit.answers import Answer, Head, accepts_packed, finished
from tagwerk.kit.guard import Application, Message, Receive, Scope, Send
from tagwerk.kit.same_origin import SAFE

FRESH = 1.0  # seconds; what depends on the clock is never older
BETWEEN = 0.25  # seconds between two renderings of one address, however fast things change
MOST = 2000  # addresses that are known; their bytes stay for a second only
LARGE, LARGEST = 32 * 1024, 4 * 1024 * 1024

Key = tuple[bytes, bytes, bytes]  # host, scheme as our proxy says it, path


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
            await _send(answer, scope, send)

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
        catch = _Catch()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                place.is_public = _is_for_everybody(message)
                place.learned.set()
            await (catch if place.is_public else send)(message)

        try:
            await self.inner(scope, receive, watched)
        finally:
            place.learned.set()
        if catch.headers:
            await _send(await catch.answer(0, 0.0), scope, send)

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
        generation, began = place.generation, place.began = self.generation, time.monotonic()
        catch = _Catch()
        try:
            await self.inner(_without_the_caller(scope), _nothing, catch)
            answer = await catch.answer(generation, began + FRESH) if catch.is_public else None
        finally:
            if place.running is asyncio.current_task():
                place.running = None
        place.is_public = catch.is_public  # else it is not there any more: each is answered alone
        if answer is None:
            return None
        place.answer = answer
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

    async def answer(self, generation: int, until: float) -> Answer:
        """Give what was taken; a large one is packed where it holds nobody up."""
        if len(self.body) < LARGE:
            return finished(self.headers, self.body, generation, until)
        return await asyncio.to_thread(finished, self.headers, self.body, generation, until)


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


async def _send(answer: Answer, scope: Scope, send: Send) -> None:
    said = dict(scope["headers"])
    packs = accepts_packed(said.get(b"accept-encoding", b""))
    form = answer.form(known=said.get(b"if-none-match", b""), packs=packs)
    status = 304 if form is answer.unchanged else 200
    await send({"type": "http.response.start", "status": status, "headers": form.headers})
    await send({"type": "http.response.body", "body": form.body})
