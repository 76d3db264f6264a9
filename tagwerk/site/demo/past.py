"""Fills the demo with the events of the past: their programme, who spoke, who came instead of whom."""

from datetime import datetime, time

from tagwerk.events.actions import add_day, add_online_room, add_room, found
from tagwerk.events.models import Event, Room
from tagwerk.events.rules import Feature
from tagwerk.kit.dates import in_utc
from tagwerk.kit.writer import action
from tagwerk.live.wiring import is_open
from tagwerk.people.actions import grant
from tagwerk.people.models import Person
from tagwerk.people.rules import RoleKind
from tagwerk.programme import actions
from tagwerk.programme.models import Session, Speaker, Track
from tagwerk.programme.rules import Kind
from tagwerk.site.demo.ogt import OGT_2020, PAST, Item, Past


def make_past(person: Person) -> None:
    """Make those events of the past that are not there yet; `person` runs them."""
    for past in PAST:
        if not Event.objects.at(past.slug).exists():
            make_one(past, person)


@action
def make_one(past: Past, person: Person) -> Event:
    """Make one event of the past with its whole programme."""
    event = found(
        past.slug,
        past.name,
        motto=past.motto,
        place=past.place,
        accent=past.accent,
        phase=past.phase,
        expected_people=700,
    )
    grant(person, event.realm, RoleKind.ORGANISER)
    for day in past.dates:
        add_day(event, day, past.mode, [])
    rooms = {name: _room(event, name, seats, url) for name, seats, url in past.rooms}
    tracks = {name: actions.add_track(event, name, accent=accent) for name, accent in past.tracks}
    people: dict[str, Speaker] = {}
    sessions = {}
    for item in past.items:
        sessions[item.title] = _session(event, past, item, rooms, tracks)
        for name, _part in item.people:
            people[name] = people.get(name) or _speaker(event, past, name)
        actions.set_parts(sessions[item.title], [(people[name], part) for name, part in item.people])
    actions.release(event)
    for title, announced, came in past.replaced:
        actions.replace_speaker(sessions[title], people[announced], _speaker(event, past, came))
    if past.slug == OGT_2020.slug and is_open("tagwerk.market"):
        from tagwerk.site.demo.stands import make_market  # noqa: PLC0415 - that room may be closed

        make_market(event, sessions, tracks, rooms)
    return event


def _room(event: Event, name: str, seats: int, url: str) -> Room:
    room = add_room(event, name, seats, () if url else (Feature.STEP_FREE,))
    if url:
        add_online_room(event, f"{name} online", url, room)
    return room


def _speaker(event: Event, past: Past, name: str) -> Speaker:
    return actions.add_speaker(event, {"name": name, "organisation": past.organisations.get(name, "")})


def _session(event: Event, past: Past, item: Item, rooms: dict[str, Room], tracks: dict[str, Track]) -> Session:
    words = {"title": item.title, "kind": item.kind, "description": item.text}
    language = {} if item.kind == Kind.BREAK else {"language": "de"}
    session = actions.draft(event, {**words, **language, "track": tracks.get(item.track)})
    start, end = (_moment(event, past, item.day, clock) for clock in (item.start, item.end))
    actions.put_draft(session, actions.slot_at(event, start, end), rooms.get(item.room))
    return session


def _moment(event: Event, past: Past, day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return in_utc(past.dates[day], time(int(hour), int(minute)), event.timezone)
