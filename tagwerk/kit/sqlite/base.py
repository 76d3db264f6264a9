"""The database engine `tagwerk.kit.sqlite`: acknowledged means on disk."""

import logging
from typing import Any

from tagwerk.kit.sqlite.library import is_sound, swapped

with swapped():
    from django.db.backends.sqlite3 import base

    library = base.Database  # type: ignore[attr-defined] # Django's own name for the driver module

log = logging.getLogger(__name__)
_warned: set[str] = set()


def _journal_mode() -> str:
    version = library.sqlite_version_info
    if is_sound(version):
        return "WAL"
    if "journal" not in _warned:
        _warned.add("journal")
        log.warning(
            "SQLite %s can damage a database in WAL mode; using the slower TRUNCATE journal. "
            "Install the package pysqlite3 for full speed.",
            library.sqlite_version,
        )
    return "TRUNCATE"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend with `synchronous=FULL` and a journal that fits the library."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection whose commits survive a power cut."""
        connection = super().get_new_connection(conn_params)
        connection.execute(f"PRAGMA journal_mode={_journal_mode()}")
        connection.execute("PRAGMA synchronous=FULL")
        return connection
