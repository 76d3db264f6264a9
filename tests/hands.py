"""Many hands at once: a real database that threads and processes share, with the door that belongs to it."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tagwerk.kit.writer import writer_thread

SQLITE = {
    "ENGINE": "tagwerk.kit.sqlite",
    "CONN_MAX_AGE": 0,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
}
DOORS = ("thread", "pool")


@contextlib.contextmanager
def elsewhere(**database: Any) -> Iterator[None]:
    """Let `default` be another database for a while, for this thread and all that begin meanwhile."""
    usual, connection = connections.settings["default"], connections["default"]
    connections.settings["default"] = {**usual, "HOST": "", "PORT": "", "USER": "", "PASSWORD": "", **database}
    del connections["default"]
    try:
        yield
    finally:
        writer_thread.stop()
        connections["default"].close()
        if connections["default"].vendor == "postgresql":
            connections["default"].close_pool()  # type: ignore[attr-defined]
        connections.settings["default"] = usual
        connections["default"] = connection


def postgresql(folder: str, name: str) -> dict[str, Any]:
    """Describe a database of the run's throw-away cluster."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": "tagwerk",
        "HOST": folder,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Give a SQLite file with all tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("house") / "template.sqlite3"
    with django_db_blocker.unblock(), elsewhere(**SQLITE, NAME=str(path)):
        call_command("migrate", verbosity=0)
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def house_file(
    migrated_file: Path, tmp_path: Path, settings: LazySettings, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """Move into a SQLite file of our own, written by the writer thread."""
    path = tmp_path / "house.sqlite3"
    shutil.copy(migrated_file, path)
    settings.TAGWERK_WRITER = "thread"
    with django_db_blocker.unblock(), elsewhere(**SQLITE, NAME=str(path)):
        yield path


@pytest.fixture(scope="session")
def migrated_database(postgres_url: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> tuple[str, str]:
    """Give folder and name of a PostgreSQL database with all tables and no rows, to be copied."""
    folder, name = postgres_url.partition("host=")[2], f"house_{worker_id}"
    with psycopg.connect(host=folder, user="tagwerk", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    with django_db_blocker.unblock(), elsewhere(**postgresql(folder, name)):
        call_command("migrate", verbosity=0)
    return folder, name


@pytest.fixture
def house_database(
    migrated_database: tuple[str, str], settings: LazySettings, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Move into a PostgreSQL database of our own, written by the callers' threads."""
    folder, template = migrated_database
    name = f"{template}_now"
    settings.TAGWERK_WRITER = "pool"
    with psycopg.connect(host=folder, user="tagwerk", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        with django_db_blocker.unblock(), elsewhere(**postgresql(folder, name)):
            yield
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DOORS)
def house(request: pytest.FixtureRequest) -> str:
    """Move into a real database, once SQLite with the writer thread and once PostgreSQL with the pool."""
    door = str(request.param)
    request.getfixturevalue({"thread": "house_file", "pool": "house_database"}[door])
    return door
