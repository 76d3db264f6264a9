"""Runs the web server in this process."""

import logging
import socket

import uvicorn

LARGEST_HEAD = 32 * 1024
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


def run(listener: socket.socket, *, when_ready: object = None) -> None:
    """Serve until a signal comes; open streams are ended after a short time."""
    from tagwerk.site.asgi import application  # noqa: PLC0415 - Django starts only once the address is ours

    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who stands in front is said by TAGWERK_PROXIES, not by the caller
        lifespan="on",
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=15,
    )
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    Server(config, when_ready=when_ready).run(sockets=[listener])
