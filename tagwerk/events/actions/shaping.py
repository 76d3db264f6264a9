"""What is done with an event itself: founded, shaped, led from phase to phase."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events import frame_rules, rules
from tagwerk.events.around import NEED_NAMES
from tagwerk.events.changes import DayChanged, EventPhaseChanged, RoomSwitched, SlotAnchored, WallsSwitched
from tagwerk.events.models import Day, Event, OnlineRoom, Room, Slot
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, open_stream, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.people.actions import found_realm

LARGEST = 1_000_000


@action
def found(slug: str, name: str, *, expected_people: int = 250, **fields: Any) -> Event:
    """Make an event with its realm and its ledger, as a draft unless `phase` says otherwise.

    Twice the expected people per hour may take part verified from one address.
    """
    realm = found_realm(slug, name, budget=2 * expected_people)
    event = Event.objects.create(realm=realm, name=name, **fields)
    open_stream(event.stream, informal=event.is_informal)
    return event


@action
def add_day(event: Event, day: date, mode: str, spans: Iterable[tuple[datetime, datetime, bool]]) -> list[Slot]:
    """Add a day with its slots: (start, end, open for the barcamp), aware; overlapping ones are refused."""
    row = Day.objects.create(event=event, date=day, mode=mode)
    slots = [Slot(day=row, start=start, end=end, is_open=is_open) for start, end, is_open in spans]
    ordered = sorted(slots, key=lambda slot: slot.start)
    if any(one.span.overlaps(other.span) for one, other in pairwise(ordered)):
        raise Invalid("slots-overlap", _("Zwei Zeitfenster überschneiden sich."))
    for slot in ordered:
        slot.save()
    return ordered


@action
def add_room(
    event: Event, name: str, capacity: int, features: Iterable[str] = (), *, kind: str = rules.RoomKind.ROOM
) -> Room:
    """Add a room (or a table) behind the others."""
    wanted = [rules.Feature(feature).value for feature in features]
    position = event.rooms.count()
    return Room.objects.create(event=event, name=name, capacity=capacity, features=wanted, kind=kind, position=position)


@action
def add_online_room(event: Event, name: str, url: str, room: Room | None = None, dial_in: str = "") -> OnlineRoom:
    """Add a link to a video room; later ones of the same room are its fallbacks."""
    rank = OnlineRoom.objects.filter(event=event, room=room).count()
    return OnlineRoom.objects.create(event=event, room=room, name=name, url=url, dial_in=dial_in, rank=rank)


@action
def enter_phase(event: Event, phase: str, *, anyway: bool = False, actor: str = "") -> int:
    """Lead the event into its next phase and give the revision; raises `Refusal` when that cannot follow.

    An announcement needs what `frame_rules.Need` lists, unless the operator says `anyway`.
    """
    hold(event.stream)
    event.refresh_from_db()
    if phase not in rules.next_phases(event.phase):
        raise Refusal("phase", _("Von hier aus geht es nicht in diese Phase."))
    if phase == rules.Phase.ANNOUNCED and not anyway:
        _check_said(event)
    before = event.phase
    event.phase = phase
    event.save(update_fields=["phase"])
    fact = EventPhaseChanged(phase=phase, touches=("event",), before={"phase": before}, after={"phase": phase})
    return tell(event.stream, fact, actor=actor)


@action
def switch_walls(event: Event, wall: str, *, revision: int | None = None, actor: str = "") -> int:
    """Put something on all walls, or let them follow the hour again (`auto`); gives the revision.

    The large QR code leaves by itself after a minute. Raises `Invalid` for what no wall can show.
    """
    if wall not in set(rules.Wall):
        raise Invalid("no-such-wall", _("Das kann keine Wand zeigen."))
    hold(event.stream)
    check_fresh(event.stream, revision, ["walls"])
    event.refresh_from_db()
    now = timezone.now()
    before = rules.wall_at(event.wall, event.wall_until, now)
    event.wall = rules.Wall(wall)
    event.wall_until = now + rules.QR_SHOWN if event.wall == rules.Wall.QR else None
    event.save(update_fields=["wall", "wall_until"])
    fact = WallsSwitched(wall=event.wall, touches=("walls",), before={"wall": before}, after={"wall": event.wall})
    return tell(event.stream, fact, actor=actor)


@action
def set_capacity(day: Day, capacity: Mapping[str, object], *, actor: str = "") -> Day:
    """Change how many people a day holds on site and remotely (None: without limit)."""
    stream = day.event.stream
    hold(stream)
    day.refresh_from_db()  # somebody else may have changed the other half meanwhile
    before = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    for key, value in capacity.items():
        if key not in before:
            raise _capacity_refused(key, _("Unbekannte Angabe."))
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST):
            raise _capacity_refused(key, _("Bitte geben Sie eine ganze Zahl ab 0 an, oder nichts für unbegrenzt."))
        setattr(day, f"capacity_{key}", value)
    day.save()
    after = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    tell(stream, DayChanged(day=day.pk, touches=(f"day:{day.pk}",), before=before, after=after), actor=actor)
    return day


@action
def anchor_slot(slot: Slot, *, anchored: bool, actor: str = "") -> int:
    """Anchor a slot to its time, so that no delay moves it, or let it loose; gives the revision."""
    stream = slot.day.event.stream
    hold(stream)
    slot.is_anchored = anchored
    slot.save(update_fields=["is_anchored"])
    fact = SlotAnchored(
        slot=slot.pk,
        anchored=anchored,
        touches=(f"slot:{slot.pk}",),
        before={"slot": slot.pk, "anchored": not anchored},
        after={"slot": slot.pk, "anchored": anchored},
    )
    return tell(stream, fact, actor=actor)


@action
def change_room(event: Event, number: int, *, actor: str = "", **changed: Any) -> Room:
    """Change one thing about how a room is used (see `RoomUse`); what others changed meanwhile stays.

    Raises `Unknown` for a foreign room.
    """
    hold(event.stream)
    room = Room.objects.filter(event=event, pk=number).first()
    return switch_room(event, number, replace(room.use if room else rules.RoomUse(), **changed), actor=actor)


@action
def switch_room(event: Event, number: int, wanted: rules.RoomUse, *, actor: str = "") -> Room:
    """Change how a room is used for sessions from now on; what stands there stays.

    Raises `Unknown` for a foreign room.
    """
    hold(event.stream)
    room = Room.objects.filter(event=event, pk=number).first()
    if room is None:
        raise Unknown("no-such-room", _("Diesen Raum gibt es nicht."))
    before = room.use
    if before != wanted:
        room.is_open, room.kind, room.available_until = wanted.is_open, wanted.kind, wanted.until
        room.save(update_fields=["is_open", "kind", "available_until"])
        fact = RoomSwitched(
            room=number,
            is_open=wanted.is_open,
            touches=(f"room:{number}",),
            before=before.plain(),
            after=wanted.plain(),
        )
        tell(event.stream, fact, actor=actor)
    return room


@action
def shift(event: Event, by: timedelta) -> None:
    """Move an event as a whole in time; used by the demo, which is always about to begin."""
    hold(event.stream)
    Slot.objects.filter(day__event=event).update(start=F("start") + by, end=F("end") + by)
    for day in event.days.prefetch_related("slots"):
        first = day.slots.first()
        if first:
            day.date = first.start.astimezone(event.timezone).date()
            day.save(update_fields=["date"])


def _check_said(event: Event) -> None:
    needs = frame_rules.missing(event.said())
    if needs:
        raise Refusal(
            "not-ready",
            _("Vor dem Ankündigen fehlt noch etwas."),
            errors={need.value: NEED_NAMES[need] for need in needs},
        )


def _capacity_refused(key: str, sentence: object) -> Invalid:
    return Invalid("capacity", _("Die Platzzahl kann so nicht gespeichert werden."), errors={key: sentence})
