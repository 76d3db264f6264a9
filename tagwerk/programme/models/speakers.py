"""Who speaks, and in which part."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.programme.models.sessions import Session
from tagwerk.programme.rules import Part


class Speaker(models.Model):
    """Somebody who speaks, moderates or takes part in the programme under their name.

    Name, organisation and text are public as soon as a session with them is; purpose: the programme and its report.
    `email`: the organisers reach them; never public, never in an export, deleted 90 days after the event.
    `secret_hash` is the hash of their personal address, under which they see and edit what is said of them.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="speakers")
    code = models.CharField(max_length=6)
    name = LineField(_("Name"), max_length=80)
    organisation = LineField(_("Organisation, Aufgabe"), max_length=120, blank=True)
    biography = ProseField(_("Zur Person"), max_length=4000, blank=True)
    links = models.JSONField(default=list)
    email = models.EmailField(_("E-Mail"), max_length=200, blank=True)
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True)
    availability = LineField(_("Wann können Sie?"), max_length=300, blank=True)
    has_confirmed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "code"], name="speaker_code_once")]

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Participation(models.Model):
    """The part somebody has in a session; `instead_of` is who was announced before."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participations")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="participations")
    part = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Part], default=Part.SPEAKER)
    position = models.PositiveSmallIntegerField(default=0)
    instead_of = LineField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "speaker"], name="speaker_once_per_session")
        ]

    def __str__(self) -> str:
        """Name both by numbers."""
        return f"{self.speaker_id} in {self.session_id}"
