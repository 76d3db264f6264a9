"""What stands at each connection: lets listeners and answers that lie ready past Django, and hands on the rest."""

from typing import ClassVar

from tagwerk.kit.shelf import Shelf
from tagwerk.live import door
from tagwerk.live.client import Client
from tagwerk.live.usher import Usher
from tagwerk.site import plain
from tagwerk.site.heads import BoundedHeads

KEEP_ALIVE = 15.0
OK = b"HTTP/1.1 200 OK\r\n"
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\n"
BODY = (b"content-length", b"transfer-encoding", b"expect")


class Doorway(BoundedHeads):
    """Recognises a request when its head is complete, however it came, and before a task exists for it."""

    usher: ClassVar[Usher | None] = None
    shelf: ClassVar[Shelf | None] = None

    _has_left = False
    _is_answered = False  # the rest of the request needs nobody

    def on_headers_complete(self) -> None:
        """Answer here what can be; the application gets the rest."""
        if self.parser.get_method() == b"GET" and not self.is_busy:
            said = dict(self.headers)
            if not any(name in said for name in BODY) and self._sits_down(said):
                self._is_answered = True
                self.head_is_read()
                return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Pass on what belongs to a request of the application."""
        if not self._is_answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        if not self._is_answered:
            super().on_message_complete()
            return
        self._is_answered = False

    def data_received(self, data: bytes) -> None:
        """Answer what lies ready, else read; whoever sat down has left this protocol with nothing behind."""
        is_between = self._head is None and not self._is_within and not self.is_busy
        if is_between and self._is_served(data):
            return
        super().data_received(data)
        if self._has_left:
            self.parser = None  # type: ignore[assignment] # as in uvicorn: it holds us, and we hold it

    @property
    def has_left(self) -> bool:
        """Tell whether a listener took the connection over."""
        return self._has_left

    def _sits_down(self, said: dict[bytes, bytes]) -> bool:
        if self.usher is None or b"/live" not in self.url or [name for name, _v in self.headers].count(b"host") != 1:
            return False
        path, _mark, query = self.url.decode("latin-1").partition("?")
        call = door.read_call(path, query, said.get(b"last-event-id", b"").decode("latin-1"))
        if call is None:
            return False
        client = Client()
        client.connection_made(self.transport)
        self.connections.discard(self)
        self._has_left = True
        if door.is_ours(said[b"host"].decode("latin-1")):
            self.usher.bring(client, call)
        else:
            client.refuse(400)
        return True

    def _is_served(self, data: bytes) -> bool:
        if self.shelf is None or len(data) > plain.LARGEST:
            return False
        asked = plain.read(data)
        if asked is None:
            return False
        answer = self.shelf.ready((asked.host, asked.scheme, asked.path))
        if answer is None:
            return False
        form = answer.form(known=asked.known, packs=asked.packs)
        if form is answer.unchanged:
            self.transport.write(UNCHANGED + self._date() + form.lines)
        else:
            self.transport.writelines([OK + self._date() + form.lines, form.body])
        self._unset_keepalive_if_required()
        self._wait(KEEP_ALIVE)
        self.server_state.total_requests += 1
        return True

    def _date(self) -> bytes:
        return b"".join([name + b": " + value + b"\r\n" for name, value in self.server_state.default_headers])
