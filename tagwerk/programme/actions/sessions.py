"""What is done with the programme: schedule, move, pin, cancel, restore."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.codes import new_code
from tagwerk.kit.refusals import Refusal, Unknown
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.live.conflicts import check_fresh
from tagwerk.programme.absences import absence_words, away_at
from tagwerk.programme.changes import (
    SessionCancelled,
    SessionMoved,
    SessionPinned,
    SessionRestored,
    SessionScheduled,
)
from tagwerk.programme.labels import KIND_NAMES
from tagwerk.programme.models import Absence, Placement, Session
from tagwerk.programme.rules import Kind, State, may_be_parallel


@action
def add_session(event: Event, **fields: Any) -> Session:
    """Make a session that stands nowhere yet."""
    code = new_code(lambda code: Session.objects.filter(event=event, code=code).exists())
    return Session.objects.create(event=event, code=code, **fields)


@action
def place(session: Session, slot: Slot, room: Room | None) -> Placement:
    """Put a session into a free place without telling; for callers that tell a better story.

    Raises `Refusal` when no session may stand there, the place is taken or a host would be in two places.
    """
    check_place(session, slot, room)
    check_hosts(session, slot)
    try:
        with transaction.atomic():
            placement, _new = Placement.objects.update_or_create(
                session=session, defaults={"slot": slot, "room": room, "is_active": True, "is_full": False}
            )
    except IntegrityError as race:
        raise taken(slot, room) from race
    return placement


@action
def schedule(event: Event, slot: Slot, room: Room | None, *, actor: str = "", **fields: Any) -> Session:
    """Add a session by hand and put it into its place."""
    hold(event.stream)
    session = add_session(event, **fields)
    placement = place(session, slot, room)
    tell(event.stream, SessionScheduled(**story_of(session, placement)), actor=actor)
    return session


@action
def move(session: Session, slot: Slot, room: Room | None, *, revision: int | None = None, actor: str = "") -> int:
    """Move a session to a free place (without a room: the whole house); gives the revision.

    `revision` is what the mover saw: when somebody else changed the session or the place since, this is
    refused (409) with what they did.
    """
    event = session.event
    hold(event.stream)
    placement, number = placed(session), room.pk if room else None
    check_fresh(event.stream, revision, [session_key(session), cell_key(slot.pk, number)])
    check_target(event, slot, room)
    before = (placement.slot_id, placement.room_id)
    if before == (slot.pk, number):
        raise Refusal("same-place", _("Die Session steht schon dort."))
    session.placement = place(session, slot, room)
    session.reasons = [{"kind": "moved", "value": None, "text": "moved by the crew"}]
    session.save(update_fields=["reasons"])
    remember_first(session.placement, before)
    fact = SessionMoved(
        code=session.code,
        slot=slot.pk,
        room=number,
        from_slot=before[0],
        from_room=before[1],
        touches=(session_key(session), cell_key(*before), cell_key(slot.pk, number)),
        before={"slot": before[0], "room": before[1]},
        after={"slot": slot.pk, "room": number},
    )
    return tell(event.stream, fact, actor=actor)


@action
def pin(session: Session, *, pinned: bool, revision: int | None = None, actor: str = "") -> int:
    """Pin a session to its place, or let the planner move it again; gives the revision."""
    event = session.event
    hold(event.stream)
    placement = placed(session)
    check_fresh(event.stream, revision, [session_key(session)])
    before = placement.is_pinned
    placement.is_pinned = pinned
    placement.save(update_fields=["is_pinned"])
    story = story_of(session, placement) | {"before": {"pinned": before}, "after": {"pinned": pinned}}
    return tell(event.stream, SessionPinned(pinned=pinned, **story), actor=actor)


@action
def cancel(session: Session, *, note: str = "", revision: int | None = None, actor: str = "") -> int:
    """Cancel a session: it stays visible as cancelled, its place is free; gives the revision."""
    event = session.event
    hold(event.stream)
    placement = placed(session)
    check_fresh(event.stream, revision, [session_key(session)])
    _set_state(session, placement, State.CANCELLED, note)
    return tell(event.stream, SessionCancelled(**story_of(session, placement)), actor=actor)


@action
def restore(session: Session, *, revision: int | None = None, actor: str = "") -> int:
    """Let a cancelled session take place after all, if its place is still free and its time not over.

    Gives the revision.
    """
    event = session.event
    hold(event.stream)
    session.refresh_from_db()
    if not session.is_cancelled:
        raise Refusal("not-cancelled", _("Diese Session ist nicht abgesagt."))
    placement = Placement.objects.select_related("slot", "room").get(session=session)
    check_fresh(event.stream, revision, [session_key(session)])
    _check_not_over(placement.slot)
    check_place(session, placement.slot, placement.room)
    check_hosts(session, placement.slot)
    try:
        with transaction.atomic():
            _set_state(session, placement, State.PLANNED, "")
    except IntegrityError as race:
        raise taken(placement.slot, placement.room) from race
    return tell(event.stream, SessionRestored(**story_of(session, placement)), actor=actor)


@action
def take_out(session: Session) -> None:
    """Take a session out of the programme that was just put there, without telling: its caller does."""
    session.delete()


def placed(session: Session) -> Placement:
    """Give where a session stands now, fresh from the database; raises `Refusal` when it stands nowhere."""
    session.refresh_from_db()
    placement = Placement.objects.filter(session=session, is_active=True).select_related("slot", "room").first()
    if placement is None:
        raise Refusal("not-placed", _("Diese Session steht nicht (mehr) im Programm."))
    return placement


def session_key(session: Session) -> str:
    """Name a session in the ledger."""
    return f"session:{session.code}"


def cell_key(slot: int | None, room: int | None) -> str:
    """Name a place in the ledger."""
    return f"cell:{slot}:{room}"


def taken(slot: Slot, room: Room | None) -> Refusal:
    """Give the refusal for a place that is not free, with what stands there."""
    there = Session.objects.filter(placement__slot=slot, placement__room=room, placement__is_active=True).first()
    extra = {"occupied_by": there.code} if there else {}
    return Refusal(
        "place-taken", _("Dort steht schon eine andere Session. Bitte wählen Sie einen freien Platz."), extra=extra
    )


def story_of(session: Session, placement: Placement) -> dict[str, Any]:
    """Give what every fact about a session says: its code, its place, and what was touched."""
    return {
        "code": session.code,
        "slot": placement.slot_id,
        "room": placement.room_id,
        "touches": (session_key(session), cell_key(placement.slot_id, placement.room_id)),
    }


def _set_state(session: Session, placement: Placement, state: State, note: str) -> None:
    session.state, session.note = state, note
    session.save(update_fields=["state", "note"])
    placement.is_active = state == State.PLANNED
    placement.save(update_fields=["is_active"])
    session.placement = placement


def remember_first(placement: Placement, before: tuple[int, int | None]) -> None:
    """Keep where the session was announced first; back there, nothing needs to be said any more."""
    if placement.first_slot_id is None:
        placement.first_slot_id, placement.first_room_id = before
    elif (placement.first_slot_id, placement.first_room_id) == (placement.slot_id, placement.room_id):
        placement.first_slot_id = placement.first_room_id = None
    placement.save(update_fields=["first_slot", "first_room"])


def check_target(event: Event, slot: Slot, room: Room | None) -> None:
    """Refuse a place of another event, and one whose time is over."""
    if slot.day.event_id != event.pk or (room and room.event_id != event.pk):
        raise Unknown("no-such-place", _("Diesen Platz gibt es nicht."))
    _check_not_over(slot)


def _check_not_over(slot: Slot) -> None:
    if slot.end <= timezone.now():
        raise Refusal("slot-over", _("Dieses Zeitfenster ist schon vorbei."))


def check_place(session: Session, slot: Slot, room: Room | None) -> None:
    """Refuse a place in which no such session may stand."""
    if (room and not room.is_usable(slot)) or (session.kind == Kind.BARCAMP and not slot.is_open):
        raise Refusal("place-closed", _("Dort finden keine Sessions statt. Bitte wählen Sie einen freien Platz."))
    if room:
        _check_not_overlapped(session, slot, room)
    _check_market(session, slot)


def _check_market(session: Session, slot: Slot) -> None:
    """Refuse what would happen beside the market while that is open alone."""
    beside = next(
        (one for one in at_the_time_of(slot, but=session) if not may_be_parallel(one.kind, session.kind)), None
    )
    if beside:
        raise Refusal(
            "market-hours",
            _("Dann läuft „%(title)s“, und in der Marktzeit läuft nichts parallel. Bitte wählen Sie eine andere Zeit.")
            % {"title": beside.title or KIND_NAMES[beside.kind]},
            extra={"occupied_by": beside.code},
        )


def _check_not_overlapped(session: Session, slot: Slot, room: Room) -> None:
    """Refuse a room in which something stands that began earlier, or begins before this is over."""
    standing = Placement.objects.filter(room=room, is_active=True, slot__start__lt=slot.end, slot__end__gt=slot.start)
    other = standing.exclude(slot=slot).exclude(session=session).select_related("slot").first()
    if other:
        raise taken(other.slot, room)


def check_hosts(session: Session, slot: Slot) -> None:
    """Refuse when one of the session's hosts is needed elsewhere at the time of the slot, or not there."""
    busy = hosts_at(slot, session.hosts, but=session)
    if busy:
        raise Refusal(
            "host-busy",
            _("%(name)s ist zu dieser Zeit schon in einer anderen Session.") % {"name": busy.host_name or busy.title},
            extra={"occupied_by": busy.code},
        )

    away = away_at(slot, session.hosts, Absence.objects.of(session.event))
    if away:
        values = {"name": away.host_name or session.host_name or session.title, "when": absence_words(away)}
        raise Refusal("host-away", _("%(name)s ist dann nicht frei: %(when)s.") % values)


def hosts_at(slot: Slot, hosts: Iterable[str], *, but: Session) -> Session | None:
    """Give a session at the time of the slot that needs one of these hosts, if there is one."""
    wanted = set(hosts)
    if not wanted:
        return None
    parallel = at_the_time_of(slot, but=but).exclude(kind=Kind.BREAK)
    return next((other for other in parallel if wanted & set(other.hosts)), None)


def at_the_time_of(slot: Slot, *, but: Session) -> QuerySet[Session]:
    """Give the other sessions that share a moment with a slot."""
    return Session.objects.filter(
        event=but.event_id,
        placement__is_active=True,
        placement__slot__start__lt=slot.end,
        placement__slot__end__gt=slot.start,
    ).exclude(pk=but.pk)
