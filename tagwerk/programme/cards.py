"""What a page shows of a session: plain values, the same for everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.events.rules import SOON
from tagwerk.kit.dates import Span
from tagwerk.kit.language import short
from tagwerk.kit.prepared import Prepared
from tagwerk.live.wiring import ask
from tagwerk.programme.labels import AID_NAMES, KIND_NAMES, LEVEL_NAMES, UNNAMED, language_name
from tagwerk.programme.market_hours import kept_for_market
from tagwerk.programme.models import Placement, Session
from tagwerk.programme.rules import Kind, Offer, best_offer, last_call, phase_of
from tagwerk.programme.sentences import parts

WIDEST = 24  # columns of the grid; schedule.css knows as many
ONLINE_ROOMS = "placement__room__online_rooms"
UNLABELLED = (Kind.BARCAMP, Kind.TALK, Kind.ENERGIZER, Kind.BREAK, Kind.MARKET)


@dataclass(frozen=True)
class Alternative:
    """Where people go when a session is full: another one at the same time."""

    title: str
    room_name: str
    topic_number: int | None
    url: str


@dataclass(frozen=True)
class Theme:
    """The theme of a session: its name, its part of addresses, its colour."""

    name: str
    slug: str
    accent: str


@dataclass(frozen=True)
class Aside:
    """What only the crew reads of a session: why it should not stay there, and how many will come."""

    problems: list[str] = field(default_factory=list)
    expected: Any = None


@dataclass(frozen=True)
class SessionCard:
    """A session as it is shown; times are in the event's zone.

    `is_searching` while nobody is there to hold it. `column` is its room's place in the grid,
    from 1 (0: the whole house); `labels` say at a glance what it is (kind, language, level); `reasons` are the parts of the
    sentence that says why it stands there; `moved_from` says where it was announced first; `mode` is how people
    take part, where that is known.
    """

    code: str
    kind: str
    title: str
    description: str
    host_name: str
    state: str
    url: str
    start: datetime
    end: datetime
    slot_id: int
    room_id: int | None
    room_name: str
    room_features: list[str]
    column: int
    is_pinned: bool
    reasons: list[str]
    note: str
    moved_from: str
    topic_number: int | None
    topic_code: str
    mode: str
    online_url: str
    is_full: bool
    alternative: Alternative | None
    is_searching: bool
    labels: list[str]
    language: str
    theme: Theme | None
    aside: Aside | None = None

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the session does not take place."""
        return self.state == "cancelled"


@dataclass(frozen=True)
class SlotRow:
    """A slot with what stands in it; `fixed` concerns the whole house (a break, the welcome).

    `late_until` is how long topics for its free places can still be brought; None when there are none. `is_soon`: within
    hours, or still today in the event's zone.
    """

    id: int
    start: datetime
    end: datetime
    time: str
    is_open_for_barcamp: bool
    is_anchored: bool
    fixed: list[SessionCard]
    sessions: list[SessionCard]
    free_columns: list[int]
    late_until: datetime | None
    is_soon: bool

    @property
    def is_shown(self) -> bool:
        """Tell whether there is something to see: a place that was prepared for talks is nothing yet while it is empty."""
        return bool(self.is_open_for_barcamp or self.fixed or self.sessions)

    @property
    def full_sessions(self) -> list[SessionCard]:
        """Give the sessions in which no seat is left."""
        return [session for session in self.sessions if session.is_full and not session.is_cancelled]

    @property
    def free_rooms(self) -> int:
        """Count the rooms in which nothing stands."""
        return len(self.free_columns)


@dataclass(frozen=True)
class DayRows:
    """A day of the schedule."""

    date: Any
    mode: str
    slots: list[SlotRow]

    @property
    def is_grid(self) -> bool:
        """Tell whether rooms stand beside each other: something is parallel, or may become so, and fits on a screen."""
        rooms = {card.column for row in self.slots for card in row.sessions}
        free = {column for row in self.slots for column in row.free_columns}
        if max(rooms | free, default=0) > WIDEST:
            return False
        return len(rooms) > 1 or any(row.is_open_for_barcamp for row in self.slots)


