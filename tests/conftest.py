"""What every test gets: the plugins of this folder, and marks that follow from where a test lies."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.browser", "tests.hands", "tests.languages", "tests.postgres", "tests.town"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let actions and stories run on both databases, by their place and not by a line each must remember.

    Stories that only look at the filled house (the fixture `tour`) need the other database once: see the one that
    carries the mark itself.
    """
    for item in items:
        folders = Path(item.path).parts
        only_looks = "tour" in getattr(item, "fixturenames", ())
        if item.path.name == "test_actions.py" or "actions" in folders or ("stories" in folders and not only_looks):
            item.add_marker("both_databases")
