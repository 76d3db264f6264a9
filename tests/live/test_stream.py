"""The stream on a real database: all and once in order, resumed exactly, the same bytes for everybody."""

import asyncio
from pathlib import Path

import pytest

from tagwerk.barcamp import actions as barcamp
from tagwerk.live import channel, hub
from tagwerk.live.bell import bell
from tagwerk.live.models import Stream
from tagwerk.live.ring import SIZE
from tagwerk.programme.actions import announce, move, pin
from tagwerk.programme.models import Session
from tests.live.listening import Radio, a_town, do, radio, story, tell_notes
from tests.town import Town, back_by, mint, planned, someone_proposes

pytestmark = pytest.mark.usefixtures("house_file")


def revisions(messages: list[dict[str, int]]) -> list[int]:
    return [message["revision"] for message in messages]


def test_what_happens_is_heard_at_once_and_by_all_in_the_same_bytes() -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            listeners = [await station.listen(f"/{town.slug}/live") for _number in range(5)]
            topic = await do(someone_proposes, town, "Radwege")
            for listener in listeners:
                await listener.until(lambda one: one.kinds("topic.proposed"))
            assert len({listener.data.partition(b"\n\n")[2] for listener in listeners}) == 1
            (message,) = listeners[0].heard
            assert (message["code"], message["number"], message["title"]) == (topic.code, 1, "Radwege")
            assert message["html"].count(f'id="topic-{topic.code}"') == 1

    story(tale)


def test_a_topic_that_crosses_the_threshold_is_heard_with_slot_and_room() -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live", query="lang=en")
            session = await do(planned, town)
            await listener.until(lambda one: one.kinds("topic.planned"))
            message = listener.kinds("topic.planned")[-1]
            assert (message["session"], message["slot"] > 0, message["room"] > 0) == (session.code, True, True)
            assert revisions(listener.heard) == sorted(set(revisions(listener.heard)))

    story(tale)


def test_announcements_arrive_all_and_once_in_order() -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            said = [f"Mitteilung {number}" for number in range(9)]
            for text in said:
                await do(announce, town.event, text)
            await listener.until(lambda one: len(one.heard) >= len(said))
            assert [message["text"] for message in listener.heard] == said

    story(tale)


def test_of_fifty_quick_counts_few_are_written_and_the_last_one_is_right() -> None:
    async def tale() -> None:
        town = await do(a_town, threshold=99)
        topic = await do(someone_proposes, town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            await do(back_by, town, topic, 50)
            await listener.until(lambda one: any(message["count"] == 50 for message in one.kinds("topic.count")))
            counts = [message["count"] for message in listener.kinds("topic.count")]
            assert counts == sorted(set(counts))
            assert len(counts) < 25, "a count replaces the one before while nobody has read it"
            resumed = await station.listen(f"/{town.slug}/live", query=f"since={listener.frames[1]['id']}")
            await resumed.until(lambda one: one.heard)
            assert [message["count"] for message in resumed.heard] == [50]

    story(tale)


@pytest.mark.parametrize("how", ["query", "header", "both"])
def test_a_reader_that_comes_back_gets_exactly_what_it_missed(how: str) -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            first = await station.listen(f"/{town.slug}/live")
            await do(tell_notes, town, 50)
            await first.until(lambda one: len(one.heard) == 50)
            seen, wrong = first.frames[21]["id"], first.frames[3]["id"]
            query = f"since={wrong if how == 'both' else seen}" if how != "header" else ""
            headers = {"last_event_id": seen} if how != "query" else {}
            again = await station.listen(f"/{town.slug}/live", query=query, **headers)
            await again.until(lambda one: one.heard)
            await do(announce, town.event, "Zum Schluss")
            await again.until(lambda one: one.kinds("announcement"))
            assert [message.get("number") for message in again.heard] == [*range(21, 50), None]
            assert not again.resyncs

    story(tale)


def test_a_hub_that_starts_later_resumes_as_exactly() -> None:
    async def tale() -> None:
        town = await do(a_town)
        await do(tell_notes, town, 50)
        head = await do(lambda: town.revision)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live", last_event_id=f"1-{head - 10}")
            await listener.until(lambda one: len(one.heard) >= 10)
            assert revisions(listener.heard) == list(range(head - 9, head + 1))

    story(tale)


async def _is_resynced(station: Radio, town: Town, since: str) -> None:
    listener = await station.listen(f"/{town.slug}/live", query=f"since={since}")
    await listener.until(lambda one: one.resyncs)
    head = await do(lambda: Stream.objects.get(pk=town.event.stream).cursor)
    assert listener.resyncs == [head]
    assert listener.frames[-1]["id"] == head
    assert not listener.heard


def test_who_missed_too_much_fetches_the_whole_state_once() -> None:
    async def tale() -> None:
        town = await do(a_town)

        start = await do(lambda: town.revision)
        await do(tell_notes, town, SIZE + 1)
        async with radio() as station:
            await _is_resynced(station, town, f"1-{start}")
            exactly = await station.listen(f"/{town.slug}/live", query=f"since=1-{start + 1}")
            await exactly.until(lambda one: len(one.heard) == SIZE)
            assert not exactly.resyncs

    story(tale)


@pytest.mark.parametrize("since", ["2-1", "0-0", "1-999999", "nonsense", "1-"])
def test_a_cursor_of_another_history_fetches_the_whole_state(since: str) -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            await _is_resynced(station, town, since)

    story(tale)


def test_when_history_is_rewritten_every_listener_fetches_the_whole_state() -> None:
    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            await do(lambda: Stream.objects.filter(pk=town.event.stream).update(epoch=2))
            await listener.until(lambda one: one.resyncs)
            assert listener.resyncs[0].startswith("2-")
            await do(announce, town.event, "Weiter geht es")
            await listener.until(lambda one: one.heard)
            assert listener.frames[-1]["id"].startswith("2-")

    story(tale)


def test_who_comes_from_a_page_newer_than_the_rings_misses_nothing_and_fetches_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hub, "BREATH", 600.0)  # the rings stay behind the ledger after the first change
    monkeypatch.setattr(channel, "BEAT", 0.02)

    async def tale() -> None:
        town = await do(a_town)
        async with radio() as station:
            early = await station.listen(f"/{town.slug}/live")
            await do(tell_notes, town, 1)
            await early.until(lambda one: one.heard)
            await do(tell_notes, town, 2)
            head = await do(lambda: town.revision)
            fresh = await station.listen(f"/{town.slug}/live", query=f"since=1-{head}")
            await fresh.until(lambda one: "beat" in one.frames[-1].values())
            assert not fresh.resyncs
            assert revisions((await early.until(lambda one: len(one.heard) == 3)).heard) == [head - 2, head - 1, head]
            ahead = await station.listen(f"/{town.slug}/live", query=f"since=1-{head + 1}")
            await ahead.until(lambda one: "beat" in one.frames[-1].values())
            assert ahead.resyncs == [f"1-{head}"]

    story(tale)


