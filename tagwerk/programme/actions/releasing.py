"""Releases: everything prepared becomes public in one go, checked as a whole, and can be taken back in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tagwerk.events.models import Event
from tagwerk.kit.dates import Span
from tagwerk.kit.refusals import Refusal
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.rearranging import MOVED
from tagwerk.programme.actions.sessions import cell_key, remember_first
from tagwerk.programme.changes import ProgrammeReleased, Relocation, SessionsRearranged
from tagwerk.programme.conference_rules import Clash, ClashKind, Standing, clashes
from tagwerk.programme.labels import KIND_NAMES
from tagwerk.programme.models import DraftPlace, Placement, Programme, Session
from tagwerk.programme.rules import Kind

Row = DraftPlace | Placement


@dataclass(frozen=True)
class Obstacle:
    """A clash in the way of a release, between two sessions, and why it was accepted ("" if it was not).

    With `is_same_place` both would stand in the same room and slot: there is only one such place.
    """

    clash: Clash
    session: Session
    other: Session | None
    override: str
    is_same_place: bool

    @property
    def stops(self) -> bool:
        """Tell whether nothing can be released before it is gone or accepted."""
        return self.is_same_place or not self.override


@action
def release(event: Event, codes: Sequence[str] | None = None, *, complete: bool = True, actor: str = "") -> int:
    """Make what is prepared public: all of it, or the sessions with these codes; gives the revision.

    `complete` says that nothing more is to be announced. Raises `Refusal` where there is nothing, or (409, with the
    clashes) where somebody, a room or a feature is missing and nobody has accepted that with a reason.
    """
    hold(event.stream)
    drafts = _drafts(event, codes)
    Programme.objects.update_or_create(event=event, defaults={"is_complete": complete})
    if not drafts:
        raise Refusal("nothing-to-release", _("Es ist nichts vorbereitet."))
    blocking = [obstacle for obstacle in obstacles(event, drafts) if obstacle.stops]
    if blocking:
        raise _blocked(blocking)
    standing = {row.session_id: row for row in Placement.objects.filter(session__in=[row.session_id for row in drafts])}
    before = {number: (row.slot_id, row.room_id) for number, row in standing.items()}
    Placement.objects.filter(session__in=list(standing)).update(is_active=False)
    for draft in drafts:
        _enter(draft, standing.get(draft.session_id))
    DraftPlace.objects.filter(pk__in=[row.pk for row in drafts]).delete()
    return _tell_release(event, drafts, before, actor)


@action
def take_release_back(event: Event, told: Mapping[str, Any], *, actor: str = "") -> int:
    """Put what a release made public back among the drafts, and what it moved to where it was; gives the revision.

    `told` is the `before` of the release's change.
    """
    hold(event.stream)
    new = [Session.objects.get(event=event, code=code) for code in told["new"]]
    for session in new:
        place = Placement.objects.get(session=session)
        DraftPlace.objects.update_or_create(session=session, defaults={"slot": place.slot, "room": place.room})
        place.delete()
    moves = list(told["moves"])
    rows = Placement.objects.filter(session__event=event, session__code__in=[code for code, *_spot in moves])
    known = {row.session.code: row for row in rows.select_related("session")}
    rows.update(is_active=False)
    for code, slot, room in moves:
        row = known[code]
        draft = {"slot_id": row.slot_id, "room_id": row.room_id}
        DraftPlace.objects.update_or_create(session=row.session, defaults=draft)
        row.slot_id, row.room_id, row.is_active = slot, room, True
        row.save(update_fields=["slot", "room", "is_active"])
    codes = tuple(session.code for session in new) + tuple(known)
    return tell(event.stream, ProgrammeReleased(sessions=codes, touches=_touched(codes)), actor=actor)


def obstacles(event: Event, drafts: Sequence[DraftPlace] | None = None) -> list[Obstacle]:
    """Give what clashes in the programme as it would stand after the release of these drafts (or all)."""
    drafts = _drafts(event, None) if drafts is None else drafts
    standing = Placement.objects.filter(session__event=event, is_active=True)
    others = standing.exclude(session__in=[row.session_id for row in drafts]).select_related("session", "slot", "room")
    rows: dict[int, Row] = {}
    rows.update((draft.session_id, draft) for draft in drafts)
    rows.update((other.session_id, other) for other in others)
    plan = {number: standing_of(row) for number, row in rows.items()}
    found: dict[frozenset[int | None], Obstacle] = {}
    for draft in drafts:
        for clash in clashes(plan[draft.session_id], plan.values()):
            found.setdefault(frozenset((clash.number, clash.other)), _obstacle(clash, rows))
    return list(found.values())


def _obstacle(clash: Clash, rows: Mapping[int, Row]) -> Obstacle:
    one, other = rows[clash.number], rows.get(clash.other or 0)
    accepted = next((row.override for row in (one, other) if isinstance(row, DraftPlace) and row.override), "")
    is_same = other is not None and one.room_id is not None and _spot(one) == _spot(other)
    return Obstacle(clash, one.session, other.session if other else None, accepted, is_same)


def _spot(row: Row) -> tuple[int, int | None]:
    return row.slot_id, row.room_id


def standing_of(row: Row) -> Standing:
    """Give a place as clashes are found by."""
    session, room = row.session, row.room
    hosts = frozenset() if session.kind == Kind.BREAK else frozenset(session.hosts)
    span = Span(row.slot.start, row.slot.end)
    offers = frozenset(room.features) if room else None
    return Standing(session.pk, span, room.pk if room else None, hosts, frozenset(session.needs), offers, session.kind)


def _drafts(event: Event, codes: Sequence[str] | None) -> list[DraftPlace]:
    rows = DraftPlace.objects.filter(session__event=event).select_related("session__event", "slot", "room")
    chosen = rows if codes is None else rows.filter(session__code__in=codes)
    return list(chosen.order_by("slot__start", "pk"))


def _enter(draft: DraftPlace, row: Placement | None) -> None:
    if row is None:
        session = draft.session
        Placement.objects.create(session=session, slot=draft.slot, room=draft.room, is_pinned=True)
        return
    before = row.slot_id, row.room_id
    row.slot, row.room, row.is_active, row.is_full = draft.slot, draft.room, not draft.session.is_cancelled, False
    row.save(update_fields=["slot", "room", "is_active", "is_full"])
    remember_first(row, before)
    draft.session.reasons = MOVED
    draft.session.save(update_fields=["reasons"])


def _tell_release(
    event: Event, drafts: Sequence[DraftPlace], before: Mapping[int, tuple[int, int | None]], actor: str
) -> int:
    moved = [row for row in drafts if row.session_id in before]
    new = tuple(row.session.code for row in drafts if row.session_id not in before)
    if moved:
        told = [_relocation(row, before[row.session_id]) for row in moved]
        cells = [cell_key(*spot) for one in told for spot in ((one.slot, one.room), (one.from_slot, one.from_room))]
        touches = dict.fromkeys([*_touched([one.code for one in told]), *cells])
        tell(event.stream, SessionsRearranged(moves=tuple(told), touches=tuple(touches)), actor=actor)
    moves = [[row.session.code, *before[row.session_id]] for row in moved]
    codes = [row.session.code for row in drafts]
    fact = ProgrammeReleased(sessions=new, touches=_touched(codes), before={"new": list(new), "moves": moves})
    return tell(event.stream, fact, actor=actor)


def _relocation(row: DraftPlace, before: tuple[int, int | None]) -> Relocation:
    return Relocation(row.session.code, row.slot_id, row.room_id, *before)


def _touched(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"session:{code}" for code in codes)


def _blocked(blocking: Sequence[Obstacle]) -> Refusal:
    first = blocking[0]
    extra = [
        {"kind": one.clash.kind, "session": one.session.code, "other": one.other.code if one.other else None}
        for one in blocking
    ]
    return Refusal("clash", clash_sentence(first.clash, first.session, first.other), extra={"clashes": extra})


def clash_sentence(clash: Clash, session: Session, other: Session | None) -> str:
    """Say what stands against what."""
    names = {"title": _called(session), "other": _called(other) if other else ""}
    sentences = {
        ClashKind.ROOM: _("„%(title)s“ und „%(other)s“ stehen zur gleichen Zeit im selben Raum."),
        ClashKind.SPEAKER: _("In „%(title)s“ und „%(other)s“ steht zur gleichen Zeit dieselbe Person."),
        ClashKind.MARKET: _("„%(title)s“ und „%(other)s“ laufen parallel, doch in der Marktzeit läuft nichts anderes."),
        ClashKind.FEATURE: _("„%(title)s“ steht in einem Raum, in dem etwas fehlt."),
    }
    return sentences[clash.kind] % names


def _called(session: Session) -> str:
    return session.title or str(KIND_NAMES[session.kind])
