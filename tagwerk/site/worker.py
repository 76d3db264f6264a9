"""One of several web workers: answers pages and hands streams over to the process that holds them.

Started by the supervisor: `python -m tagwerk.site.worker NUMBER LISTENER END LIFELINE READY`, all but the first
numbers of inherited descriptors.
"""

import logging
import os
import socket
import sys

import django

from tagwerk.site import server
from tagwerk.site.children import end_with


def main(number: int, listener: int, end: int, lifeline: int, ready: int) -> None:
    """Serve until a signal comes or the supervisor is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tagwerk.site.settings")
    django.setup()
    from tagwerk.live.handing import Away  # noqa: PLC0415 - Django has to be set up first
    from tagwerk.site import asgi  # noqa: PLC0415
    from tagwerk.site.crowds import crowds  # noqa: PLC0415

    end_with(lifeline)
    server.allow_many_streams()
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    wire = socket.socket(fileno=listener)
    if number == 1:  # one of them keeps the house
        crowds.listens(*wire.getsockname()[:2])
    else:
        asgi.application.chores = asgi.OWN_CHORES
    config = server.configured(asgi.application, usher=Away(socket.socket(fileno=end)), shelf=asgi.shelf)
    server.Server(config, when_ready=lambda: os.write(ready, bytes([number]))).run(sockets=[wire])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:6]))
