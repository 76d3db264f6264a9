"""Makes a programme ready to be written: everything checked once, and laid out by days, rooms and times."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tagwerk.exchange import checking, checking_talk, identity, tidy
from tagwerk.exchange.checking import Checker
from tagwerk.exchange.problems import Left, Problem, Problems, each
from tagwerk.exchange.schedule import (
    Mode,
    Schedule,
    ScheduleDay,
    SchedulePerson,
    ScheduleRoom,
    ScheduleTalk,
    ScheduleTrack,
    State,
)
from tagwerk.exchange.words import whole_house

MOST_TALKS, MOST_PEOPLE, MOST_ROOMS, MOST_TRACKS, MOST_DAYS = 5000, 10_000, 500, 500, 100
HOME_ZONE = "Europe/Berlin"


@dataclass(frozen=True)
class DayPlan:
    """A day with its rooms in their order and what happens in them by time; None: the whole house."""

    day: ScheduleDay
    rooms: tuple[tuple[ScheduleRoom | None, tuple[ScheduleTalk, ...]], ...]


@dataclass(frozen=True)
class Ready:
    """A programme that every writer can write, and what was wrong with it before.

    Moments are in UTC to the second; guids, ids, codes and slugs are there and come once; addresses are addresses.
    """

    schedule: Schedule
    problems: tuple[Problem, ...]

    @cached_property
    def zone(self) -> ZoneInfo:
        """Give the zone in which the programme is told."""
        return ZoneInfo(self.schedule.zone)

    @cached_property
    def people(self) -> dict[str, SchedulePerson]:
        """Give the people by their guid."""
        return {person.guid: person for person in self.schedule.people}

    @cached_property
    def tracks(self) -> dict[str, ScheduleTrack]:
        """Give the themes by their slug."""
        return {track.slug: track for track in self.schedule.tracks}

    @cached_property
    def rooms(self) -> dict[str, ScheduleRoom]:
        """Give the rooms by their name."""
        return {room.name: room for room in self.schedule.rooms}

    @cached_property
    def house(self) -> str:
        """Give the name under which what concerns the whole house stands where a room is wanted."""
        return whole_house(self.schedule.language)

    @cached_property
    def house_guid(self) -> str:
        """Give the guid of the whole house."""
        return identity.guid_of(f"{self.schedule.url}#whole-house")

    @cached_property
    def happening(self) -> tuple[ScheduleTalk, ...]:
        """Give the sessions that take place, by time and room."""
        return tuple(talk for talk in self.schedule.talks if talk.state != State.CANCELLED)

    @cached_property
    def plan(self) -> tuple[DayPlan, ...]:
        """Give what takes place, by day and room."""
        return tuple(planned(self.schedule, self.happening, self.zone))

    def local(self, moment: datetime) -> datetime:
        """Give a moment on the clocks of the programme."""
        return moment.astimezone(self.zone)

    def names(self, talk: ScheduleTalk) -> list[str]:
        """Give the names of those who take part in a session."""
        return [self.people[one.person].name for one in talk.participations]


def prepare(schedule: Schedule) -> Ready:
    """Check a programme; what cannot be taken is left out and named, everything else stays."""
    problems = Problems()
    url = tidy.address(schedule.url)
    base = url if not url or url.endswith("/") else f"{url}/"
    acronym = identity.acronym_of(schedule.acronym or schedule.title)
    language = checking_talk.language(schedule.language, "de")
    checker = Checker(base, language, acronym, problems)
    rooms = each(problems, _("Raum"), partial(checking.room, checker), schedule.rooms, MOST_ROOMS)
    tracks = each(problems, _("Themenstrang"), partial(checking.track, checker), schedule.tracks, MOST_TRACKS)
    people = each(problems, _("Person"), partial(checking.person, checker), schedule.people, MOST_PEOPLE)
    checker.ids.clear()  # people and sessions count each for themselves
    talks = each(problems, _("Programmpunkt"), partial(checking_talk.talk, checker), schedule.talks, MOST_TALKS)
    zone = known_zone(schedule.zone, problems)
    order = {room.name: number for number, room in enumerate(rooms)}
    checked = Schedule(
        title=checker.text(_("Veranstaltung"), schedule.title, tidy.LINE) or acronym,
        acronym=acronym,
        url=base,
        version=tidy.text(schedule.version, tidy.NAME) or "0",
        zone=zone.key,
        language=language,
        motto=tidy.text(schedule.motto, tidy.LINE),
        place=tidy.text(schedule.place, tidy.LINE),
        mode=Mode(schedule.mode),
        organiser=tidy.text(schedule.organiser, tidy.LINE),
        generator=tidy.text(schedule.generator, tidy.NAME),
        changed_at=tidy.moment(schedule.changed_at),
        days=days(schedule, talks, zone, problems),
        rooms=rooms,
        tracks=tracks,
        people=people,
        talks=tuple(sorted(talks, key=lambda talk: (talk.start, order.get(talk.room or "", -1), talk.guid))),
    )
    return Ready(checked, problems.all())


def known_zone(name: object, problems: Problems) -> ZoneInfo:
    """Give a zone by its name; ours, and say so, when there is none of that name."""
    try:
        return ZoneInfo(str(name))
    except (LookupError, OSError, ValueError):
        message = _("Die Zeitzone „%(zone)s“ ist unbekannt; es gilt %(ours)s.")
        shown = {"zone": tidy.text(name, 60), "ours": HOME_ZONE}
        problems.warning(_("Veranstaltung"), "unknown_zone", message % shown)
        return ZoneInfo(HOME_ZONE)


def days(
    schedule: Schedule, talks: Iterable[ScheduleTalk], zone: ZoneInfo, problems: Problems
) -> tuple[ScheduleDay, ...]:
    """Give the days by date, numbered from 1, and one for every session that has none."""
    known: dict[date, ScheduleDay] = {}

    def take(day: ScheduleDay) -> None:
        start, end = tidy.moment(day.start), tidy.moment(day.end)
        if type(day.date) is not date or day.date.year not in tidy.YEARS or day.date in known:
            problems.error(_("Tag"), "bad_day", _("Das Datum eines Tages fehlt oder kommt doppelt vor."))
            raise Left
        whole = whole_day(day.date, zone)
        known[day.date] = replace(whole, start=start, end=end) if start and end and start < end else whole

    each(problems, _("Tag"), take, schedule.days, MOST_DAYS)
    for talk in talks:
        own = talk.start.astimezone(zone).date()
        if own not in known and not any(day.start <= talk.start < day.end for day in known.values()):
            known[own] = whole_day(own, zone)
    return tuple(replace(known[day], index=index) for index, day in enumerate(sorted(known), 1))


def whole_day(day: date, zone: ZoneInfo) -> ScheduleDay:
    """Give a day from midnight to midnight."""
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    return ScheduleDay(0, day, start, datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC))


def planned(schedule: Schedule, talks: Iterable[ScheduleTalk], zone: ZoneInfo) -> Iterable[DayPlan]:
    """Lay out sessions by day and room; rooms in which nothing happens on a day are left out."""
    cells: dict[tuple[int, str | None], list[ScheduleTalk]] = {}
    find = day_finder(schedule.days, zone)
    for talk in talks:
        cells.setdefault((find(talk).index, talk.room), []).append(talk)
    rooms: list[ScheduleRoom | None] = [None, *schedule.rooms]
    for day in schedule.days:
        used = ((room, tuple(cells.get((day.index, room.name if room else None), ()))) for room in rooms)
        yield DayPlan(day, tuple((room, found) for room, found in used if found))


def day_finder(known: tuple[ScheduleDay, ...], zone: ZoneInfo) -> Callable[[ScheduleTalk], ScheduleDay]:
    """Give a function that tells to which day a session belongs: in whose hours it begins, else whose date it has."""
    by_date = {day.date: day for day in known}

    def find(talk: ScheduleTalk) -> ScheduleDay:
        for day in known:
            if day.start <= talk.start < day.end:
                return day
        return by_date[talk.start.astimezone(zone).date()]

    return find
