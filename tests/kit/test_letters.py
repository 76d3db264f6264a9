"""Mail over a real SMTP conversation: once, the same id when tried again, never more than one repeat in doubt."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone

from tagwerk.kit.letters import Text, _note, forget_letters, post, post_letters, withdraw_letters, write_letter
from tagwerk.kit.models import Letter

pytestmark = pytest.mark.django_db


@dataclass
class Server:
    """A mail server for one test; `mode` is how it answers the words of a mail: ok, busy, never, silent."""

    mode: str = "ok"
    mails: list[str] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, _address = listener.accept()
            except OSError:
                return
            with caller, caller.makefile("rwb") as line:
                self._talk(line)

    def _talk(self, line: object) -> None:
        def say(words: bytes) -> None:
            line.write(words + b"\r\n")  # type: ignore[attr-defined]
            line.flush()  # type: ignore[attr-defined]

        say(b"220 here")
        for raw in line:  # type: ignore[attr-defined]
            word = raw[:4].upper().strip()
            if word == b"RCPT" and self.mode == "never":
                say(b"550 nobody here")
            elif word == b"DATA":
                say(b"354 go on")
                self.mails.append(self._words(line))
                if self.mode == "silent":
                    return
                say(b"451 later" if self.mode == "busy" else b"250 taken")
            elif word == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 fine")

    def _words(self, line: object) -> str:
        lines = []
        for raw in line:  # type: ignore[attr-defined]
            if raw == b".\r\n":
                break
            lines.append(raw.decode())
        return "".join(lines)


@pytest.fixture
def server(settings: LazySettings) -> Iterator[Server]:
    settings.TAGWERK_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "127.0.0.1", False, 5
    settings.DEFAULT_FROM_EMAIL = "Stadt <ogt@stadt.example>"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_PORT = listener.getsockname()[1]
        made = Server()
        threading.Thread(target=made.serve, args=(listener,), daemon=True).start()
        yield made


def written(key: str = "reason", subject: str = "Grüße") -> Letter:
    assert write_letter("test", key, "kim@stadt.example", Text(subject, "Wörter"), reply_to="wir@stadt.example")
    return Letter.objects.get(key=key)


def again(letter: Letter) -> bool:
    letter.refresh_from_db()
    return letter.due_at is not None and post(letter, letter.due_at)


def test_a_letter_goes_out_once_and_its_words_go_with_it(server: Server) -> None:
    letter = written(subject="Grüße\r\nBcc: boese@x.example")
    assert not write_letter("test", "reason", "kim@stadt.example", Text("x", "x"))
    assert post(letter, timezone.now())
    (words,) = server.mails
    assert letter.message_id in words
    assert "\r\nBcc:" not in words
    assert "Reply-To: wir@stadt.example" in words
    letter.refresh_from_db()
    assert (letter.body, letter.due_at) == ("", None)
    assert letter.sent_at
    assert not post(letter, timezone.now())
    assert len(server.mails) == 1
    assert forget_letters("test") == 1


def test_a_busy_server_is_asked_again_later_with_the_same_id(server: Server) -> None:
    letter, server.mode = written(), "busy"
    assert not post(letter, timezone.now())
    letter.refresh_from_db()
    assert (letter.unsure, letter.tries) == (0, 1)
    assert letter.due_at
    assert letter.due_at > timezone.now() + timedelta(seconds=30)
    server.mode = "ok"
    assert again(letter)
    assert all(letter.message_id in words for words in server.mails)


def test_a_letter_that_was_withdrawn_while_it_went_out_stays_so(server: Server) -> None:
    letter, server.mode = written(), "busy"
    withdraw_letters(Letter.objects.filter(pk=letter.pk))
    _note(letter, OSError("away"), is_sure=True)
    letter.refresh_from_db()
    assert (letter.recipient, letter.subject, letter.body, letter.due_at) == ("", "", "", None)
    assert not write_letter("test", "reason", "kim@stadt.example", Text("x", "x")), "its reason stays used"


def test_in_doubt_there_is_one_repeat_and_no_more(server: Server) -> None:
    letter, server.mode = written(), "silent"
    assert not post(letter, timezone.now())
    assert not again(letter)
    assert not again(letter)
    assert len(server.mails) == 2
    letter.refresh_from_db()
    assert (letter.due_at, letter.body, bool(letter.fault)) == (None, "", True)


def test_a_final_no_is_not_argued_with_and_a_missing_server_is_waited_for(
    server: Server, settings: LazySettings
) -> None:
    letter, server.mode = written(), "never"
    assert not post(letter, timezone.now())
    letter.refresh_from_db()
    assert letter.due_at is None
    other, settings.EMAIL_PORT = written("other"), 1
    for _try in range(9):
        other.refresh_from_db()
        if other.due_at:
            post(other, other.due_at)
    other.refresh_from_db()
    assert (other.tries, other.due_at, other.sent_at) == (8, None, None)


def test_without_a_server_nothing_is_written(settings: LazySettings) -> None:
    settings.TAGWERK_MAIL = False
    assert not write_letter("test", "reason", "kim@stadt.example", Text("x", "x"))
    assert not Letter.objects.exists()


def test_one_letter_that_fails_holds_no_other_back(server: Server) -> None:
    written("bad", "x")
    Letter.objects.update(recipient="a@b.example\nBcc: c@d.example")
    written("good")
    post_letters()
    (words,) = server.mails
    assert "To: kim@stadt.example" in words
    bad = Letter.objects.get(key="bad")
    assert (bad.due_at, bad.sent_at, bad.body) == (None, None, "")
