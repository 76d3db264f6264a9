"""The frame under a programme: slots and days get other times with all that stands in them; only what is empty is removed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tagwerk.events.actions.reshaping import (
    check_date,
    check_times,
    day_at,
    day_state,
    room_at,
    room_state,
    slot_at_number,
    slot_state,
    tell_reshaped,
)
from tagwerk.events.models import Day, Event, Slot
from tagwerk.events.reshaping_rules import Timed, at_the_same_clock, distance
from tagwerk.events.rules import Mode
from tagwerk.kit.dates import NotOnTheClock, Span
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live import wiring
from tagwerk.live.actions import hold
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.actions.releasing import clash_sentence, standing_of
from tagwerk.programme.conference_rules import all_clashes
from tagwerk.programme.models import Absence, DraftPlace, Placement, Session
from tagwerk.programme.rules import Kind

Spans = Mapping[int, Span]


@action
def change_slot(
    event: Event,
    number: int,
    times: tuple[datetime, datetime],
    *,
    is_open: bool,
    revision: int | None = None,
    actor: str = "",
) -> int:
    """Give a slot other times, or open and close it for the barcamp; what stands in it moves along. Gives the revision.

    Raises `Invalid` for times that do not hold, `Refusal` where somebody or a room would then be needed twice, or the
    market is open alone. `revision` is what the editor saw.
    """
    hold(event.stream)
    check_fresh(event.stream, revision, [f"slot:{number}"])
    slot = slot_at_number(event, number)
    check_times(event, Timed(number, *times, is_open or slot.is_anchored))
    if slot.is_open and not is_open:
        _check_empty([session for session in sessions_in(event, [slot]) if session.kind == Kind.BARCAMP])
    _check_clashes(event, {number: Span(*times)})
    before = slot_state(slot)
    slot.start, slot.end, slot.is_open = *times, is_open
    slot.save(update_fields=["start", "end", "is_open"])
    return tell_reshaped(event, "slot", number, (before, slot_state(slot)), actor)


@action
def remove_slot(event: Event, number: int, *, revision: int | None = None, actor: str = "") -> int:
    """Remove a slot in which nothing stands or shall stand; gives the revision."""
    hold(event.stream)
    check_fresh(event.stream, revision, [f"slot:{number}"])
    slot = slot_at_number(event, number)
    _check_empty(sessions_in(event, [slot]))
    before = slot_state(slot)
    slot.delete()
    return tell_reshaped(event, "slot", number, (before, None), actor)


@action
def change_day(event: Event, number: int, day: date, mode: str, *, revision: int | None = None, actor: str = "") -> int:
    """Give a day another date, with all that stands on it at the same times of day, or another mode; gives the revision.

    Raises `Invalid` where a time does not exist on the new date (the night of the clock change).
    """
    hold(event.stream)
    check_fresh(event.stream, revision, [f"day:{number}"])
    row = day_at(event, number)
    check_date(event, day, but=number)
    before, by = day_state(row), distance(row.date, day)
    slots = list(row.slots.all())
    for slot in slots if by else []:
        slot.start, slot.end = (_shifted(event, moment, by) for moment in (slot.start, slot.end))
    _check_clashes(event, {slot.pk: slot.span for slot in slots})
    Slot.objects.bulk_update(slots, ["start", "end"])
    row.date, row.mode = day, Mode(mode)
    row.save(update_fields=["date", "mode"])
    return tell_reshaped(event, "day", number, (before, day_state(row)), actor)


@action
def remove_day(event: Event, number: int, *, revision: int | None = None, actor: str = "") -> int:
    """Remove a day with its slots, if nothing stands or shall stand there and it is not the only one; gives the revision.

    Slots that somebody added or changed after `revision` keep it, and so do times at which a host is not free.
    """
    hold(event.stream)
    row = day_at(event, number)
    slots = list(row.slots.all())
    check_fresh(event.stream, revision, [f"day:{number}", *(f"slot:{slot.pk}" for slot in slots)])
    if event.days.count() == 1:
        raise Refusal("only-day", _("Eine Veranstaltung hat mindestens einen Tag."))
    _check_empty(sessions_in(event, slots))
    _check_no_absence(row)
    before = day_state(row)
    row.delete()
    return tell_reshaped(event, "day", number, (before, None), actor)


@action
def remove_room(event: Event, number: int, *, revision: int | None = None, actor: str = "") -> int:
    """Remove a room in which nothing stands or shall stand, no stand of the market either; gives the revision."""
    hold(event.stream)
    check_fresh(event.stream, revision, [f"room:{number}"])
    room = room_at(event, number)
    there = Q(placement__room=room) | Q(draft_place__room=room)
    _check_empty(list(Session.objects.filter(there, event=event)), wiring.ask("stands_in", number) or ())
    before = None if room.online_rooms.exists() else room_state(room)  # links of video rooms do not come back
    room.delete()
    return tell_reshaped(event, "room", number, (before, None), actor)


@action
def put_back(event: Event, part: str, number: int, was: Mapping[str, Any], *, actor: str = "") -> int:
    """Make a day or a slot again that was removed, under its old number; gives the revision.

    Raises `Refusal` where its day is gone, or something else has its time by now.
    """
    hold(event.stream)
    if part == "slot":
        slot = _slot_again(event, day_at(event, was["day"]), number, was)
        return tell_reshaped(event, "slot", number, (None, slot_state(slot)), actor)
    day = date.fromisoformat(was["date"])
    check_date(event, day)
    seats = {"capacity_on_site": was["on_site"], "capacity_remote": was["remote"]}
    row = Day.objects.create(pk=number, event=event, date=day, mode=was["mode"], **seats)
    for one, said in was["slots"].items():
        _slot_again(event, row, int(one), said)
    return tell_reshaped(event, "day", number, (None, day_state(row)), actor)


def sessions_in(event: Event, slots: Sequence[Slot]) -> list[Session]:
    """Give the sessions that stand or shall stand in some slots, in order; cancelled ones are still shown there."""
    numbers = [slot.pk for slot in slots]
    there = Q(placement__slot__in=numbers) | Q(draft_place__slot__in=numbers)
    return list(Session.objects.filter(there, event=event).distinct().order_by("placement__slot__start", "pk"))


def _slot_again(event: Event, day: Day, number: int, was: Mapping[str, Any]) -> Slot:
    start, end = (datetime.fromisoformat(was[name]) for name in ("start", "end"))
    check_times(event, Timed(number, start, end, was["open"] or was["anchored"]))
    said = {"is_open": was["open"], "is_anchored": was["anchored"]}
    return Slot.objects.create(pk=number, day=day, start=start, end=end, **said)


def _shifted(event: Event, moment: datetime, by: int) -> datetime:
    try:
        return at_the_same_clock(moment, by, event.timezone)
    except NotOnTheClock:
        clock = f"{moment.astimezone(event.timezone):%H:%M}"
        sentence = _("%(clock)s Uhr gibt es an diesem Tag nicht: Die Uhr wird vorgestellt.") % {"clock": clock}
        raise Invalid("not-on-the-clock", sentence, errors={"date": sentence}) from None


def _check_empty(sessions: Sequence[Session], others: Sequence[str] = ()) -> None:
    """Refuse while sessions or others (by their names) stand there, and name them."""
    names = [*(session.title for session in sessions), *others]
    if names:
        sentence = _("Dort steht noch etwas: %(names)s. Bitte verschieben Sie es zuerst.") % {"names": _listed(names)}
        raise Refusal("not-empty", sentence, extra={"sessions": [session.code for session in sessions]})


def _check_no_absence(day: Day) -> None:
    """Refuse while it is said of a day when somebody is not free: that would not come back."""
    names = list(dict.fromkeys(Absence.objects.filter(day=day, is_withdrawn=False).values_list("host_name", flat=True)))
    if names:
        sentence = _(
            "Für diesen Tag ist noch eingetragen, wann jemand nicht kann: %(names)s. Bitte nehmen Sie das zuerst zurück."
        )
        raise Refusal("not-empty", sentence % {"names": _listed(names)})


def _listed(names: Sequence[str]) -> str:
    """Give the first three names for a sentence."""
    words = ", ".join(f"„{name}“" for name in names[:3])
    return words if len(names) <= 3 else f"{words} …"  # noqa: PLR2004 - as many as are named


def _check_clashes(event: Event, spans: Spans) -> None:
    """Refuse other times of slots when they bring a clash that was not there before."""
    rows: dict[int, DraftPlace | Placement] = {}
    standing = Placement.objects.filter(session__event=event, is_active=True)
    drafts = DraftPlace.objects.filter(session__event=event)
    rows |= {row.session_id: row for row in standing.select_related("session", "slot", "room")}
    rows |= {row.session_id: row for row in drafts.select_related("session", "slot", "room")}
    known = set(all_clashes([standing_of(row) for row in rows.values()]))
    for row in rows.values():
        if row.slot_id in spans:
            row.slot.start, row.slot.end = spans[row.slot_id].start, spans[row.slot_id].end
    new = [clash for clash in all_clashes([standing_of(row) for row in rows.values()]) if clash not in known]
    if new:
        first, other = new[0], rows.get(new[0].other or 0)
        raise Refusal("clash", clash_sentence(first, rows[first.number].session, other.session if other else None))
