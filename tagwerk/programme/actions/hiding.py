"""What is public is hidden again: it goes back among the drafts, until it is shown again or released anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.releasing import clash_sentence, standing_of
from tagwerk.programme.actions.sessions import cell_key, taken
from tagwerk.programme.changes import ProgrammeHidden, ProgrammeReleased
from tagwerk.programme.conference_rules import Clash, all_clashes
from tagwerk.programme.models import DraftPlace, Placement, Session
from tagwerk.programme.rules import Kind


@action
def hide(event: Event, codes: Sequence[str] | None = None, *, actor: str = "") -> int:
    """Hide all prepared sessions that are public, or those with these codes; gives the revision.

    Pages, feeds and exports no longer have them; words, people and marks are kept for the next release. What falls out
    stays, so that everybody can read that it does; what comes from topics is the barcamp's. Raises `Refusal` where there
    is nothing to hide.
    """
    hold(event.stream)
    rows = Placement.objects.filter(session__event=event, is_active=True).exclude(session__kind=Kind.BARCAMP)
    chosen = rows if codes is None else rows.filter(session__code__in=codes)
    standing = list(chosen.select_related("session", "slot", "room").order_by("slot__start", "pk"))
    if not standing:
        raise Refusal("nothing-to-hide", _("Davon ist nichts öffentlich."))
    clashing = [[clash.number, clash.other] for clash in _clashes(_public(event))]
    places = [_hidden(row) for row in standing]
    chosen.filter(pk__in=[row.pk for row in standing]).delete()
    hidden = tuple(row.session.code for row in standing)
    touches = [f"session:{code}" for code in hidden] + [cell_key(row.slot_id, row.room_id) for row in standing]
    fact = ProgrammeHidden(
        sessions=hidden,
        slots=tuple(dict.fromkeys(row.slot_id for row in standing)),
        touches=tuple(dict.fromkeys(touches)),
        before={"sessions": list(hidden), "places": places, "clashes": clashing},
    )
    return tell(event.stream, fact, actor=actor)


@action
def show_again(event: Event, told: Mapping[str, Any], *, actor: str = "") -> int:
    """Let what was hidden stand where it stood, with its marks; gives the revision.

    `told` is the `before` of the hiding's change. What waited for a release still waits. Raises `Refusal` where a place is
    gone or taken by now, or (409) where something stands against it that did not when it was hidden.
    """
    hold(event.stream)
    for was in told["places"]:
        _stand_again(event, was)
    rows = _public(event)
    known = {(number, other) for number, other in told["clashes"]}
    new = [clash for clash in _clashes(rows) if not known & {(clash.number, clash.other), (clash.other, clash.number)}]
    if new:
        other = rows[new[0].other].session if new[0].other else None
        raise Refusal("clash", clash_sentence(new[0], rows[new[0].number].session, other))
    codes = tuple(told["sessions"])
    cells = [cell_key(was["slot"], was["room"]) for was in told["places"]]
    fact = ProgrammeReleased(sessions=codes, touches=(*(f"session:{code}" for code in codes), *cells))
    return tell(event.stream, fact, actor=actor)


def _hidden(row: Placement) -> dict[str, Any]:
    """Put a session back among the drafts, unless it is there; gives how it stands, as plain values."""
    said = {"slot": row.slot, "room": row.room}
    _draft, is_new = DraftPlace.objects.get_or_create(session=row.session, defaults=said)
    numbers = {"slot": row.slot_id, "room": row.room_id, "first": [row.first_slot_id, row.first_room_id]}
    marks = {"pinned": row.is_pinned, "full": row.is_full}
    return {"code": row.session.code, **numbers, **marks, "waits": not is_new}


def _stand_again(event: Event, was: Mapping[str, Any]) -> None:
    session = Session.objects.filter(event=event, code=was["code"]).first()
    if session is None:
        raise Refusal("no-such-session", _("Diese Session gibt es nicht (mehr)."))
    slot = Slot.objects.filter(pk=was["slot"], day__event=event).first()
    room = Room.objects.filter(pk=was["room"], event=event).first()
    if slot is None or (was["room"] and room is None):
        raise Refusal("no-such-place", _("Diesen Platz gibt es nicht."))
    if room and Placement.objects.filter(slot=slot, room=room, is_active=True).exists():
        raise taken(slot, room)
    first_slot, first_room = was["first"]
    first = {
        "first_slot": Slot.objects.filter(pk=first_slot, day__event=event).first(),
        "first_room": Room.objects.filter(pk=first_room, event=event).first(),
    }
    marks = {"is_pinned": was["pinned"], "is_full": was["full"]}
    Placement.objects.create(session=session, slot=slot, room=room, **first, **marks)
    if not was["waits"]:
        DraftPlace.objects.filter(session=session).delete()


def _public(event: Event) -> dict[int, Placement]:
    rows = Placement.objects.filter(session__event=event, is_active=True).select_related("session", "slot", "room")
    return {row.session_id: row for row in rows.order_by("pk")}


def _clashes(rows: Mapping[int, Placement]) -> list[Clash]:
    return all_clashes([standing_of(row) for row in rows.values()])
