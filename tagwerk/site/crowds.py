"""The crowds of rehearsals: a process for each, started and ended by the server, never in a real event."""

import subprocess
import sys
import threading
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http.request import validate_host
from django.utils import timezone

from tagwerk.events.models import Event

STAY = timedelta(hours=4)  # then people go home, also from a rehearsal that nobody ended
HERE = "127.0.0.1"


class Crowds:
    """Keeps one crowd per rehearsal at work; does nothing until the server says where it listens."""

    def __init__(self) -> None:
        self.base = ""
        self._at_work: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()

    def listens(self, host: str, port: int) -> None:
        """Say under which address of this machine the server can be reached."""
        reachable = {"0.0.0.0": HERE, "::": "[::1]"}.get(host, host)  # noqa: S104 - compared with what was asked for
        self.base = f"http://{reachable}:{port}"

    def tend(self) -> None:
        """Start the crowds that are missing and end those whose rehearsal is over."""
        if not self.base:
            return
        try:
            recent = Event.objects.filter(rehearsal_of__isnull=False, created_at__gt=timezone.now() - STAY)
            wanted = set(recent.values_list("realm__slug", flat=True))
        finally:
            connection.close()
        with self._lock:
            for slug in set(self._at_work) - wanted:
                _end(self._at_work.pop(slug))
            for slug in wanted:
                crowd = self._at_work.get(slug)
                if crowd is None or crowd.poll() is not None:
                    self._at_work[slug] = self._start(slug)

    def stop(self) -> None:
        """Send everybody home, because the server ends."""
        with self._lock:
            self.base = ""
            while self._at_work:
                _end(self._at_work.popitem()[1])

    def _start(self, slug: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tagwerk.site.demo.crowd", self.base, slug]
        if not validate_host(HERE, settings.ALLOWED_HOSTS):
            command += ["--host", settings.ALLOWED_HOSTS[0].lstrip(".")]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program


def _end(crowd: "subprocess.Popen[bytes]") -> None:
    crowd.terminate()
    crowd.wait()


crowds = Crowds()
