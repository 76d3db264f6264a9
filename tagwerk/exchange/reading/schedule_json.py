"""Reads schedule.json, both versions, ours, pretalx's and other programs'."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from tagwerk.exchange import tidy
from tagwerk.exchange.clock import length_of
from tagwerk.exchange.identity import guid_of
from tagwerk.exchange.ourselves import NAME
from tagwerk.exchange.problems import Left, each
from tagwerk.exchange.reading import own_words
from tagwerk.exchange.reading.documents import Document, number, part, parts, said, switched_on
from tagwerk.exchange.reading.gathering import Gathering
from tagwerk.exchange.reading.limits import MOST_PEOPLE
from tagwerk.exchange.reading.times import clock_of, day_of, exact
from tagwerk.exchange.reading.words import abstract_of, kind_from, whole_number
from tagwerk.exchange.schedule import (
    Link,
    Participation,
    Role,
    Schedule,
    ScheduleDay,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    ScheduleTrack,
    State,
)
from tagwerk.exchange.schedule_json_v2 import NO_TRACK
from tagwerk.exchange.words import is_whole_house, never_came, role_of, room_kind_of, state_of

MOST = 10_000
Placed = tuple[date | None, str, Document]
"""A session with the day and the room under which it stands, where it stands under any."""


class JsonReader:
    """Reads one document."""

    def __init__(self, document: Document, gathering: Gathering) -> None:
        self.body, self.gathering, self.problems = part(document, "schedule"), gathering, gathering.problems
        self.conference = part(self.body, "conference")
        self.generator = said(part(document, "generator"), "name")
        self.house = guid_of(f"{gathering.url}#whole-house")
        self.by_guid: dict[str, str] = {}
        self.tracks: dict[str, str] = {}

    def schedule(self) -> Schedule:
        """Give the programme as the document tells it, unchecked."""
        found, language = self.gathering, self.gathering.language
        for room in parts(self.conference, "rooms"):
            self.by_guid[said(room, "guid")] = found.room(self.room(room)) or ""
        for track in parts(self.conference, "tracks"):
            name, slug = said(track, "name", language=language), said(track, "slug")
            found.known_track(ScheduleTrack(slug, name, said(track, "color")))
        self.tracks = {track.slug: track.name for track in found.tracks.values()}
        talks = each(self.problems, _("Programmpunkt"), self.talk, self.placed(), MOST)
        read = Schedule(
            title=said(self.conference, "title", language=language) or found.setting.title,
            acronym=said(self.conference, "acronym"),
            url=found.url,
            version=said(self.body, "version"),
            zone=found.clock.zone.key,
            language=language,
            motto=said(self.conference, "description", language=language),
            generator=self.generator,
            days=each(self.problems, _("Tag"), self.day, parts(self.conference, "days"), MOST),
            rooms=tuple(found.rooms.values()),
            tracks=tuple(found.tracks.values()),
            people=tuple(found.people.values()),
            talks=talks,
        )
        return own_words.added(read, part(self.body, "tagwerk"))

    def room(self, given: Document) -> ScheduleRoom:
        """Read a room that the document lists."""
        language = self.gathering.language
        return ScheduleRoom(
            name=said(given, "name", language=language),
            guid=said(given, "guid"),
            slug=said(given, "slug"),
            capacity=number(given, "capacity") or None,
            kind=room_kind_of(said(given, "type")),
            features=switched_on(given, "features"),
            description=said(given, "description", language=language),
            url=said(given, "url"),
        )

    def day(self, given: Document) -> ScheduleDay:
        """Read a day; where its hours are missing they will be the whole day."""
        whole = day_of(said(given, "date"))
        if whole is None:
            self.problems.error(_("Tag"), "bad_day", _("Das Datum eines Tages fehlt oder kommt doppelt vor."))
            raise Left
        unknown = datetime.min.replace(tzinfo=UTC)
        start, end = exact(said(given, "day_start", "start")), exact(said(given, "day_end", "end"))
        return ScheduleDay(0, whole, start or unknown, end or unknown)

    def placed(self) -> list[Placed]:
        """List the sessions: flat in the second version, under days and rooms in the first."""
        flat: list[Placed] = [(None, "", event) for event in parts(self.body, "events")]
        for day in parts(self.conference, "days"):
            rooms = part(day, "rooms")
            flat += [(day_of(said(day, "date")), name, event) for name in rooms for event in parts(rooms, name)]
        return flat

    def talk(self, given: Placed) -> ScheduleTalk:
        """Read a session."""
        day, under, event = given
        language = self.gathering.language
        title = said(event, "title", language=language)
        where = _("„%(title)s“") % {"title": tidy.text(title, 60) or number(event, "id")}
        state = said(event, "state")
        if never_came(state):
            message = _("Der Stand ist „%(state)s“; so etwas gehört nicht ins Programm.") % {"state": state[:60]}
            self.problems.warning(where, "not_in_programme", message)
            raise Left
        start, end = self.span(where, day, event)
        own = self.generator == NAME
        abstract, description = (said(event, key, language=language) for key in ("abstract", "description"))
        return ScheduleTalk(
            title=title,
            start=start,
            end=end,
            guid=said(event, "guid"),
            id=number(event, "id"),
            code=said(event, "code"),
            slug=said(event, "slug"),
            url="" if said(event, "url").startswith("urn:") else said(event, "url"),
            subtitle=said(event, "subtitle", language=language),
            kind=kind_from(self.problems, said(event, "type", language=language)),
            track=self.track(event),
            room=self.place(under, event),
            language=said(event, "language"),
            abstract=abstract_of(abstract, description, own=own),
            plain_summary=description if own else "",
            state=state_of(state) or State.PLANNED,
            participations=self.participations(event),
            links=self.links(event, "links"),
            attachments=self.links(event, "attachments"),
            recording_licence=said(event, "recording_license"),
            do_not_record=event.get("do_not_record") is True,
        )

    def span(self, where: str, day: date | None, event: Document) -> tuple[datetime, datetime]:
        """Read from when to when: by the full date, or the clock time of a day; by an end, or a length."""
        clock, begins = self.gathering.clock, said(event, "date", "start")
        on_clock = clock_of(begins) if day else None
        start = clock.local(where, day, on_clock) if day and on_clock else clock.moment(where, begins)
        if ends := said(event, "end"):
            return start, clock.moment(where, ends)
        length = length_of(said(event, "duration")) or timedelta()
        return start, start + length

    def place(self, under: str, event: Document) -> str | None:
        """Read the room; None for the whole house."""
        language = self.gathering.language
        room = event.get("room")
        guid = said(room, "guid")
        if guid:
            name = self.by_guid.get(guid) or said(room, "name", language=language)
            return None if guid == self.house else self.gathering.room(ScheduleRoom(name, guid=guid))
        name = under or said(event, "room", language=language)
        is_house = is_whole_house(name) and name not in self.gathering.rooms
        return None if is_house else self.gathering.room(ScheduleRoom(name))

    def track(self, event: Document) -> str | None:
        """Read the theme: a slug in the second version, a name in the first; null means none."""
        slug = said(event.get("track"), "slug")
        if slug in self.tracks:
            return slug
        name = "" if slug == NO_TRACK else slug or said(event, "track", language=self.gathering.language)
        return self.gathering.track(name)

    def participations(self, event: Document) -> tuple[Participation, ...]:
        """Read who takes part: persons in frab's or pretalx's shape, or participants with a role."""
        language, noted = self.gathering.language, []
        for person in [*parts(event, "persons"), *parts(event, "participants")][:MOST_PEOPLE]:
            known = SchedulePerson(
                guid=said(person, "guid"),
                name=said(person, "name", "public_name", language=language),
                id=whole_number(person.get("id")),
                code=said(person, "code"),
                url=said(person, "url"),
                biography=said(person, "biography", language=language),
                links=self.links(person, "links"),
            )
            noted.append(Participation(self.gathering.person(known), role_of(said(person, "role")) or Role.SPEAKER))
        return tuple(one for one in noted if one.person)

    def links(self, document: Document, key: str) -> tuple[Link, ...]:
        """Read links or attachments; the kind in the second version stands in capitals."""
        language = self.gathering.language
        return tuple(
            Link(said(link, "url"), said(link, "title", language=language), said(link, "type").lower())
            for link in parts(document, key)
            if said(link, "url")
        )


def read_json(document: Document, gathering: Gathering) -> Schedule:
    """Read a document with the key `schedule`."""
    return JsonReader(document, gathering).schedule()
