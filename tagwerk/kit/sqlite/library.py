"""Chooses the SQLite library: `pysqlite3` where it is installed, else Python's own."""

import contextlib
import importlib
import sys
from collections.abc import Iterator

FIRST_SOUND = (3, 51, 3)
SOUND_BACKPORTS = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}


def is_sound(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite version is free of the WAL-reset fault (sqlite.org, fixed in 3.51.3)."""
    backport = SOUND_BACKPORTS.get((version[0], version[1]))
    return version >= FIRST_SOUND or (backport is not None and version >= backport)


@contextlib.contextmanager
def swapped() -> Iterator[None]:
    """While open, `import sqlite3` gives `pysqlite3`; nothing changes where that is missing."""
    try:
        replacement = importlib.import_module("pysqlite3")
        driver = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        yield
        return
    names = {"sqlite3": replacement, "sqlite3.dbapi2": driver}
    before = {name: sys.modules.get(name) for name in names}
    sys.modules.update(names)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
