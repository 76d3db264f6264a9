"""Puts single records right, or says why one cannot be taken; nothing that is wrong with one harms another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tagwerk.exchange import identity, tidy
from tagwerk.exchange.problems import Left, Problems
from tagwerk.exchange.schedule import Link, RoomKind, SchedulePerson, ScheduleRoom, ScheduleTrack
from tagwerk.exchange.words import LINKS

MOST_LINKS, MOST_WORDS = 50, 40
_CODE = re.compile(r"[A-Z0-9]{1,16}")


@dataclass
class Checker:
    """What the records of one programme share: its address and language, what is taken already, the problems."""

    url: str
    language: str
    prefix: str
    problems: Problems
    guids: set[str] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)
    rooms: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    def text(self, where: str, value: object, limit: int, *, lines: bool = False) -> str:
        """Give a text in order, and say what had to be left out of it."""
        if isinstance(value, str):
            if len(value) > limit:
                message = _("Der Text hat %(length)d Zeichen; übernommen sind die ersten %(most)d.")
                self.problems.warning(where, "too_long", message % {"length": len(value), "most": limit})
            if tidy.is_unfit(value[: 2 * limit]):
                self.problems.warning(where, "unreadable", _("Zeichen, die nicht angezeigt werden können, fehlen."))
        return tidy.text(value, limit, lines=lines)

    def address(self, where: str, value: object) -> str:
        """Give an address, or an empty string and say so when it may not be linked to."""
        found = tidy.address(value)
        if value and not found:
            shown = tidy.text(value, 60)
            self.problems.warning(where, "bad_link", _("Der Link „%(link)s“ ist keine Webadresse.") % {"link": shown})
        return found

    def links(self, where: str, links: Iterable[Link]) -> tuple[Link, ...]:
        """Give the links that are addresses."""
        found = [
            Link(url, self.text(where, link.title, tidy.LINE), link.kind if link.kind in LINKS else "related")
            for link in tuple(links)[:MOST_LINKS]
            if (url := self.address(where, link.url))
        ]
        return tuple(dict.fromkeys(found))

    def guid(self, where: str, given: str, address: str, part: str) -> str:
        """Give a guid: the given one, or that of the address, or that of a part of the programme."""
        known = identity.known_guid(str(given)) if given else ""
        if given and not known:
            self.problems.warning(where, "bad_guid", _("Die Kennung ist keine UUID; eine neue ist vergeben."))
        return known or identity.guid_of(address or self.url + part)

    def number(self, given: object, guid: str) -> int:
        """Give a number that nobody else has: the given one, else that of the guid, else the next free one."""
        number = tidy.natural(given) or identity.number_of(guid)
        if number in self.ids:
            number = identity.number_of(guid)
        while number in self.ids:
            number = number % identity.NUMBERS + 1
        self.ids.add(number)
        return number


def words(values: Iterable[str]) -> tuple[str, ...]:
    """Give short words, each once."""
    return tuple(dict.fromkeys(w for value in tuple(values)[:MOST_WORDS] if (w := tidy.text(value, 60))))


def room(checker: Checker, given: ScheduleRoom) -> ScheduleRoom:
    """Give a room in order; raises `Left` when it has no name."""
    name = tidy.text(given.name, tidy.NAME)
    where = _("Raum „%(name)s“") % {"name": name}
    if not name or name in checker.rooms:
        checker.problems.error(where, "no_name" if not name else "twice", _("Der Name fehlt oder kommt doppelt vor."))
        raise Left
    checker.rooms |= {name}
    url = checker.address(where, given.url)
    part = identity.slug_of(name) or identity.guid_of(name)[:8]
    guid = checker.guid(where, given.guid, "", f"#room-{part}")
    if guid in checker.guids:
        guid = identity.guid_within(guid, name)
    checker.guids.add(guid)
    return ScheduleRoom(
        name=name,
        guid=guid,
        slug=identity.slug_of(given.slug or name) or f"r-{guid[:8]}",
        capacity=tidy.natural(given.capacity) or None,
        kind=RoomKind(given.kind),
        features=words(given.features),
        description=checker.text(where, given.description, tidy.PROSE, lines=True),
        url=url,
    )


def track_slug(slug: str) -> str:
    """Give a theme's slug as all schemas take it: a letter first, at least two characters."""
    plain = identity.slug_of(slug)
    return plain if len(plain) > 1 and plain[0].isalpha() else f"t-{plain or 'x'}"


def track(checker: Checker, given: ScheduleTrack) -> ScheduleTrack:
    """Give a theme in order; raises `Left` when it has no name or comes twice."""
    name = tidy.text(given.name, tidy.NAME)
    where = _("Themenstrang „%(name)s“") % {"name": name}
    slug = track_slug(given.slug or name)
    if not name or slug in checker.tracks:
        checker.problems.error(where, "no_name" if not name else "twice", _("Der Name fehlt oder kommt doppelt vor."))
        raise Left
    checker.tracks |= {slug}
    return ScheduleTrack(slug, name, tidy.color(given.color))


def person(checker: Checker, given: SchedulePerson) -> SchedulePerson:
    """Give a person in order; raises `Left` when there is no name or no guid, or the guid is somebody else's."""
    name = checker.text(_("Person"), given.name, tidy.NAME)
    where = _("Person „%(name)s“") % {"name": name}
    guid = identity.known_guid(str(given.guid))
    if not name or not guid or guid in checker.people:
        why = "no_name" if not name else "twice" if guid else "bad_guid"
        checker.problems.error(where, why, _("Name oder Kennung fehlen oder kommen doppelt vor."))
        raise Left
    checker.people |= {guid}
    return SchedulePerson(
        guid=guid,
        name=name,
        id=checker.number(given.id, guid),
        code=given.code if is_code(given.code) else "",
        url=checker.address(where, given.url),
        organisation=checker.text(where, given.organisation, tidy.LINE),
        biography=checker.text(where, given.biography, tidy.PROSE, lines=True),
        links=checker.links(where, given.links),
    )


def is_code(code: object) -> bool:
    """Tell whether a code is capitals and digits, as the schemas want it."""
    return isinstance(code, str) and _CODE.fullmatch(code) is not None
