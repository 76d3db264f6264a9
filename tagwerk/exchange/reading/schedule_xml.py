"""Reads schedule.xml, ours and other programs'."""

from datetime import UTC, date, datetime

from django.utils.translation import gettext as _

from tagwerk.exchange import tidy
from tagwerk.exchange.clock import length_of
from tagwerk.exchange.identity import guid_of
from tagwerk.exchange.ourselves import NAME
from tagwerk.exchange.problems import Left, each
from tagwerk.exchange.reading.gathering import Gathering, in_one_order
from tagwerk.exchange.reading.limits import MOST_PEOPLE
from tagwerk.exchange.reading.raw_xml import Node
from tagwerk.exchange.reading.times import clock_of, day_of, exact
from tagwerk.exchange.reading.words import abstract_of, kind_from, whole_number
from tagwerk.exchange.schedule import (
    Link,
    Participation,
    Schedule,
    ScheduleDay,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    ScheduleTrack,
)
from tagwerk.exchange.words import WHOLE_HOUSE

MOST = 10_000


class XmlReader:
    """Reads one document."""

    def __init__(self, root: Node, gathering: Gathering) -> None:
        self.root, self.gathering, self.problems = root, gathering, gathering.problems
        self.conference = root.first("conference") or Node("conference", {})
        generator = root.first("generator")
        self.generator = generator.get("name") if generator else ""
        self.house = ""

    def schedule(self) -> Schedule:
        """Give the programme as the document tells it, unchecked."""
        said, found = self.conference.said, self.gathering
        for track in self.conference.all("track"):
            name = track.get("name") or track.text
            found.known_track(ScheduleTrack(track.get("slug"), name, track.get("color")))
        days = self.root.all("day")
        talks = each(self.problems, _("Programmpunkt"), self.talk, self.placed(days), MOST)
        order = in_one_order([room.get("name").strip() for room in day.all("room")] for day in days)
        languages = [language for language, name in WHOLE_HOUSE.items() if name == self.house]
        return Schedule(
            title=said("title") or found.setting.title,
            acronym=said("acronym"),
            url=found.url,
            version=self.root.said("version"),
            zone=found.clock.zone.key,
            language=(languages or [found.language])[0],
            generator=self.generator,
            days=each(self.problems, _("Tag"), self.day, days, MOST),
            rooms=tuple(found.rooms[name] for name in order if name in found.rooms),
            tracks=tuple(found.tracks.values()),
            people=tuple(found.people.values()),
            talks=talks,
        )

    def day(self, node: Node) -> ScheduleDay:
        """Read a day; where its hours are missing they will be the whole day."""
        whole = day_of(node.get("date"))
        start, end = (tidy.moment(exact(node.get(name))) for name in ("start", "end"))
        whole = whole or (start.astimezone(self.gathering.clock.zone).date() if start else None)
        if whole is None:
            self.problems.error(_("Tag"), "bad_day", _("Das Datum eines Tages fehlt oder kommt doppelt vor."))
            raise Left
        unknown = datetime.min.replace(tzinfo=UTC)
        return ScheduleDay(0, whole, start or unknown, end or unknown)

    def placed(self, days: list[Node]) -> list[tuple[date | None, str | None, Node]]:
        """List the sessions with the day and the room under which they stand."""
        return [
            (day_of(day.get("date")), self.room(room), event)
            for day in days
            for room in day.all("room")
            for event in room.all("event")
        ]

    def room(self, node: Node) -> str | None:
        """Note a room; None for the name that stands for the whole house."""
        name, guid = node.get("name").strip(), node.get("guid")
        if name in WHOLE_HOUSE.values() and guid == guid_of(f"{self.gathering.url}#whole-house"):
            self.house = name
            return None
        return self.gathering.room(ScheduleRoom(name, guid=guid))

    def talk(self, given: tuple[date | None, str | None, Node]) -> ScheduleTalk:
        """Read a session."""
        day, room, node = given
        said, found = node.said, self.gathering
        where = _("„%(title)s“") % {"title": tidy.text(said("title"), 60) or node.get("id")}
        start = self.start(where, day, node)
        length = length_of(said("duration"))
        if length is None:
            found.clock.refuse(where, said("duration"))
        own = self.generator == NAME
        recording = node.first("recording") or Node("recording", {})
        return ScheduleTalk(
            title=said("title"),
            start=start,
            end=start + length,
            guid=node.get("guid"),
            id=whole_number(node.get("id")),
            code=node.get("code"),
            slug=said("slug"),
            url=said("url"),
            subtitle=said("subtitle"),
            kind=kind_from(self.problems, said("type")),
            track=found.track(said("track")),
            room=room,
            language=said("language"),
            abstract=abstract_of(said("abstract"), said("description"), own=own),
            plain_summary=said("description") if own else "",
            participations=self.participations(node),
            links=self.links(node.first("links"), "link"),
            attachments=self.links(node.first("attachments"), "attachment"),
            recording_licence=recording.said("license"),
            do_not_record=recording.said("optout").lower() in {"true", "1"},
        )

    def start(self, where: str, day: date | None, node: Node) -> datetime:
        """Read when a session begins: its full date, else the clock time on the day under which it stands."""
        if node.said("date"):
            return self.gathering.clock.moment(where, node.said("date"))
        clock = clock_of(node.said("start"))
        if day is None or clock is None:
            self.gathering.clock.refuse(where, node.said("start"))
        return self.gathering.clock.local(where, day, clock)

    def participations(self, node: Node) -> tuple[Participation, ...]:
        """Read who takes part."""
        persons = node.first("persons")
        noted = [
            self.gathering.person(
                SchedulePerson(person.get("guid"), person.text, whole_number(person.get("id")), code=person.get("code"))
            )
            for person in (persons.all("person")[:MOST_PEOPLE] if persons else [])
        ]
        return tuple(Participation(guid) for guid in noted if guid)

    def links(self, node: Node | None, name: str) -> tuple[Link, ...]:
        """Read links or attachments; those without an address say nothing."""
        listed = node.all(name) if node else []
        return tuple(
            Link(link.get("href") or link.text, link.text if link.get("href") else "", link.get("type"))
            for link in listed
            if link.get("href") or link.text
        )


def read_xml(root: Node, gathering: Gathering) -> Schedule:
    """Read a document whose outermost element is `schedule`."""
    return XmlReader(root, gathering).schedule()
