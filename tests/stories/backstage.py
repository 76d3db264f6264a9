"""A second process beside a running Tagwerk, on the same database: it does what no page can, at once."""

import contextlib
import io
import json
import subprocess
import sys
import traceback
from functools import cached_property


class Backstage:
    """Runs Python inside the program's settings; starts at the first call and stays, for a start costs seconds."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    def run(self, code: str) -> str:
        """Run the code with names of its own; gives what it printed, or raises what went wrong as text."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(code), file=self._process.stdin, flush=True)
        fault, printed = json.loads(self._process.stdout.readline())
        assert not fault, fault
        return str(printed).strip()

    def leave(self) -> None:
        """End the process, if it was ever needed."""
        if "_process" in self.__dict__:
            self._process.communicate(timeout=20)
            del self._process

    @cached_property
    def _process(self) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.stories.backstage"]
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def answer(code: str) -> tuple[str, str]:
    """Run one piece of code; gives its fault (or nothing) and what it printed."""
    from django.db import close_old_connections

    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(code, {"__name__": "backstage"})  # noqa: S102 - the stories' own words
    except Exception:  # noqa: BLE001 - whatever it is, the story tells it
        return traceback.format_exc(), ""
    finally:
        close_old_connections()
    return "", printed.getvalue()


def main() -> None:
    """Answer line by line until nobody asks any more."""
    import django

    django.setup()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
