"""Letters: a mail is written down in the transaction of what it tells, and goes out afterwards, once."""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection as database
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from tagwerk.kit.models import Letter
from tagwerk.kit.text import clean
from tagwerk.kit.writer import action

WAITS = (1, 5, 15, 60, 180, 360, 720)  # minutes until the next try
MOST_UNSURE = 2  # the same letter may arrive twice where a server fell silent, never more often
AT_ONCE = 20
LONGEST_SUBJECT = 200
NEVER = 500  # a server's answer from here on is final
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Text:
    """The words of a mail."""

    subject: str
    body: str


def is_mail_on() -> bool:
    """Tell whether this house can send mail."""
    return bool(settings.TAGWERK_MAIL)


@action
def write_letter(scope: str, key: str, recipient: str, text: Text, *, reply_to: str = "", about: str = "") -> bool:
    """Write a mail that goes out after the commit; False when this reason was mailed already, or nothing is sent here."""
    if not is_mail_on() or not recipient or Letter.objects.filter(key=key).exists():
        return False
    now = timezone.now()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    Letter.objects.create(
        scope=scope,
        key=key,
        about=about,
        recipient=recipient,
        reply_to=reply_to,
        subject=clean(text.subject)[:LONGEST_SUBJECT],
        body=text.body,
        message_id=f"<{get_random_string(24).lower()}@{domain}>",
        written_at=now,
        due_at=now,
    )
    return True


def post_letters() -> None:
    """Send what is due, each letter for itself: one that fails holds no other back."""
    try:
        if is_mail_on():
            for letter in Letter.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")[:AT_ONCE]:
                post(letter, timezone.now())
    finally:
        database.close()


def post(letter: Letter, now: datetime) -> bool:
    """Try to send one letter; tells whether the server took it."""
    if not _take(letter, now):
        return False
    try:
        server = get_connection()
        server.open()
    except (OSError, smtplib.SMTPException, ssl.SSLError) as fault:
        _note(letter, fault, is_sure=True)
        return False
    try:
        server.send_messages([_message(letter)])
    except smtplib.SMTPResponseException as fault:
        _note(letter, fault, is_sure=True, is_final=fault.smtp_code >= NEVER)
    except smtplib.SMTPRecipientsRefused as fault:
        codes = [code for code, _words in fault.recipients.values()]
        _note(letter, fault, is_sure=True, is_final=max(codes, default=NEVER) >= NEVER)
    except (OSError, smtplib.SMTPException) as fault:
        _note(letter, fault, is_sure=False)
    except ValueError as fault:  # words that no mail can carry
        _note(letter, fault, is_sure=True, is_final=True)
    else:
        _done(letter, timezone.now())
        return True
    finally:
        _close(server)
    return False


@action
def forget_letters(scope: str) -> int:
    """Forget to whom one wrote; gives the number of letters."""
    return Letter.objects.filter(scope=scope).delete()[0]


@action
def withdraw_letters(letters: QuerySet[Letter]) -> int:
    """Forget to whom letters go and what they say; nothing more of them is sent. Gives their number.

    Their reasons stay: who has something deleted and asks again gets no second mail for the same one.
    """
    return letters.update(about="", recipient="", reply_to="", subject="", body="", fault="", due_at=None)


@action
def _take(letter: Letter, now: datetime) -> bool:
    """Take a letter for one try: before it, nobody knows how it will end."""
    if letter.due_at is None:
        return False
    wait = timedelta(minutes=WAITS[min(letter.tries, len(WAITS) - 1)])
    is_last = letter.tries >= len(WAITS) or letter.unsure + 1 >= MOST_UNSURE
    due = Letter.objects.filter(pk=letter.pk, due_at=letter.due_at, tries=letter.tries)
    letter.tries, letter.unsure = letter.tries + 1, letter.unsure + 1
    letter.due_at = None if is_last else now + wait
    return bool(due.update(due_at=letter.due_at, tries=letter.tries, unsure=letter.unsure))


@action
def _note(letter: Letter, fault: Exception, *, is_sure: bool, is_final: bool = False) -> None:
    """Remember why a try failed; `is_sure` that nothing arrived, `is_final` that no other try would help."""
    log.warning("letter %s: %s", letter.pk, type(fault).__name__)
    if is_sure:
        letter.unsure -= 1
        if letter.due_at is None and letter.tries < len(WAITS):
            letter.due_at = timezone.now() + timedelta(minutes=WAITS[letter.tries])
    if is_final:
        letter.due_at = None
    letter.fault = clean("".join(c if c.isprintable() else " " for c in str(fault)))[:200]
    if letter.due_at is None:
        letter.body = ""
    said = {name: getattr(letter, name) for name in ("unsure", "due_at", "fault", "body")}
    Letter.objects.filter(pk=letter.pk).exclude(recipient="").update(**said)  # not one withdrawn meanwhile


@action
def _done(letter: Letter, now: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(sent_at=now, due_at=None, body="", fault="")


def _message(letter: Letter) -> EmailMessage:
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    reply_to = [letter.reply_to] if letter.reply_to else None
    return EmailMessage(letter.subject, letter.body, None, [letter.recipient], reply_to=reply_to, headers=headers)


def _close(server: object) -> None:
    try:
        server.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        log.debug("a mail server went without a word")
