"""The public programme as the plain values that every format is written from."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from tagwerk.events.models import Event, Room
from tagwerk.events.rules import RoomKind
from tagwerk.exchange import schedule as plain
from tagwerk.exchange.identity import guid_of
from tagwerk.kit.accents import COLOURS
from tagwerk.programme.cards import topic_of
from tagwerk.programme.conference_rules import recording_of
from tagwerk.programme.labels import UNNAMED
from tagwerk.programme.models import CalendarEntry, DraftPlace, Participation, Placement, Session, Speaker, Track
from tagwerk.programme.rules import Kind, Part

ROLES = {
    Part.SPEAKER: plain.Role.SPEAKER,
    Part.MODERATOR: plain.Role.MODERATOR,
    Part.PANELLIST: plain.Role.PANELLIST,
    Part.HOST: plain.Role.HOST,
}


def schedule_of(
    event: Event, base: str, version: int, *, with_drafts: bool = False, only: Collection[str] | None = None
) -> plain.Schedule:
    """Give everything of an event's programme that is public; `base` is scheme and host of this house.

    What is under an embargo holds no words here, and what is prepared only is not in it at all, unless it is wanted
    for the crew, `with_drafts`: then sessions stand where they will after the next release. `only` are the codes of
    the sessions that matter to the caller.
    """
    home = f"{base}{reverse('programme:schedule', args=[event.slug])}".removesuffix("schedule/")
    sessions = _as_drafted(event, [*_sessions(event), *_drafted(event)]) if with_drafts else _sessions(event, only)
    rows = list(Participation.objects.filter(session__in=[row.pk for row in sessions]).select_related("speaker"))
    entries = {row.session_id: row for row in CalendarEntry.objects.filter(session__in=sessions)}
    parts: dict[int, list[Participation]] = {}
    for row in rows:
        parts.setdefault(row.session_id, []).append(row)
    speakers = {row.speaker_id: row.speaker for row in rows}
    topic_hosts = [one for one in sessions if one.host_name and one.pk not in parts]
    return plain.Schedule(
        title=event.name,
        acronym=event.slug,
        url=home,
        version=str(version),
        zone=event.zone,
        motto=event.motto,
        place=event.place,
        mode=_mode(event),
        days=tuple(_days(event)),
        rooms=tuple(_room(room, home) for room in event.rooms.all()),
        tracks=tuple(_track(track) for track in event.tracks.all()),
        people=(*(_person(row, home) for row in speakers.values()), *(_host(one, home) for one in topic_hosts)),
        talks=tuple(_talk(one, parts.get(one.pk, []), entries.get(one.pk), home) for one in sessions),
    )


def _sessions(event: Event, only: Collection[str] | None = None) -> list[Session]:
    topic = [name for name in ("topic", "repeated_topic") if hasattr(Session, name)]
    placed = Session.objects.of(event).filter(placement__isnull=False).in_order()
    chosen = placed if only is None else placed.filter(code__in=only)
    return list(chosen.select_related(*topic).prefetch_related("placement__room__online_rooms"))


def _drafted(event: Event) -> list[Session]:
    """Give the sessions that are only prepared."""
    rows = Session.objects.filter(event=event, placement__isnull=True, draft_place__isnull=False)
    drafted = list(rows.select_related("event__realm", "track"))
    for session in drafted:
        session.placement = Placement(session=session)
    return drafted


def _as_drafted(event: Event, sessions: list[Session]) -> list[Session]:
    """Let sessions stand where they shall, in memory only."""
    rows = DraftPlace.objects.filter(session__event=event).select_related("slot", "room")
    places = {row.session_id: row for row in rows}
    for session in sessions:
        if session.pk in places:
            session.placement.slot, session.placement.room = places[session.pk].slot, places[session.pk].room
    return sessions


def _days(event: Event) -> Iterator[plain.ScheduleDay]:
    """Give the days, each from the first to the last thing that everybody knows of."""
    used = set(Placement.objects.filter(session__event=event).values_list("slot_id", flat=True))
    for index, day in enumerate(event.days.prefetch_related("slots"), start=1):
        slots = [slot for slot in day.slots.all() if slot.is_open or slot.pk in used]
        if slots:
            yield plain.ScheduleDay(index, day.date, min(s.start for s in slots), max(s.end for s in slots))


def _room(room: Room, home: str) -> plain.ScheduleRoom:
    kind = plain.RoomKind.TABLE if room.kind == RoomKind.TABLE else plain.RoomKind.ROOM
    return plain.ScheduleRoom(
        name=room.name,
        guid=guid_of(f"{home}rooms/{room.pk}/"),
        capacity=room.capacity,
        kind=kind,
        features=tuple(sorted(room.features)),
    )


def _track(track: Track) -> plain.ScheduleTrack:
    return plain.ScheduleTrack(track.slug, track.name, COLOURS[track.accent])


def _person(speaker: Speaker, home: str) -> plain.SchedulePerson:
    url = f"{home}speakers/{speaker.code}/"
    links = tuple(plain.Link(link["url"], link["title"]) for link in speaker.links)
    return plain.SchedulePerson(
        guid=guid_of(url),
        name=speaker.name,
        code=speaker.code,
        url=url,
        organisation=speaker.organisation,
        biography=speaker.biography,
        links=links,
    )


def _host(session: Session, home: str) -> plain.SchedulePerson:
    """Give who holds a session of the barcamp: a name that stands nowhere else."""
    return plain.SchedulePerson(guid_of(f"{home}sessions/{session.code}/#host"), session.host_name)


def _talk(session: Session, parts: list[Participation], entry: CalendarEntry | None, home: str) -> plain.ScheduleTalk:
    placement, url = session.placement, f"{home}sessions/{session.code}/"
    slot, topic = placement.slot, topic_of(session)
    people = [
        plain.Participation(guid_of(f"{home}speakers/{row.speaker.code}/"), ROLES[Part(row.part)]) for row in parts
    ]
    if not parts and session.host_name:
        people = [plain.Participation(guid_of(f"{url}#host"), plain.Role.HOST)]
    is_barred, licence = recording_of([(row.speaker.recording, row.speaker.recording_licence) for row in parts])
    return plain.ScheduleTalk(
        title=session.title or str(UNNAMED),
        start=slot.start,
        end=slot.end,
        guid=guid_of(url),
        code=session.code,
        url=url,
        subtitle=session.subtitle,
        kind=plain.Kind(session.kind),
        track=session.track.slug if session.track else None,
        room=placement.room.name if placement.room else None,
        language=session.language,
        level=session.level or (getattr(topic, "level", "") or ""),
        abstract=session.description,
        plain_summary=session.plain_summary,
        state=_state(session),
        participations=tuple(people),
        links=tuple(plain.Link(link["url"], link["title"]) for link in session.links),
        recording_licence=licence,
        do_not_record=is_barred,
        features=tuple(sorted(session.aids)),
        online_url=_online_url(session),
        sequence=entry.sequence if entry else 0,
        changed_at=entry.changed_at if entry else None,
        previous_start=placement.first_slot.start if placement.first_slot else None,
        previous_room=placement.first_room.name if placement.first_room else None,
    )


def _mode(event: Event) -> plain.Mode:
    modes = {day.mode for day in event.days.all()}
    return plain.Mode(modes.pop()) if len(modes) == 1 else plain.Mode.HYBRID if modes else plain.Mode.ON_SITE


def _state(session: Session) -> plain.State:
    if session.is_cancelled:
        return plain.State.CANCELLED
    return plain.State.MOVED if session.placement.first_slot_id else plain.State.PLANNED


def _online_url(session: Session) -> str:
    room = session.placement.room
    if session.join_url or room is None or session.kind == Kind.BREAK:
        return session.join_url
    rooms = list(room.online_rooms.all())
    return rooms[0].url if rooms else ""
