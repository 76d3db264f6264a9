"""Compares two versions of a programme: what came, went, moved and changed, in a stable order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from tagwerk.exchange.schedule import (
    Link,
    Role,
    Schedule,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    ScheduleTrack,
    State,
)


class What(StrEnum):
    """What changed."""

    TITLE = "title"
    MOTTO = "motto"
    PLACE = "place"
    DAY_ADDED = "day_added"
    DAY_GONE = "day_gone"
    ROOM_ADDED = "room_added"
    ROOM_GONE = "room_gone"
    ROOM_CHANGED = "room_changed"
    TRACK_ADDED = "track_added"
    TRACK_GONE = "track_gone"
    TRACK_RENAMED = "track_renamed"
    PERSON_CHANGED = "person_changed"
    ADDED = "added"
    GONE = "gone"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"
    LENGTH = "length"
    RENAMED = "renamed"
    PEOPLE = "people"
    KIND = "kind"
    TRACK = "track"
    TEXT = "text"
    LANGUAGE = "language"
    FEATURES = "features"
    LINKS = "links"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where and when a session stands."""

    start: datetime
    end: datetime
    room: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """Who takes part in a session, by name, and as what."""

    name: str
    role: Role


Value = str | Spot | tuple[str, ...] | tuple[Part, ...] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    `title` names what it is about: a session (then with its guid and code), a room, a person. `before` and `after` are
    of one type: a `Spot` for what came, went and moved; `Part`s for people, texts for features and links; else a text, or None.
    For `TEXT` and `RECORDING` they name the fields.
    """

    what: What
    title: str
    before: Value = None
    after: Value = None
    guid: str = ""
    code: str = ""


def differences(before: Schedule, after: Schedule) -> tuple[Difference, ...]:
    """Give what changed between two checked versions: the frame first, then sessions by time; sessions keep their guid."""
    frame = chain(_event(before, after), _days(before, after), _rooms(before, after), _tracks(before, after))
    return (*frame, *_people(before, after), *_talks(before, after))


def _event(before: Schedule, after: Schedule) -> Iterator[Difference]:
    for what, old, new in (
        (What.TITLE, before.title, after.title),
        (What.MOTTO, before.motto, after.motto),
        (What.PLACE, before.place, after.place),
    ):
        if old != new:
            yield Difference(what, after.title, old, new)


def _days(before: Schedule, after: Schedule) -> Iterator[Difference]:
    old, new = ({day.date for day in one.days} for one in (before, after))
    for day in sorted(old ^ new):
        yield Difference(What.DAY_ADDED if day in new else What.DAY_GONE, day.isoformat())


def _rooms(before: Schedule, after: Schedule) -> Iterator[Difference]:
    old, new = ({room.guid: room for room in one.rooms} for one in (before, after))
    yield from _come_and_gone(old, new, What.ROOM_ADDED, What.ROOM_GONE)
    for guid, room in new.items():
        known = old.get(guid)
        if known and (known.name, known.capacity, known.features) != (room.name, room.capacity, room.features):
            yield Difference(What.ROOM_CHANGED, room.name, known.name, room.name, guid)


def _tracks(before: Schedule, after: Schedule) -> Iterator[Difference]:
    old, new = ({track.slug: track for track in one.tracks} for one in (before, after))
    yield from _come_and_gone(old, new, What.TRACK_ADDED, What.TRACK_GONE)
    for slug, track in new.items():
        if slug in old and old[slug].name != track.name:
            yield Difference(What.TRACK_RENAMED, track.name, old[slug].name, track.name)


def _come_and_gone(
    old: Mapping[str, ScheduleRoom | ScheduleTrack],
    new: Mapping[str, ScheduleRoom | ScheduleTrack],
    added: What,
    gone: What,
) -> Iterator[Difference]:
    for key in chain(old, (key for key in new if key not in old)):
        if key not in new:
            yield Difference(gone, old[key].name)
        elif key not in old:
            yield Difference(added, new[key].name)


def _people(before: Schedule, after: Schedule) -> Iterator[Difference]:
    """Name those who are called otherwise, or say something else of themselves; who comes and goes stands at sessions."""
    old = {person.guid: person for person in before.people}
    for person in sorted(after.people, key=lambda one: (one.name, one.guid)):
        known = old.get(person.guid)
        if known and _of_person(known) != _of_person(person):
            yield Difference(What.PERSON_CHANGED, person.name, known.name, person.name, person.guid)


def _of_person(person: SchedulePerson) -> tuple[str, str, str]:
    return person.name, person.organisation, person.biography


def _talks(before: Schedule, after: Schedule) -> Iterator[Difference]:
    old, new = ({talk.guid: talk for talk in one.talks} for one in (before, after))
    words = _Words.of(before), _Words.of(after)
    for guid in sorted(old.keys() | new.keys(), key=lambda guid: _order(new.get(guid) or old[guid])):
        was, now = old.get(guid), new.get(guid)
        if was is None and now is not None:
            yield _about(now, What.ADDED, None, _spot(now))
        elif was is not None and now is None:
            yield _about(was, What.GONE, _spot(was), None)
        elif was is not None and now is not None and was != now:
            yield from _talk(was, now, words)


def _order(talk: ScheduleTalk) -> tuple[datetime, str, str]:
    return talk.start, talk.room or "", talk.guid


def _about(talk: ScheduleTalk, what: What, before: Value, after: Value) -> Difference:
    return Difference(what, talk.title, before, after, talk.guid, talk.code)


def _spot(talk: ScheduleTalk) -> Spot:
    return Spot(talk.start, talk.end, talk.room)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the people and themes of a version are called."""

    people: dict[str, str]
    tracks: dict[str, str]

    @classmethod
    def of(cls, schedule: Schedule) -> "_Words":
        people = {person.guid: person.name for person in schedule.people}
        return cls(people, {track.slug: track.name for track in schedule.tracks})