def session_card(
    session: Session, columns: dict[int, int] | None = None, parallel: Iterable[Session] | None = None
) -> SessionCard:
    """Give the card of a placed session; load it through `placed_sessions`.

    `columns` of the rooms and the sessions `parallel` to it are looked up when they are not given.
    """
    event, placement = session.event, session.placement
    slot, room = placement.slot, placement.room
    topic = topic_of(session)
    return SessionCard(
        code=session.code,
        kind=session.kind,
        title=session.title or str(UNNAMED),
        description=session.description,
        host_name=session.host_name,
        state=session.state,
        url=reverse("programme:session", args=[event.slug, session.code]),
        start=slot.start.astimezone(event.timezone),
        end=slot.end.astimezone(event.timezone),
        slot_id=slot.pk,
        room_id=room.pk if room else None,
        room_name=room.name if room else "",
        room_features=room.feature_names if room else [],
        column=(columns_of(event) if columns is None else columns).get(room.pk, 0) if room else 0,
        is_pinned=placement.is_pinned,
        reasons=parts(session.reasons),
        note=session.note,
        moved_from=_moved_from(event, placement),
        topic_number=topic.number if topic else None,
        topic_code=topic.code if topic else "",
        mode=topic.mode if topic else "",
        online_url=_online_url(session, room),
        is_full=placement.is_full,
        alternative=_alternative(session, parallel) if placement.is_full else None,
        is_searching=session.searching_since is not None and not session.is_cancelled,
        labels=_labels(session),
        language=session.language,
        theme=_theme(session),
    )


def topic_of(session: Session) -> Any:
    """Give the topic that stands in a session, as its first or its second place; None for what has no topic."""
    return getattr(session, "topic", None) or getattr(session, "repeated_topic", None)


def placed_sessions(event: Event) -> Any:
    """Give the placed sessions of an event with everything their cards need, in order."""
    return _placed(event.pk).prefetch_related(ONLINE_ROOMS)


def _placed(event: int) -> Any:
    # The room above may give a session its topic; where that room is closed there is none.
    topic = [name for name in ("topic", "repeated_topic") if hasattr(Session, name)]
    found = Session.objects.filter(event=event, placement__isnull=False).for_cards()
    return found.select_related(*topic).in_order()


_all_placed = Prepared(_placed)


_slots = Prepared(
    lambda event: Slot.objects.filter(day__event=event).select_related("day__event").order_by("start", "pk")
)


@dataclass(frozen=True)
class Grid:
    """The programme of an event as loaded: slots and rooms in order, sessions by slot.

    Loaded once, it gives cards in any language without asking the database again.
    """

    event: Event
    slots: list[Slot]
    columns: dict[int, int]
    sessions: dict[int, list[Session]]

    def rows(self, numbers: Iterable[int] | None = None, asides: Mapping[str, Aside] | None = None) -> list[SlotRow]:
        """Give the rows of some slots (or all) in the order of the day; for the crew with `asides` by session."""
        wanted = None if numbers is None else set(numbers)
        now = timezone.now()
        upcoming = self._upcoming(now)
        slots = [slot for slot in self.slots if wanted is None or slot.pk in wanted]
        return [self._row(slot, now, upcoming, asides or {}) for slot in slots]

    def now_and_next(self) -> list[SlotRow]:
        """Give what runs now and what comes next."""
        now = timezone.now()
        upcoming = self._upcoming(now)
        return self.rows(slot.pk for slot in self.shown if slot.start == upcoming or slot.start <= now < slot.end)

    @cached_property
    def shown(self) -> list[Slot]:
        """Give the slots in which there is something to see for everybody (`SlotRow.is_shown`)."""
        return [slot for slot in self.slots if slot.pk in self.sessions or self._is_open(slot)]

    def _upcoming(self, now: datetime) -> datetime | None:
        return min((slot.start for slot in self.shown if slot.start > now), default=None)

    def _is_open(self, slot: Slot) -> bool:
        return slot.is_open and not kept_for_market(slot, self.market_hours)

    def card(self, code: str) -> SessionCard:
        """Give the card of one session."""
        everything = (session for sessions in self.sessions.values() for session in sessions)
        found = next(session for session in everything if session.code == code)
        return session_card(found, self.columns, self.sessions[found.placement.slot_id])

    def _row(self, slot: Slot, now: datetime, upcoming: datetime | None, asides: Mapping[str, Aside]) -> SlotRow:
        parallel = self.sessions.get(slot.pk, [])
        plain = [session_card(session, self.columns, parallel) for session in parallel]
        cards = [replace(card, aside=asides.get(card.code)) for card in plain] if asides else plain
        placed = sorted((card for card in cards if card.column), key=lambda card: (card.column, card.is_cancelled))
        used = {card.column for card in placed if not card.is_cancelled}
        is_open = self._is_open(slot)
        free = [column for column in self.columns.values() if column not in used] if is_open else []
        zone = self.event.timezone
        return SlotRow(
            id=slot.pk,
            start=slot.start.astimezone(zone),
            end=slot.end.astimezone(zone),
            time="next" if slot.start == upcoming else phase_of(slot.start, slot.end, now),
            is_open_for_barcamp=is_open,
            is_anchored=slot.is_anchored,
            fixed=[card for card in cards if not card.column],
            sessions=placed,
            free_columns=free,
            late_until=self._late_until(slot, now) if free else None,
            is_soon=slot.start < now + SOON or slot.start.astimezone(zone).date() == now.astimezone(zone).date(),
        )

    @cached_property
    def market_hours(self) -> list[Span]:
        """Give when the market is open alone."""
        everything = (session for sessions in self.sessions.values() for session in sessions)
        return [one.placement.slot.span for one in everything if one.kind == Kind.MARKET and not one.is_cancelled]

    def _late_until(self, slot: Slot, now: datetime) -> datetime | None:
        until = last_call(slot.start)
        is_open = slot.is_open and self.event.takes_part and now < until
        return until.astimezone(self.event.timezone) if is_open else None


