"""The form of an event without its people: days as parts of a clock, rooms, settings, texts; read from a file, strictly.

Nothing in it names a date, an address or a person, so that the next city can take it as it is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from tagwerk.events.reshaping_rules import MOST_DAYS, MOST_ROOMS, MOST_SLOTS
from tagwerk.events.rules import Feature, Mode, RoomKind
from tagwerk.site.blueprint_call import CallPlan, call_document, read_call
from tagwerk.site.blueprint_parts import Part, Refused, clock

FORMAT, VERSION = "tagwerk-template", 1
MOST_TRACKS = 200
FURTHEST = MOST_DAYS * 366  # days from the first one: no day of an event lies more than a year from all others
DAY = 24 * 60  # minutes
LAST_MINUTE = 2 * DAY - 1  # of the next morning and evening, into which a slot may reach
LARGEST = 1_000_000
WORDS = {"motto": 200, "place": 160, "audience": 300, "hashtag": 40}
VENUE = {"name": 160, "address": 400, "way": 2000, "accessibility": 2000, "note": 2000}
TITLES = ("break", "energizer", "market")  # the kinds of session that belong to everybody and to nobody
BARCAMP = ("policy", "threshold", "publish_mode", "counts", "reserve_rooms")
PARTS = ("format", "version", "event", "days", "rooms", "tracks", "barcamp", "pitch_round", "call", "venue")
Said = Mapping[str, Any]


@dataclass(frozen=True)
class SlotPlan:
    """A slot in minutes since its day's midnight (beyond 1440: the next morning), with the title of what fills it."""

    start: int
    end: int
    is_open: bool = True
    is_anchored: bool = False
    title: str = ""
    kind: str = TITLES[0]

    @property
    def is_firm(self) -> bool:
        """Tell whether it is a part of the day's rhythm, beside which there is no other such part."""
        return self.is_open or self.is_anchored

    def overlaps(self, other: "SlotPlan") -> bool:
        """Tell whether both share a minute."""
        return self.start < other.end and other.start < self.end


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
    call: CallPlan | None = None
    tracks: tuple[tuple[str, str], ...] = ()  # name and colour
    duties: Said = field(default_factory=dict)
    bodies: tuple[Said, ...] = ()


def in_a_row(slots: Iterable[SlotPlan]) -> tuple[list[SlotPlan], list[SlotPlan]]:
    """Part the slots of a day into those that follow each other, and those that lie beside them; both in order.

    Of slots that overlap, those of the rhythm stand in the row, then what belongs to everybody, then the earlier one.
    """
    row: list[SlotPlan] = []
    beside: list[SlotPlan] = []
    for slot in sorted(slots, key=lambda slot: (not slot.is_firm, not slot.title, slot.start)):
        (beside if any(slot.overlaps(other) for other in row) else row).append(slot)
    return sorted(row, key=lambda slot: slot.start), sorted(beside, key=lambda slot: slot.start)


def worth_keeping(slots: Iterable[SlotPlan]) -> tuple[SlotPlan, ...]:
    """Leave out the slots that were made for one item alone: they lie beside others, and nothing in them is everybody's."""
    row, beside = in_a_row(slots)
    kept = [*row, *(slot for slot in beside if slot.title or slot.is_firm)]
    return tuple(sorted(kept, key=lambda slot: slot.start))


def document(plan: Blueprint) -> dict[str, Any]:
    """Give a blueprint as it is written into a file; what belongs to one house stays out.

    So does what `read` takes from nobody: what lies years away, and what is more than an event can have.
    """
    days = [day for day in plan.days if day.offset <= FURTHEST][:MOST_DAYS]
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
        "days": [_day_document(day) for day in days],
        "rooms": [
            {
                "name": room.name,
                "seats": room.seats,
                "features": list(room.features),
                "kind": room.kind,
                "open": room.is_open,
            }
            for room in plan.rooms[:MOST_ROOMS]
        ],
        "tracks": [{"name": name, "accent": accent} for name, accent in plan.tracks[:MOST_TRACKS]],
        "barcamp": dict(plan.barcamp) if plan.barcamp is not None else None,
        "pitch_round": _pitching_document(plan.pitching),
        "call": call_document(plan.call),
        "venue": {name: plan.venue.get(name, "") for name in VENUE},
    }


