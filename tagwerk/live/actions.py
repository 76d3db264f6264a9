"""Tells a change: numbered, rendered and stored in the same transaction as what it tells."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation

from tagwerk.kit.language import german
from tagwerk.kit.prepared import add
from tagwerk.kit.writer import action
from tagwerk.live import wiring
from tagwerk.live.bell import bell
from tagwerk.live.changes import AUDIENCES, CREW, PUBLIC, Fact
from tagwerk.live.models import Change, Stream

LANGUAGES = ("de", "en")

_undone: ContextVar[int | None] = ContextVar("undone", default=None)

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@action
def open_stream(number: int, *, informal: bool) -> Stream:
    """Begin (or re-word) the ledger of one event; `informal` chooses *du*."""
    languages = {"de": german(informal=informal), "en": "en"}
    return Stream.objects.update_or_create(number=number, defaults={"languages": languages})[0]


def hold(stream: int) -> None:
    """Take the event's turn until the commit, so that two actions on one event run one after the other.

    Belongs at the beginning of every action that decides by what it reads. SQLite has one writer anyway;
    PostgreSQL locks the counter row.
    """
    if connection.features.has_select_for_update:
        Stream.objects.select_for_update().get(pk=stream)


@contextmanager
def undoing(revision: int) -> Iterator[None]:
    """Let all that is told meanwhile say that it takes back the change of a revision."""
    token = _undone.set(revision)
    try:
        yield
    finally:
        _undone.reset(token)


@action
def tell(stream: int, fact: Fact, *, actor: str = "") -> int:
    """Append a fact to the ledger, run what follows it, and give its revision.

    Open pages hear of it after the commit. `actor` is a mark such as `device:12`, never a name.
    """
    revision, languages = _raised(stream)
    change = Change(
        stream=stream,
        revision=revision,
        kind=fact.kind,
        code=fact.code,
        audience=fact.audience,
        replaces=f"{fact.kind}:{fact.code}" if fact.is_replaceable else "",
        touches=list(fact.touches),
        before=dict(fact.before),
        after=dict(fact.after),
        words=_words(stream, revision, fact, languages),
        actor=actor,
        told_at=timezone.now(),
        undoes=_undone.get(),
    )
    add(change)
    transaction.on_commit(lambda: bell.ring(stream), robust=True)
    for follow in wiring.reactions(fact):
        follow(stream, fact, actor)
    return revision


@action
def forget_tellers(stream: int, before: datetime) -> None:
    """Erase who did what, and the words of it, as far as it was told before a moment.

    A new epoch makes open pages fetch the whole state anew.
    """
    Change.objects.filter(stream=stream, told_at__lt=before).update(words={}, actor="")
    Stream.objects.filter(pk=stream).update(epoch=F("epoch") + 1)


@action
def end_stream(number: int) -> None:
    """Delete the ledger of an event, for good; open pages look for the event and find that it is gone."""
    Change.objects.filter(stream=number).delete()
    Stream.objects.filter(pk=number).delete()


def _raised(stream: int) -> tuple[int, Mapping[str, str]]:
    """Raise the counter; gives it and the event's languages, in one statement: every change passes here."""
    table = connection.ops.quote_name(Stream._meta.db_table)
    raised = "SET revision = revision + 1 WHERE number = %s RETURNING revision, languages"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} {raised}", [stream])
        row = cursor.fetchone()
    if row is None:
        raise Stream.DoesNotExist(stream)
    return int(row[0]), row[1] if isinstance(row[1], dict) else json.loads(row[1])


def _words(stream: int, revision: int, fact: Fact, catalogues: Mapping[str, str]) -> dict[str, dict[str, str]]:
    heard_by = [audience for audience in AUDIENCES if fact.audience == PUBLIC or audience == CREW]
    renderer = wiring.renderer(fact)
    render = renderer(stream, fact) if renderer else _wordless
    if fact.is_wordless:
        once = {audience: _message(revision, fact, render(audience)) for audience in heard_by}
        return {audience: dict.fromkeys(LANGUAGES, message) for audience, message in once.items()}
    messages: dict[str, dict[str, str]] = {audience: {} for audience in heard_by}
    for language in LANGUAGES:
        with translation.override(catalogues.get(language, language)):
            for audience in heard_by:
                messages[audience][language] = _message(revision, fact, render(audience))
    return messages


def _wordless(_audience: str) -> Mapping[str, Any]:
    return {}


def _message(revision: int, fact: Fact, words: Mapping[str, Any]) -> str:
    body = {"kind": fact.kind, "revision": revision} | ({"code": fact.code} if fact.code else {})
    return _json(body | fact.numbers() | dict(words))
