"""What a page counts is stored later and by nobody's page view, and what is refused is kept for the next time."""

import asyncio
import threading
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tagwerk.barcamp import exposure
from tagwerk.barcamp.models import Topic
from tagwerk.kit.guard import Message
from tagwerk.kit.writer import busy
from tagwerk.site import no_topics, topics
from tagwerk.site.lifespan import Lifespan
from tests.kit.asgi import Echo, run
from tests.town import Town, browser, someone_proposes


@pytest.fixture(autouse=True)
def _nothing_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exposure, "gathered", exposure.Gathered())


def test_a_page_view_never_writes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = someone_proposes(town)
    later = time.monotonic() + 3600
    with CaptureQueriesContext(connection) as asked, monkeypatch.context() as much_later:
        much_later.setattr(time, "monotonic", lambda: later)
        for path in ("", "topics/"):
            assert browser().get(f"/{town.slug}/{path}").status_code == 200
    assert not [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert exposure.gathered.fresh(topic) == 2


def test_what_was_seen_is_stored_once(town: Town) -> None:
    topic = someone_proposes(town)
    browser().get(f"/{town.slug}/topics/")
    for _time in range(2):
        topics.store_views()
        assert (Topic.objects.get(pk=topic.pk).seen, exposure.gathered.fresh(topic)) == (1, 0)
    no_topics.store_views()


def test_what_is_refused_is_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = someone_proposes(town)

    def refuse(_views: dict[int, int]) -> None:
        exposure.gathered.seen([topic])  # somebody looks while the writer is asked
        raise busy()

    exposure.gathered.seen([topic])
    with monkeypatch.context() as refusing:
        refusing.setattr(exposure, "store_views", refuse)
        with pytest.raises(type(busy())):
            topics.store_views()
    assert exposure.gathered.fresh(topic) == 2
    topics.store_views()
    assert Topic.objects.get(pk=topic.pk).seen == 2


def test_chores_come_back_and_a_failing_one_stops_neither_itself_nor_the_end() -> None:
    done, ended = threading.Semaphore(0), []

    def fail() -> None:
        done.release()
        raise ValueError

    async def told() -> None:
        messages: asyncio.Queue[Message] = asyncio.Queue()
        said: asyncio.Queue[Message] = asyncio.Queue()
        house = Lifespan(Echo(), chores=[(0.001, fail)], at_end=[fail, lambda: ended.append("writer")])
        task = asyncio.create_task(house({"type": "lifespan"}, messages.get, said.put))
        await messages.put({"type": "lifespan.startup"})
        assert (await said.get())["type"] == "lifespan.startup.complete"
        for _time in range(2):
            assert await asyncio.to_thread(done.acquire, timeout=5)
        await messages.put({"type": "lifespan.shutdown"})
        assert (await said.get())["type"] == "lifespan.shutdown.complete"
        await task

    run(told())
    assert ended == ["writer"]
