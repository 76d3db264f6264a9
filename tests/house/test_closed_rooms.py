"""Each room of the third floor can be closed by leaving it out; the rest of the house goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

THIRD_FLOOR = tree.STOREYS[1]
VISIT = """
import django
django.setup()
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
connection.creation.create_test_db(verbosity=0)
from tagwerk.events.actions import found
event = found("fest", "Ein kleines Fest", phase="live")
for address in ("/", "/en/", "/fest/", "/en/fest/", "/fest/schedule/", "/fest/snapshot.json"):
    answer = Client().get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert ROOM not in {config.label for config in apps.get_app_configs()}
from tagwerk.site.dossier.facts import facts
from tagwerk.site.dossier.record import every_activity
from tagwerk.site.housekeeping import forget_persons
from django.utils import timezone
assert len(facts(event)["parts"]) == 5
assert ROOM not in {held.model.partition(".")[0] for activity in every_activity() for held in activity.holdings}
forget_persons(timezone.now())
"""


@pytest.mark.parametrize("room", THIRD_FLOOR)
def test_the_house_stands_with_a_room_closed(room: str, tmp_path: Path) -> None:
    assert run(room, tmp_path, "-m", "tagwerk", "manage", "check") == ""


@pytest.mark.parametrize("room", THIRD_FLOOR)
def test_an_event_can_be_visited_with_a_room_closed(room: str, tmp_path: Path) -> None:
    assert run(room, tmp_path, "-c", f"ROOM = {room!r}\n{VISIT}") == ""


def run(room: str, folder: Path, *arguments: str) -> str:
    """Run Python in a house with one room closed; give what it complains of."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TAGWERK_DATA": str(folder), "TAGWERK_CLOSED_ROOMS": room}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree.ROOT,
        env={**os.environ, **settings, "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr if done.returncode else ""
