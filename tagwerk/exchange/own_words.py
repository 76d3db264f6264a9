"""What schedule.json has no place for, under a key of our own: another Tagwerk reads it, others pass over it."""

from collections.abc import Iterable
from typing import Any

from tagwerk.exchange.clock import clock
from tagwerk.exchange.ready import Ready
from tagwerk.exchange.schedule import Kind, Role, RoomKind, ScheduleTalk, State
from tagwerk.exchange.words import ROLES_V2

FORMAT = 1
_NOTHING: tuple[object, ...] = ("", None, 0, (), [], {}, False)


def own_words(ready: Ready, talks: Iterable[ScheduleTalk], *, is_flat: bool) -> dict[str, Any]:
    """Give what is lost otherwise; `is_flat`: for the second version, which has other gaps."""
    schedule = ready.schedule
    told = {
        talk.guid: known for talk in talks if (known := _filled(_session(ready, talk) | _gaps(talk, is_flat=is_flat)))
    }
    tables = [room.name for room in schedule.rooms if room.kind == RoomKind.TABLE]
    frame = {
        "language": schedule.language,
        "place": schedule.place,
        "mode": schedule.mode.value,
        "organiser": schedule.organiser,
        "tables": tables,
    }
    houses = {person.guid: person.organisation for person in schedule.people if person.organisation}
    changed = {"organisations": houses, "changed_at": schedule.changed_at and clock(schedule.changed_at)}
    return {"format": FORMAT, **_filled(frame | changed), "sessions": told}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in _NOTHING}


def _session(ready: Ready, talk: ScheduleTalk) -> dict[str, Any]:
    before = talk.previous_start
    return {
        "level": talk.level,
        "features": list(talk.features),
        "state": "" if talk.state == State.PLANNED else talk.state.value,
        "previous_start": clock(ready.local(before)) if before else None,
        "previous_room": talk.previous_room,
        "online_url": talk.online_url,
        "sequence": talk.sequence,
        "changed_at": clock(talk.changed_at) if talk.changed_at else None,
    }


def _gaps(talk: ScheduleTalk, *, is_flat: bool) -> dict[str, Any]:
    """Give what one of the versions lacks: roles in the first; kind, number and recording in the second."""
    plain = {Role.SPEAKER, *(set(Role) - set(ROLES_V2) if is_flat else ())}
    roles = {"roles": {one.person: one.role.value for one in talk.participations if one.role not in plain}}
    if not is_flat:
        return roles
    recording = {"recording_licence": talk.recording_licence, "do_not_record": talk.do_not_record}
    beside = {**roles, "kind": talk.kind.value, "id": talk.id, **recording}
    if not is_mere_break(talk):
        return beside
    return beside | {"code": talk.code, "slug": talk.slug, "url": talk.url, "language": talk.language}


def is_mere_break(talk: ScheduleTalk) -> bool:
    """Tell whether a break is only that: the second version has a short form for such, without people and texts."""
    more = (talk.track, talk.abstract, talk.plain_summary, talk.participations, talk.links, talk.attachments)
    return talk.kind == Kind.BREAK and not any(more)
