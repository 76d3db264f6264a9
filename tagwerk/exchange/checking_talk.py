"""Puts a single session right, or says why it cannot be taken."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.exchange import identity, tidy
from tagwerk.exchange.checking import MOST_WORDS, Checker, is_code, track_slug, words
from tagwerk.exchange.problems import Left
from tagwerk.exchange.schedule import Kind, Participation, Role, ScheduleTalk, State
from tagwerk.exchange.words import aid_of, level_of

LONGEST = timedelta(hours=99, minutes=59)
_LANGUAGE_LETTERS, SHORTEST = 2, 4
SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]")


def span(checker: Checker, where: str, talk: ScheduleTalk) -> tuple[datetime, datetime]:
    """Give from when to when; raises `Left` on what is no time, and on an end that is not after its start."""
    start, end = tidy.moment(talk.start), tidy.moment(talk.end)
    if start is None or end is None:
        checker.problems.error(where, "no_time", _("Beginn oder Ende fehlen oder sind keine Zeit."))
        raise Left
    if not timedelta(minutes=1) <= end - start <= LONGEST:
        message = _("Das Ende liegt vor dem Beginn, oder mehr als vier Tage danach.")
        checker.problems.error(where, "end_before_start", message)
        raise Left
    return start, end


def first_place(talk: ScheduleTalk, start: datetime) -> tuple[datetime | None, str | None]:
    """Give what was announced first where it differs from what is."""
    if talk.state != State.MOVED:
        return None, None
    before = tidy.moment(talk.previous_start)
    name = tidy.text(talk.previous_room, tidy.NAME) or None
    return (None if before == start else before), (None if name == talk.room else name)


def participations(checker: Checker, where: str, talk: ScheduleTalk) -> tuple[Participation, ...]:
    """Give who takes part, each once; people whom the programme does not know are left out."""
    found: dict[str, Participation] = {}
    for one in talk.participations:
        guid = identity.known_guid(str(one.person))
        if guid not in checker.people:
            checker.problems.warning(where, "unknown_person", _("Eine genannte Person ist nicht aufgeführt."))
        else:
            found.setdefault(guid, Participation(guid, Role(one.role)))
    return tuple(found.values())


def language(value: str, default: str) -> str:
    """Give a language as two small letters: de, en."""
    letters = str(value or "")[:_LANGUAGE_LETTERS].lower()
    return letters if len(letters) == _LANGUAGE_LETTERS and letters.isascii() and letters.isalpha() else default


def own_guid(checker: Checker, where: str, talk: ScheduleTalk, start: datetime) -> str:
    """Give a guid that no other session has; raises `Left` for the same session at the same time once more.

    A session that is held twice comes from some programs with one guid: the second time gets one of its own.
    """
    part = f"sessions/{talk.code or talk.id or talk.slug or identity.slug_of(talk.title)}/"
    guid = checker.guid(where, talk.guid, talk.url, part)
    if guid in checker.guids:
        guid = identity.guid_within(guid, f"{start.isoformat()} {talk.room or ''}")
        if guid in checker.guids:
            checker.problems.error(where, "twice", _("Dieser Programmpunkt steht zweimal da; der zweite fehlt."))
            raise Left
        message = _("Die Kennung kommt doppelt vor; eine neue ist vergeben.")
        checker.problems.warning(where, "guid_twice", message)
    checker.guids.add(guid)
    return guid


def own_code(checker: Checker, code: str) -> str:
    """Give the code where it is one and nobody else has it."""
    if not is_code(code) or code in checker.codes:
        return ""
    checker.codes.add(code)
    return code


def own_slug(checker: Checker, given: str, code: str, guid: str, title: str) -> str:
    """Give a name for addresses and files that no other session has, in the form that the XML schema wants."""
    known = SLUG.fullmatch(given or "")
    parts = (code.lower() if len(code) >= SHORTEST else guid[:8], identity.slug_of(title))
    slug = given if known else f"{checker.prefix}-{'-'.join(part for part in parts if part)}"
    if slug in checker.slugs:
        slug = f"{checker.prefix}-{guid}"
    checker.slugs.add(slug)
    return slug


def talk(checker: Checker, given: ScheduleTalk) -> ScheduleTalk:
    """Give a session in order; raises `Left` when there is no title or no time."""
    title = tidy.text(given.title, tidy.LINE)
    where = _("„%(title)s“") % {"title": title or given.code or given.id}
    if not title:
        checker.problems.error(where, "no_name", _("Der Titel fehlt."))
        raise Left
    title = checker.text(where, given.title, tidy.LINE)
    start, end = span(checker, where, given)
    placed = replace(
        given,
        room=one_of(checker, where, given.room and tidy.text(given.room, tidy.NAME), checker.rooms, "room"),
        track=one_of(checker, where, given.track and track_slug(given.track), checker.tracks, "track"),
    )
    code = own_code(checker, given.code)
    guid = own_guid(checker, where, placed, start)
    before, room_before = first_place(placed, start)
    return replace(
        placed,
        title=title,
        start=start,
        end=end,
        guid=guid,
        id=checker.number(given.id, guid),
        code=code,
        slug=own_slug(checker, given.slug, code, guid, title),
        kind=Kind(given.kind),
        state=State(given.state),
        language=language(given.language, checker.language),
        participations=participations(checker, where, given),
        features=words(aid_of(tidy.text(aid, 60)) for aid in tuple(given.features)[:MOST_WORDS]),
        recording_licence=tidy.text(given.recording_licence, tidy.NAME),
        do_not_record=bool(given.do_not_record),
        sequence=tidy.natural(given.sequence),
        changed_at=tidy.moment(given.changed_at),
        previous_start=before,
        previous_room=room_before,
        **texts(checker, where, given),
        **addresses(checker, where, given),
    )


def texts(checker: Checker, where: str, given: ScheduleTalk) -> dict[str, Any]:
    """Give the texts of a session in order."""
    return {
        "subtitle": checker.text(where, given.subtitle, tidy.LINE),
        "level": level_of(checker.text(where, given.level, tidy.NAME)),
        "abstract": checker.text(where, given.abstract, tidy.PROSE, lines=True),
        "plain_summary": checker.text(where, given.plain_summary, tidy.PROSE, lines=True),
    }


def addresses(checker: Checker, where: str, given: ScheduleTalk) -> dict[str, Any]:
    """Give the addresses of a session in order."""
    return {
        "url": checker.address(where, given.url),
        "online_url": checker.address(where, given.online_url),
        "links": checker.links(where, given.links),
        "attachments": checker.links(where, given.attachments),
    }


def one_of(checker: Checker, where: str, name: str | None, known: frozenset[str], what: str) -> str | None:
    """Give a name that is known; None, and say so, when it is not."""
    if name is None or name in known:
        return name
    message = _("„%(name)s“ ist in dieser Datei nicht aufgeführt.") % {"name": tidy.text(name, tidy.NAME)}
    checker.problems.warning(where, f"unknown_{what}", message)
    return None
