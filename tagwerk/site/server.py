"""Runs the web server in this process."""

import asyncio
import logging
import socket
from typing import Any, Literal

import uvicorn

LARGEST_HEAD = 32 * 1024  # for h11; heads.py says the same for httptools
BACKLOG = 4096


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
    """uvicorn with a call at the moment from which requests are answered."""

    def __init__(self, config: uvicorn.Config, *, when_ready: object = None) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started and callable(self._when_ready):
            self._when_ready()


def configured(application: Any, *, lifespan: Literal["on", "off"] = "on") -> uvicorn.Config:
    """Give the server's settings; whichever parser is there, heads are bounded."""
    return uvicorn.Config(
        application,
        http=_parser(),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who stands in front is said by TAGWERK_PROXIES, not by the caller
        lifespan=lifespan,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=15,
    )


def _parser() -> type[asyncio.Protocol] | Literal["h11"]:
    try:
        from tagwerk.site.heads import BoundedHeads  # noqa: PLC0415 - only where httptools is installed
    except ImportError:
        return "h11"
    return BoundedHeads


def run(listener: socket.socket, *, when_ready: object = None) -> None:
    """Serve until a signal comes; open streams are ended after a short time."""
    from tagwerk.site.asgi import application  # noqa: PLC0415 - Django starts only once the address is ours
    from tagwerk.site.crowds import crowds  # noqa: PLC0415

    crowds.listens(*listener.getsockname()[:2])
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    Server(configured(application), when_ready=when_ready).run(sockets=[listener])
