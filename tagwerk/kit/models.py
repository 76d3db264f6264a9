"""What the base itself remembers: answers already given, so that a repeated request has one effect; letters on their way."""

from typing import ClassVar

from django.db import models


class Letter(models.Model):
    """A mail that was written down together with what it tells, and goes out afterwards.

    `key` names the reason and the person: no two letters have the same. `due_at` is None once nothing more is tried;
    `about` is a mark of the person with whom it goes. `unsure` counts how often nobody knows whether it arrived. The words go when it is sent: they hold personal links.
    """

    scope = models.CharField(max_length=40, db_index=True)
    key = models.CharField(max_length=160, unique=True)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    recipient = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    unsure = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        """Name the letter by its reason."""
        return self.key


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
