"""Runs the web server in this process."""

import asyncio
import logging
import socket
from typing import TYPE_CHECKING, Any, Literal

import uvicorn

if TYPE_CHECKING:  # Django is not set up yet when this module is loaded
    from tagwerk.kit.shelf import Shelf
    from tagwerk.live.usher import Usher

LARGEST_HEAD = 32 * 1024  # for h11; heads.py says the same for httptools
BACKLOG = 4096
OTHER_FILES = 500  # that are not streams: pages, the database, our own
TICKS = 10  # of uvicorn's, in a second


def bind(host: str, port: int) -> socket.socket:
    """Take an address before anything else is started; raises OSError when somebody else has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener


class Server(uvicorn.Server):
    """uvicorn with a call at the moment from which requests are answered, and an eye on those who let us wait."""

    def __init__(self, config: uvicorn.Config, *, when_ready: object = None) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started and callable(self._when_ready):
            self._when_ready()

    async def on_tick(self, counter: int) -> bool:
        """Do what is due ten times a second; once a second look at all connections."""
        if counter % TICKS == 0:
            now = asyncio.get_running_loop().time()
            for connection in list(self.server_state.connections):
                getattr(connection, "close_if_late", _nothing)(now)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams first: they would be waited for."""
        usher = getattr(self.config.http, "usher", None)
        if usher is not None:
            usher.close()
        await super().shutdown(sockets=sockets)


def _nothing(_now: float) -> None:
    """Do nothing: h11 has no deadlines of ours."""


def configured(
    application: Any,
    *,
    usher: "Usher | None" = None,
    shelf: "Shelf | None" = None,
    lifespan: Literal["on", "off"] = "on",
) -> uvicorn.Config:
    """Give the server's settings; whichever parser is there, heads are bounded."""
    return uvicorn.Config(
        application,
        http=_protocol(usher, shelf),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who stands in front is said by TAGWERK_PROXIES, not by the caller
        lifespan=lifespan,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=15,
    )


def _protocol(usher: "Usher | None", shelf: "Shelf | None") -> type[asyncio.Protocol] | Literal["h11"]:
    try:
        from tagwerk.site.doorway import Doorway  # noqa: PLC0415 - only where httptools is installed
    except ImportError:
        return "h11"
    return type("Doorway", (Doorway,), {"usher": usher, "shelf": shelf})


def allow_many_connections() -> int | None:
    """Let this process have as many files open as the system allows it to ask for; gives how many."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard if hard != resource.RLIM_INFINITY else None


def allow_many_streams() -> None:
    """Leave files for pages and the database when there are fewer than listeners may come."""
    from django.conf import settings  # noqa: PLC0415 - Django starts only once the address is ours

    files = allow_many_connections()
    if files is not None:
        settings.TAGWERK_MAX_STREAMS = min(settings.TAGWERK_MAX_STREAMS, max(1, files - OTHER_FILES))


def run(listener: socket.socket, *, when_ready: object = None) -> None:
    """Serve until a signal comes; open streams are ended after a short time."""
    from tagwerk.site.asgi import application, shelf, usher  # noqa: PLC0415 - Django starts only once the address is ours
    from tagwerk.site.crowds import crowds  # noqa: PLC0415

    allow_many_streams()
    crowds.listens(*listener.getsockname()[:2])
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    Server(configured(application, usher=usher, shelf=shelf), when_ready=when_ready).run(sockets=[listener])
