"""Where a session could go: the free places, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Unknown
from tagwerk.programme.absences import away_at
from tagwerk.programme.market_hours import kept_for_market, market_hours
from tagwerk.programme.models import Absence, Session
from tagwerk.programme.rules import BESIDE_MARKET, Cell, RoomSize, SlotTime, Target, Wish, best_targets, is_frozen
from tagwerk.site.finding import number_or_none
from tagwerk.site.rooms import topics_panel


@dataclass(frozen=True)
class TargetCard:
    """A free place as the desk shows it."""

    slot_id: int
    room_id: int
    start: datetime
    room_name: str
    capacity: int
    affected: int
    hints: list[str]


def free_targets(event: Event, session: Session) -> list[TargetCard]:
    """Give every free place for a session, the best first."""
    standing = list(Session.objects.of(event).filter(placement__is_active=True))
    people = topics_panel().people_of(standing)
    slots = {slot.pk: slot for slot in Slot.objects.filter(day__event=event, is_open=True).select_related("day__event")}
    rooms = {room.pk: room for room in event.rooms.filter(is_open=True)}
    wish = replace(_wish(session, people), barred=_barred(event, session, slots.values()))
    found = best_targets(
        wish,
        [SlotTime(slot.pk, slot.start, slot.end) for slot in slots.values()],
        [RoomSize(room.pk, room.capacity, frozenset(room.features), room.use) for room in rooms.values()],
        [(_cell(other), _wish(other, people)) for other in standing if other.pk != session.pk],
        now=timezone.now(),
    )
    return [_card(target, slots, rooms) for target in found if target.cell != _cell(session)]


def split_target(text: str) -> tuple[int, int] | None:
    """Read `<slot>-<room>` from the form."""
    slot, _dash, room = text.partition("-")
    slot_number, room_number = number_or_none(slot), number_or_none(room)
    return None if slot_number is None or room_number is None else (slot_number, room_number)


def no_place() -> Unknown:
    """Give the refusal for a place that does not exist."""
    return Unknown("no-such-place", gettext_lazy("Diesen Platz gibt es nicht. Bitte wählen Sie einen aus der Liste."))


def _barred(event: Event, session: Session, slots: Iterable[Slot]) -> frozenset[int]:
    """Give the slots in which a host is not free, the market is open alone, or a pair would be broken."""
    absences, known = list(Absence.objects.of(event)), list(slots)
    hours = market_hours(event) if session.kind not in BESIDE_MARKET else []
    away = {slot.pk for slot in known if away_at(slot, session.hosts, absences) or kept_for_market(slot, hours)}
    return frozenset(away | topics_panel().crew.barred(event, session, known))


def _cell(session: Session) -> Cell:
    return Cell(session.placement.slot_id, session.placement.room_id or 0)


def _wish(session: Session, people: dict[int, frozenset[int]]) -> Wish:
    return Wish(people.get(session.pk, frozenset()), frozenset(session.hosts), frozenset(session.needs))


def _card(target: Target, slots: dict[int, Slot], rooms: dict[int, Room]) -> TargetCard:
    slot, room = slots[target.cell.slot], rooms[target.cell.room]
    missing = target.missing_seats
    short = ngettext("%(n)s Platz zu wenig", "%(n)s Plätze zu wenig", missing) % {"n": missing}
    return TargetCard(
        slot_id=slot.pk,
        room_id=room.pk,
        start=slot.start.astimezone(slot.day.event.timezone),
        room_name=room.name,
        capacity=room.capacity,
        affected=target.affected,
        hints=([short] if missing else []) + ([_("beginnt gleich")] if is_frozen(slot.start, timezone.now()) else []),
    )
