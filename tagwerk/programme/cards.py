"""What a page shows of a session: plain values, the same for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from tagwerk.events.models import Event, Slot
from tagwerk.programme.models import Session
from tagwerk.programme.rules import Kind
from tagwerk.programme.sentences import sentence


@dataclass(frozen=True)
class SessionCard:
    """A session as it is shown; times are in the event's zone."""

    code: str
    kind: str
    title: str
    description: str
    host_name: str
    state: str
    url: str
    start: datetime | None
    end: datetime | None
    slot_id: int | None
    room_id: int | None
    room_name: str
    room_features: list[str]
    is_pinned: bool
    reason: str
    note: str
    topic_number: int | None = None
    topic_code: str = ""
    online_url: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the session does not take place."""
        return self.state == "cancelled"


@dataclass(frozen=True)
class SlotRow:
    """A slot with what stands in it; `fixed` concerns the whole house (a break, the welcome)."""

    id: int
    start: datetime
    end: datetime
    is_open: bool
    fixed: list[SessionCard] = field(default_factory=list)
    sessions: list[SessionCard] = field(default_factory=list)
    cells: list["Cell"] = field(default_factory=list)
    free_rooms: int = 0


@dataclass(frozen=True)
class Cell:
    """A room in a slot: what stands there, cancelled ones last."""

    room_id: int
    room_name: str
    sessions: list[SessionCard]


def session_card(session: Session) -> SessionCard:
    """Give the card of a session; load it through `Session.objects.of`."""
    event = session.event
    zone = event.timezone
    placement = getattr(session, "placement", None)
    slot, room = (placement.slot, placement.room) if placement else (None, None)
    topic = getattr(session, "topic", None)
    return SessionCard(
        code=session.code,
        kind=session.kind,
        title=session.title,
        description=session.description,
        host_name=session.host_name,
        state=session.state,
        url=reverse("programme:session", args=[event.slug, session.code]),
        start=slot.start.astimezone(zone) if slot else None,
        end=slot.end.astimezone(zone) if slot else None,
        slot_id=slot.pk if slot else None,
        room_id=room.pk if room else None,
        room_name=room.name if room else "",
        room_features=room.feature_names if room else [],
        is_pinned=bool(placement and placement.is_pinned),
        reason=sentence(session.reasons),
        note=session.note,
        topic_number=topic.number if topic else None,
        topic_code=topic.code if topic else "",
        online_url=_online_url(session, room),
    )


def slot_rows(event: Event, slots: Iterable[Slot] | None = None) -> list[SlotRow]:
    """Give the rows of the schedule in the order of the day."""
    wanted = list(Slot.objects.filter(day__event=event).select_related("day__event")) if slots is None else list(slots)
    sessions = sessions_of(event).filter(placement__slot__in=[slot.pk for slot in wanted])
    by_slot: dict[int, list[SessionCard]] = {}
    for session in sessions:
        by_slot.setdefault(session.placement.slot_id, []).append(session_card(session))
    rooms = [(room.pk, room.name) for room in event.rooms.all()]
    return [_row(event, slot, by_slot.get(slot.pk, []), rooms) for slot in wanted]


def sessions_of(event: Event) -> Any:
    """Give the placed sessions of an event with everything their cards need, in order."""
    related = "event__realm", *(["topic"] if hasattr(Session, "topic") else [])
    found = Session.objects.of(event).filter(placement__isnull=False).select_related(*related)
    return found.prefetch_related("placement__room__online_rooms").in_order()


def _row(event: Event, slot: Slot, cards: list[SessionCard], rooms: list[tuple[int, str]]) -> SlotRow:
    fixed = [card for card in cards if card.room_id is None]
    placed = sorted((card for card in cards if card.room_id is not None), key=lambda card: card.is_cancelled)
    cells = [Cell(pk, name, [card for card in placed if card.room_id == pk]) for pk, name in rooms]
    used = {card.room_id for card in placed if not card.is_cancelled}
    return SlotRow(
        id=slot.pk,
        start=slot.start.astimezone(event.timezone),
        end=slot.end.astimezone(event.timezone),
        is_open=slot.is_open,
        fixed=fixed,
        sessions=sorted(placed, key=lambda card: [pk for pk, _name in rooms].index(card.room_id or 0)),
        cells=cells,
        free_rooms=len(rooms) - len(used) if slot.is_open else 0,
    )


def now_and_next(rows: Iterable[SlotRow], now: datetime) -> tuple[list[SlotRow], list[SlotRow]]:
    """Split off what runs now and what comes next (the first slot that begins later)."""
    ordered = list(rows)
    running = [row for row in ordered if row.start <= now < row.end]
    later = [row for row in ordered if row.start > now]
    following = [row for row in later if row.start < later[0].start + timedelta(minutes=5)] if later else []
    return running, following


def _online_url(session: Session, room: object) -> str:
    if room is None or session.kind == Kind.BREAK:
        return ""
    online = list(room.online_rooms.all())  # type: ignore[attr-defined]
    return online[0].url if online else ""
