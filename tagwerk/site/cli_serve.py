"""`tagwerk serve`: the production server, configured by the environment."""

import argparse
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import django

from tagwerk.site import environment, server


def main(words: list[str]) -> int:
    """Check, prepare, serve until a signal comes; gives the exit status (2: refused to start)."""
    asked = _parser().parse_args(words)
    try:  # first of all, so that those who come back after a restart wait in the queue instead of being turned away
        listener = server.bind(asked.host, asked.port)
    except OSError as fault:
        print(f"tagwerk serve: {asked.host} port {asked.port} cannot be used ({fault.strerror}).", file=sys.stderr)
        return 1
    refusal = _demo_on_the_net(environment.flag("DEMO"), environment.text("URL")) or _too_many(asked.workers)
    if not refusal:
        django.setup()
        refusal = _tables(migrate=asked.migrate)
    if refusal:
        listener.close()
        print(f"tagwerk serve: {refusal}", file=sys.stderr)
        return 2
    collect_static()
    host, port = listener.getsockname()[:2]

    def say_ready() -> None:
        print(f"ready: http://{host}:{port}/", flush=True)

    try:
        if asked.workers == 1:
            server.run(listener, when_ready=say_ready)
        else:
            _with_workers(listener, asked.workers, say_ready)
    except KeyboardInterrupt:  # raised again by the server once everything is stored and every stream is closed
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tagwerk serve", description="The production server; see docs/operate.md.")
    parser.add_argument("--host", default=environment.text("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=environment.number("PORT", 8000))
    workers = environment.number("WORKERS", 1)
    parser.add_argument("--workers", type=int, default=workers, help="web processes; several need PostgreSQL")
    parser.add_argument("--migrate", action="store_true", help="bring the database's tables up to date first")
    return parser


def _demo_on_the_net(is_demo: bool, url: str) -> str:  # noqa: FBT001 - two plain facts
    """Say why the demo may not be served; an empty string when it may, or when it is none."""
    host = (urlsplit(url).hostname or "").lower()
    if is_demo and url.startswith("https://") and host not in ("localhost", "127.0.0.1", "::1"):
        return f"TAGWERK_DEMO lets everybody be the moderator; it will not run at {url}."
    return ""


def _too_many(workers: int) -> str:
    """Say why there cannot be so many workers; an empty string when there can."""
    if workers == 1:
        return ""
    if workers < 1:
        return "it takes at least one worker."
    if os.name == "nt":
        return "several workers need a system that can hand connections from one process to another, such as Linux."
    if not os.environ.get("DATABASE_URL"):
        return f"{workers} workers need PostgreSQL (DATABASE_URL); SQLite is written by one process only."
    return ""


def _with_workers(listener: socket.socket, workers: int, when_ready: Callable[[], None]) -> None:
    from tagwerk.site.supervisor import Supervisor  # noqa: PLC0415 - Django has to be set up first

    Supervisor(listener, workers, when_ready=when_ready).run()


def _tables(*, migrate: bool) -> str:
    """Bring the tables up to date when asked; else say how many changes they wait for."""
    from django.core.management import call_command  # noqa: PLC0415 - Django has to be set up first

    if migrate:
        call_command("migrate", verbosity=0)
        return ""
    waiting = len(pending_migrations())
    return f"the database waits for {waiting} changes. Back it up, then: tagwerk serve --migrate" if waiting else ""


def pending_migrations() -> list[str]:
    """Name the changes of tables that the database has not seen yet."""
    from django.db import connection  # noqa: PLC0415 - Django has to be set up first
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def collect_static() -> None:
    """Gather style sheets, scripts and pictures under hashed names, unless that was done since they changed."""
    from django.conf import settings  # noqa: PLC0415 - Django has to be set up first
    from django.core.management import call_command  # noqa: PLC0415

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < _newest_source():
        call_command("collectstatic", interactive=False, verbosity=0)


def _newest_source() -> float:
    rooms = Path(__file__).resolve().parent.parent
    return max((path.stat().st_mtime for path in rooms.glob("*/static/**/*") if path.is_file()), default=0.0)
