"""An event and the frame it gives to its programme: days, time slots, rooms."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tagwerk.events.around import Body, Duties, Logo, NextDate, Outline, Partner, Venue
from tagwerk.events.frame_rules import Need
from tagwerk.events.rules import Feature, Mode, Phase, RoomKind, RoomUse, Wall, is_public, is_usable, takes_part
from tagwerk.kit.accents import COLOURS
from tagwerk.kit.dates import Span
from tagwerk.kit.day_words import in_words
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.people.models import Realm

__all__ = [
    "ACCENTS",
    "FEATURE_NAMES",
    "Body",
    "Day",
    "Duties",
    "Event",
    "EventQuerySet",
    "Logo",
    "NextDate",
    "OnlineRoom",
    "Outline",
    "Partner",
    "Room",
    "Slot",
    "Venue",
]
ACCENTS = tuple(COLOURS)
FEATURE_NAMES = {
    Feature.STEP_FREE: _("stufenlos"),
    Feature.HYBRID: _("hybrid"),
    Feature.PROJECTOR: _("Beamer"),
    Feature.SIGN_LANGUAGE: _("Gebärdensprache"),
    Feature.LOOP: _("Induktionsschleife"),
}


class EventQuerySet(models.QuerySet["Event"]):
    """Events as somebody may see them."""

    def public(self) -> "EventQuerySet":
        """Leave out drafts."""
        return self.exclude(phase=Phase.DRAFT)

    def real(self) -> "EventQuerySet":
        """Leave out rehearsals: they stand in no list and in no figure."""
        return self.filter(rehearsal_of__isnull=True)

    def at(self, slug: str) -> "EventQuerySet":
        """Find the event at an address."""
        return self.filter(realm__slug=slug).select_related("realm")


class Event(models.Model):
    """One Open Government Tag or barcamp. Its ledger is the stream with the realm's number.

    `rehearsal_of` is the event that this one is a copy of, to practise with. `wall` is what the crew put on all
    walls, until `wall_until` where that is set.
    """

    class Address(models.TextChoices):
        """How the interface speaks to people."""

        SIE = "sie", pgettext_lazy("Anrede", "Sie")
        DU = "du", pgettext_lazy("Anrede", "du")

    realm = models.OneToOneField(Realm, on_delete=models.PROTECT, related_name="event")
    name = LineField(_("Name"), max_length=120)
    motto = LineField(_("Motto"), max_length=200, blank=True)
    place = LineField(_("Ort"), max_length=160, blank=True)
    audience = LineField(max_length=300, blank=True)
    hashtag = LineField(max_length=40, blank=True)
    contact_mail = models.EmailField(blank=True)
    contact_phone = LineField(max_length=40, blank=True)
    zone = models.CharField(max_length=40, default="Europe/Berlin")
    address_form = models.CharField(max_length=3, choices=Address.choices, default=Address.SIE)
    accent = models.CharField(max_length=10, choices=[(a, a) for a in ACCENTS], default=ACCENTS[0])
    phase = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Phase], default=Phase.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    rehearsal_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="rehearsals")
    wall = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Wall], default=Wall.AUTO)
    wall_until = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether this is a copy to practise with."""
        return self.rehearsal_of_id is not None

    @property
    def slug(self) -> str:
        """Give the event's part of every address."""
        return self.realm.slug

    @property
    def stream(self) -> int:
        """Give the number of the event's ledger."""
        return self.realm_id

    @property
    def timezone(self) -> ZoneInfo:
        """Give the zone in which the event's times are shown."""
        return ZoneInfo(self.zone)

    @property
    def is_informal(self) -> bool:
        """Tell whether people are addressed with *du*."""
        return self.address_form == self.Address.DU

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may see the event."""
        return is_public(self.phase)

    def said(self) -> dict[Need, object]:
        """Give what was said of all that an announcement needs."""
        duties = Duties.objects.filter(event=self).first()
        texts = {need: getattr(duties, need, "") for need in (Need.PRIVACY, Need.IMPRINT, Need.ACCESSIBILITY)}
        return {Need.BODY: self.bodies.exists(), Need.CONTACT: self.contact_mail, **texts}

    @property
    def takes_part(self) -> bool:
        """Tell whether people may bring topics and show interest now."""
        return takes_part(self.phase)


class Day(models.Model):
    """One day of an event with its mode; a capacity of None means without limit."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    mode = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mode], default=Mode.ON_SITE)
    capacity_on_site = models.PositiveIntegerField(null=True, blank=True)
    capacity_remote = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["date"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "date"], name="one_day_per_date")]

    def __str__(self) -> str:
        """Give the date."""
        return in_words(self.date, "d.m.Y")


class Slot(models.Model):
    """A stretch of a day in which sessions can stand; `is_open` slots belong to the barcamp.

    What `is_anchored` (lunch, the closing) stays at its time when everything else is late.
    """

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="slots")
    start = models.DateTimeField()
    end = models.DateTimeField()
    is_open = models.BooleanField(default=True)
    is_anchored = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["start", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="slot_ends_after_start"),
        ]

    def __str__(self) -> str:
        """Give the times in the event's zone."""
        zone = self.day.event.timezone
        return f"{self.start.astimezone(zone):%H:%M}–{self.end.astimezone(zone):%H:%M}"

    @property
    def span(self) -> Span:
        """Give the stretch of time."""
        return Span(self.start, self.end)

    def has_begun(self, now: datetime) -> bool:
        """Tell whether the slot runs or is over."""
        return self.start <= now


class Room(models.Model):
    """A place for sessions with seats and features; a rented one only until `available_until`."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    name = LineField(_("Raum"), max_length=60)
    capacity = models.PositiveIntegerField(_("Plätze"))
    features = models.JSONField(default=list)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in RoomKind], default=RoomKind.ROOM)
    is_open = models.BooleanField(default=True)
    available_until = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "name"], name="room_name_once")]

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def use(self) -> RoomUse:
        """Give how the room is used for sessions."""
        return RoomUse(self.is_open, self.kind, self.available_until)

    def is_usable(self, slot: Slot) -> bool:
        """Tell whether a session may stand here in a slot: the room is open, and ours until its end."""
        return is_usable(self.use, slot.end)

    @property
    def is_table(self) -> bool:
        """Tell whether it is a table for a handful of people."""
        return self.kind == RoomKind.TABLE

    @property
    def feature_names(self) -> list[str]:
        """Give the features in the active language."""
        return [str(FEATURE_NAMES[Feature(f)]) for f in self.features]


class OnlineRoom(models.Model):
    """A link to a video room, beside a room of the house or on its own; `rank` orders prepared fallbacks."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="online_rooms")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.CASCADE, related_name="online_rooms")
    name = LineField(_("Online-Raum"), max_length=60)
    url = models.URLField(max_length=300)
    dial_in = LineField(_("Einwahl"), max_length=60, blank=True)
    note = ProseField(blank=True)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["rank", "pk"]

    def __str__(self) -> str:
        """Give the name."""
        return self.name
