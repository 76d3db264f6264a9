"""What every test gets: the plugins of this folder, and marks that follow from where a test lies."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.browser", "tests.hands", "tests.languages", "tests.postgres", "tests.town"]

RUSHES = {
    "test_the_day_has_a_rhythm.py",
    "test_topic_backed_by_enough_people_enters_the_programme.py",
    "test_two_moderators_never_lose_an_update.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let actions run on both databases, by their place and not by a line each must remember.

    What decides is tested there. Of the stories, those in which most people write at once run on both, too.
    """
    for item in items:
        if item.path.name in {"test_actions.py", *RUSHES} or "actions" in Path(item.path).parts:
            item.add_marker("both_databases")


@pytest.fixture(autouse=True)
def no_search_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin no search in a thread of its own: it would see nothing of a test's transaction."""
    monkeypatch.setattr("tagwerk.barcamp.planner.runs._follow_aside", lambda *_given: None)
