"""Gets the demo's database ready: tables, the event, its people."""

from pathlib import Path

import django
from django.core.management import call_command

from tagwerk.timetable.problem import read


def start(source: Path | None) -> "Keys":
    """Bring the tables up to date, load the demo and, where asked, the topics of a timetabling file."""
    problem = read(source) if source else None
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from tagwerk.site.demo.event import prepare  # noqa: PLC0415 - models need Django to be set up
    from tagwerk.site.demo.wishes import fill  # noqa: PLC0415

    keys = prepare()
    if problem is not None:
        fill(keys.slug, problem)
    return keys
