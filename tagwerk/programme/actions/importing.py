"""Takes over a programme that was read from a file: new sessions become drafts, known ones are changed."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.events.actions import add_room
from tagwerk.events.models import Event
from tagwerk.exchange import plain
from tagwerk.exchange.schedule import Role, Schedule, ScheduleTalk, State
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.text import folded
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold
from tagwerk.programme.actions.preparing import Prepared, prepare
from tagwerk.programme.actions.speakers import edit_speaker
from tagwerk.programme.actions.taking_back import as_it_stands
from tagwerk.programme.actions.times import within_reach
from tagwerk.programme.conference_rules import LONGEST, MOST_LINKS, Named, is_link, matched
from tagwerk.programme.models import Import, Participation, Session, TakenImport
from tagwerk.programme.rules import Aid, Kind, Level, Part

USUAL_SEATS = 50
PLACES = ("event__realm", "track", "draft_place__slot", "placement__slot")
ROLES = {Role.MODERATOR: Part.MODERATOR, Role.PANELLIST: Part.PANELLIST, Role.HOST: Part.HOST}


@action
def keep_import(event: Event, name: str, schedule: Schedule, problems: list[str]) -> Import:
    """Keep what a file says until the crew has looked at it; takes the place of the file before."""
    said = {"name": name[:120], "content": plain.to_values(schedule), "problems": problems}
    return Import.objects.update_or_create(event=event, defaults=said)[0]


@action
def take_over(event: Event, *, rooms: bool, actor: str = "") -> int:
    """Take over the file that was looked at; gives how many sessions that concerned.

    With `rooms` those that the event lacks are made, else their sessions stand in the whole house. New sessions are
    drafts; of public ones the words change at once, their places with the next release. Cancelled ones and those years away
    are left out.
    """
    hold(event.stream)
    pending = Import.objects.filter(event=event).first()
    if pending is None:
        raise Refusal("no-import", _("Diese Datei ist schon übernommen, oder jemand hat eine andere gewählt."))
    read, _far = within_reach(event, plain.from_values(pending.content))
    made = _make_rooms(event, read) if rooms else []
    days = set(event.days.values_list("pk", flat=True))
    people = {person.guid: person for person in read.people}
    ours = list(Session.objects.filter(event=event).select_related(*PLACES))
    same_one = matched([_named(talk) for talk in read.talks], [_ours(session) for session in ours])
    states: dict[str, dict[str, Any]] = {}
    count = 0
    for number, talk in enumerate(read.talks):
        session = ours[same_one[number]] if number in same_one else None
        if talk.state == State.CANCELLED or (session and session.kind == Kind.BARCAMP):
            continue
        names = [(people[part.person].name, str(ROLES.get(part.role, Part.SPEAKER))) for part in talk.participations]
        prepared = _prepared(event, read, talk, names)
        before = as_it_stands(session) if session else None
        session = prepare(event, session, _with_ours(session, prepared) if session else prepared, actor=actor)
        states.setdefault(session.code, {"before": before})["after"] = as_it_stands(session)
        count += 1
    _describe_people(event, read, actor)
    new = event.days.exclude(pk__in=days).prefetch_related("slots")
    days_made = [[day.pk, [slot.pk for slot in day.slots.all()]] for day in new]
    taken = {"name": pending.name, "sessions": states, "rooms": made, "days": days_made}
    TakenImport.objects.update_or_create(event=event, defaults=taken)
    pending.delete()
    return count


def _with_ours(session: Session, said: Prepared) -> Prepared:
    """Keep of a session what the file is silent about: many formats cannot say everything, or know speakers only."""
    words = {name: value or getattr(session, name) for name, value in said.words.items()}
    rows = Participation.objects.filter(session=session).select_related("speaker")
    ours = {folded(row.speaker.name): (row.speaker.name, row.part) for row in rows}
    people = [
        ours.get(folded(name), (name, part)) if part == Part.SPEAKER else (name, part) for name, part in said.people
    ]
    if not people or set(people) == set(ours.values()):
        people = list(ours.values())
    return replace(said, words=words, people=people, track=session.track.slug if session.track else "")


def _named(talk: ScheduleTalk) -> Named:
    return Named(talk.code, folded(talk.title), talk.start)


def _ours(session: Session) -> Named:
    place = getattr(session, "draft_place", None) or getattr(session, "placement", None)
    return Named(session.code, folded(session.title), place.slot.start if place else None)


def _make_rooms(event: Event, read: Schedule) -> list[int]:
    have = {room.name for room in event.rooms.all()}
    seats = {room.name: room.capacity or USUAL_SEATS for room in read.rooms}
    wanted = dict.fromkeys(talk.room for talk in read.talks if talk.room and talk.room not in have)
    return [add_room(event, name, seats.get(name, USUAL_SEATS)).pk for name in wanted]


def _prepared(event: Event, read: Schedule, talk: ScheduleTalk, people: list[tuple[str, str]]) -> Prepared:
    track = next((track.name for track in read.tracks if track.slug == talk.track), "")
    links = [{"url": link.url, "title": (link.title or link.url)[:120]} for link in talk.links if is_link(link.url)]
    kind = Kind(talk.kind)  # sessions of the barcamp come from topics, never from files
    words = {
        "title": talk.title[: LONGEST["title"]],
        "subtitle": talk.subtitle[: LONGEST["subtitle"]],
        "kind": Kind.WORKSHOP if kind == Kind.BARCAMP else kind,
        "language": "" if kind == Kind.BREAK else talk.language,
        "level": talk.level if talk.level in set(Level) else "",
        "description": talk.abstract[: LONGEST["description"]],
        "plain_summary": talk.plain_summary[: LONGEST["plain_summary"]],
        "aids": [aid for aid in talk.features if aid in set(Aid)],
        "join_url": talk.online_url if is_link(talk.online_url) else "",
        "links": links[:MOST_LINKS],
    }
    room = event.rooms.filter(name=talk.room).first() if talk.room else None
    return Prepared(words, people, talk.start, talk.end, room, new_track=track[:60], adds_day=True)


def _describe_people(event: Event, read: Schedule, actor: str) -> None:
    """Say of speakers what the file says of them, where nothing was said yet."""
    named = {folded(person.name): person for person in read.people}
    taking_part = Participation.objects.filter(session__event=event).values("speaker")
    for speaker in event.speakers.filter(pk__in=taking_part):
        person = named.get(folded(speaker.name))
        if person is None:
            continue
        said = {"biography": person.biography[:4_000], "organisation": person.organisation[:120]}
        new = {name: value for name, value in said.items() if value and not getattr(speaker, name)}
        if new:
            edit_speaker(speaker, new, actor=actor)
