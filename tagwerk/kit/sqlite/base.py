"""The database engine `tagwerk.kit.sqlite`: acknowledged means on disk."""

import functools
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


@functools.lru_cache(maxsize=512)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class CursorWrapper(base.SQLiteCursorWrapper):
    """Django's cursor; it remembers how a statement looks in SQLite's own style."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Give a statement as SQLite reads it."""
        if param_names is None:
            return _with_question_marks(query)
        return str(super().convert_query(query, param_names=param_names))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend with `synchronous=FULL` and a journal that fits the library."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open a connection whose commits survive a power cut."""
        connection = super().get_new_connection(conn_params)
        connection.execute(f"PRAGMA journal_mode={_journal_mode()}")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Give a cursor."""
        return self.connection.cursor(factory=CursorWrapper)
