"""What stands around the programme of an event: who answers for it, the house, partners, what comes next."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tagwerk.events.frame_rules import LONGEST_LINK, Conformity, Need, PartnerKind
from tagwerk.kit.fields import LineField, ProseField

PARTNER_KINDS = [
    (PartnerKind.PARTNER.value, pgettext_lazy("Art", "Partner")),
    (PartnerKind.SUPPORTER.value, pgettext_lazy("Art", "Förderung")),
    (PartnerKind.MEDIA.value, pgettext_lazy("Art", "Medien")),
]
NEED_NAMES = {
    Need.BODY: _("Wer verantwortlich ist"),
    Need.PRIVACY: _("An wen man sich zum Datenschutz wendet"),
    Need.IMPRINT: _("Das Impressum"),
    Need.ACCESSIBILITY: _("An wen man sich bei Barrieren wendet"),
    Need.CONTACT: _("Eine E-Mail-Adresse für Fragen; sie steht auf jeder Seite"),
}
CONFORMITIES = [
    (Conformity.UNSAID.value, _("noch nicht bewertet")),
    (Conformity.FULL.value, _("vollständig vereinbar")),
    (Conformity.PARTIAL.value, _("teilweise vereinbar")),
    (Conformity.NOT.value, _("nicht vereinbar")),
]


class Entry(models.Model):
    """One of several things in an order that the organisers chose."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "pk"]


class Body(Entry):
    """An authority or association that answers for the event; there may be several."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="bodies")
    name = LineField(max_length=160)
    address = ProseField(max_length=400, blank=True)
    url = models.CharField(max_length=LONGEST_LINK, blank=True)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Duties(models.Model):
    """What the law wants to be said: imprint, contacts, how accessible the pages are."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="duties")
    imprint = ProseField(max_length=4000, blank=True)
    privacy_contact = ProseField(max_length=600, blank=True)
    accessibility_contact = ProseField(max_length=600, blank=True)
    conformity = models.CharField(max_length=10, choices=CONFORMITIES, blank=True)
    exceptions = ProseField(max_length=2000, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    enforcement = ProseField(max_length=600, blank=True)

    def __str__(self) -> str:
        """Name the event."""
        return str(self.event)


class Venue(models.Model):
    """The house: where it is, how one gets there and in, and its network."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="venue")
    name = LineField(max_length=160, blank=True)
    address = ProseField(max_length=400, blank=True)
    way = ProseField(max_length=2000, blank=True)
    accessibility = ProseField(max_length=2000, blank=True)
    wifi_name = LineField(max_length=32, blank=True)
    wifi_password = LineField(max_length=63, blank=True)
    note = ProseField(max_length=2000, blank=True)
    map_url = models.CharField(max_length=LONGEST_LINK, blank=True)

    def __str__(self) -> str:
        """Give the name of the house."""
        return self.name

    @property
    def is_said(self) -> bool:
        """Tell whether there is anything to show."""
        return any((self.name, self.address, self.way, self.accessibility, self.wifi_name, self.note))


class Partner(Entry):
    """Somebody who helps to make the event possible."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="partners")
    kind = models.CharField(max_length=10, choices=PARTNER_KINDS, default=PartnerKind.PARTNER)
    name = LineField(max_length=160)
    url = models.CharField(max_length=LONGEST_LINK, blank=True)

    def __str__(self) -> str:
        """Give the name."""
        return self.name


class Logo(models.Model):
    """A partner's picture, drawn anew by us: never the bytes that somebody sent."""

    partner = models.OneToOneField(Partner, on_delete=models.CASCADE, related_name="logo")
    data = models.BinaryField()
    digest = models.CharField(max_length=32, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        """Give its name in addresses."""
        return self.digest


class NextDate(Entry):
    """A save-the-date of something that comes later, in this house or elsewhere."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="next_dates")
    title = LineField(max_length=160)
    when = LineField(max_length=80, blank=True)
    place = LineField(max_length=160, blank=True)
    url = models.CharField(max_length=LONGEST_LINK, blank=True)

    def __str__(self) -> str:
        """Give the title."""
        return self.title


class Outline(models.Model):
    """What somebody has answered so far about an event that does not exist yet, as it was typed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outlines")
    answers = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-changed_at"]

    def __str__(self) -> str:
        """Name it by its number."""
        return f"outline:{self.pk}"
