"""One contract for every form in which streams are served: the server's own protocol, handed over, and plain ASGI."""

import asyncio
import socket

import pytest

from tagwerk.live import channel, client
from tagwerk.live.changes import CREW
from tagwerk.live.ring import SIZE
from tagwerk.live.tickets import Ticket, issue
from tagwerk.people.actions import withdraw_role
from tagwerk.people.models import Person
from tagwerk.programme.actions import announce, pin
from tests.live.listening import FORMS, Radio, a_town, do, radio, story, tell_notes
from tests.town import Town, planned

pytestmark = [pytest.mark.usefixtures("house_file"), pytest.mark.parametrize("form", FORMS)]


def test_all_hear_all_once_in_order_and_resume_exactly(form: str) -> None:
    async def tale() -> None:
        town = await do(a_town)
        path = f"/{town.slug}/live"
        async with radio(form) as station:
            listeners = [await station.listen(path) for _number in range(3)]
            await do(tell_notes, town, 40)
            await do(announce, town.event, "Zum Schluss")
            for listener in listeners:
                await listener.until(lambda one: one.kinds("announcement"))
            assert len({listener.data.partition(b"\n\n")[2] for listener in listeners}) == 1
            assert [message.get("number") for message in listeners[0].heard] == [*range(40), None]
            seen, wrong = listeners[0].frames[31]["id"], listeners[0].frames[3]["id"]
            for again in (
                await station.listen(path, f"since={seen}"),
                await station.listen(path, f"since={wrong}", last_event_id=seen),
            ):
                await again.until(lambda one: one.kinds("announcement"))
                assert [message.get("number") for message in again.heard] == [*range(31, 40), None]
            await do(tell_notes, town, SIZE)
            await listeners[0].until(lambda one: len(one.heard) == 41 + SIZE)
            late = await station.listen(path, last_event_id=seen)
            await late.until(lambda one: one.resyncs)
            assert (len(late.resyncs), late.heard) == (1, [])

    story(tale)


def test_who_may_not_listen_is_refused(form: str, settings: object) -> None:
    settings.TAGWERK_MAX_STREAMS = 1  # type: ignore[attr-defined]

    async def tale() -> None:
        town = await do(a_town)
        path = f"/{town.slug}/live"
        async with radio(form) as station:
            assert (await station.listen("/nirgendwo/live")).status == 404
            assert (await station.listen(path, host="evil.example")).status == 400
            if form == "asgi":  # elsewhere only a GET leaves the usual way
                assert (await station.listen(path, method="POST")).status == 405
            assert (await station.listen(f"/{town.slug}/desk/live", "token=wrong")).status == 403
            assert (await station.listen(path)).status == 200
            assert (await station.listen(path)).status == 503

    story(tale)


def test_the_crew_hears_more_and_only_for_as_long_as_it_may(form: str) -> None:
    def ticket(town: Town) -> str:
        rights = Person.objects.get(pk=town.mara.pk).rights_version
        return issue(Ticket(town.event.stream, CREW, f"person:{town.mara.pk}", rights))

    async def tale() -> None:
        town = await do(a_town)
        session = await do(planned, town)
        async with radio(form) as station:
            crew = await station.listen(f"/{town.slug}/desk/live", f"token={await do(ticket, town)}")
            public = await station.listen(f"/{town.slug}/live", "lang=en")
            await do(pin, session, pinned=True)
            await do(announce, town.event, "Ende")
            for listener in (crew, public):
                await listener.until(lambda one: one.kinds("announcement"))
            assert (len(crew.kinds("session.pinned")), len(public.kinds("session.pinned"))) == (1, 0)
            await do(lambda: withdraw_role(town.mara, town.event.realm))
            await crew.until(lambda one: one.closed, within=5)
            assert not public.closed

    story(tale)


def test_a_silent_stream_beats(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "BEAT", 0.02)

    async def tale() -> None:
        town = await do(a_town)
        head = await do(lambda: town.revision)
        async with radio(form) as station:
            beats = await (await station.listen(f"/{town.slug}/live")).until(lambda one: len(one.frames) >= 4)
            assert beats.frames[-1] == {"event": "beat", "data": str(head)}

    story(tale)


def test_who_does_not_read_is_dropped_and_nobody_else_notices(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if form == "asgi":
        pytest.skip("a server that waits for its reader is needed")
    monkeypatch.setattr(client, "PATIENCE", 0.2)

    async def stalled(station: Radio, path: str) -> socket.socket:
        asleep = socket.socket()
        asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asleep.settimeout(0)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(asleep, ("127.0.0.1", station.port))
        await loop.sock_sendall(asleep, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        return asleep

    async def tale() -> None:
        town = await do(a_town)
        path = f"/{town.slug}/live"
        async with radio(form) as station:
            awake = await station.listen(path)
            asleep = await stalled(station, path)
            while station.hub.listeners < 2:  # noqa: ASYNC110 - the server's turn is waited for
                await asyncio.sleep(0.01)
            await do(tell_notes, town, 1, 200_000)
            await awake.until(lambda one: one.heard)
            await asyncio.sleep(0.4)
            await do(announce, town.event, "Weiter")
            await awake.until(lambda one: one.kinds("announcement"))
            assert (station.hub.listeners, awake.resyncs) == (1, [])
            asleep.close()

    story(tale)
