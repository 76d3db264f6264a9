"""Everything from now on is later: previewed, done, and taken back."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tagwerk.events.changes import SlotsShifted
from tagwerk.events.delays import LONGEST_DELAY, Rented, Shift, Timed, delayed
from tagwerk.events.models import Event, Slot
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind

SLOTS = "slots"  # what a delay touches in the ledger
Times = Mapping[str, list[str]]


def forecast(event: Event, minutes: int, unpinned: Collection[str] = frozenset()) -> Shift:
    """Give what a delay from now on would do; raises `Invalid` for a delay that is none, or too long."""
    if not 0 < minutes <= LONGEST_DELAY:
        raise Invalid("minutes", _("Bitte geben Sie eine Verspätung zwischen 1 und 120 Minuten an."))
    slots = list(Slot.objects.filter(day__event=event))
    sessions = list(Session.objects.of(event).filter(placement__is_active=True))
    kinds: dict[int, set[str]] = defaultdict(set)
    for session in sessions:
        kinds[session.placement.slot_id].add(session.kind)
    timed = [_timed(slot, kinds[slot.pk]) for slot in slots]
    return delayed(timed, _rented(sessions), timezone.now(), minutes, unpinned)


@action
def delay(
    event: Event, minutes: int, *, unpinned: Collection[str] = (), revision: int | None = None, actor: str = ""
) -> int:
    """Let everything from now on begin later; sessions keep their slots. Gives the revision.

    Raises `Refusal` when an anchor holds (it is named, with the minutes that are missing), when the day is over,
    or (409) when somebody else shifted the slots after `revision`.
    """
    hold(event.stream)
    check_fresh(event.stream, revision, [SLOTS])
    shift = forecast(event, minutes, unpinned)
    if shift.held:
        missing = shift.held.missing
        sentence = ngettext(
            "So viel Luft ist nicht: Es fehlt %(n)s Minute.",
            "So viel Luft ist nicht: Es fehlen %(n)s Minuten.",
            missing,
        )
        extra = {"anchor": shift.held.anchor, "missing": missing, "most": shift.most}
        raise Refusal("anchored", sentence % {"n": missing}, extra=extra)
    if not shift.changed:
        raise Refusal("day-over", _("Heute kommt nichts mehr, was sich verschieben ließe."))
    times = {str(new.number): [new.start.isoformat(), new.end.isoformat()] for new in shift.changed}
    return _set_times(event, times, minutes, actor)


@action
def take_delay_back(event: Event, times: Times, minutes: int, *, revision: int | None = None, actor: str = "") -> int:
    """Give slots the times back that they had before a delay of so many minutes; gives the revision."""
    hold(event.stream)
    check_fresh(event.stream, revision, [SLOTS])
    return _set_times(event, times, -minutes, actor)


def _timed(slot: Slot, kinds: set[str]) -> Timed:
    gives_way = not slot.is_open and not slot.is_anchored and kinds <= {Kind.BREAK}
    return Timed(slot.pk, slot.day_id, slot.start, slot.end, gives_way, slot.is_anchored)


def _rented(sessions: list[Session]) -> list[Rented]:
    used: dict[int, set[int]] = defaultdict(set)
    until: dict[int, datetime] = {}
    for session in sessions:
        room = session.placement.room
        if room is not None and room.available_until is not None:
            used[room.pk].add(session.placement.slot_id)
            until[room.pk] = room.available_until
    return [Rented(room, until[room], frozenset(slots)) for room, slots in used.items()]


def _set_times(event: Event, times: Times, minutes: int, actor: str) -> int:
    slots = list(Slot.objects.filter(day__event=event, pk__in=times))
    before: dict[str, Any] = {str(slot.pk): [slot.start.isoformat(), slot.end.isoformat()] for slot in slots}
    for slot in slots:
        slot.start, slot.end = (datetime.fromisoformat(text) for text in times[str(slot.pk)])
    Slot.objects.bulk_update(slots, ["start", "end"])
    fact = SlotsShifted(
        minutes=minutes,
        slots=tuple(slot.pk for slot in slots),
        touches=(SLOTS, *(f"slot:{slot.pk}" for slot in slots)),
        before={"minutes": -minutes, "times": before},
        after={"minutes": minutes, "times": dict(times)},
    )
    return tell(event.stream, fact, actor=actor)
