"""Reads the rows of a table as sessions, or as people."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby

from django.utils.translation import gettext as _

from tagwerk.exchange import tidy
from tagwerk.exchange.clock import length_of
from tagwerk.exchange.problems import Left, each
from tagwerk.exchange.reading.gathering import Gathering, in_one_order
from tagwerk.exchange.reading.limits import MOST_ROWS
from tagwerk.exchange.reading.tables import Row
from tagwerk.exchange.reading.times import clock_of, day_of, exact, split
from tagwerk.exchange.reading.words import abstract_of, kind_from
from tagwerk.exchange.schedule import (
    Link,
    Participation,
    Role,
    Schedule,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    State,
)
from tagwerk.exchange.words import bare, never_came, state_of

MOST_ENTRIES = 100  # in one cell
YES = {"ja", "j", "yes", "y", "true", "wahr", "1", "x"}
_LINK = re.compile(r"(?:(.*) )?(https?://\S+)")


def read_rows(rows: Iterable[Row], gathering: Gathering) -> Schedule:
    """Give the programme of a table, unchecked: a session of each row with a title, a person of each with a name only."""
    numbered = [(number, row) for number, row in enumerate(rows, 2) if row]
    people = [pair for pair in numbered if "name" in pair[1] and "title" not in pair[1]]
    sessions = [pair for pair in numbered if pair not in people]
    found = gathering
    each(found.problems, _("Person"), partial(_person, found), people, MOST_ROWS)
    talks = each(found.problems, _("Programmpunkt"), partial(_talk, found), sessions, MOST_ROWS)
    return Schedule(
        title=found.setting.title,
        url=found.url,
        zone=found.clock.zone.key,
        language=found.language,
        rooms=tuple(found.rooms[name] for name in _in_order(talks)),
        tracks=tuple(found.tracks.values()),
        people=tuple(found.people.values()),
        talks=talks,
    )


def _in_order(talks: Iterable[ScheduleTalk]) -> list[str]:
    """Give the names of the rooms in the order in which the table has them where sessions begin together."""
    together = (listed for _start, listed in groupby(talks, key=lambda talk: talk.start))
    return in_one_order(list(dict.fromkeys(talk.room for talk in listed if talk.room)) for listed in together)


def _person(gathering: Gathering, numbered: tuple[int, Row]) -> None:
    row = numbered[1]
    gathering.person(
        SchedulePerson(
            row.get("guid", ""),
            row["name"],
            code=row.get("code", ""),
            organisation=row.get("organisation", ""),
            biography=row.get("biography", ""),
        )
    )


def _talk(gathering: Gathering, numbered: tuple[int, Row]) -> ScheduleTalk:
    number, row = numbered
    get = row.get
    where = _("Zeile %(number)d, „%(title)s“") % {"number": number, "title": tidy.text(get("title"), 60)}
    state = _state(gathering, where, get("state", ""))
    start = _start(gathering, where, row)
    track, kind = gathering.track(get("track", "")), kind_from(gathering.problems, get("kind", ""))
    return ScheduleTalk(
        title=get("title", ""),
        start=start,
        end=_end(gathering, where, start, row),
        guid=get("guid", ""),
        code=get("code", "").upper(),
        url=get("url", ""),
        subtitle=get("subtitle", ""),
        kind=kind,
        track=track,
        room=gathering.room(ScheduleRoom(get("room", ""))),
        language=get("language", ""),
        level=get("level", ""),
        abstract=abstract_of(get("abstract", ""), get("description", ""), own=False),
        plain_summary=get("plain_summary", ""),
        state=state,
        participations=tuple(_participations(gathering, row)),
        links=tuple(_links(get("links", ""))),
        recording_licence=get("licence", ""),
        do_not_record=bare(get("do_not_record", "")) in YES,
        features=tuple(listed(get("features", ""))),
    )


def _state(gathering: Gathering, where: str, text: str) -> State:
    if never_came(text):
        message = _("Der Stand ist „%(state)s“; so etwas gehört nicht ins Programm.") % {"state": text[:60]}
        gathering.problems.warning(where, "not_in_programme", message)
        raise Left
    return state_of(text) or State.PLANNED


def _start(gathering: Gathering, where: str, row: Row) -> datetime:
    begins, clock = row.get("start") or row.get("start_time", ""), gathering.clock
    whole = exact(begins)
    if whole and whole.tzinfo:
        return whole
    day_text, clock_text = split(begins)
    day = _day(gathering, day_text or row.get("date", ""))
    shown = clock_of(clock_text)
    if day is None or shown is None:
        if not begins.strip():
            gathering.problems.error(where, "no_time", _("Tag oder Beginn fehlen."))
            raise Left
        clock.refuse(where, f"{row.get('date', '')} {begins}".strip())
    return clock.local(where, day, shown)


def _day(gathering: Gathering, text: str) -> date | None:
    days = gathering.setting.days
    if not text and len(days) == 1:
        return days[0]
    return day_of(text, tuple({day.year for day in days}))


def _end(gathering: Gathering, where: str, start: datetime, row: Row) -> datetime:
    ends, clock = row.get("end") or row.get("end_time", ""), gathering.clock
    whole = exact(ends)
    if whole and whole.tzinfo:
        return whole
    day_text, clock_text = split(ends)
    day, shown = _day(gathering, day_text or row.get("end_date", "")), clock_of(clock_text)
    if shown is not None:
        own_day = day is not None and bool(day_text or row.get("end_date"))
        return clock.local(where, day, shown) if day and own_day else clock.end(where, start, shown)
    if length := length_of(row.get("duration", "").removesuffix("min").removesuffix("Minuten")):
        return start + length
    if ends.strip():
        clock.refuse(where, ends)
    gathering.problems.error(where, "no_time", _("Ende und Dauer fehlen."))
    raise Left


def _participations(gathering: Gathering, row: Row) -> Iterable[Participation]:
    for field, role in (("speakers", Role.SPEAKER), ("moderators", Role.MODERATOR)):
        names = listed(row.get(field, ""))
        codes: Sequence[str] = listed(row.get("speaker_codes", "")) if field == "speakers" else ()
        if len(codes) != len(names):
            codes = [""] * len(names)
        for name, code in zip(names, codes, strict=True):
            if guid := gathering.person(SchedulePerson("", name, code=code)):
                yield Participation(guid, role)


def _links(text: str) -> Iterable[Link]:
    for line in listed(text):
        found = _LINK.fullmatch(line)
        yield Link(found[2], found[1] or "") if found else Link(line)


def listed(text: str) -> list[str]:
    """Take the entries of one cell apart: by lines, else by semicolons, else by commas."""
    separator = next((sign for sign in ("\n", ";", ", ") if sign in text), "\n")
    return [entry.strip() for entry in text.split(separator, MOST_ENTRIES)[:MOST_ENTRIES] if entry.strip()]