def _talk(was: ScheduleTalk, now: ScheduleTalk, words: tuple[_Words, _Words]) -> Iterator[Difference]:
    """Tell what is different about a session that is in both versions."""
    gone_then, gone_now = was.state == State.CANCELLED, now.state == State.CANCELLED
    if gone_then != gone_now:
        yield _about(now, What.CANCELLED if gone_now else What.RESTORED, _spot(was), _spot(now))
    elif (was.start, was.room) != (now.start, now.room):
        yield _about(now, What.MOVED, _spot(was), _spot(now))
    elif was.end != now.end:
        yield _about(now, What.LENGTH, _spot(was), _spot(now))
    for what, look in _LOOKS.items():
        old, new = look(was, words[0]), look(now, words[1])
        if old != new:
            yield _about(now, what, *_names(what, old, new))


def _names(what: What, old: Value, new: Value) -> tuple[Value, Value]:
    """Give the fields that differ where the values are long, the values themselves where they are short."""
    if what not in _FIELDS or not isinstance(old, tuple) or not isinstance(new, tuple):
        return old, new
    listed = zip(_FIELDS[what], old, new, strict=True)
    changed = tuple(name for name, one, other in listed if one != other)
    return changed, changed


def _parts(talk: ScheduleTalk, words: _Words) -> tuple[Part, ...]:
    return tuple(Part(words.people.get(one.person, ""), one.role) for one in talk.participations)


def _links(links: Iterable[Link]) -> Iterator[str]:
    return (f"{link.title} {link.url}".strip() for link in links)


_LOOKS: dict[What, Callable[[ScheduleTalk, _Words], Value]] = {
    What.RENAMED: lambda talk, _words: talk.title,
    What.PEOPLE: _parts,
    What.KIND: lambda talk, _words: talk.kind.value,
    What.TRACK: lambda talk, words: words.tracks.get(talk.track or ""),
    What.TEXT: lambda talk, _words: (talk.subtitle, talk.abstract, talk.plain_summary, talk.level),
    What.LANGUAGE: lambda talk, _words: talk.language,
    What.FEATURES: lambda talk, _words: talk.features,
    What.LINKS: lambda talk, _words: (*_links(talk.links), *_links(talk.attachments), *filter(None, [talk.online_url])),
    What.RECORDING: lambda talk, _words: (talk.recording_licence, str(talk.do_not_record)),
}
_FIELDS = {
    What.TEXT: ("subtitle", "abstract", "plain_summary", "level"),
    What.RECORDING: ("recording_licence", "do_not_record"),
}
