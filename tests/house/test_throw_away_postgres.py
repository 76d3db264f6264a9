"""The PostgreSQL of the tests works, and nothing of it stays behind, even after a hard end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import ROOT, binaries

SHOW_AND_WAIT = "import os, time; print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)"


def test_a_database_is_there_for_whoever_asks(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT current_database(), current_setting('fsync')").fetchone()
    assert row == ("tagwerk", "off")


def test_it_knows_letters_as_real_servers_do(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT lower('ÄÖÜ'), current_setting('server_encoding')").fetchone()
    assert row == ("äöü", "UTF8")


@pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not there: apt install postgresql")
def test_a_killed_run_leaves_no_server_and_no_files() -> None:
    command = [sys.executable, "-m", "tests.postgres", sys.executable, "-c", SHOW_AND_WAIT]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip().partition("host=")[2])
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
    assert not is_running(server)


def is_running(process: int) -> bool:
    """Tell whether a process runs; one that has ended but was not yet collected has an empty command line."""
    command_line = Path(f"/proc/{process}/cmdline")
    return command_line.exists() and command_line.read_bytes() != b""
