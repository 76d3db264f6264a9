"""A house to be copied: its tables made, its static files collected, its event founded, every five minutes for all workers."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.postgres import locked
from tests.stories.house import environment

NAME = "stories_prepared"
FRESH = 300  # seconds; its event begins within the hour, and stories want it ahead of them
PREPARE = "from tagwerk.site.demo.start import start; start(None)"


def shared_by_workers(folders: pytest.TempPathFactory, worker: str) -> Path:
    """Give the folder that all workers of this run share."""
    own = folders.getbasetemp()
    return own if worker == "master" else own.parent


def copy(shared: Path, folder: Path, database: str) -> str:
    """Copy the prepared house into `folder`; on PostgreSQL gives the address of a `database` that is a copy, too."""
    url = os.environ.get("DATABASE_URL", "")
    with locked(shared / f"{NAME}.lock"):
        ready = shared / NAME
        if ready.exists() and time.time() - ready.stat().st_mtime > FRESH:
            shutil.rmtree(ready)
        if not ready.exists():
            _prepare(shared, url)
        if url:
            _make_database(url, database, f'TEMPLATE "{NAME}"')
        shutil.copytree(ready, folder, dirs_exist_ok=True)
    return _renamed(url, database) if url else ""


def _prepare(shared: Path, url: str) -> None:
    making = shared / f"{NAME}.making"
    making.mkdir()
    settings = environment(making) | {"TAGWERK_DEMO": "1"}
    if url:
        _make_database(url, NAME)
        settings["DATABASE_URL"] = _renamed(url, NAME)
    done = subprocess.run([sys.executable, "-c", PREPARE], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    making.rename(shared / NAME)


def _make_database(url: str, name: str, source: str = "") -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" {source}'.encode())


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
