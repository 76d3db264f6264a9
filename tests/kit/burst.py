"""A process that acknowledges writes until it is killed: `python -m tests.kit.burst DATABASE`."""

import sys
import threading

import django
from django.conf import settings


def main(path: str) -> None:
    """Write receipts from eight threads and say each key once it is stored."""
    import tests.settings  # noqa: F401 - names the test's own folder before Django reads the settings

    django.setup()
    from tagwerk.kit.receipts import Answer, keyed, once

    settings.DATABASES["default"]["NAME"] = path
    settings.TAGWERK_WRITER = "thread"
    say = threading.Lock()

    def write(writer: int) -> None:
        for number in range(10_000):
            key = f"{writer}-{number}"
            once(keyed("burst", key, number), lambda: Answer(201, {}))
            with say:
                sys.stdout.write(f"{key}\n")
                sys.stdout.flush()

    for writer in range(8):
        threading.Thread(target=write, args=[writer]).start()


if __name__ == "__main__":
    main(sys.argv[1])
