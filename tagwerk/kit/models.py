"""What the base itself remembers: answers already given, so that a repeated request has one effect."""

from typing import ClassVar

from django.db import models


class Receipt(models.Model):
    """The first answer to a keyed write; `scope` names who asked (a device, an API token)."""

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_receipt_per_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["given_at"], name="receipt_given_at")]

    def __str__(self) -> str:
        """Name the receipt by who asked and what for."""
        return f"{self.scope}:{self.key}"
