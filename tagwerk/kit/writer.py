"""The one door for writes: every action runs in a transaction and is acknowledged only after the commit.

Three doors, chosen by the setting `TAGWERK_WRITER`:

* `thread` - SQLite: one thread writes for the whole process, with group commit, each action in its savepoint.
* `pool` - PostgreSQL: the caller's thread writes, serialisation faults are tried again.
* `inline` - tests: the caller's own transaction.
"""

import contextlib
import functools
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.refusals import Busy

P = ParamSpec("P")
R = TypeVar("R")

GROUP = 64
PAUSE = 0.002  # without it a foreign writer (a management command, a backup) starves: measured
PATIENCE = 25.0
TRIES = 6

_inside = threading.local()


class Again(Exception):
    """Raised inside an action that lost a race and should simply run once more."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as an action: called from outside it goes through the writer.

    Called from within another action it runs in the same transaction, so that what belongs together
    is stored together. Raises whatever the function raises, or `Busy` when nothing could be stored.
    """

    @functools.wraps(function)
    def through_the_door(*args: P.args, **kwargs: P.kwargs) -> R:
        if getattr(_inside, "depth", 0):
            return function(*args, **kwargs)
        result: R = _doors[settings.TAGWERK_WRITER](functools.partial(function, *args, **kwargs))
        return result

    return through_the_door


def busy() -> Busy:
    """Give the refusal for a house that cannot write right now."""
    return Busy("busy", _("Das Speichern dauert gerade zu lange. Bitte versuchen Sie es gleich noch einmal."))


def _perform(job: Callable[[], R]) -> R:
    _inside.depth = getattr(_inside, "depth", 0) + 1
    try:
        with transaction.atomic():
            return job()
    finally:
        _inside.depth -= 1


def _inline(job: Callable[[], R]) -> R:
    return _perform(job)


def _pool(job: Callable[[], R]) -> R:
    for attempt in range(TRIES):
        try:
            return _perform(job)
        except Again:
            continue
        except OperationalError as fault:
            if not _is_passing(fault) or attempt == TRIES - 1:
                raise busy() from fault
            if not connection.in_atomic_block:
                connection.close()
            time.sleep(0.01 * 2**attempt)
    raise busy()


def _is_passing(fault: OperationalError) -> bool:
    """Serialisation faults, deadlocks and a connection that went away pass; the rest does not."""
    state = getattr(fault.__cause__, "sqlstate", None)
    return state is None or state in ("40001", "40P01") or state.startswith(("08", "57"))


class _Job:
    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.future: Future[Any] = Future()


def _as_said(call: Callable[[], R]) -> Callable[[], R]:
    """Let another thread answer in the language and the zone of whoever asks here."""
    language, zone = translation.get_language(), timezone.get_current_timezone()

    def said() -> R:
        with translation.override(language), timezone.override(zone):
            return call()

    return said


class WriterThread:
    """One thread that commits up to `GROUP` actions at a time; its callers wait for the commit."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def __call__(self, call: Callable[[], R]) -> R:
        """Run `call` in the writer and give its result once it is on disk."""
        self._start()
        job = _Job(_as_said(call))
        self._jobs.put(job)
        try:
            result: R = job.future.result(timeout=PATIENCE)
        except FutureTimeout:
            # What has not begun never will; what has begun may still be stored: the caller repeats with its key.
            job.future.cancel()
            raise busy() from None
        return result

    def stop(self) -> None:
        """Finish what waits, then end the thread."""
        with self._lock:
            if self._thread and self._thread.is_alive():
                self._jobs.put(None)
                self._thread.join()
            self._thread = None

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            batch, go_on = self._collect()
            if batch:
                self._commit(batch)
            if not go_on:
                connection.close()
                return
            time.sleep(PAUSE)

    def _collect(self) -> tuple[list[_Job], bool]:
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            if job.future.set_running_or_notify_cancel():
                batch.append(job)
            if len(batch) == GROUP or self._jobs.empty():
                return batch, True
            job = self._jobs.get()
        return batch, False

    def _commit(self, batch: list[_Job]) -> None:
        outcomes: list[tuple[_Job, Any, BaseException | None]] = []
        try:
            with transaction.atomic():
                outcomes = [(job, *_attempt(job)) for job in batch]
        except Exception as fault:  # noqa: BLE001 - whatever it is, everybody is answered and the thread goes on
            _close()
            for job in batch:
                refusal = busy()
                refusal.__cause__ = fault
                job.future.set_exception(refusal)
            return
        for job, result, refused in outcomes:
            if refused is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(refused)


def _close() -> None:
    with contextlib.suppress(Exception):
        connection.close()


def _attempt(job: _Job) -> tuple[Any, BaseException | None]:
    for _try in range(TRIES):
        try:
            return _perform(job.call), None
        except Again:
            continue
        except OperationalError:
            raise  # the disk or the database, not the action: nobody in this group is acknowledged
        except Exception as fault:  # noqa: BLE001 - one failing action must not stop its neighbours
            return None, fault
    return None, busy()


writer_thread = WriterThread()
_doors: dict[str, Callable[[Callable[[], Any]], Any]] = {
    "thread": writer_thread,
    "pool": _pool,
    "inline": _inline,
}
