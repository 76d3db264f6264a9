"""Repeats: the same key and body give the first answer again, with another body a refusal."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.models import Receipt
from tagwerk.kit.prepared import Prepared, add_if_new
from tagwerk.kit.refusals import Invalid
from tagwerk.kit.writer import Again, action

KEPT = timedelta(hours=48)
SAME_FORM = timedelta(minutes=10)
LONGEST_KEY = 128
AT_ONCE = 500  # askers in one question to the database

_receipt = Prepared(lambda scope, key: Receipt.objects.filter(scope=scope, key=key))


@dataclass(frozen=True)
class Answer:
    """What a write answers: an HTTP status and plain values for a body."""

    status: int
    body: Any


@dataclass(frozen=True)
class Repeat:
    """Who asks (`scope`), under which key, with which content, and how long that counts as one request."""

    scope: str
    key: str
    fingerprint: str
    kept: timedelta = KEPT


def keyed(scope: str, key: str, *content: Any) -> Repeat:
    """Describe a request with an `Idempotency-Key`; raises `Invalid` when the key is unusable."""
    if not key.isascii() or not key.isprintable() or len(key) > LONGEST_KEY:
        raise Invalid("idempotency-key", _("Der Schlüssel der Anfrage ist unbrauchbar (höchstens 128 Zeichen)."))
    return Repeat(scope, f"key:{key}", _print(*content))


def unkeyed(scope: str, *content: Any) -> Repeat:
    """Describe a form without a key: the same content from the same device is one request for ten minutes."""
    fingerprint = _print(*content)
    return Repeat(scope, f"form:{fingerprint}", fingerprint, SAME_FORM)


@action
def once(repeat: Repeat, perform: Callable[[], Answer]) -> Answer:
    """Perform a write at most once and remember its answer in the same transaction."""
    now = timezone.now()
    known = _receipt.first(repeat.scope, repeat.key)
    if known and known.given_at > now - repeat.kept:
        if known.fingerprint != repeat.fingerprint:
            raise Invalid("idempotency-key-reused", _("Dieser Schlüssel gehört zu einer anderen Anfrage."))
        return Answer(known.status, known.body)
    if known:
        known.delete()
    answer = perform()
    body = json.loads(json.dumps(answer.body, cls=DjangoJSONEncoder))
    receipt = Receipt(
        scope=repeat.scope,
        key=repeat.key,
        fingerprint=repeat.fingerprint,
        status=answer.status,
        body=body,
        given_at=now,
    )
    if not add_if_new(receipt):
        raise Again  # somebody else was given the first answer meanwhile
    return Answer(answer.status, body)


@action
def forget_old_receipts() -> int:
    """Delete the receipts whose time is over; gives their number."""
    return Receipt.objects.filter(given_at__lt=timezone.now() - KEPT).delete()[0]


@action
def forget_receipts(scopes: Sequence[str]) -> None:
    """Delete every answer that these askers were given."""
    for first in range(0, len(scopes), AT_ONCE):
        Receipt.objects.filter(scope__in=scopes[first : first + AT_ONCE]).delete()


def _print(*content: Any) -> str:
    plain = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