def grid_of(event: Event) -> Grid:
    """Load the programme of an event."""
    sessions: dict[int, list[Session]] = {}
    placed = _all_placed.all(event.pk)
    prefetch_related_objects(placed, ONLINE_ROOMS)
    for session in placed:
        sessions.setdefault(session.placement.slot_id, []).append(session)
    return Grid(event, _slots.all(event.pk), columns_of(event), sessions)


def columns_of(event: Event) -> dict[int, int]:
    """Give the column of each room in the grid."""
    return {room.pk: column for column, room in enumerate(event.rooms.all(), start=1)}


def day_rows(event: Event) -> list[DayRows]:
    """Give the schedule day by day; days without slots are left out."""
    grid = grid_of(event)
    rows = {row.id: row for row in grid.rows()}
    days: list[tuple[Day, list[Slot]]] = [
        (day, list(group)) for day, group in groupby(grid.slots, lambda slot: slot.day)
    ]
    found = [
        DayRows(day.date, day.mode, [rows[slot.pk] for slot in group if rows[slot.pk].is_shown]) for day, group in days
    ]
    return [day for day in found if day.slots]


def _theme(session: Session) -> Theme | None:
    track = session.track
    return Theme(track.name, track.slug, track.accent) if track else None


def _labels(session: Session) -> list[str]:
    """Give what a prepared session is; one of the barcamp, and a talk like all others, need no word for it."""
    names = [] if session.kind in UNLABELLED else [KIND_NAMES[session.kind]]
    if session.language and session.language != short():
        names.append(language_name(session.language))
    if session.level:
        names.append(LEVEL_NAMES[session.level])
    return [str(name) for name in (*names, *(AID_NAMES[aid] for aid in session.aids))]


def _moved_from(event: Event, placement: Placement) -> str:
    slot, room = placement.first_slot, placement.first_room
    old_room = room.name if room and room.pk != placement.room_id else ""
    old_time = f"{slot.start.astimezone(event.timezone):%H:%M}" if slot and slot.pk != placement.slot_id else ""
    return ", ".join(part for part in (old_time, old_room) if part)


def _alternative(session: Session, parallel: Iterable[Session] | None) -> Alternative | None:
    """Find where the people of a full session go instead."""
    event = session.event
    if parallel is None:
        parallel = placed_sessions(event).filter(placement__slot=session.placement.slot_id)
    others = [other for other in parallel if other.pk != session.pk and not other.is_cancelled]
    rooms = {other.pk: other.placement.room for other in others}
    known = ask("crowds", others) or {}
    best = best_offer(
        _offer(other, room, *known.get(other.pk, (0, 0))) for other in others if (room := rooms[other.pk])
    )
    found = next((other for other in others if other.pk == best), None)
    if found is None:
        return None
    room = rooms[found.pk]
    topic = topic_of(found)
    url = reverse("programme:session", args=[event.slug, found.code])
    return Alternative(found.title, room.name if room else "", topic.number if topic else None, url)


def _offer(session: Session, room: Room, least: int, most: int) -> Offer:
    return Offer(session.pk, room.capacity, most, session.placement.is_full, least)


def _online_url(session: Session, room: Room | None) -> str:
    if session.join_url:
        return session.join_url
    if room is None or session.kind == Kind.BREAK:
        return ""
    online = list(room.online_rooms.all())
    return online[0].url if online else ""
