"""When hosts cannot hold a session."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import Day, Event
from tagwerk.kit.fields import LineField
from tagwerk.programme.rules import Absent, Away


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
