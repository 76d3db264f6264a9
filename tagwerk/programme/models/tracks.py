"""Themes that run through a programme."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.events.models import ACCENTS, Event
from tagwerk.kit.fields import LineField


class Track(models.Model):
    """A theme, never a room; `slug` is its part of addresses, `accent` its colour beside its name."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tracks")
    slug = models.SlugField(max_length=40)
    name = LineField(_("Themenstrang"), max_length=60)
    accent = models.CharField(max_length=10, choices=[(a, a) for a in ACCENTS], default=ACCENTS[0])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "slug"], name="track_address_once"),
            models.UniqueConstraint(fields=["event", "name"], name="track_name_once"),
        ]

    def __str__(self) -> str:
        """Give the name."""
        return self.name
