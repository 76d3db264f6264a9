"""A programme that was read from a file, laid beside the one that is there: what would change, before it does."""

from dataclasses import dataclass, fields, replace
from datetime import date

from django.conf import settings

from tagwerk.events.models import Event
from tagwerk.exchange.difference import Difference, What, differences
from tagwerk.exchange.ready import prepare
from tagwerk.exchange.schedule import (
    Kind,
    Participation,
    Role,
    Schedule,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
)
from tagwerk.kit.text import folded
from tagwerk.programme.actions.times import within_reach
from tagwerk.programme.conference_rules import Named, matched
from tagwerk.programme.editions import NOWHERE
from tagwerk.programme.published import schedule_of

PASSED_OVER = {
    What.GONE,
    What.DAY_GONE,
    What.ROOM_GONE,
    What.TRACK_GONE,
    What.TITLE,
    What.MOTTO,
    What.PLACE,
    What.DAY_ADDED,
}
"""A file adds and changes; what it does not name stays as it is, and so does what the event says of itself."""

OPTIONAL = (
    "subtitle",
    "abstract",
    "plain_summary",
    "level",
    "features",
    "links",
    "attachments",
    "participations",
    "track",
)
"""What many formats cannot say: where a file is silent, what we have stays."""


@dataclass(frozen=True)
class Comparison:
    """What a file would change: what differs, how many sessions are new, changed or as they are, rooms that are missing.

    `new_days` are days that the event does not have yet; sessions that lie years away (`far`, by title) are left out.
    """

    differences: tuple[Difference, ...]
    new: int
    changed: int
    same: int
    missing_rooms: list[str]
    new_days: list[date]
    far: list[str]


def compare(event: Event, read: Schedule) -> Comparison:
    """Lay what was read beside the programme as the crew has it."""
    base = settings.BASE_URL or NOWHERE
    read, far = within_reach(event, read)
    ours = prepare(schedule_of(event, base, 0, with_drafts=True)).schedule
    theirs = prepare(aligned(read, ours)).schedule
    found = tuple(one for one in differences(ours, theirs) if one.what not in PASSED_OVER)
    known, talks = {talk.guid for talk in ours.talks}, {talk.guid for talk in theirs.talks}
    changed = {one.guid for one in found if one.guid in known}
    rooms = {room.name for room in event.rooms.all()}
    return Comparison(
        differences=found,
        new=len(talks - known),
        changed=len(changed),
        same=len(talks & known) - len(changed & talks),
        missing_rooms=sorted({talk.room for talk in read.talks if talk.room} - rooms),
        new_days=sorted(
            {talk.start.astimezone(event.timezone).date() for talk in read.talks}
            - {day.date for day in event.days.all()}
        ),
        far=far,
    )


def aligned(read: Schedule, ours: Schedule) -> Schedule:
    """Let what was read name sessions and people as we do: a session is known by its code, else by its title."""
    same_one = matched([named(talk) for talk in read.talks], [named(talk) for talk in ours.talks])
    people = {folded(person.name): person for person in ours.people}
    guids = {person.guid: people[folded(person.name)].guid for person in read.people if folded(person.name) in people}
    tracks = {folded(track.name): track for track in ours.tracks}
    slugs = {track.slug: tracks[folded(track.name)].slug for track in read.tracks if folded(track.name) in tracks}

    def align(number: int, talk: ScheduleTalk) -> ScheduleTalk:
        same = ours.talks[same_one[number]] if number in same_one else None
        parts = _as_ours(
            [replace(part, person=guids.get(part.person, part.person)) for part in talk.participations], same
        )
        track = slugs.get(talk.track, talk.track) if talk.track else None
        talk = replace(talk, participations=parts, track=track)
        if same is None:
            return replace(talk, code="")
        kept = {name: getattr(same, name) for name in ("guid", "id", "code", "slug", "url", "state", "sequence")}
        beside = {name: getattr(same, name) for name in ("changed_at", "previous_start", "previous_room", "online_url")}
        unsaid = {name: getattr(same, name) for name in OPTIONAL if not getattr(talk, name)}
        return replace(talk, **kept, **beside, **unsaid)

    barcamp = {number for number, ours_at in same_one.items() if ours.talks[ours_at].kind == Kind.BARCAMP}
    talks = tuple(align(number, talk) for number, talk in enumerate(read.talks) if number not in barcamp)
    persons = tuple(_completed(person, people.get(folded(person.name))) for person in read.people)
    themes = tuple(replace(track, slug=slugs.get(track.slug, track.slug)) for track in read.tracks)
    return replace(ours, people=persons, tracks=themes, rooms=_rooms(read, ours), talks=talks)


def named(talk: ScheduleTalk) -> Named:
    """Give what a session is known by."""
    return Named(talk.code, folded(talk.title), talk.start)


def _as_ours(parts: list[Participation], same: ScheduleTalk | None) -> tuple[Participation, ...]:
    """Most formats know speakers only, in an order of their own: who moderates here stays moderator."""
    ours = {part.person: part for part in same.participations} if same else {}
    known = tuple(ours.get(part.person, part) if part.role == Role.SPEAKER else part for part in parts)
    return same.participations if same and set(known) == set(ours.values()) else known


def _completed(person: SchedulePerson, ours: SchedulePerson | None) -> SchedulePerson:
    """Fill in what we know of somebody and the file does not say."""
    if ours is None:
        return person
    unsaid = {field.name: getattr(ours, field.name) for field in fields(person) if not getattr(person, field.name)}
    return replace(person, **unsaid, guid=ours.guid)


def _rooms(read: Schedule, ours: Schedule) -> tuple[ScheduleRoom, ...]:
    known = {room.name for room in ours.rooms}
    return (*ours.rooms, *(room for room in read.rooms if room.name not in known))
