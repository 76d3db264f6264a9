"""The form of an event without its people: days as parts of a clock, rooms, settings, texts; read from a file, strictly.

Nothing in it names a date, an address or a person, so that the next city can take it as it is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from tagwerk.events.rules import Feature, Mode, RoomKind
from tagwerk.kit.text import Unreadable, clean, folded

FORMAT, VERSION = "tagwerk-template", 1
MOST_DAYS, MOST_SLOTS, MOST_ROOMS, MOST_TRACKS = 14, 60, 100, 40
DAY = 24 * 60  # minutes
LARGEST = 1_000_000
WORDS = {"motto": 200, "place": 160, "audience": 300, "hashtag": 40}
VENUE = {"name": 160, "address": 400, "way": 2000, "accessibility": 2000, "note": 2000}
TITLES = ("break", "energizer")  # the kinds of session that belong to everybody and to nobody
BARCAMP = ("policy", "threshold", "publish_mode", "counts", "reserve_rooms")
Said = Mapping[str, Any]


class Refused(ValueError):
    """A file does not hold; `where` names the place in it as a path, `why` is a short English reason."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


@dataclass(frozen=True)
class SlotPlan:
    """A slot in minutes since its day's midnight (beyond 1440: the next morning), with the title of what fills it."""

    start: int
    end: int
    is_open: bool = True
    is_anchored: bool = False
    title: str = ""
    kind: str = TITLES[0]


@dataclass(frozen=True)
class DayPlan:
    """A day, so many days after the first one."""

    offset: int
    mode: str
    slots: tuple[SlotPlan, ...]
    capacity_on_site: int | None = None
    capacity_remote: int | None = None


@dataclass(frozen=True)
class RoomPlan:
    """A room as it is furnished."""

    name: str
    seats: int
    features: tuple[str, ...] = ()
    kind: str = RoomKind.ROOM.value
    is_open: bool = True


@dataclass(frozen=True)
class Pitching:
    """A pitch round so many days after the first one, in minutes since that day's midnight."""

    begins: int
    announced: int
    seconds: int = 60
    offset: int = 0


@dataclass(frozen=True)
class Blueprint:
    """All of an event that another one can be made from; `duties` and `bodies` stay in the house that said them."""

    name: str
    days: tuple[DayPlan, ...]
    rooms: tuple[RoomPlan, ...]
    zone: str = "Europe/Berlin"
    address_form: str = "sie"
    accent: str = "blau"
    expected_people: int = 250
    needs_hall_code: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    venue: Mapping[str, str] = field(default_factory=dict)
    barcamp: Said | None = None
    pitching: Pitching | None = None
    tracks: tuple[tuple[str, str], ...] = ()  # name and colour
    duties: Said = field(default_factory=dict)
    bodies: tuple[Said, ...] = ()


