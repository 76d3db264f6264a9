"""The one door for writes: acknowledged is stored, a failing neighbour harms nobody, a full disk acknowledges none."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from django.utils import timezone, translation

from tagwerk.kit import writer
from tagwerk.kit.models import Receipt
from tagwerk.kit.refusals import Busy, Refusal
from tagwerk.kit.writer import Again, WriterThread, action
from tests.house import tree

WITHIN = 20.0  # seconds: how long a test waits for what has to happen


def store(key: str) -> str:
    Receipt.objects.create(scope="test", key=key, fingerprint="", status=200, body={}, given_at=timezone.now())
    return key


def keys() -> set[str]:
    return set(Receipt.objects.values_list("key", flat=True))


class Held:
    """A writer whose first job waits, so that what comes meanwhile is one group."""

    def __init__(self) -> None:
        self.door, self.pool = WriterThread(), ThreadPoolExecutor(80)
        begun, self.go_on = threading.Event(), threading.Event()

        def wait() -> None:
            begun.set()
            assert self.go_on.wait(WITHIN)

        self.pool.submit(self.door, wait)
        assert begun.wait(WITHIN)

    def send(self, *jobs: Callable[[], object]) -> "list[Future[object]]":
        """Send jobs in this order, then let them all run."""
        sent = []
        for number, job in enumerate(jobs, start=1):
            sent.append(self.pool.submit(self.door, job))
            self._until(lambda number=number: self.door._jobs.qsize() == number)  # type: ignore[misc]  # noqa: SLF001
        self.go_on.set()
        for future in sent:
            future.exception(WITHIN)
        return sent

    @staticmethod
    def _until(holds: Callable[[], bool]) -> None:
        pause = threading.Event()
        for _look in range(int(WITHIN / 0.001)):
            if holds():
                return
            pause.wait(0.001)
        raise AssertionError("it never happened")

    def stop(self) -> None:
        self.go_on.set()
        self.door.stop()
        self.pool.shutdown()


@pytest.fixture
def held(house_file: Path) -> Iterator[Held]:
    writer_with_a_group = Held()
    yield writer_with_a_group
    writer_with_a_group.stop()


def outcomes(sent: "list[Future[object]]") -> list[str]:
    return [type(future.exception()).__name__ if future.exception() else str(future.result()) for future in sent]


def refuse() -> None:
    raise Refusal("closed", "Geschlossen")


def groups(held: Held, jobs: int) -> list[int]:
    """Send jobs at once and give how many of them each commit stored."""
    seen: list[str] = []

    def note(key: str) -> str:
        transaction.on_commit(lambda: seen.append("committed"))
        seen.append("stored")
        return store(key)

    sent = held.send(*[lambda key=f"k{number}": note(key) for number in range(jobs)])
    assert outcomes(sent) == [f"k{number}" for number in range(jobs)]
    assert len(keys()) == jobs
    return [len(list(run)) for what, run in groupby(seen) if what == "stored"]


def test_what_waits_together_is_committed_together(held: Held) -> None:
    assert groups(held, 40) == [40]


def test_no_group_is_larger_than_its_limit(held: Held) -> None:
    assert groups(held, writer.GROUP + 1) == [writer.GROUP, 1]


def test_a_failing_action_leaves_nothing_and_harms_no_neighbour(held: Held) -> None:
    def half() -> None:
        store("half")
        refuse()

    sent = held.send(lambda: store("one"), half, lambda: store("one"), lambda: store("two"))
    assert outcomes(sent) == ["one", "Refusal", "IntegrityError", "two"]
    assert keys() == {"one", "two"}


def test_actions_run_in_the_order_in_which_they_came(held: Held) -> None:
    order: list[int] = []
    held.send(*[lambda number=number: order.append(number) for number in range(30)])
    assert order == list(range(30))


def test_a_fault_of_the_database_acknowledges_nobody(held: Held) -> None:
    def disk_full() -> None:
        raise OperationalError("database or disk is full")

    sent = held.send(lambda: store("one"), disk_full, lambda: store("two"))
    assert outcomes(sent) == ["Busy", "Busy", "Busy"]
    assert keys() == set()


def test_a_commit_that_fails_acknowledges_nobody_and_the_next_group_is_fine(held: Held) -> None:
    def breaks_at_the_end() -> None:
        with connection.cursor() as cursor:  # a deferred constraint is looked at by the commit
            cursor.execute("PRAGMA defer_foreign_keys=ON")
            cursor.execute("INSERT INTO people_role (person_id, realm_id, kind) VALUES (999, 999, 'helper')")

    sent = held.send(lambda: store("one"), breaks_at_the_end)
    assert outcomes(sent) == ["Busy", "Busy"]
    assert held.door(lambda: store("two")) == "two"
    assert keys() == {"two"}


def test_a_hook_of_the_commit_that_fails_leaves_nobody_waiting_and_the_thread_at_work(held: Held) -> None:
    def breaks_after_the_end() -> None:
        transaction.on_commit(refuse)

    sent = held.send(lambda: store("one"), breaks_after_the_end)
    assert outcomes(sent) == ["Busy", "Busy"]
    assert held.door(lambda: store("two")) == "two"


def test_who_lost_a_race_is_simply_tried_again(held: Held) -> None:
    tries: list[int] = []

    def third_time() -> str:
        tries.append(1)
        store("half" if len(tries) < 3 else "whole")
        if len(tries) < 3:
            raise Again
        return "done"

    def never() -> None:
        raise Again

    assert outcomes(held.send(third_time, never)) == ["done", "Busy"]
    assert keys() == {"whole"}


def test_who_waits_too_long_is_told_so_and_what_had_not_begun_never_happens(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE", 0.05)
    late = held.pool.submit(held.door, lambda: store("late"))
    assert isinstance(late.exception(WITHIN), Busy)
    monkeypatch.setattr(writer, "PATIENCE", WITHIN)
    assert outcomes(held.send()) == []
    assert held.door(lambda: store("next")) == "next"
    assert keys() == {"next"}


def test_a_stopped_writer_has_finished_what_waited_and_begins_again_when_asked(house_file: Path) -> None:
    door = WriterThread()
    door(lambda: store("one"))
    door.stop()
    door.stop()
    assert door(lambda: store("two")) == "two"
    door.stop()
    assert keys() == {"one", "two"}


def test_an_action_in_an_action_belongs_to_the_same_transaction(house: str) -> None:
    inner = action(store)

    @action
    def outer() -> None:
        inner("inner")
        refuse()

    with pytest.raises(Refusal):
        outer()
    assert keys() == set()


def test_every_door_answers_in_the_language_and_the_zone_of_whoever_asks(house: str) -> None:
    said = action(lambda: (translation.get_language(), str(timezone.get_current_timezone())))
    for language, zone in (("en", "Asia/Tokyo"), ("de-du", "Europe/Berlin")):
        with translation.override(language), timezone.override(zone):
            assert said() == (language, zone)


def test_every_door_stores_what_it_acknowledges(house: str) -> None:
    def write(number: int) -> str:
        try:
            return action(store)(f"k{number}")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(write, range(100))) == keys()


def test_the_pool_tries_again_what_lost_a_race_and_gives_up_in_time(house_database: None) -> None:
    tries: list[int] = []

    @action
    def loses(times: int) -> str:
        tries.append(1)
        if len(tries) <= times:
            raise Again
        return store("won")

    assert loses(3) == "won"
    tries.clear()
    with pytest.raises(Busy):
        loses(writer.TRIES)


def test_the_pool_survives_a_database_that_restarts(house_database: None) -> None:
    tries: list[int] = []

    @action
    def is_cut_off() -> str:
        tries.append(1)
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return store("stored")

    assert is_cut_off() == "stored"
    assert len(tries) == 2


def test_the_pool_does_not_repeat_what_is_wrong(house_database: None) -> None:
    action(store)("one")
    with pytest.raises(IntegrityError):
        action(store)("one")


@pytest.mark.django_db
def test_inline_an_action_is_part_of_the_callers_transaction() -> None:

    def in_one_transaction() -> None:
        with transaction.atomic():
            action(store)("one")
            refuse()

    with pytest.raises(Refusal):
        in_one_transaction()
    assert keys() == set()


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(house_file: Path) -> None:
    connections.close_all()
    command = [sys.executable, "-m", "tests.kit.burst", str(house_file)]
    said: list[str] = []
    with subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stdout
        for line in process.stdout:
            said.append(line.strip())
            if len(said) == 300:
                process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert len(said) >= 300
    assert {f"key:{key}" for key in said[:-1]} <= keys(), "the last line may be torn"
