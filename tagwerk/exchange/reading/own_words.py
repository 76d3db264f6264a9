"""Reads what another Tagwerk says beside what schedule.json has a place for."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from tagwerk.exchange import tidy
from tagwerk.exchange.identity import known_guid
from tagwerk.exchange.own_words import FORMAT
from tagwerk.exchange.reading.documents import Document, number, part, said, texts
from tagwerk.exchange.reading.times import exact
from tagwerk.exchange.schedule import Kind, Mode, Participation, Role, RoomKind, Schedule, ScheduleTalk, State

Word = TypeVar("Word", Kind, Mode, Role, State)


def added(schedule: Schedule, own: Document) -> Schedule:
    """Give the programme with what our own key says; everything there is optional, and nothing is trusted."""
    if number(own, "format") != FORMAT:
        return schedule
    tables = set(texts(own, "tables"))
    sessions, houses = part(own, "sessions"), part(own, "organisations")
    return replace(
        schedule,
        language=said(own, "language") or schedule.language,
        place=said(own, "place"),
        mode=_word(Mode, own, "mode", schedule.mode),
        organiser=said(own, "organiser"),
        changed_at=_moment(own, "changed_at"),
        rooms=tuple(replace(room, kind=RoomKind.TABLE) if room.name in tables else room for room in schedule.rooms),
        people=tuple(replace(one, organisation=said(houses, one.guid)) for one in schedule.people),
        talks=tuple(_talk(talk, part(sessions, known_guid(talk.guid))) for talk in schedule.talks),
    )


def _talk(talk: ScheduleTalk, own: Document) -> ScheduleTalk:
    if not own:
        return talk
    roles = part(own, "roles")
    return replace(
        talk,
        id=talk.id or number(own, "id"),
        code=talk.code or said(own, "code"),
        slug=talk.slug or said(own, "slug"),
        url=talk.url or said(own, "url"),
        kind=_word(Kind, own, "kind", talk.kind),
        language=talk.language or said(own, "language"),
        level=said(own, "level"),
        features=texts(own, "features"),
        state=_word(State, own, "state", talk.state),
        participations=tuple(
            Participation(one.person, _word(Role, roles, one.person, one.role)) for one in talk.participations
        ),
        recording_licence=talk.recording_licence or said(own, "recording_licence"),
        do_not_record=talk.do_not_record or own.get("do_not_record") is True,
        online_url=said(own, "online_url"),
        sequence=number(own, "sequence"),
        changed_at=_moment(own, "changed_at"),
        previous_start=_moment(own, "previous_start"),
        previous_room=said(own, "previous_room") or None,
    )


def _word(words: type[Word], own: Document, key: str, default: Word) -> Word:
    text = said(own, key)
    return words(text) if text in set(words) else default


def _moment(own: Document, key: str) -> datetime | None:
    return tidy.moment(exact(said(own, key)))