def document(plan: Blueprint) -> dict[str, Any]:
    """Give a blueprint as it is written into a file; what belongs to one house stays out."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "event": {
            "name": plan.name,
            **{name: plan.words.get(name, "") for name in WORDS},
            "zone": plan.zone,
            "address_form": plan.address_form,
            "accent": plan.accent,
            "expected_people": plan.expected_people,
            "needs_hall_code": plan.needs_hall_code,
        },
        "days": [_day_document(day) for day in plan.days],
        "rooms": [
            {
                "name": room.name,
                "seats": room.seats,
                "features": list(room.features),
                "kind": room.kind,
                "open": room.is_open,
            }
            for room in plan.rooms
        ],
        "tracks": [{"name": name, "accent": accent} for name, accent in plan.tracks],
        "barcamp": dict(plan.barcamp) if plan.barcamp is not None else None,
        "pitch_round": _pitching_document(plan.pitching),
        "venue": {name: plan.venue.get(name, "") for name in VENUE},
    }


def _day_document(day: DayPlan) -> dict[str, Any]:
    slots = [
        {
            "start": _clock(slot.start),
            "end": _clock(slot.end),
            "open": slot.is_open,
            "anchored": slot.is_anchored,
            **({"title": slot.title, "kind": slot.kind} if slot.title else {}),
        }
        for slot in day.slots
    ]
    capacity = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    return {"offset": day.offset, "mode": day.mode, "capacity": capacity, "slots": slots}


def _pitching_document(pitching: Pitching | None) -> dict[str, Any] | None:
    if pitching is None:
        return None
    return {
        "offset": pitching.offset,
        "begins": _clock(pitching.begins),
        "announced": _clock(pitching.announced),
        "seconds": pitching.seconds,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read(raw: object, accents: Collection[str]) -> Blueprint:
    """Read the document of a file; raises `Refused` with the place and the reason."""
    top = _Part(
        raw, "template", ("format", "version", "event", "days", "rooms", "tracks", "barcamp", "pitch_round", "venue")
    )
    if top.raw.get("format") != FORMAT or top.raw.get("version") != VERSION:
        raise Refused("format", f"not a {FORMAT} of version {VERSION}")
    event = top.part("event", (*WORDS, "name", "zone", "address_form", "accent", "expected_people", "needs_hall_code"))
    zone = event.text("zone", 40) or "Europe/Berlin"
    if zone not in available_timezones():
        raise Refused("event.zone", "unknown")
    days = tuple(_day(part) for part in top.parts("days", MOST_DAYS, ("offset", "mode", "capacity", "slots")))
    _check_once([str(day.offset) for day in days], "days", "the same offset twice")
    rooms = tuple(_room(part) for part in top.parts("rooms", MOST_ROOMS, ("name", "seats", "features", "kind", "open")))
    _check_once([room.name for room in rooms], "rooms", "the same name twice")
    tracks = tuple(_track(part, accents) for part in top.parts("tracks", MOST_TRACKS, ("name", "accent")))
    _check_once([folded(name) for name, _accent in tracks], "tracks", "the same name twice")
    venue = top.part("venue", tuple(VENUE))
    return Blueprint(
        name=event.text("name", 120),
        days=days,
        rooms=rooms,
        zone=zone,
        address_form=event.choice("address_form", ("sie", "du"), "sie"),
        accent=event.choice("accent", tuple(accents), "blau"),
        expected_people=event.number("expected_people", 1, LARGEST, 250),
        needs_hall_code=event.flag("needs_hall_code", default=False),
        words={name: event.text(name, longest) for name, longest in WORDS.items()},
        venue={name: venue.text(name, longest, lines=name != "name") for name, longest in VENUE.items()},
        barcamp=_barcamp(top),
        pitching=_pitching(top),
        tracks=tracks,
    )


def moment_in(first: date, offset: int, minutes: int) -> tuple[date, time]:
    """Give the date and the time of day of a part of a day; from the first day on."""
    return first + timedelta(days=offset + minutes // DAY), time(minutes % DAY // 60, minutes % 60)


def _day(part: "_Part") -> DayPlan:
    slots = tuple(
        _slot(slot) for slot in part.parts("slots", MOST_SLOTS, ("start", "end", "open", "anchored", "title", "kind"))
    )
    capacity = part.part("capacity", ("on_site", "remote"))
    return DayPlan(
        offset=part.number("offset", 0, 366),
        mode=part.choice("mode", [mode.value for mode in Mode], Mode.ON_SITE.value),
        slots=slots,
        capacity_on_site=capacity.number("on_site", 0, LARGEST, None),
        capacity_remote=capacity.number("remote", 0, LARGEST, None),
    )


def _slot(part: "_Part") -> SlotPlan:
    start, end = part.minutes("start"), part.minutes("end")
    if end <= start:
        raise Refused(part.where, "ends before it starts")
    return SlotPlan(
        start,
        end,
        is_open=part.flag("open", default=True),
        is_anchored=part.flag("anchored", default=False),
        title=part.text("title", 200),
        kind=part.choice("kind", TITLES, TITLES[0]),
    )


def _room(part: "_Part") -> RoomPlan:
    name = part.text("name", 60)
    if not name:
        raise Refused(f"{part.where}.name", "missing")
    features = part.raw.get("features", [])
    if not isinstance(features, list) or not all(feature in list(Feature) for feature in features):
        raise Refused(f"{part.where}.features", "unknown")
    return RoomPlan(
        name,
        part.number("seats", 1, LARGEST),
        tuple(dict.fromkeys(str(feature) for feature in features)),
        kind=part.choice("kind", [kind.value for kind in RoomKind], RoomKind.ROOM.value),
        is_open=part.flag("open", default=True),
    )


def _track(part: "_Part", accents: Collection[str]) -> tuple[str, str]:
    name = part.text("name", 60)
    if not name:
        raise Refused(f"{part.where}.name", "missing")
    return name, part.choice("accent", tuple(accents), "blau")


def _barcamp(top: "_Part") -> Said | None:
    if top.raw.get("barcamp") is None:
        return None
    return dict(top.part("barcamp", BARCAMP).raw)


def _pitching(top: "_Part") -> Pitching | None:
    if top.raw.get("pitch_round") is None:
        return None
    part = top.part("pitch_round", ("offset", "begins", "announced", "seconds"))
    begins, announced = part.minutes("begins"), part.minutes("announced")
    return Pitching(begins, announced, part.number("seconds", 15, 600, 60), part.number("offset", 0, 366, 0))


def _check_once(values: list[str], where: str, why: str) -> None:
    if len(set(values)) < len(values):
        raise Refused(where, why)


class _Part:
    """A part of a document with the path to it; unknown keys are refused by name."""

    def __init__(self, raw: object, where: str, known: Collection[str]) -> None:
        if not isinstance(raw, dict):
            raise Refused(where, "not an object")
        unknown = sorted(str(key) for key in raw if key not in known)
        if unknown:
            raise Refused(f"{where}.{unknown[0][:40]}", "unknown key")
        self.raw, self.where = raw, where

    def part(self, name: str, known: Collection[str]) -> "_Part":
        return _Part(self.raw.get(name) or {}, f"{self.where}.{name}", known)

    def parts(self, name: str, most: int, known: Collection[str]) -> "list[_Part]":
        rows = self.raw.get(name, [])
        if not isinstance(rows, list) or len(rows) > most:
            raise Refused(name, f"not a list of at most {most}")
        return [_Part(row, f"{name}[{number}]", known) for number, row in enumerate(rows)]

    def text(self, name: str, longest: int, *, lines: bool = False) -> str:
        raw = self.raw.get(name, "")
        try:
            text = clean(raw, lines=lines) if isinstance(raw, str) and len(raw) <= 10 * longest else None
        except Unreadable:
            text = None
        if text is None or len(text) > longest:
            raise Refused(f"{self.where}.{name}", f"not a text of at most {longest} letters")
        return text

    def number(self, name: str, least: int, most: int, default: Any = ...) -> Any:
        raw = self.raw.get(name, default)
        if raw is default and default is not ...:
            return default
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise Refused(f"{self.where}.{name}", f"not a whole number from {least} to {most}")
        return raw

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.raw.get(name, default)
        if not isinstance(raw, bool):
            raise Refused(f"{self.where}.{name}", "neither true nor false")
        return raw

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        raw = self.raw.get(name, default)
        if raw not in choices:
            raise Refused(f"{self.where}.{name}", "unknown")
        return str(raw)

    def minutes(self, name: str) -> int:
        raw = self.raw.get(name)
        hours, colon, minutes = raw.partition(":") if isinstance(raw, str) else ("", "", "")
        digits = hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()
        is_read = bool(colon) and digits and len(hours) <= 2 and len(minutes) == 2  # noqa: PLR2004 - HH:MM
        if not is_read or int(hours) >= 48 or int(minutes) >= 60:  # noqa: PLR2004 - until the next midnight
            raise Refused(f"{self.where}.{name}", "not a time such as 09:30")
        return int(hours) * 60 + int(minutes)