def test_a_silent_stream_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "BEAT", 0.02)

    async def tale() -> None:
        town = await do(a_town)
        head = await do(lambda: town.revision)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            beats = await listener.until(lambda one: len(one.frames) >= 4)
            assert beats.frames[-1] == {"event": "beat", "data": str(head)}

    story(tale)


def test_what_only_the_crew_hears_does_not_put_off_the_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "BEAT", 0.6)
    monkeypatch.setattr(hub, "BREATH", 0.05)

    async def tale() -> None:
        town = await do(a_town)
        session = await do(planned, town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            for number in range(8):
                await do(pin, session, pinned=number % 2 == 0)
                await asyncio.sleep(0.1)
            assert [frame.get("event") for frame in listener.frames[1:2]] == ["beat"]

    story(tale)


def test_what_a_foreign_process_wrote_is_heard_without_a_bell(
    house_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def tale() -> None:
        town = await do(a_town)
        session = await do(planned, town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            monkeypatch.setattr(bell, "ring", lambda _stream: None)
            await do(move, session, town.slots[2], town.rooms[2])
            await listener.until(lambda one: one.kinds("session.moved"))

    story(tale)


def test_a_refused_action_is_told_to_nobody() -> None:
    async def tale() -> None:
        town = await do(a_town)
        session = await do(planned, town)
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            with pytest.raises(Exception, match="same-place"):
                await do(move, session, *await do(lambda: _place(session)))
            await do(announce, town.event, "Ende")
            await listener.until(lambda one: one.heard)
            assert [message["kind"] for message in listener.heard] == ["announcement"]

    story(tale)


def _place(session: Session) -> tuple[object, object]:
    placement = Session.objects.get(pk=session.pk).placement
    return placement.slot, placement.room


def test_many_phones_at_once_end_with_the_true_count() -> None:
    async def tale() -> None:
        town = await do(a_town, threshold=99)
        topic = await do(someone_proposes, town)
        phones = await do(lambda: [mint(town.event, f"phone {number}") for number in range(30)])
        async with radio() as station:
            listener = await station.listen(f"/{town.slug}/live")
            await asyncio.gather(*[do(barcamp.back, town.event, topic.code, phone.device) for phone in phones])
            await listener.until(lambda one: one.heard and one.heard[-1]["count"] == 30)
            head = await do(lambda: town.revision)
            assert listener.heard[-1]["revision"] == head

    story(tale)


def test_the_ledger_has_no_gaps() -> None:
    town = a_town()
    back_by(town, someone_proposes(town), 5)
    assert revisions([{"revision": change.revision} for change in town.told()]) == list(range(1, town.revision + 1))
