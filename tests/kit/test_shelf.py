"""Answers that lie ready: one rendering for a crowd, never older than the question, nothing personal."""

import asyncio

import pytest

from tagwerk.kit import shelf
from tagwerk.kit.answers import has
from tagwerk.kit.guard import Message, Receive, Scope, Send
from tagwerk.kit.shelf import Shelf
from tests.kit.asgi import Answer, ask, run, scope

KEY = (b"localhost", b"", b"/stadt/")
PUBLIC = {"cache-control": "public, max-age=0, stale-while-revalidate=5"}


class Pages:
    """Answers with the number of times it was asked, slowly; notes what it could know of the caller."""

    def __init__(self, **headers: str) -> None:
        self.headers = PUBLIC | headers
        self.asked = 0
        self.knew: list[dict[bytes, bytes]] = []
        self.status = 200

    async def __call__(self, request: Scope, _receive: Receive, send: Send) -> None:
        self.asked += 1
        self.knew.append(dict(request["headers"]))
        body = b"%d" % self.asked
        await asyncio.sleep(0.01)
        named = {"content-length": "1", **{name.replace("_", "-"): value for name, value in self.headers.items()}}
        headers = [(name.encode(), value.encode()) for name, value in named.items() if value]
        start: Message = {"type": "http.response.start", "status": self.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body})


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "BETWEEN", 0.02)


async def _crowd(house: Shelf, people: int, path: str = "/stadt/") -> list[Answer]:
    return await asyncio.gather(*[ask(house, scope(path, cookie=f"who={number}")) for number in range(people)])


def test_a_crowd_costs_few_renderings_and_all_get_the_same() -> None:
    pages = Pages()

    async def story() -> None:
        house = Shelf(pages)
        await _crowd(house, 50)
        assert pages.asked == 2  # the first to come, and one that knows nobody for all the others
        assert {answer.body for answer in await _crowd(house, 50)} == {b"2"}
        assert pages.knew[1] == {b"host": b"localhost"}

    run(story())


def test_nobody_gets_an_answer_that_is_older_than_the_question() -> None:
    pages = Pages()

    async def story() -> None:
        house = Shelf(pages)
        await _crowd(house, 2)
        for _change in range(5):
            before = pages.asked
            house.spoil()
            assert {int(answer.body) > before for answer in await _crowd(house, 9)} == {True}
        slow = asyncio.create_task(_crowd(house, 1))
        house.spoil()
        await slow
        await asyncio.sleep(0.03)
        running = asyncio.create_task(_crowd(house, 1))
        await asyncio.sleep(0.005)
        begun = pages.asked
        house.spoil()  # while that one is being made
        assert int((await _crowd(house, 1))[0].body) > begun
        await running

    run(story())


def test_a_second_later_everything_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "FRESH", 0.05)
    pages = Pages()

    async def story() -> None:
        house = Shelf(pages)
        await _crowd(house, 2)
        assert house.ready(KEY)
        await asyncio.sleep(0.06)
        assert not house.ready(KEY)
        assert (await _crowd(house, 1))[0].body == b"3"

    run(story())


def test_who_writes_finds_what_they_wrote() -> None:
    pages = Pages()

    async def story() -> None:
        house = Shelf(pages)
        await _crowd(house, 2)
        await ask(house, scope("/stadt/", method="POST"))
        assert (await _crowd(house, 1))[0].body == b"4"

    run(story())


@pytest.mark.parametrize(
    "headers", [{"cache-control": "no-store"}, {"cache-control": ""}, {"set-cookie": "a=b"}, {"vary": "Cookie"}]
)
def test_what_is_not_for_everybody_is_asked_by_each(headers: dict[str, str]) -> None:
    pages = Pages(**headers)

    async def story() -> None:
        house = Shelf(pages)
        assert len({answer.body for answer in await _crowd(house, 5)}) == 5
        assert [knew[b"cookie"] for knew in pages.knew] == [b"who=%d" % number for number in range(5)]
        pages.headers = dict(PUBLIC)  # an event that is announced
        await _crowd(house, 1)
        assert len({answer.body for answer in await _crowd(house, 5)}) == 1
        pages.status = 404  # and withdrawn
        house.spoil()
        assert {answer.status for answer in await _crowd(house, 5)} == {404}

    run(story())


def test_addresses_hosts_and_schemes_are_kept_apart_and_searches_not_at_all() -> None:
    pages = Pages()

    async def story() -> None:
        house = Shelf(pages)
        questions = [scope("/a"), scope("/b"), scope("/a", host="other"), scope("/a", x_forwarded_proto="https")]
        for question in questions * 2:
            await ask(house, question)
        assert len({(await ask(house, question)).body for question in questions}) == 4
        asked = pages.asked
        for _time in range(3):
            await ask(house, scope("/a", query="q=1"))
        assert pages.asked == asked + 3

    run(story())


@pytest.mark.parametrize("said", ["{tag}", 'W/"x", {tag}', "W/{tag}"])
def test_who_has_it_gets_no_body(said: str) -> None:
    async def story() -> None:
        house = Shelf(Pages())
        await _crowd(house, 2)
        first = await ask(house, scope("/stadt/"))
        again = await ask(house, scope("/stadt/", if_none_match=said.format(tag=first.headers["etag"])))
        assert (again.status, again.body) == (304, b"")
        assert "content-length" not in again.headers
        assert again.headers["cache-control"] == first.headers["cache-control"]
        other = await ask(house, scope("/stadt/", if_none_match='"other"'))
        assert other.status == 200

    run(story())


def test_no_more_addresses_are_kept_than_there_is_room_for_and_what_all_share_stays_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shelf, "MOST", 3)
    pages = Pages()

    async def story() -> None:
        house = Shelf(pages)

        def kept() -> list[int]:
            return [number for number in range(9) if house.ready((b"localhost", b"", b"/%d/" % number))]

        for number in range(4):
            await _crowd(house, 2, f"/{number}/")
        assert kept() == [1, 2, 3]
        pages.status = 404
        for number in range(4, 9):
            await _crowd(house, 2, f"/{number}/")
        assert kept() == [2, 3]

    run(story())


def test_an_answer_is_known_by_its_tag() -> None:
    assert has(b'"a"', b'"b", "a"')
    assert not has(b'"a"', b'"ab"')
