"""The process that only holds streams: takes connections from the web workers and outlives them all.

Started by the supervisor: `python -m tagwerk.site.streams END LIFELINE`, both numbers of inherited descriptors.
"""

import asyncio
import gc
import os
import signal
import socket
import sys

import django

from tagwerk.site import server
from tagwerk.site.children import end_with


def main(end: int, lifeline: int) -> None:
    """Serve streams until a signal comes or the supervisor is gone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tagwerk.site.settings")
    django.setup()
    server.allow_many_streams()
    end_with(lifeline)
    gc.collect()
    gc.freeze()
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        asyncio.run(_serve(end))
    else:
        uvloop.run(_serve(end))


async def _serve(end: int) -> None:
    from tagwerk.live.doorbell import doorbell  # noqa: PLC0415 - Django has to be set up first
    from tagwerk.live.handing import Lobby  # noqa: PLC0415
    from tagwerk.live.hub import hub  # noqa: PLC0415
    from tagwerk.live.usher import Here  # noqa: PLC0415

    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    ring = doorbell()
    if ring is not None:
        ring.start()
    lobby = Lobby(socket.socket(fileno=end), Here(hub))
    lobby.open()
    await over.wait()
    lobby.close()
    await hub.stop()
    if ring is not None:
        ring.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
