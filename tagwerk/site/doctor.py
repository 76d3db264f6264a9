"""Looks an installation over: each check gives one finding, and what to do when it is not well."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connection

from tagwerk.site import environment
from tagwerk.site.cli_serve import pending_migrations

OLDEST = (3, 11)
LITTLE, TIGHT = 2 * 1024**3, 200 * 1024**2  # bytes
SHORTEST_KEY = 32


@dataclass(frozen=True)
class Finding:
    """What a check found; `todo` is empty when all is well."""

    name: str
    state: Literal["ok", "warn", "bad"]
    found: str
    todo: str = ""


def examine() -> Iterator[Finding]:
    """Run every check; one that cannot even be made counts as bad."""
    for check in CHECKS:
        try:
            yield check()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the other checks go on
            yield Finding(check.__name__.strip("_"), "bad", f"{type(fault).__name__}: {fault}", "See the line above.")


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    is_fine = sys.version_info >= OLDEST
    return Finding("python", "ok" if is_fine else "bad", found, "" if is_fine else "Install Python 3.11 or newer.")


def _sqlite() -> Finding:
    if settings.IS_POSTGRESQL:
        return Finding("sqlite", "ok", "not used")
    from tagwerk.kit.sqlite.library import is_sound  # noqa: PLC0415 - only where SQLite is used

    library: Any = connection.Database  # type: ignore[attr-defined]  # every backend has one
    version = str(library.sqlite_version)
    if is_sound(library.sqlite_version_info):
        return Finding("sqlite", "ok", version)
    advice = "pip install pysqlite3; until then the slower TRUNCATE journal is used, which is safe."
    return Finding("sqlite", "warn", f"{version} can damage a database in WAL mode", advice)


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding("database", "ok", f"{connection.vendor} answers")


def _tables() -> Finding:
    try:
        waiting = pending_migrations()
    except Error as fault:
        return Finding("tables", "bad", str(fault), "Make the database reachable.")
    if waiting:
        return Finding("tables", "bad", f"{len(waiting)} changes are missing", "tagwerk manage migrate")
    return Finding("tables", "ok", "up to date")


def _static() -> Finding:
    built = Path(__file__).resolve().parent.parent / "kit" / "static" / "build" / "app.css"
    if not built.exists():
        return Finding("static files", "bad", "not built", "From a clone: python3 dev.py setup")
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding("static files", "warn", "built, not gathered yet", "The first start of tagwerk serve does it.")
    return Finding("static files", "ok", str(settings.STATIC_ROOT))


def _secret_key() -> Finding:
    given = environment.text("SECRET_KEY")
    if given and len(given) < SHORTEST_KEY:
        return Finding("secret key", "bad", f"{len(given)} characters", "Use at least 32 random ones, or none at all.")
    place = environment.data_folder() / "secret-key"
    if not given and place.exists() and os.name == "posix" and place.stat().st_mode & 0o077:
        return Finding("secret key", "bad", f"{place} can be read by others", f"chmod 600 {place}")
    return Finding("secret key", "ok", "from the environment" if given else f"in {place}")


def _address() -> Finding:
    url = settings.BASE_URL
    host = urlsplit(url).hostname or ""
    if not url:
        return Finding("address", "warn", "TAGWERK_URL is not set", "Set it before people come: QR codes carry it.")
    if settings.TAGWERK_DEMO and host not in ("localhost", "127.0.0.1", "::1"):
        return Finding("address", "bad", f"the demo at {url}", "Everybody is the moderator there: unset TAGWERK_DEMO.")
    if host not in settings.ALLOWED_HOSTS:
        return Finding("address", "bad", f"{host} would be refused", f"TAGWERK_HOSTS={host}")
    if url.startswith("https://") != settings.IS_HTTPS:
        return Finding(
            "address", "bad", f"{url} and TAGWERK_HTTPS contradict each other", "Say https in both, or none."
        )
    if settings.IS_HTTPS and not settings.TAGWERK_PROXIES:
        advice = "The proxy that ends TLS counts: TAGWERK_PROXIES=1"
        return Finding("address", "bad", f"{url}, but no proxy is believed", advice)
    return Finding("address", "ok", url)


def _data_folder() -> Finding:
    folder = environment.data_folder()
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("data folder", "ok", str(folder))
    except OSError as fault:
        return Finding("data folder", "bad", f"{folder}: {fault.strerror}", "Let the server's user write there.")


def _space() -> Finding:
    free = shutil.disk_usage(environment.data_folder()).free
    found = f"{free / 1024**3:.1f} GiB free"
    if free < TIGHT:
        return Finding("disk", "bad", found, "Make room now: without it nothing can be stored.")
    return (
        Finding("disk", "warn", found, "Make room before the event.") if free < LITTLE else Finding("disk", "ok", found)
    )


CHECKS: tuple[Callable[[], Finding], ...] = (
    _python,
    _sqlite,
    _database,
    _tables,
    _static,
    _secret_key,
    _address,
    _data_folder,
    _space,
)
