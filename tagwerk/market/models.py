"""Stands and who runs them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event, Room
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.market.rules import LONGEST
from tagwerk.programme.models import Session, Track


class BoothQuerySet(models.QuerySet["Booth"]):
    """Stands of an event in the order that the organisers chose."""

    def of(self, event: Event) -> "BoothQuerySet":
        """Leave out other events; load what cards need, without the pictures themselves."""
        return self.filter(event=event).select_related("track", "room", "logo").defer("logo__data")

    def shown(self) -> "BoothQuerySet":
        """Leave out what was put aside."""
        return self.filter(is_shown=True)


class Booth(models.Model):
    """A stand of the market and the organisation that runs it.

    `links` are `{"title", "url"}`, `tags` plain words. Where it stands: `number` in a `room` of the house or in a `place`
    that is none (a foyer), or online at `join_url`.
    `contact_name`, `contact_mail`, `contact_phone`: so that visitors can write to somebody; public on the stand's page,
    as its form says, and deleted 90 days after the event.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="booths")
    code = models.CharField(max_length=6)
    name = LineField(_("Wer stellt aus?"), max_length=LONGEST["name"])
    shows = LineField(_("Was gibt es zu sehen?"), max_length=LONGEST["shows"], blank=True)
    about = ProseField(_("Über den Stand"), max_length=LONGEST["about"], blank=True)
    links = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    track = models.ForeignKey(Track, null=True, blank=True, on_delete=models.SET_NULL, related_name="booths")
    number = LineField(_("Standnummer"), max_length=LONGEST["number"], blank=True)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="booths")
    place = LineField(_("Wo genau?"), max_length=LONGEST["place"], blank=True)
    join_url = models.CharField(max_length=LONGEST["join_url"], blank=True)
    dial_in = LineField(_("Einwahl"), max_length=LONGEST["dial_in"], blank=True)
    passcode = LineField(_("Kenncode"), max_length=LONGEST["passcode"], blank=True)
    contact_name = LineField(max_length=LONGEST["contact_name"], blank=True)
    contact_mail = LineField(max_length=LONGEST["contact_mail"], blank=True)
    contact_phone = LineField(max_length=LONGEST["contact_phone"], blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_shown = models.BooleanField(default=True)

    objects = BoothQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="booth_code_once")]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class BoothLogo(models.Model):
    """A stand's picture, drawn anew by us: never the bytes that somebody sent."""

    booth = models.OneToOneField(Booth, on_delete=models.CASCADE, related_name="logo")
    data = models.BinaryField()
    digest = models.CharField(max_length=32, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Give its name in addresses."""
        return self.digest


class BoothSession(models.Model):
    """A session of the programme that happens at a stand."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="stand_sessions")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="stand")

    def __str__(self) -> str:
        """Name both by numbers."""
        return f"{self.session_id} @ {self.booth_id}"
