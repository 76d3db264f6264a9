"""Sessions and where they stand."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event, Room, Slot
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.programme.models.tracks import Track
from tagwerk.programme.rules import Kind, Level, State


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions of one event, in the order of the day."""

    def of(self, event: Event) -> "SessionQuerySet":
        """Leave out other events; load what cards need."""
        return self.filter(event=event).for_cards()

    def for_cards(self) -> "SessionQuerySet":
        """Load what cards need; whoever calls it has left out other events."""
        places = "placement__slot__day__event", "placement__room", "placement__first_slot", "placement__first_room"
        return self.select_related("event__realm", "track", *places)

    def in_order(self) -> "SessionQuerySet":
        """Sort by time and room."""
        return self.order_by("placement__slot__start", "placement__room__position", "pk")


class Session(models.Model):
    """Something that happens in the programme.

    `hosts` holds the marks of who must not be in two places at once (a device, a folded name);
    `reasons` says why it stands where it stands, as kinds and numbers. `searching_since` is set while nobody is
    there to hold it and the door asks who takes over.

    `description` is Markdown where the session is none of the barcamp, `aids` is what is done so that all can follow
    (captions, sign language), `join_url` with `dial_in` and `passcode` leads to this session alone, before the links
    of its room. `links` are `{"title", "url"}`. A title of "" is a place that is still to be filled.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    code = models.CharField(max_length=6)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind], default=Kind.TALK)
    title = LineField(_("Titel"), max_length=200, blank=True)
    description = ProseField(_("Beschreibung"), blank=True)
    host_name = LineField(_("Name"), max_length=80, blank=True)
    hosts = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.PLANNED)
    reasons = models.JSONField(default=list)
    note = LineField(max_length=140, blank=True)
    subtitle = LineField(_("Untertitel"), max_length=200, blank=True)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    language = models.CharField(_("Sprache"), max_length=2, blank=True)
    level = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Level], blank=True, default="")
    aids = models.JSONField(default=list)
    plain_summary = ProseField(_("In Leichter Sprache"), max_length=1000, blank=True)
    join_url = models.URLField(_("Online teilnehmen"), max_length=300, blank=True)
    dial_in = LineField(_("Einwahl"), max_length=60, blank=True)
    passcode = LineField(_("Kenncode"), max_length=40, blank=True)
    links = models.JSONField(default=list)
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


class DraftPlace(models.Model):
    """Where a session shall stand at the next release; until then only the crew knows of it.

    A session that was never released has no placement, so that no page, feed or search can show it by mistake.
    `override` is why a clash was accepted, in the words of who did.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="draft_place")
    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="draft_places")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="draft_places")
    override = LineField(max_length=200, blank=True)

    def __str__(self) -> str:
        """Name the place by numbers."""
        return f"{self.session_id} -> {self.slot_id}/{self.room_id}"


class Embargo(models.Model):
    """The words of a session that nobody may read before a moment; the session itself holds none of them until then.

    `words` are fields of `Session` by name; `speakers` the codes of who takes part, with their parts.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="embargo")
    until = models.DateTimeField()
    words = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Name the session and the moment."""
        return f"{self.session_id} until {self.until:%Y-%m-%d %H:%M}"
