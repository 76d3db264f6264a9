"""Several sessions change their places in one go: two swap, or a whole plan is made anew; told and undone as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.actions.sessions import (
    cell_key,
    check_hosts,
    check_place,
    check_target,
    remember_first,
    session_key,
    taken,
)
from tagwerk.programme.changes import Relocation, SessionsRearranged
from tagwerk.programme.models import Placement, Session
from tagwerk.programme.rules import may_be_moved

MOVED: list[Mapping[str, Any]] = [{"kind": "moved", "value": None, "text": "moved by the crew"}]


@dataclass(frozen=True)
class Move:
    """Where a session shall stand, by its code and the numbers of slot and room; `reasons` say why there."""

    code: str
    slot: int
    room: int | None
    reasons: Sequence[Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class _Step:
    session: Session
    placement: Placement
    slot: Slot
    room: Room | None
    reasons: list[Mapping[str, Any]]
    before: tuple[int, int | None]

    @property
    def after(self) -> tuple[int, int | None]:
        return self.slot.pk, self.room.pk if self.room else None

    @property
    def told(self) -> Relocation:
        return Relocation(self.session.code, *self.after, *self.before)


@action
def rearrange(
    event: Event, moves: Sequence[Move], *, revision: int | None = None, freely: bool = False, actor: str = ""
) -> int:
    """Give several sessions new places at once, so that two can swap; gives the revision.

    All of them leave their places first, then each enters its new one, checked as a move by hand is; if one cannot,
    none moves. What stands there already is left out. What is pinned, runs, or starts within 30 minutes is refused
    unless moved `freely`. `revision` is what the mover saw, of each session and each place.
    """
    hold(event.stream)
    steps = [step for step in _steps(event, moves) if step.before != step.after]
    cells = [cell_key(*place) for step in steps for place in (step.before, step.after)]
    touched = dict.fromkeys([session_key(step.session) for step in steps] + cells)
    check_fresh(event.stream, revision, touched)
    if not steps:
        raise Refusal("same-place", _("Dort stehen die Sessions schon."))
    for step in steps:
        check_target(event, step.slot, step.room)
        if not freely:
            _check_loose(step)
    fact = SessionsRearranged(
        moves=tuple(step.told for step in steps),
        touches=tuple(touched),
        before={"moves": [[step.session.code, *step.before] for step in steps], "reasons": _reasons(steps)},
        after={"moves": [[step.session.code, *step.after] for step in steps]},
    )
    _perform(steps)
    return tell(event.stream, fact, actor=actor)


def _steps(event: Event, moves: Sequence[Move]) -> list[_Step]:
    standing = Placement.objects.filter(session__event=event, is_active=True, session__code__in=[m.code for m in moves])
    placements = {row.session.code: row for row in standing.select_related("session__event", "slot", "room")}
    slots = {slot.pk: slot for slot in Slot.objects.filter(day__event=event).select_related("day")}
    rooms = {room.pk: room for room in event.rooms.all()}
    steps = []
    for move in {move.code: move for move in moves}.values():
        placement, slot = placements.get(move.code), slots.get(move.slot)
        if placement is None:
            raise Refusal(
                "not-placed", _("Diese Session steht nicht (mehr) im Programm."), extra={"session": move.code}
            )
        if slot is None or (move.room is not None and move.room not in rooms):
            raise Unknown("no-such-place", _("Diesen Platz gibt es nicht."))
        reasons = MOVED if move.reasons is None else list(move.reasons)
        before = placement.slot_id, placement.room_id
        steps.append(_Step(placement.session, placement, slot, rooms.get(move.room or 0), reasons, before))
    return steps


def _check_loose(step: _Step) -> None:
    placement = step.placement
    if not may_be_moved(placement.slot.start, timezone.now(), is_pinned=placement.is_pinned):
        sentence = _("„%(title)s“ ist fest oder beginnt gleich. Das verschieben nur Menschen, einzeln.")
        extra = {"session": step.session.code}
        raise Refusal("session-fixed", sentence % {"title": step.session.title}, extra=extra)


def _perform(steps: Sequence[_Step]) -> None:
    Placement.objects.filter(pk__in=[step.placement.pk for step in steps]).update(is_active=False)
    for step in steps:
        _enter(step)
    for step in steps:  # only now does everybody stand where they will
        if step.slot.pk != step.told.from_slot:
            check_hosts(step.session, step.slot)


def _enter(step: _Step) -> None:
    session, placement = step.session, step.placement
    check_place(session, step.slot, step.room)
    placement.slot, placement.room, placement.is_active, placement.is_full = step.slot, step.room, True, False
    try:
        with transaction.atomic():
            placement.save(update_fields=["slot", "room", "is_active", "is_full"])
    except IntegrityError as race:
        raise taken(step.slot, step.room) from race
    remember_first(placement, step.before)
    session.reasons = list(step.reasons)
    session.save(update_fields=["reasons"])


def _reasons(steps: Sequence[_Step]) -> dict[str, list[Mapping[str, Any]]]:
    """Give the reasons that count something: the ledger holds numbers, never words."""
    return {
        step.session.code: [
            {"kind": said["kind"], "value": said["value"], "text": ""}
            for said in step.session.reasons
            if not isinstance(said.get("value"), str)
        ]
        for step in steps
    }
