"""A server of its own for one benchmark, in a folder that goes away with it, and what it costs."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PATIENCE = 30
LARGE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tagwerk.site.settings"
from tagwerk.site.demo.start import start
start(None)
from tagwerk.site.bench.large import make
from tagwerk.kit.writer import writer_thread
make(*map(int, sys.argv[1:]))
writer_thread.stop()
"""


@dataclass(frozen=True)
class House:
    """A running server: where it is, and which process it is."""

    host: str
    port: int
    slug: str
    process: int
    token: str = ""  # of the crew

    def cpu_seconds(self) -> float | None:
        """Give the processor time used so far; None where the system does not tell."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return None

    def memory_kib(self) -> int | None:
        """Give the proportional share of memory; None where the system does not tell."""
        with contextlib.suppress(OSError, StopIteration, ValueError):
            lines = Path(f"/proc/{self.process}/smaps_rollup").read_text().splitlines()
            return int(next(line for line in lines if line.startswith("Pss:")).split()[1])
        return None


@contextlib.contextmanager
def house(large: tuple[int, int, int] | None = None) -> Iterator[House]:
    """Start the demo without its crowd; stop it and throw its folder away at the end.

    With `large` (sessions, rooms, days) there is an event of that size beside the demo's, and `slug` is its.
    """
    with tempfile.TemporaryDirectory(prefix="tagwerk-bench-") as folder:
        if large:
            say(f"making an event of {large[0]} sessions …")
            subprocess.run([sys.executable, "-c", LARGE, *map(str, large)], env=_settings(folder), check=True)  # noqa: S603 - ours
        say("starting a server of its own …")
        process = start(folder)
        try:
            place = ready(process)
            yield replace(place, slug="programme") if large else place
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            process.kill()
            process.wait()


def start(folder: str, port: int = 0) -> "subprocess.Popen[str]":
    """Start the demo without its crowd on what a folder holds."""
    command = [sys.executable, "-m", "tagwerk", "demo", "--port", str(port), "--quiet-crowd"]
    return subprocess.Popen(command, env=_settings(folder), stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own


def _settings(folder: str) -> dict[str, str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("TAGWERK_", "DATABASE_"))}
    return settings | {"TAGWERK_DATA": folder, "PYTHONUNBUFFERED": "1"}


def ready(process: "subprocess.Popen[str]") -> House:
    """Wait until a server serves."""
    url = token = ""
    for line in process.stdout or ():
        name, _colon, value = line.strip().partition(": ")
        if name == "participant":
            url = value
        if name == "api token":
            token = value
        if name == "ready":
            address, slug = url.removeprefix("http://").rstrip("/").split("/")
            host, port = address.split(":")
            return House(host, int(port), slug, process.pid, token)
    raise SystemExit("tagwerk bench: the server did not start")


def say(words: str) -> None:
    """Tell a person how far it is; the figures go elsewhere."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - progress of a command


def percentile(values: list[float], share: float) -> float:
    """Give the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]
