"""People as far as we know them: accounts of the crew, anonymous devices, tokens of programs."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.fields import LineField
from tagwerk.people.rules import DeviceKind, Presence, RoleKind


class Realm(models.Model):
    """What rights and tokens belong to: the shadow of one event (or committee).

    `minting_budget` is how many devices per hour, address and hall code count for planning; `people_in_house`
    is how many people the crew counted, to be compared with the devices.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = LineField(max_length=120)
    minting_budget = models.PositiveIntegerField(default=500)
    people_in_house = models.PositiveIntegerField(null=True, blank=True)
    hall_code = models.CharField(max_length=6, blank=True)
    needs_hall_code = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Name the realm."""
        return self.slug


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts by mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Store a new account; without a password it can only sign in by other means."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find an account by its mail address, whatever its case."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """An account of the crew. Purpose: sign-in and rights; ends when the person or the operator deletes it.

    `rights_version` rises with every change of rights and closes open private streams. Who `may_found` makes events.
    """

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = LineField(_("Name"), max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    may_found = models.BooleanField(default=False)
    rights_version = models.PositiveIntegerField(default=1)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []

    def __str__(self) -> str:
        """Give the name, or the address where there is none."""
        return self.name or self.email


class Role(models.Model):
    """What a person may do in a realm."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    realm = models.ForeignKey(Realm, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RoleKind])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "realm"], name="one_role_per_realm"),
        ]

    def __str__(self) -> str:
        """Name person, realm and role."""
        return f"{self.person_id}@{self.realm_id}: {self.kind}"


class Invitation(models.Model):
    """A personal link with which somebody joins the crew of a realm: stored hashed, gone once it was used.

    `label` says for whom it was meant, in the words of who made it.
    """

    realm = models.ForeignKey(Realm, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    label = LineField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RoleKind])
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    valid_until = models.DateTimeField()

    def __str__(self) -> str:
        """Name it by its number."""
        return f"invitation:{self.pk}"


class LiveTokens(models.QuerySet[Any]):
    """Tokens that still open something."""

    def live(self) -> "LiveTokens":
        """Leave out what was revoked."""
        return self.filter(revoked_at__isnull=True)


class DeviceToken(models.Model):
    """A device that takes part without an account: a random number, stored hashed.

    A participation card on paper is a device as well: its helper taps for it. `presence` is how its person
    says they take part. Purpose: count each device once and let it take things back; deleted with the event's retention.
    `origin` tells devices of one address apart from others for a day and is no address. `feed_version` rises when the
    secret address of its calendar is made anew.
    """

    realm = models.ForeignKey(Realm, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in DeviceKind], default=DeviceKind.PHONE)
    presence = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Presence], blank=True)
    is_verified = models.BooleanField(default=True)
    with_hall_code = models.CharField(max_length=6, blank=True)
    origin = models.CharField(max_length=32, blank=True)
    feed_version = models.PositiveSmallIntegerField(default=0)
    minted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = LiveTokens.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["realm", "origin", "minted_at"], name="device_minting"),
            models.Index(
                fields=["realm", "with_hall_code", "minted_at", "origin", "kind"],
                condition=models.Q(is_verified=True),
                name="device_budget",
            ),
        ]

    def __str__(self) -> str:
        """Name the device by its number."""
        return f"device:{self.pk}"


class DeviceKey(models.Model):
    """A further secret of a device: the phone on which somebody went on; stored hashed, deleted with the device."""

    device = models.ForeignKey(DeviceToken, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name the key by its device."""
        return f"key of device:{self.device_id}"


class PushSubscription(models.Model):
    """Where the browser of a device wants to be told of changes: an address at its push service, and its keys.

    Purpose: a note that the plan has changed, without saying what; deleted with the device, when its person says so,
    and as soon as the push service knows the address no more.
    """

    device = models.ForeignKey(DeviceToken, on_delete=models.CASCADE, related_name="push_subscriptions")
    endpoint = models.CharField(max_length=500, unique=True)
    key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="de")
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Name the subscription by its device."""
        return f"push of device:{self.device_id}"


class ReturnCode(models.Model):
    """Five characters with which somebody goes on elsewhere: stored hashed, valid once and for a few minutes."""

    device = models.ForeignKey(DeviceToken, on_delete=models.CASCADE, related_name="return_codes")
    digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["digest"], name="return_code_digest")]

    def __str__(self) -> str:
        """Name the code by its device."""
        return f"return code of device:{self.device_id}"


class Card(models.Model):
    """A participation card on paper; it becomes a device when a helper enters it for the first time.

    The code is an address for helpers, never a secret.
    """

    realm = models.ForeignKey(Realm, on_delete=models.CASCADE, related_name="cards")
    code = models.CharField(max_length=6)
    device = models.OneToOneField(DeviceToken, null=True, blank=True, on_delete=models.SET_NULL, related_name="card")
    printed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["realm", "code"], name="card_code_once")]

    def __str__(self) -> str:
        """Give the code."""
        return self.code


class Screen(models.Model):
    """A screen of the house that may show the hall code: paired by the crew, revocable.

    While it waits it shows `pairing_code`; afterwards the code is empty and `paired_at` says since when.
    `origin` tells the screens of one address apart from others for a day and is no address.
    """

    realm = models.ForeignKey(Realm, on_delete=models.CASCADE, related_name="screens")
    digest = models.CharField(max_length=64, unique=True)
    pairing_code = models.CharField(max_length=6, blank=True)
    origin = models.CharField(max_length=32, blank=True)
    label = LineField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    paired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = LiveTokens.as_manager()

    def __str__(self) -> str:
        """Name the screen."""
        return self.label or f"screen:{self.pk}"


class ApiToken(models.Model):
    """A token with which a program works for the crew of one realm; stored hashed."""

    realm = models.ForeignKey(Realm, on_delete=models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = LineField(max_length=60)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in RoleKind])
    made_by = models.ForeignKey(Person, null=True, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = LiveTokens.as_manager()

    def __str__(self) -> str:
        """Name the token by its label."""
        return self.label


class WrongTry(models.Model):
    """A wrong hall code: counted per realm and origin for ten minutes, then deleted."""

    realm = models.ForeignKey(Realm, on_delete=models.CASCADE)
    origin = models.CharField(max_length=32)
    tried_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["realm", "origin", "tried_at"], name="wrong_tries")]

    def __str__(self) -> str:
        """Name the try by place and time."""
        return f"{self.realm_id} {self.tried_at:%H:%M:%S}"
