"""The doorbell: tells the hub of this process that a stream has news; carries a number, never a payload."""

import threading
from collections.abc import Callable


class Bell:
    """Rings every listener of this process with the number of a stream; safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Callable[[int], None]] = []

    def ring(self, stream: int) -> None:
        """Say that `stream` has news."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(stream)

    def connect(self, listener: Callable[[int], None]) -> Callable[[], None]:
        """Have `listener` called at each ring; gives the function that ends it."""
        with self._lock:
            self._listeners.append(listener)

        def disconnect() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return disconnect


bell = Bell()
