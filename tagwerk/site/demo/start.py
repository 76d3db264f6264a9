"""Gets the demo's database ready: tables, the event, its people."""

from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

from tagwerk.site.cli_serve import collect_static
from tagwerk.timetable.problem import read

if TYPE_CHECKING:
    from tagwerk.site.demo.event import Keys


def start(source: Path | None) -> "Keys":
    """Bring the tables up to date and load the demo; with `source` from a timetabling file."""
    problem = read(source) if source else None
    django.setup()
    call_command("migrate", verbosity=0)
    collect_static()
    from tagwerk.site.demo.event import prepare  # noqa: PLC0415 - models need Django to be set up

    return prepare(problem)
