"""The ledger: one row per change, numbered without gaps in the order of commits."""

from typing import ClassVar

from django.db import models


class Stream(models.Model):
    """The counter of one event's changes.

    `number` is the realm's; `epoch` rises when history is rewritten (restore, erasure);
    `languages` maps the language asked for to the catalogue used (`de` -> `de-du` where people say *du*).
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    revision = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveBigIntegerField(default=1)
    languages = models.JSONField(default=dict)

    def __str__(self) -> str:
        """Name the stream by its cursor."""
        return f"{self.number}: {self.cursor}"

    @property
    def cursor(self) -> str:
        """Give the id of the newest message: `<epoch>-<revision>`."""
        return f"{self.epoch}-{self.revision}"


class Change(models.Model):
    """What happened, as it was told.

    `words` holds the finished messages per audience and language, `actor` the mark of who did it: erasure blanks both;
    every other column holds codes and numbers. `undoes` is the revision that this change takes back.
    """

    stream = models.PositiveBigIntegerField()
    revision = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=20, blank=True)
    audience = models.CharField(max_length=10)
    replaces = models.CharField(max_length=64, blank=True)
    touches = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    actor = models.CharField(max_length=40, blank=True)
    told_at = models.DateTimeField()
    undoes = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "revision"], name="revision_once_per_stream"),
        ]
        indexes: ClassVar = [
            # Few changes take another back, and the ledger is long: only they stand in the index.
            models.Index(fields=["stream", "undoes"], name="undone", condition=models.Q(undoes__isnull=False)),
        ]

    def __str__(self) -> str:
        """Name the change by place and kind."""
        return f"{self.stream}-{self.revision} {self.kind}"
