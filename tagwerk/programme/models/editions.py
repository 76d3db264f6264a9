"""The programme as it was published, version by version."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.fields import LineField


class Programme(models.Model):
    """What holds for an event's programme as a whole; `is_complete` once nothing is left to be announced."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="programme")
    is_complete = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Name the event."""
        return str(self.event_id)


class Edition(models.Model):
    """A published state of the programme: `number` rises with every change of what other programs read.

    `content` is the schedule as plain values (`tagwerk.exchange`), `digest` tells two states apart. A release made by
    the crew (`is_release`) stays, of those that came by themselves only the latest do.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    revision = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    is_release = models.BooleanField(default=False)
    note = LineField(_("Was ist neu?"), max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        """Give the number."""
        return str(self.number)


class Import(models.Model):
    """A file that was read and not taken over yet: what it says, so that the crew can look at it before.

    One per event: the next file takes its place. `content` is the schedule as plain values, `problems` what could not be
    read, in words.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="pending_import")
    name = LineField(max_length=120)
    made_at = models.DateTimeField(auto_now=True)
    content = models.JSONField()
    problems = models.JSONField(default=list)

    def __str__(self) -> str:
        """Give the name of the file."""
        return self.name


class TakenImport(models.Model):
    """The file that was taken over last, so that it can be taken back as a whole; the next one takes its place.

    `sessions` holds by code what each said `before` (null for a new one) and `after`, as plain values; `rooms` the
    numbers of those that were made; `days` holds for each that was made its number and those of its slots, as pairs.
    Names stand in it: it goes with the other contacts.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="taken_import")
    name = LineField(max_length=120)
    taken_at = models.DateTimeField(auto_now=True)
    sessions = models.JSONField(default=dict)
    rooms = models.JSONField(default=list)
    days = models.JSONField(default=list)

    def __str__(self) -> str:
        """Give the name of the file."""
        return self.name
