"""What was told of the programme: to calendars, to those who come, to everybody."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Event
from tagwerk.kit.fields import LineField
from tagwerk.programme.models.sessions import Session
from tagwerk.programme.notice_rules import Difference


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
