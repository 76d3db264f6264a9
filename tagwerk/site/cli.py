"""The command `tagwerk`: serve, demo, plan, doctor, manage."""

import os
import sys
from collections.abc import Callable, Sequence

USAGE = """usage: tagwerk COMMAND ...

  demo     a barcamp that plans itself in front of your eyes
  serve    the production server (configured by TAGWERK_* variables, see docs/configuration.md)
  plan     plan a timetabling file: tagwerk plan PROBLEM.json[.gz] -o PLAN.json
  bench    the product's own benchmarks: live, pages, writes, plan
  doctor   check an installation
  manage   Django's commands: tagwerk manage migrate, tagwerk manage add_person ...

tagwerk COMMAND --help tells more.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if words else 2
    command = COMMANDS.get(words[0])
    if command is None:
        print(f"tagwerk: no such command: {words[0]}\n\n{USAGE}", end="", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tagwerk.site.settings")
    return command(words[1:])


def _demo(words: list[str]) -> int:
    from tagwerk.site.cli_demo import main as demo  # noqa: PLC0415 - each command loads what it needs

    return demo(words)


def _serve(words: list[str]) -> int:
    from tagwerk.site.cli_serve import main as serve  # noqa: PLC0415

    return serve(words)


def _plan(words: list[str]) -> int:
    from tagwerk.timetable.command import main as plan  # noqa: PLC0415

    return plan(words)


def _bench(words: list[str]) -> int:
    from tagwerk.site.cli_bench import main as bench  # noqa: PLC0415

    return bench(words)


def _doctor(words: list[str]) -> int:
    from tagwerk.site.cli_doctor import main as doctor  # noqa: PLC0415

    return doctor(words)


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["tagwerk manage", *words])
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": _demo,
    "serve": _serve,
    "plan": _plan,
    "bench": _bench,
    "doctor": _doctor,
    "manage": _manage,
}
