"""A proxy as some offices have one: it passes everything on, but keeps streams to itself."""

import contextlib
import socket
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def holding_streams_back(port: int) -> Iterator[int]:
    """Listen beside the server on `port`; answers to `/live` are collected and never handed on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, port), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, port: int) -> None:
    with contextlib.suppress(OSError):  # the test is over
        while True:
            caller, _address = listener.accept()
            threading.Thread(target=_serve, args=(caller, port), daemon=True).start()


def _serve(caller: socket.socket, port: int) -> None:
    server = socket.create_connection(("127.0.0.1", port))
    is_held = threading.Event()

    def upwards() -> None:
        with contextlib.suppress(OSError):
            while data := caller.recv(65536):
                if b"/live?" in data.partition(b"\r\n")[0]:
                    is_held.set()
                server.sendall(data)
            server.shutdown(socket.SHUT_RDWR)

    threading.Thread(target=upwards, daemon=True).start()
    with contextlib.suppress(OSError):
        while data := server.recv(65536):
            if not is_held.is_set():
                caller.sendall(data)
        caller.close()
