"""Who may listen: the public to what is public, the crew with a ticket for as long as its rights last."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from tagwerk.events.rules import Phase
from tagwerk.live import tickets
from tagwerk.live.changes import CREW
from tagwerk.live.tickets import Ticket
from tagwerk.people.actions import grant, withdraw_role
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import announce, pin
from tests.kit.asgi import ask, run, scope
from tests.live.listening import Radio, a_town, do, radio, story
from tests.town import Town, back_by, planned, someone_proposes

pytestmark = pytest.mark.usefixtures("house_file")


def ticket(town: Town, **changes: object) -> str:
    rights = Person.objects.get(pk=town.mara.pk).rights_version
    values = {"stream": town.event.stream, "audience": CREW, "holder": f"person:{town.mara.pk}", "rights": rights}
    return tickets.issue(Ticket(**{**values, **changes}))  # type: ignore[arg-type]


def test_an_anonymous_listener_hears_nothing_of_the_crew() -> None:
    async def tale() -> None:
        town = await do(a_town)
        session = await do(planned, town)
        token = await do(ticket, town)
        async with radio() as station:
            crew = await station.listen(f"/{town.slug}/desk/live", query=f"token={token}")
            public = [await station.listen(f"/{town.slug}/live", query=f"lang={lang}") for lang in ("de", "en")]
            await do(pin, session, pinned=True)
            await do(back_by, town, await do(someone_proposes, town, "Neu", "Bela"), 1)
            await do(announce, town.event, "Ende")
            for listener in [crew, *public]:
                await listener.until(lambda one: one.kinds("announcement"))
            assert crew.kinds("session.pinned")
            for listener in public:
                assert not listener.kinds("session.pinned")
                assert "desk" not in listener.data.decode()
            resumed = await station.listen(f"/{town.slug}/live", query="since=1-0")
            await resumed.until(lambda one: one.kinds("announcement"))
            assert not resumed.kinds("session.pinned")

    story(tale)


@pytest.mark.parametrize("path", ["/{slug}/live", "/en/{slug}/live/"])
def test_a_draft_exists_for_nobody(path: str) -> None:
    async def tale() -> None:
        town = await do(a_town, phase=Phase.DRAFT)
        async with radio() as station:
            assert (await station.listen(path.format(slug=town.slug))).status == 404
            assert (await station.listen(path.format(slug="nirgendwo"))).status == 404

    story(tale)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "localhost@evil.example", "["])
def test_a_foreign_host_is_refused(host: str) -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            assert (await station.listen(f"/{town.slug}/live", host=host)).status == 400
            assert (await station.listen(f"/{town.slug}/live", host="localhost:8000")).status == 200

    story(tale)


@pytest.mark.parametrize("host", ["LocalHost", "LOCALHOST:8000", "[::1]", "[::1]:8000", "localhost."])
def test_our_own_host_is_known_however_it_is_written(host: str) -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            assert (await station.listen(f"/{town.slug}/live", host=host)).status == 200

    story(tale)


def test_a_stream_is_only_read() -> None:
    answer = run(ask(Radio().endpoint, scope("/musterstadt/live", method="POST")))
    assert answer.status == 405


def test_everything_else_goes_to_the_pages() -> None:
    station = Radio()
    for path in ("/musterstadt/", "/musterstadt/live/more", "/a/b/live", "/Musterstadt/live", "/musterstadt/live\n"):
        assert run(ask(station.endpoint, scope(path))).status == 200
    assert station.inner.asked == 5


def test_beyond_its_limit_the_house_takes_no_more_listeners(settings: object) -> None:
    settings.TAGWERK_MAX_STREAMS = 1  # type: ignore[attr-defined]

    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            first = await station.listen(f"/{town.slug}/live")
            assert (await station.listen(f"/{town.slug}/live")).status == 503
            first.leave.set()
            await first.until(lambda one: one.closed)
            assert (await station.listen(f"/{town.slug}/live")).status == 200

    story(tale)


def test_a_ticket_that_is_missing_forged_foreign_or_old_opens_nothing() -> None:
    async def tale() -> None:
        town, other = await do(a_town), await do(a_town)
        good = await do(ticket, town)
        forged = signing.dumps([town.event.stream, CREW, f"person:{town.mara.pk}", 1], salt="another salt")
        bad = {
            "missing": "",
            "forged": forged,
            "changed": good[:-1] + ("A" if good[-1] != "A" else "B"),
            "foreign": await do(ticket, other),
            "other rights": await do(ticket, town, rights=999),
            "of nobody": await do(ticket, town, holder="person:999999"),
            "of a device": await do(ticket, town, holder="device:1"),
            "nonsense": "%C3%BC:::",
        }
        with time_machine.travel(timezone.now() - timedelta(seconds=tickets.SECONDS + 5)):
            bad["old"] = await do(ticket, town)
        async with radio() as station:
            for name, token in bad.items():
                listener = await station.listen(f"/{town.slug}/desk/live", query=f"token={token}")
                assert listener.status == 403, name
            assert (await station.listen(f"/{town.slug}/desk/live", query=f"token={good}")).status == 200

    story(tale)


@pytest.mark.parametrize("change", ["withdrawn", "lowered", "deactivated"])
def test_a_stream_ends_within_five_seconds_when_rights_change(change: str) -> None:
    async def tale() -> None:
        town = await do(a_town)
        token = await do(ticket, town)
        async with radio() as station:
            crew = await station.listen(f"/{town.slug}/desk/live", query=f"token={token}")
            public = await station.listen(f"/{town.slug}/live")
            if change == "withdrawn":
                await do(withdraw_role, town.mara, town.event.realm)
            elif change == "lowered":
                await do(grant, town.mara, town.event.realm, RoleKind.HELPER)
            else:
                await do(lambda: Person.objects.filter(pk=town.mara.pk).update(is_active=False))
            await crew.until(lambda one: one.closed, within=5)
            again = await station.listen(f"/{town.slug}/desk/live", query=f"token={token}")
            assert again.status == 403
            assert not public.closed

    story(tale)


def test_the_crew_of_a_draft_hears_it_and_nobody_elses_ticket_opens_it() -> None:
    async def tale() -> None:
        town, other = await do(a_town, phase=Phase.DRAFT), await do(a_town)
        async with radio() as station:
            own = await station.listen(f"/{town.slug}/desk/live", query=f"token={await do(ticket, town)}")
            foreign = await station.listen(f"/{town.slug}/desk/live", query=f"token={await do(ticket, other)}")
            assert (own.status, foreign.status) == (200, 403)

    story(tale)
