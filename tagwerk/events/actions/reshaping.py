"""The frame after the founding: days, slots and rooms are added and changed; what stands in them is looked at by the programme."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tagwerk.events import rules
from tagwerk.events.changes import FrameReshaped
from tagwerk.events.first_rules import LARGEST_ROOM, LONGEST_ROOM_NAME
from tagwerk.events.models import ACCENTS, Day, Event, Room, Slot
from tagwerk.events.reshaping_rules import MOST_DAYS, MOST_ROOMS, MOST_SLOTS, Timed, slot_fault
from tagwerk.kit.refusals import Invalid, Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, open_stream, tell
from tagwerk.live.conflicts import check_fresh

FULL = _("Mehr passt hier nicht hin.")
TIMES = _("Das Ende muss nach dem Anfang liegen, höchstens einen Tag später.")
Plain = dict[str, Any]


@action
def add_single_day(event: Event, day: date, mode: str, *, actor: str = "") -> Day:
    """Add a day without slots; raises `Invalid` when the event has it already."""
    hold(event.stream)
    check_date(event, day)
    if event.days.count() >= MOST_DAYS:
        raise Refusal("too-many", FULL)
    row = Day.objects.create(event=event, date=day, mode=rules.Mode(mode))
    tell_reshaped(event, "day", row.pk, (None, day_state(row)), actor)
    return row


@action
def add_slot(day: Day, start: datetime, end: datetime, *, is_open: bool, actor: str = "") -> Slot:
    """Add a slot to a day; raises `Invalid` for times that do not hold, or that another slot has."""
    event = day.event
    hold(event.stream)
    if Slot.objects.filter(day__event=event).count() >= MOST_SLOTS:
        raise Refusal("too-many", FULL)
    check_times(event, Timed(0, start, end, is_open))
    slot = Slot.objects.create(day=day, start=start, end=end, is_open=is_open)
    tell_reshaped(event, "slot", slot.pk, (None, slot_state(slot)), actor)
    return slot


@action
def open_room(event: Event, name: str, capacity: int, features: list[str], *, actor: str = "") -> Room:
    """Add a room behind the others; raises `Invalid` for a name that is taken, or seats that are none."""
    hold(event.stream)
    if event.rooms.count() >= MOST_ROOMS:
        raise Refusal("too-many", FULL)
    words = {"name": name, "capacity": capacity, "features": features}
    _check_room(event, 0, words)
    last = event.rooms.order_by("position").last()
    position = 0 if last is None else last.position + 1
    room = Room.objects.create(event=event, position=position, kind=rules.kind_of_name(name), **words)
    tell_reshaped(event, "room", room.pk, (None, room_state(room)), actor)
    return room


@action
def edit_room(
    event: Event, number: int, words: Mapping[str, Any], *, revision: int | None = None, actor: str = ""
) -> int:
    """Change name, seats or features of a room; gives the revision. What stands there stays.

    `revision` is what the editor saw: raises `Refusal` (409) when somebody else changed the room since.
    """
    hold(event.stream)
    check_fresh(event.stream, revision, [f"room:{number}"])
    room = room_at(event, number)
    _check_room(event, number, words)
    before = room_state(room)
    for name, value in words.items():
        setattr(room, name, value)
    room.save()
    return tell_reshaped(event, "room", number, (before, room_state(room)), actor)


@action
def move_room_up(event: Event, number: int, *, actor: str = "") -> None:
    """Let a room change places with the one before it; the first stays where it is."""
    hold(event.stream)
    order = list(event.rooms.all())
    place = order.index(room_at(event, number))
    if place == 0:
        return
    order[place - 1], order[place] = order[place], order[place - 1]
    for position, row in enumerate(order):
        row.position = position
    Room.objects.bulk_update(order, ["position"])
    tell_reshaped(event, "room", number, (None, None), actor)


@action
def change_look(event: Event, words: Mapping[str, str], *, actor: str = "") -> int:
    """Change the colour, or whether people are addressed with *Sie* or *du*; gives the revision."""
    hold(event.stream)
    event.refresh_from_db()
    before = look_state(event)
    after = before | dict(words)
    if after["accent"] not in ACCENTS or after["address_form"] not in Event.Address.values:
        raise Invalid("look", _("Bitte wählen Sie eine der angebotenen Möglichkeiten."))
    event.accent, event.address_form = after["accent"], after["address_form"]
    event.save(update_fields=["accent", "address_form"])
    open_stream(event.stream, informal=event.is_informal)
    return tell_reshaped(event, "look", None, (before, after), actor)


def check_date(event: Event, day: date, *, but: int = 0) -> None:
    """Refuse a date that the event has already, as another day."""
    if event.days.filter(date=day).exclude(pk=but).exists():
        sentence = _("Diesen Tag gibt es schon.")
        raise Invalid("day-taken", sentence, errors={"date": sentence})


def check_times(event: Event, wanted: Timed) -> None:
    """Refuse times of a slot that do not hold; the slot that is in the way is named."""
    rows = Slot.objects.filter(day__event=event).select_related("day__event")
    slots = {slot.pk: slot for slot in rows}
    others = [Timed(slot.pk, slot.start, slot.end, slot.is_open or slot.is_anchored) for slot in slots.values()]
    found = slot_fault(wanted, others)
    if found is None:
        return
    fault, other = found
    sentence: Any = TIMES
    if other is not None:
        sentence = _("Das überschneidet sich mit dem Zeitfenster %(times)s.") % {"times": slots[other.number]}
    raise Invalid(f"slot-{fault}", sentence, errors={"end": sentence})


def room_at(event: Event, number: int) -> Room:
    """Give a room of an event; raises `Unknown`."""
    room: Room | None = event.rooms.filter(pk=number).first()
    if room is None:
        raise Unknown("no-such-room", _("Diesen Raum gibt es nicht (mehr)."))
    return room


def slot_at_number(event: Event, number: int) -> Slot:
    """Give a slot of an event; raises `Unknown`."""
    slot = Slot.objects.filter(day__event=event, pk=number).select_related("day__event").first()
    if slot is None:
        raise Unknown("no-such-slot", _("Dieses Zeitfenster gibt es nicht (mehr)."))
    return slot


def day_at(event: Event, number: int) -> Day:
    """Give a day of an event; raises `Unknown`."""
    day: Day | None = event.days.filter(pk=number).first()
    if day is None:
        raise Unknown("no-such-day", _("Diesen Tag gibt es nicht (mehr)."))
    return day


def slot_state(slot: Slot) -> Plain:
    """Give a slot for the ledger."""
    times = {"start": slot.start.isoformat(), "end": slot.end.isoformat()}
    return {"day": slot.day_id, **times, "open": slot.is_open, "anchored": slot.is_anchored}


def day_state(day: Day) -> Plain:
    """Give a day with its slots for the ledger."""
    slots = {str(slot.pk): slot_state(slot) for slot in day.slots.all()}
    seats = {"on_site": day.capacity_on_site, "remote": day.capacity_remote}
    return {"date": day.date.isoformat(), "mode": str(day.mode), **seats, "slots": slots}


def room_state(room: Room) -> Plain:
    """Give a room for the ledger."""
    names = ("name", "capacity", "features", "position")
    return {name: getattr(room, name) for name in names} | {"use": room.use.plain()}


def look_state(event: Event) -> dict[str, str]:
    """Give the look of an event for the ledger."""
    return {"accent": event.accent, "address_form": str(event.address_form)}


def tell_reshaped(
    event: Event, part: str, number: int | None, states: tuple[Plain | None, Plain | None], actor: str
) -> int:
    """Tell everybody what changed; `states` are how it was and is. Gives the revision."""
    was, now = states
    can_go_back = was is not None or now is not None
    touches = ("look",) if number is None else (f"{part}:{number}",)
    fact = FrameReshaped(
        part=part,
        number=number,
        touches=touches,
        before={"part": part, "number": number, "was": was} if can_go_back else {},
        after={"part": part, "number": number, "was": now} if can_go_back else {},
    )
    return tell(event.stream, fact, actor=actor)


@action
def put_room_back(event: Event, number: int, was: Mapping[str, Any], *, actor: str = "") -> int:
    """Open a room again that was removed, under its old number, so that its door has its old address."""
    hold(event.stream)
    _check_room(event, number, was)
    use = rules.room_use(was["use"])
    words = {name: was[name] for name in ("name", "capacity", "features", "position")}
    room = Room.objects.create(
        pk=number, event=event, is_open=use.is_open, kind=use.kind, available_until=use.until, **words
    )
    return tell_reshaped(event, "room", number, (None, room_state(room)), actor)


def _check_room(event: Event, number: int, words: Mapping[str, Any]) -> None:
    errors: dict[str, Any] = {}
    if "name" in words:
        name = words["name"].strip()
        names = [room.name.casefold() for room in event.rooms.exclude(pk=number)]
        if not 0 < len(name) <= LONGEST_ROOM_NAME or name.casefold() in names:
            errors["name"] = _("Bitte geben Sie einen Namen an, den noch kein Raum hat.")
    if not 0 < words.get("capacity", 1) <= LARGEST_ROOM:
        errors["capacity"] = _("Bitte geben Sie eine ganze Zahl ab 1 an.")
    if not set(words.get("features", ())) <= set(rules.Feature):
        errors["features"] = _("Bitte wählen Sie eine der angebotenen Möglichkeiten.")
    if errors:
        raise Invalid("room", _("Bitte sehen Sie die markierten Felder noch einmal an."), errors=errors)
