"""Before Django: the size and time of a request are bounded, and how many unfinished ones an address may have."""

import asyncio
import re

import pytest
from django.conf import LazySettings

from tagwerk.kit import guard
from tagwerk.kit.guard import LARGEST_BODY, LONGEST_QUERY, NOT_OPEN, POURED_AWAY, Guard, Limit
from tests.kit.asgi import Answer, Echo, Sending, ask, run, scope

CHUNK = b"x" * 64 * 1024


def post(address: str = "192.0.2.1", **headers: str) -> guard.Scope:
    return scope(method="POST", address=address, **headers)


def test_a_body_arrives_whole_whatever_its_pieces() -> None:
    answer = run(ask(Guard(Echo()), post(content_length="9"), Sending(b"Tag", b"", b"wer", b"ker")))
    assert (answer.status, answer.body) == (200, b"Tagwerker")


def test_an_empty_chunked_body_works() -> None:
    answer = run(ask(Guard(Echo()), post(transfer_encoding="chunked"), Sending(b"")))
    assert (answer.status, answer.body) == (200, b"")


def test_a_request_without_a_body_is_passed_on_unread() -> None:
    assert run(ask(Guard(Echo()), scope())).status == 200
    assert run(ask(Guard(Echo()), post(content_length="0"))).status == 200


def test_a_body_of_the_largest_size_just_passes() -> None:
    answer = run(ask(Guard(Echo()), post(content_length=str(LARGEST_BODY)), Sending(*[CHUNK] * 4)))
    assert (answer.status, len(answer.body)) == (200, LARGEST_BODY)


@pytest.mark.parametrize("length", [str(POURED_AWAY + 1), "9" * 5000, "-1", "1e3", "²", "0x10"])
def test_a_body_that_says_far_too_much_is_refused_unread(length: str) -> None:
    body, inner = Sending(CHUNK, never=True), Echo()
    answer = run(ask(Guard(inner), post(content_length=length), body))
    assert (answer.status, body.taken, inner.asked) == (413, 0, 0)
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("headers", [{"transfer_encoding": "chunked"}, {"content_length": "10"}])
def test_a_body_that_grows_far_too_large_is_cut_off(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "POURED_AWAY", 10 * len(CHUNK))
    body, inner = Sending(*[CHUNK] * 1000), Echo()
    answer = run(ask(Guard(inner), post(**headers), body))
    assert (answer.status, inner.asked) == (413, 0)
    assert body.taken == 11


@pytest.mark.parametrize("headers", [{"transfer_encoding": "chunked"}, {"content_length": str(8 * len(CHUNK))}])
def test_one_that_is_too_large_is_taken_in_and_goes_on_without_it(headers: dict[str, str]) -> None:
    body, inner = Sending(*[CHUNK] * 8), Echo()
    answer = run(ask(Guard(inner), post(**headers), body))
    assert (answer.status, answer.body, inner.asked, body.taken) == (413, b"", 1, 8)


def test_who_leaves_while_it_is_poured_away_reaches_nobody() -> None:
    inner = Echo()
    answer = run(ask(Guard(inner), post(transfer_encoding="chunked"), Sending(*[CHUNK] * 6, leaves=True)))
    assert (answer.status, inner.asked) == (0, 0)


@pytest.mark.parametrize(("path", "status"), [("/stadt/topics/new/", 413), ("/stadt/desk/announce/", 200), ("/", 200)])
def test_a_route_may_have_a_limit_of_its_own(path: str, status: int) -> None:
    house = Guard(Echo(), limits=[Limit(re.compile(r"/[^/]+/(?!desk/)"), 4)])
    for sent in (post(content_length="5"), post(transfer_encoding="chunked")):
        assert run(ask(house, {**sent, "path": path}, Sending(b"five!"))).status == status


@pytest.mark.parametrize(("cookie", "status"), [("", 413), ("tw-other=1", 413), ("a=b; tw-session=x", 200)])
def test_a_large_limit_holds_for_those_with_its_cookie(cookie: str, status: int) -> None:
    house = Guard(
        Echo(), limits=[Limit(re.compile("/desk/"), 8, re.compile("tw-session=.")), Limit(re.compile("/"), 4)]
    )
    sent = post(content_length="5", cookie=cookie)
    assert run(ask(house, {**sent, "path": "/desk/"}, Sending(b"five!"))).status == status


@pytest.mark.parametrize(
    ("cookie", "body", "seen_there"), [("", b"five!", [True, False]), ("tw-session=x", b"nine of 9", [False] * 2)]
)
def test_what_only_a_cookie_allows_is_told_from_what_nobody_may(
    cookie: str, body: bytes, seen_there: list[bool]
) -> None:
    seen: list[bool] = []

    async def inner(found: guard.Scope, _receive: guard.Receive, _send: guard.Send) -> None:
        seen.append(found[NOT_OPEN])

    limits = [Limit(re.compile("/desk/"), 8, re.compile("tw-session=.")), Limit(re.compile("/"), 4)]
    for path in ("/desk/", "/"):
        run(ask(Guard(inner, limits=limits), {**post(content_length="5", cookie=cookie), "path": path}, Sending(body)))
    assert seen == seen_there


LARGE = 8 * len(CHUNK)  # twice the usual size
ANY = [Limit(re.compile("/"), 100 * LARGE)]


async def _hold(house: Guard, pieces: int, address: str) -> "asyncio.Task[object]":
    """Send so many pieces of a body and no end."""
    body = Sending(*[CHUNK] * pieces, never=True)
    task: asyncio.Task[object] = asyncio.create_task(ask(house, post(address, content_length="1"), body))
    while body.taken < pieces:  # noqa: ASYNC110 - it is the loop's next turn that is waited for
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    return task


