"""Who speaks, and in which part."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.fields import LineField, ProseField
from tagwerk.kit.slides import SlideKind
from tagwerk.programme.models.sessions import Session
from tagwerk.programme.rules import Licence, Part, Recording


class Speaker(models.Model):
    """Somebody who speaks, moderates or takes part in the programme under their name.

    Name, organisation and text are public as soon as a session with them is; purpose: the programme and its report.
    `email`, `availability`, `technical` (what they need) and `rehearsal_url` are for the organisers; never public, never
    in an export, deleted 90 days after the event. `recording` is whether their part may be shown afterwards, under
    `recording_licence`, as they said at a moment.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="speakers")
    code = models.CharField(max_length=6)
    name = LineField(_("Name"), max_length=80)
    organisation = LineField(_("Organisation, Aufgabe"), max_length=120, blank=True)
    biography = ProseField(_("Zur Person"), max_length=4000, blank=True)
    links = models.JSONField(default=list)
    email = models.EmailField(_("E-Mail"), max_length=200, blank=True)
    availability = LineField(_("Wann können Sie?"), max_length=300, blank=True)
    has_confirmed = models.BooleanField(default=False)
    technical = ProseField(_("Technik"), max_length=1000, blank=True)
    rehearsal_url = models.CharField(_("Probeaufnahme"), max_length=300, blank=True)
    recording = models.CharField(max_length=4, choices=[(r.value, r.value) for r in Recording], blank=True)
    recording_licence = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Licence], blank=True)
    recording_said_at = models.DateTimeField(null=True, blank=True)

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


class Portrait(models.Model):
    """A speaker's photo, drawn anew by us: never the bytes that somebody sent. Public as soon as they are."""

    speaker = models.OneToOneField(Speaker, on_delete=models.CASCADE, related_name="portrait")
    data = models.BinaryField()
    digest = models.CharField(max_length=32, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Give its name in addresses."""
        return self.digest


class MaterialQuerySet(models.QuerySet["Material"]):
    """Slides."""

    def for_everybody(self) -> "MaterialQuerySet":
        """Give those that are public; an embargo keeps them back together with the words."""
        return self.filter(is_public=True, session__embargo=None)


class Material(models.Model):
    """Slides of a session as a speaker sent them: only ever handed out as a file, to the crew until they are public."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    speaker = models.ForeignKey(Speaker, null=True, on_delete=models.CASCADE, related_name="materials")
    code = models.CharField(max_length=6)
    name = LineField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(k.value, k.value) for k in SlideKind])
    data = models.BinaryField()
    size = models.PositiveIntegerField()
    is_public = models.BooleanField(default=False)
    sent_at = models.DateTimeField()

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "code"], name="material_code_once"),
        ]

    def __str__(self) -> str:
        """Give the name of the file."""
        return self.name
