"""A programme as plain values: what every format is written from and read into."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a session is; the same words as in the programme."""

    TALK = "talk"
    KEYNOTE = "keynote"
    PANEL = "panel"
    WORKSHOP = "workshop"
    BARCAMP = "barcamp"
    STAND = "stand"
    ENERGIZER = "energizer"
    BREAK = "break"
    MARKET = "market"


class State(StrEnum):
    """How a session stands to what was announced first."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a person does in a session."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    PANELLIST = "panellist"
    CONTRIBUTOR = "contributor"
    HOST = "host"
    GUEST = "guest"


class Mode(StrEnum):
    """Where an event takes place."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


class RoomKind(StrEnum):
    """What a room is."""

    ROOM = "room"
    TABLE = "table"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web with its words; `kind` is one of `words.LINKS`."""

    url: str
    title: str = ""
    kind: str = "related"


@dataclass(frozen=True, slots=True)
class ScheduleDay:
    """A day from `start` to `end` (aware), which may pass midnight; `index` counts from 1."""

    index: int
    date: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class ScheduleRoom:
    """A room; sessions name it by its name, which is its own in a schedule. `features` are words like `step_free`."""

    name: str
    guid: str = ""
    slug: str = ""
    capacity: int | None = None
    kind: RoomKind = RoomKind.ROOM
    features: tuple[str, ...] = ()
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleTrack:
    """A theme; sessions name it by its slug. `color` is `#rrggbb` or empty."""

    slug: str
    name: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class SchedulePerson:
    """Somebody who takes part in sessions; they name a person by its guid. `id` 0 means: one will be derived."""

    guid: str
    name: str
    id: int = 0
    code: str = ""
    url: str = ""
    organisation: str = ""
    biography: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """A person, by guid, in a role."""

    person: str
    role: Role = Role.SPEAKER


@dataclass(frozen=True, slots=True)
class ScheduleTalk:
    """A session with its place.

    `guid`, `id`, `slug` may be left empty: they are derived, always alike, from the address (`identity`). `track` is a
    slug, `room` a name; None: no theme, the whole house. `abstract` is Markdown as typed. `sequence` rises with each
    change that calendars must see, `changed_at` is when. `previous_*` is what was announced first (`State.MOVED`).
    `online_url` is given only where everybody may have it.
    """

    title: str
    start: datetime
    end: datetime
    guid: str = ""
    id: int = 0
    code: str = ""
    slug: str = ""
    url: str = ""
    subtitle: str = ""
    kind: Kind = Kind.TALK
    track: str | None = None
    room: str | None = None
    language: str = ""
    level: str = ""
    abstract: str = ""
    plain_summary: str = ""
    state: State = State.PLANNED
    participations: tuple[Participation, ...] = ()
    links: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()
    recording_licence: str = ""
    do_not_record: bool = False
    features: tuple[str, ...] = ()
    online_url: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    previous_start: datetime | None = None
    previous_room: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole programme in one released version.

    `url` is the event's address with a slash at the end, `zone` a name like Europe/Berlin, `place` the house in one
    line, `generator` the program that wrote a file that was read (our own exports always name Tagwerk).
    """

    title: str
    acronym: str = ""
    url: str = ""
    version: str = ""
    zone: str = "Europe/Berlin"
    language: str = "de"
    motto: str = ""
    place: str = ""
    mode: Mode = Mode.ON_SITE
    organiser: str = ""
    generator: str = ""
    changed_at: datetime | None = None
    days: tuple[ScheduleDay, ...] = ()
    rooms: tuple[ScheduleRoom, ...] = ()
    tracks: tuple[ScheduleTrack, ...] = ()
    people: tuple[SchedulePerson, ...] = ()
    talks: tuple[ScheduleTalk, ...] = ()