@pytest.mark.parametrize("bound", ["IN_FLIGHT", "IN_FLIGHT_THERE"])
def test_large_bodies_share_a_budget_and_small_ones_do_not_wait_for_it(
    bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, bound, 2 * LARGE - 1)
    inner = Echo()
    house = Guard(inner, limits=ANY)
    there = "192.0.2.1" if bound == "IN_FLIGHT_THERE" else "192.0.2.2"

    async def send(pieces: int, address: str = there) -> Answer:
        body = Sending(*[CHUNK] * pieces)
        answer = await ask(house, post(address, content_length=str(pieces * len(CHUNK))), body)
        assert body.taken == pieces, "browsers hear no answer before they have said all"
        return answer

    async def story() -> None:
        held = await _hold(house, 8, "192.0.2.1")
        refused = await send(8)
        assert (refused.status, refused.headers["retry-after"], inner.asked) == (503, "5", 0)
        assert (await send(7)).status == 200
        assert (await send(4)).status == 200
        if bound == "IN_FLIGHT_THERE":
            assert (await send(8, "192.0.2.9")).status == 200
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)
        assert (await send(8)).status == 200
        assert not house.flight

    run(story())


def test_a_body_counts_until_it_is_answered_and_not_while_it_is_poured_away() -> None:
    seen: list[int] = []

    async def inner(_scope: guard.Scope, _receive: guard.Receive, _send: guard.Send) -> None:
        seen.append(house.flight.total())

    house = Guard(inner, limits=[Limit(re.compile("/"), LARGE)])
    for pieces in (8, 9, 4):
        run(ask(house, post(content_length="1"), Sending(*[CHUNK] * pieces)))
    assert (seen, dict(house.flight)) == ([LARGE, 0, 0], {})


def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 0.05)
    inner = Echo()
    answer = run(ask(Guard(inner), post(content_length="10"), Sending(b"T", never=True)))
    assert (answer.status, inner.asked) == (408, 0)


def test_who_leaves_is_not_answered_and_reaches_nobody() -> None:
    inner = Echo()
    answer = run(ask(Guard(inner), post(content_length="10"), Sending(b"T", leaves=True)))
    assert (answer.status, inner.asked) == (0, 0)


def test_an_address_that_is_too_long_is_refused() -> None:
    assert run(ask(Guard(Echo()), scope(query="q" * (LONGEST_QUERY + 1)))).status == 414
    assert run(ask(Guard(Echo()), scope(query="q" * LONGEST_QUERY))).status == 200


async def _with_unfinished(number: int, application: Guard) -> list["asyncio.Task[object]"]:
    tasks: list[asyncio.Task[object]] = []
    for _request in range(number):
        body = Sending(b"T", never=True)
        tasks.append(asyncio.create_task(ask(application, post(content_length="10"), body)))
        while not body.taken:  # noqa: ASYNC110 - it is the loop's next turn that is waited for
            await asyncio.sleep(0)
    return tasks


def test_only_so_many_unfinished_requests_of_an_address_are_waited_for(settings: LazySettings) -> None:
    settings.TAGWERK_MAX_UNFINISHED = 3
    application = Guard(Echo())

    async def story() -> list[int]:
        tasks = await _with_unfinished(3, application)
        from_there = await ask(application, post(content_length="1"), Sending(b"T"))
        from_elsewhere = await ask(application, post("192.0.2.2", content_length="1"), Sending(b"T"))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        again = await ask(application, post(content_length="1"), Sending(b"T"))
        assert from_there.headers["retry-after"] == "5"
        return [from_there.status, from_elsewhere.status, again.status]

    assert run(story()) == [429, 200, 200]
    assert not application.unfinished


@pytest.mark.parametrize(("proxies", "statuses"), [(0, [429, 429]), (1, [200, 429])])
def test_who_is_calling_is_said_by_our_own_proxies_only(
    settings: LazySettings, proxies: int, statuses: list[int]
) -> None:
    settings.TAGWERK_MAX_UNFINISHED, settings.TAGWERK_PROXIES = 1, proxies
    application = Guard(Echo())
    application.unfinished["192.0.2.1"] = 1

    async def story() -> list[int]:
        said = ["198.51.100.7", "198.51.100.7, no address"]
        requests = [post(content_length="1", x_forwarded_for=forwarded) for forwarded in said]
        return [(await ask(application, request, Sending(b"T"))).status for request in requests]

    assert run(story()) == statuses


def test_what_our_proxy_adds_on_a_line_of_its_own_counts(settings: LazySettings) -> None:
    settings.TAGWERK_MAX_UNFINISHED, settings.TAGWERK_PROXIES = 1, 1
    application = Guard(Echo())
    application.unfinished["198.51.100.7"] = 1
    request = post(content_length="1", x_forwarded_for="203.0.113.9")
    request["headers"].append((b"x-forwarded-for", b"198.51.100.7"))
    assert run(ask(application, request, Sending(b"T"))).status == 429


@pytest.mark.parametrize(("address", "status"), [("2001:db8::2:0:0:1", 429), ("2001:db8:0:1::1", 200)])
def test_all_addresses_of_one_household_count_together(settings: LazySettings, address: str, status: int) -> None:
    settings.TAGWERK_MAX_UNFINISHED = 1
    application = Guard(Echo())
    application.unfinished["2001:db8::/64"] = 1
    assert run(ask(application, post(address, content_length="1"), Sending(b"T"))).status == status


def test_what_is_no_http_is_passed_on() -> None:
    inner = Echo()
    run(ask(Guard(inner), {"type": "lifespan"}))
    assert inner.asked == 1
