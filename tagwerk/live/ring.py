"""A ring of finished messages for one event, audience and language; listeners own a cursor into it."""

from collections import deque
from dataclasses import dataclass

SIZE = 256
LONGEST_CURSOR = 40


@dataclass(frozen=True)
class Entry:
    """One message, ready to be sent; `replaces` is the name of the place it shares with older ones."""

    revision: int
    replaces: str
    data: bytes


def encode(epoch: int, revision: int, message: str) -> bytes:
    """Give a message as the stream sends it: `id` and one `data` line."""
    return f"id: {epoch}-{revision}\ndata: {message}\n\n".encode()


def parse_cursor(text: str) -> tuple[int, int] | None:
    """Read `<epoch>-<revision>`; None when it is nothing of the kind."""
    epoch, dash, revision = text.strip().partition("-")
    if dash and epoch.isascii() and epoch.isdigit() and revision.isascii() and revision.isdigit():
        return (int(epoch), int(revision)) if len(text) <= LONGEST_CURSOR else None
    return None


class Ring:
    """The last `SIZE` messages; of a replaceable one only the newest is kept.

    `floor` is the highest revision that has fallen out: who has not seen it must fetch the whole state.
    """

    def __init__(self, *, floor: int = 0) -> None:
        self.floor = floor
        self.head = floor
        self._entries: deque[Entry] = deque()
        self._places: dict[str, Entry] = {}

    def push(self, entry: Entry) -> None:
        """Add the newest message."""
        self.head = entry.revision
        older = self._places.pop(entry.replaces, None) if entry.replaces else None
        if older is not None:
            self._entries.remove(older)
        if entry.replaces:
            self._places[entry.replaces] = entry
        self._entries.append(entry)
        while len(self._entries) > SIZE:
            fallen = self._entries.popleft()
            self._places.pop(fallen.replaces, None)
            self.floor = fallen.revision

    def reaches(self, revision: int) -> bool:
        """Tell whether everything after `revision` is still here."""
        return self.floor <= revision <= self.head

    def after(self, revision: int) -> list[bytes]:
        """Give all messages after `revision`, in order; the bytes are shared by all who hear them."""
        newer: list[bytes] = []
        for entry in reversed(self._entries):
            if entry.revision <= revision:
                break
            newer.append(entry.data)
        newer.reverse()
        return newer
