"""What a file that is read grows into: its people, themes and rooms, each once, and what the event says of itself."""

import graphlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from tagwerk.exchange import tidy
from tagwerk.exchange.identity import guid_of, known_guid, slug_of
from tagwerk.exchange.problems import Problems
from tagwerk.exchange.reading.times import Clock
from tagwerk.exchange.ready import known_zone
from tagwerk.exchange.schedule import SchedulePerson, ScheduleRoom, ScheduleTrack
from tagwerk.kit.text import folded

FIELDS = ("id", "code", "url", "organisation", "biography", "links")
"""What a second mention of a person may add."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the event that takes in a file says where the file is silent.

    `rooms` and `days` are those of the event: what a file names beyond them becomes a warning. None and empty: all
    are welcome.
    """

    title: str = ""
    url: str = ""
    zone: str = "Europe/Berlin"
    language: str = "de"
    rooms: frozenset[str] | None = None
    days: tuple[date, ...] = ()


@dataclass
class Gathering:
    """One file being read."""

    setting: Setting
    problems: Problems
    url: str = ""
    zone: str = ""
    language: str = ""
    people: dict[str, SchedulePerson] = field(default_factory=dict)
    tracks: dict[str, ScheduleTrack] = field(default_factory=dict)
    rooms: dict[str, ScheduleRoom] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.url = tidy.address(self.url) or self.setting.url
        self.language = self.language or self.setting.language
        self.clock = Clock(known_zone(self.zone or self.setting.zone, self.problems), self.problems)

    def person(self, given: SchedulePerson) -> str:
        """Note a person and give the guid; what a second mention adds is kept. Empty when there is no name."""
        name = tidy.text(given.name, tidy.NAME)
        if not name:
            return ""
        part = given.code or given.id or folded(name)
        guid = known_guid(given.guid) or guid_of(tidy.address(given.url) or f"{self.url}#person-{part}")
        known = self.people.get(guid, given)
        told = {key: getattr(known, key) or getattr(given, key) for key in FIELDS}
        self.people[guid] = replace(given, guid=guid, name=known.name, **told)
        return guid

    def track(self, name: str) -> str | None:
        """Note a theme by its name and give its slug; None when there is no name."""
        name = tidy.text(name, tidy.NAME)
        if not name:
            return None
        if name not in self.tracks:
            self.tracks[name] = ScheduleTrack(slug_of(name) or f"t-{guid_of(name)[:8]}", name)
        return self.tracks[name].slug

    def known_track(self, given: ScheduleTrack) -> None:
        """Note a theme that a file lists."""
        name = tidy.text(given.name, tidy.NAME)
        if name:
            self.tracks.setdefault(name, replace(given, name=name, slug=given.slug or slug_of(name)))

    def room(self, given: ScheduleRoom) -> str | None:
        """Note a room and give its name; None when it has none."""
        name = tidy.text(given.name, tidy.NAME)
        if not name:
            return None
        self.rooms.setdefault(name, replace(given, name=name))
        return name


def in_one_order(sequences: Iterable[Sequence[str]]) -> list[str]:
    """Give names in an order that keeps the order of each sequence; by first mention where they contradict."""
    before: dict[str, set[str]] = {}
    listed: dict[str, None] = {}
    for names in sequences:
        listed |= dict.fromkeys(names)
        for earlier, later in pairwise(names):
            before.setdefault(later, set()).add(earlier)
    try:
        return list(graphlib.TopologicalSorter({name: before.get(name, ()) for name in listed}).static_order())
    except graphlib.CycleError:
        return list(listed)
