"""Takes the form of an event without its people, and makes another one from it: cloning, templates, the guided form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.events import actions as events
from tagwerk.events.actions.framing import part_of
from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.kit.dates import NotOnTheClock, in_utc
from tagwerk.kit.day_words import in_words
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.people.actions import grant
from tagwerk.people.hall import require_hall_code
from tagwerk.people.models import Person, Realm
from tagwerk.people.rules import RoleKind
from tagwerk.programme.actions import add_track, schedule, slot_at
from tagwerk.programme.models import Session, Track
from tagwerk.programme.rules import Kind
from tagwerk.site.blueprint_rules import (
    LAST_MINUTE,
    TITLES,
    VENUE,
    WORDS,
    Blueprint,
    DayPlan,
    RoomPlan,
    SlotPlan,
    in_a_row,
    moment_in,
    worth_keeping,
)
from tagwerk.site.rooms import contributions_panel, topics_panel

DUTIES = ("imprint", "privacy_contact", "accessibility_contact", "conformity", "exceptions", "enforcement")
BODY = ("name", "address", "url")


@dataclass(frozen=True)
class Wish:
    """What is new about an event that is made from a blueprint."""

    slug: str
    name: str
    first: date


def blueprint_of(event: Event) -> Blueprint:
    """Give the form of an event: rooms, slots, settings, texts; nobody who took part, spoke or worked there."""
    days = list(event.days.prefetch_related("slots"))
    titles = titles_of(event)
    first = days[0].date if days else None
    duties, venue = part_of(event, "duties"), part_of(event, "venue")
    return Blueprint(
        name=event.name,
        days=tuple(_day_plan(day, (day.date - (first or day.date)).days, titles) for day in days),
        rooms=tuple(_room_plan(room) for room in event.rooms.all()),
        zone=event.zone,
        address_form=event.address_form,
        accent=event.accent,
        expected_people=max(1, event.realm.minting_budget // 2),
        needs_hall_code=event.realm.needs_hall_code,
        words={name: getattr(event, name) for name in WORDS},
        venue={name: getattr(venue, name) for name in VENUE},
        tracks=tuple((track.name, track.accent) for track in Track.objects.filter(event=event)),
        duties={name: getattr(duties, name) for name in DUTIES},
        bodies=tuple({name: getattr(body, name) for name in BODY} for body in event.bodies.all()),
        **topics_panel().blueprint_of(event),
        **contributions_panel().blueprint_of(event),
    )


@action
def make(plan: Blueprint, wish: Wish, founder: Person) -> Event:
    """Make an event as a draft from a blueprint; who makes it is its organiser.

    Raises `Refusal` when the address is taken, `Invalid` for times that do not exist or overlap.
    """
    if Realm.objects.filter(slug=wish.slug).exists():
        raise Refusal("slug-taken", _("Unter dieser Adresse gibt es schon eine Veranstaltung."))
    event = events.found(
        wish.slug,
        wish.name,
        expected_people=plan.expected_people,
        zone=plan.zone,
        address_form=plan.address_form,
        accent=plan.accent,
        **plan.words,
    )
    mark = f"person:{founder.pk}"
    require_hall_code(event.realm, needed=plan.needs_hall_code)
    for room in plan.rooms:
        _make_room(event, room)
    for day in plan.days:
        _make_day(event, day, wish.first)
    for name, accent in plan.tracks:
        add_track(event, name, accent=accent)
    topics_panel().open_like(event, plan.barcamp, _round(event, plan, wish.first))
    contributions_panel().open_like(event, plan.call, wish.first, actor=mark)
    events.say_frame(event, "venue", _filled(plan.venue), actor=mark)
    events.say_frame(event, "duties", _filled(plan.duties), actor=mark)
    for body in plan.bodies:
        events.add_entry(event, "bodies", body, actor=mark)
    grant(founder, event.realm, RoleKind.ORGANISER)
    return event


def titles_of(event: Event) -> Mapping[int, list[Session]]:
    """Give what fills a slot for everybody, by the number of the slot: never what somebody holds.

    Several may fill one slot: the market is open while everybody has lunch.
    """
    for_all = Session.objects.filter(
        event=event, kind__in=TITLES, host_name="", participations=None, placement__room=None
    )
    found: dict[int, list[Session]] = {}
    for session in for_all.filter(placement__is_active=True).select_related("placement").order_by("pk"):
        found.setdefault(session.placement.slot_id, []).append(session)
    return found


def _day_plan(day: Day, offset: int, titles: Mapping[int, list[Session]]) -> DayPlan:
    slots = worth_keeping(plan for slot in day.slots.all() for plan in _slot_plans(slot, day, titles.get(slot.pk, [])))
    return DayPlan(offset, day.mode, slots, day.capacity_on_site, day.capacity_remote)


def _slot_plans(slot: Slot, day: Day, fills: Sequence[Session]) -> list[SlotPlan]:
    """Give a slot with the first of what fills it, and one of the same times for each of the others."""
    zone = day.event.timezone
    midnight = datetime.combine(day.date, datetime.min.time())
    start, end = (
        int((moment.astimezone(zone).replace(tzinfo=None) - midnight).total_seconds() // 60)
        for moment in (slot.start, slot.end)
    )
    start = min(max(0, start), LAST_MINUTE - 1)  # a day that was moved may begin on the evening before
    end = min(max(end, start + 1), LAST_MINUTE)
    first, *others = [(session.title, session.kind) for session in fills] or [("", TITLES[0])]
    beside = (SlotPlan(start, end, is_open=False, title=title, kind=kind) for title, kind in others)
    return [SlotPlan(start, end, slot.is_open, slot.is_anchored, *first), *beside]


def _room_plan(room: Room) -> RoomPlan:
    return RoomPlan(room.name, room.capacity, tuple(room.features), room.kind, room.is_open)


def _make_room(event: Event, plan: RoomPlan) -> None:
    room = events.add_room(event, plan.name, plan.seats, plan.features, kind=plan.kind)
    if not plan.is_open:
        events.change_room(event, room.pk, is_open=False)


def _make_day(event: Event, plan: DayPlan, first: date) -> None:
    row, beside = in_a_row(plan.slots)
    if any(slot.is_firm or not slot.title for slot in beside):
        raise Invalid("slots-overlap", _("Zwei Zeitfenster überschneiden sich."))
    wanted = [*row, *beside]
    spans = [(at(event, first, plan.offset, s.start), at(event, first, plan.offset, s.end), s.is_open) for s in wanted]
    slots = events.add_day(event, first + timedelta(days=plan.offset), plan.mode, spans[: len(row)])
    slots += [slot_at(event, start, end) for start, end, _is_open in spans[len(row) :]]
    capacity = {"on_site": plan.capacity_on_site, "remote": plan.capacity_remote}
    if capacity != {"on_site": None, "remote": None}:
        events.set_capacity(event.days.get(date=first + timedelta(days=plan.offset)), capacity)
    for slot, wish in zip(slots, wanted, strict=True):
        if wish.title:
            schedule(event, slot, None, title=wish.title, kind=Kind(wish.kind))
        if wish.is_anchored:
            events.anchor_slot(slot, anchored=True)


def at(event: Event, first: date, offset: int, minutes: int) -> datetime:
    """Give a part of a day as a moment; of a time that comes twice the first. Raises `Invalid` for one that never comes."""
    day, clock = moment_in(first, offset, minutes)
    try:
        return in_utc(day, clock, event.timezone, fold=0)
    except NotOnTheClock:
        raise Invalid(
            "not-on-the-clock",
            _("Am %(day)s um %(clock)s wird die Uhr vorgestellt: Diese Zeit gibt es nicht.")
            % {"day": in_words(day, "d.m.Y"), "clock": f"{clock:%H:%M}"},
        ) from None


def _round(event: Event, plan: Blueprint, first: date) -> dict[str, Any] | None:
    if plan.pitching is None or not plan.days:
        return None
    pitching = plan.pitching
    begins, announced = (
        at(event, first, pitching.offset, minutes) for minutes in (pitching.begins, pitching.announced)
    )
    return {"pitch_at": begins, "announce_at": announced, "seconds": pitching.seconds}


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}
