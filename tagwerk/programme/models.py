"""Sessions and where they stand."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Day, Event, Room, Slot
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.programme.notice_rules import Difference
from tagwerk.programme.rules import Absent, Away, Kind, State


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions of one event, in the order of the day."""

    def of(self, event: Event) -> "SessionQuerySet":
        """Leave out other events; load what cards need."""
        return self.filter(event=event).for_cards()

    def for_cards(self) -> "SessionQuerySet":
        """Load what cards need; whoever calls it has left out other events."""
        places = "placement__slot__day__event", "placement__room", "placement__first_slot", "placement__first_room"
        return self.select_related("event__realm", *places)

    def in_order(self) -> "SessionQuerySet":
        """Sort by time and room."""
        return self.order_by("placement__slot__start", "placement__room__position", "pk")


class Session(models.Model):
    """Something that happens in the programme.

    `hosts` holds the marks of who must not be in two places at once (a device, a folded name);
    `reasons` says why it stands where it stands, as kinds and numbers. `searching_since` is set while nobody is
    there to hold it and the door asks who takes over.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    code = models.CharField(max_length=6)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind], default=Kind.TALK)
    title = LineField(_("Titel"), max_length=120)
    description = ProseField(_("Beschreibung"), blank=True)
    host_name = LineField(_("Name"), max_length=80, blank=True)
    hosts = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.PLANNED)
    reasons = models.JSONField(default=list)
    note = LineField(max_length=140, blank=True)
    searching_since = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "code"], name="session_code_once"),
        ]

    def __str__(self) -> str:
        """Give the title."""
        return self.title

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the session does not take place."""
        return self.state == State.CANCELLED


class Placement(models.Model):
    """Where a session stands; without a room it concerns the whole house (a break).

    A cancelled session keeps its placement for the page, but no longer holds the place (`is_active`).
    `first_slot` and `first_room` are where a moved session was announced first.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="placement")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="placements")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    is_pinned = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_full = models.BooleanField(default=False)
    first_slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    first_room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slot", "room"], condition=models.Q(is_active=True), name="room_once_per_slot"
            ),
        ]

    def __str__(self) -> str:
        """Name the place by numbers."""
        return f"{self.session_id} @ {self.slot_id}/{self.room_id}"


class CalendarEntry(models.Model):
    """How calendars saw a session last, and what those who come to it were told.

    `sequence` rises with each change of `seen`, as calendars want it; `told` lags behind until a notice went out, and
    `differs_since` says for how long already.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="calendar_entry")
    sequence = models.PositiveIntegerField(default=0)
    seen = models.JSONField()
    changed_at = models.DateTimeField()
    told = models.JSONField()
    differs_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the session and its version."""
        return f"{self.session_id} v{self.sequence}"


class Notice(models.Model):
    """What those who come to a session had to know: where it was before and where it is after, told at a moment."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Difference])
    before = models.JSONField()
    after = models.JSONField()
    told_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["event", "told_at"], name="notice_order")]

    def __str__(self) -> str:
        """Name the session and what happened to it."""
        return f"{self.session_id} {self.kind}"


class Announcement(models.Model):
    """A short notice to everybody; withdrawn ones stay in the ledger only."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="announcements")
    code = models.CharField(max_length=6)
    text = LineField(_("Mitteilung"), max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="announcement_code_once")]

    def __str__(self) -> str:
        """Give the text."""
        return self.text


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Hosts' times as the crew said them."""

    def of(self, event: Event) -> "AbsenceQuerySet":
        """Keep what holds at an event, in order of time."""
        standing = self.filter(event=event, is_withdrawn=False).select_related("day__event")
        return standing.order_by("day__date", models.F("start").asc(nulls_first=True), "pk")


class Absence(models.Model):
    """A time of a day at which a host can hold no session; without `start` from its beginning, without `end` to its end.

    `hosts` are marks as in `Session.hosts`, `host_name` is whom people know by them. Purpose of both: no session is
    planned for who is not there; deleted 90 days after the event. Withdrawn ones stay for undo.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="absences")
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="absences")
    code = models.CharField(max_length=6)
    hosts = models.JSONField(default=list)
    host_name = LineField(_("Name"), max_length=80, blank=True)
    kind = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Away], default=Away.AWAY)
    start = models.DateTimeField(null=True, blank=True)
    end = models.DateTimeField(null=True, blank=True)
    is_withdrawn = models.BooleanField(default=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="absence_code_once")]

    def __str__(self) -> str:
        """Name the times."""
        return f"{self.kind}: {self.start} - {self.end}"

    @property
    def plain(self) -> Absent:
        """Give who is not free and when, for the rules."""
        return Absent(frozenset(self.hosts), self.day_id, self.start, self.end)