def _day_document(day: DayPlan) -> dict[str, Any]:
    slots = [
        {
            "start": clock(slot.start),
            "end": clock(slot.end),
            "open": slot.is_open,
            "anchored": slot.is_anchored,
            **({"title": slot.title, "kind": slot.kind} if slot.title else {}),
        }
        for slot in day.slots[:MOST_SLOTS]
    ]
    capacity = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    return {"offset": day.offset, "mode": day.mode, "capacity": capacity, "slots": slots}


def _pitching_document(pitching: Pitching | None) -> dict[str, Any] | None:
    if pitching is None or pitching.offset > FURTHEST:
        return None
    return {
        "offset": pitching.offset,
        "begins": clock(pitching.begins),
        "announced": clock(pitching.announced),
        "seconds": pitching.seconds,
    }


def read(raw: object, accents: Collection[str]) -> Blueprint:
    """Read the document of a file; raises `Refused` with the place and the reason."""
    top = Part(raw, "template", PARTS)
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
    _check_once([name.casefold() for name, _accent in tracks], "tracks", "the same name twice")
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
        call=read_call(top),
        tracks=tracks,
    )


def moment_in(first: date, offset: int, minutes: int) -> tuple[date, time]:
    """Give the date and the time of day of a part of a day; from the first day on."""
    return first + timedelta(days=offset + minutes // DAY), time(minutes % DAY // 60, minutes % 60)


def _day(part: Part) -> DayPlan:
    slots = tuple(
        _slot(slot) for slot in part.parts("slots", MOST_SLOTS, ("start", "end", "open", "anchored", "title", "kind"))
    )
    capacity = part.part("capacity", ("on_site", "remote"))
    return DayPlan(
        offset=part.number("offset", 0, FURTHEST),
        mode=part.choice("mode", [mode.value for mode in Mode], Mode.ON_SITE.value),
        slots=slots,
        capacity_on_site=capacity.number("on_site", 0, LARGEST, None),
        capacity_remote=capacity.number("remote", 0, LARGEST, None),
    )


def _slot(part: Part) -> SlotPlan:
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


def _room(part: Part) -> RoomPlan:
    name = part.text("name", 60)
    if not name:
        raise Refused(f"{part.where}.name", "missing")
    return RoomPlan(
        name,
        part.number("seats", 1, LARGEST),
        part.chosen("features", [feature.value for feature in Feature]),
        kind=part.choice("kind", [kind.value for kind in RoomKind], RoomKind.ROOM.value),
        is_open=part.flag("open", default=True),
    )


def _track(part: Part, accents: Collection[str]) -> tuple[str, str]:
    name = part.text("name", 60)
    if not name:
        raise Refused(f"{part.where}.name", "missing")
    return name, part.choice("accent", tuple(accents), "blau")


def _barcamp(top: Part) -> Said | None:
    if top.raw.get("barcamp") is None:
        return None
    return dict(top.part("barcamp", BARCAMP).raw)


def _pitching(top: Part) -> Pitching | None:
    if top.raw.get("pitch_round") is None:
        return None
    part = top.part("pitch_round", ("offset", "begins", "announced", "seconds"))
    begins, announced = part.minutes("begins"), part.minutes("announced")
    return Pitching(begins, announced, part.number("seconds", 15, 600, 60), part.number("offset", 0, FURTHEST, 0))


def _check_once(values: list[str], where: str, why: str) -> None:
    if len(set(values)) < len(values):
        raise Refused(where, why)
