"""What happens to people: devices are minted, the crew gets rights and tokens."""

import secrets as random
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.receipts import forget_receipts
from tagwerk.kit.refusals import Invalid, TooMany
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.people import minting, rules, tokens
from tagwerk.people.changes import DeviceVerified, PresenceChanged
from tagwerk.people.hall import draw_code
from tagwerk.people.models import ApiToken, DeviceToken, Person, Realm, Role, WrongTry

HOUR = timedelta(hours=1)
TRY_MEMORY = timedelta(minutes=10)


@action
def found_realm(slug: str, name: str, *, budget: int) -> Realm:
    """Make the realm of a new event."""
    return Realm.objects.create(slug=slug, name=name, minting_budget=budget, hall_code=draw_code())


@action
def rename_realm(number: int, name: str) -> None:
    """Call a realm as its event is called."""
    Realm.objects.filter(pk=number).update(name=name)


@action
def mint_device(realm: Realm, origin: str, hall_code: str = "") -> tuple[DeviceToken, str]:
    """Let a device take part; gives its row and the secret that only it keeps.

    Beyond the budget, or without a hall code where one is needed, the device is unverified: it is shown
    but does not count for planning. Raises `Invalid` for a wrong hall code, `TooMany` after 30 of them.
    """
    if hall_code:
        _check_hall_code(realm, origin, hall_code)
    now = timezone.now()
    secret = tokens.new_secret(tokens.DEVICE)
    device = DeviceToken.objects.create(
        realm=realm,
        digest=tokens.digest(secret),
        is_verified=_is_within_budget(realm, origin, hall_code),
        with_hall_code=hall_code,
        origin=origin,
        minted_at=now,
    )
    minting.note(realm.pk)
    return device, secret


@action
def note_wrong_try(realm: Realm, origin: str) -> None:
    """Remember a wrong hall code."""
    WrongTry.objects.create(realm=realm, origin=origin, tried_at=timezone.now())


@action
def verify_device(device: DeviceToken, origin: str, hall_code: str) -> None:
    """Let a device count that learned the hall code later, within the same budget as new ones.

    What it tapped before is counted by those who hear of it.
    """
    hold(device.realm_id)
    _check_hall_code(device.realm, origin, hall_code)
    device.refresh_from_db()
    if device.is_verified or not _is_within_budget(device.realm, origin, hall_code):
        return
    device.is_verified, device.with_hall_code = True, hall_code
    device.save(update_fields=["is_verified", "with_hall_code"])
    tell(device.realm_id, DeviceVerified(device=device.pk), actor=f"device:{device.pk}")
    minting.note(device.realm_id)


@action
def say_presence(device: DeviceToken, presence: str) -> None:
    """Note how somebody says they take part: in the house, from elsewhere, or nothing (an empty string)."""
    hold(device.realm_id)
    if presence not in ("", *rules.Presence):
        raise Invalid("presence", _("Bitte wählen Sie „vor Ort“ oder „online“."), errors={"presence": _("Unbekannt.")})
    device.refresh_from_db()
    if device.presence == presence:
        return
    device.presence = presence
    device.save(update_fields=["presence"])
    tell(device.realm_id, PresenceChanged(device=device.pk), actor=f"device:{device.pk}")


@action
def revoke_device(device: DeviceToken) -> None:
    """Shut a device out with all its phones; what it did stays counted until its owner or the crew takes it back."""
    DeviceToken.objects.filter(pk=device.pk).update(revoked_at=timezone.now())
    device.keys.all().delete()
    device.return_codes.all().delete()
    minting.note(device.realm_id)


@action
def add_person(email: str, name: str, password: str | None, *, is_demo: bool = False) -> Person:
    """Make an account; raises `Invalid` when the address has one."""
    if Person.objects.filter(email__iexact=email).exists():
        raise Invalid("account-exists", _("Für diese E-Mail-Adresse gibt es schon ein Konto."))
    return Person.objects.create_user(email, password, name=name, is_demo=is_demo)


@action
def change_password(person: Person, password: str) -> None:
    """Set a new password; every session of the account ends with the old one."""
    person.set_password(password)
    person.save(update_fields=["password"])
    _rights_changed(person)


@action
def forget_second_step(person: Person) -> None:
    """Forget app, passkeys and recovery codes that got lost; the next sign-in sets up a new second step."""
    Authenticator.objects.filter(user=person).delete()
    _rights_changed(person)


@action
def grant(person: Person, realm: Realm, kind: rules.RoleKind) -> Role:
    """Give a person a role in a realm; an older one is replaced."""
    role, _new = Role.objects.update_or_create(person=person, realm=realm, defaults={"kind": kind})
    _rights_changed(person)
    return role


@action
def allow_founding(person: Person) -> None:
    """Let somebody make events."""
    person.may_found = True
    person.save(update_fields=["may_found"])


@action
def withdraw_role(person: Person, realm: Realm) -> None:
    """Take a person's role away; open private streams close within seconds."""
    Role.objects.filter(person=person, realm=realm).delete()
    _rights_changed(person)


@action
def copy_roles(realm: Realm, copy: Realm) -> None:
    """Give the crew of a realm the same roles in its copy."""
    Role.objects.bulk_create(Role(person=role.person, realm=copy, kind=role.kind) for role in realm.roles.all())


@action
def remove_realm(realm: Realm) -> None:
    """Delete a realm with its devices, cards, screens, tokens and roles, and the answers that its devices were given."""
    forget_receipts([f"device:{number}" for number in realm.devices.values_list("pk", flat=True)])
    realm.delete()


@action
def make_api_token(realm: Realm, label: str, kind: rules.RoleKind, person: Person | None) -> tuple[ApiToken, str]:
    """Make a token for a program; gives its row and the secret, which is shown once."""
    secret = tokens.new_secret(tokens.CREW)
    token = ApiToken.objects.create(realm=realm, digest=tokens.digest(secret), label=label, kind=kind, made_by=person)
    return token, secret


@action
def revoke_api_token(token: ApiToken) -> None:
    """Shut a token out at once."""
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())


def _rights_changed(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(rights_version=F("rights_version") + 1)


@action
def forget_old_sessions() -> None:
    """Delete sign-ins whose time is over."""
    SessionStore.clear_expired()


@action
def forget_old_tries() -> int:
    """Delete wrong hall codes that no longer count; gives their number."""
    return WrongTry.objects.filter(tried_at__lt=timezone.now() - TRY_MEMORY).delete()[0]


def _is_within_budget(realm: Realm, origin: str, hall_code: str) -> bool:
    if realm.needs_hall_code and not hall_code:
        return False
    known = _minting(realm, origin, hall_code)
    if rules.is_verified(known) and rules.is_nearly_spent(known):
        hold(realm.pk)  # the last ones are given out one after the other, so that the budget is exact
        known = _minting(realm, origin, hall_code)
    return rules.is_verified(known)


def _minting(realm: Realm, origin: str, hall_code: str) -> rules.Minting:
    verified = DeviceToken.objects.filter(realm=realm, is_verified=True, kind=rules.DeviceKind.PHONE)
    here = Count("pk", filter=Q(origin=origin))
    # A code has its budget for as long as it is shown, an address without one for an hour.
    without = verified.filter(with_hall_code="", minted_at__gt=timezone.now() - HOUR)
    minted = without.aggregate(by_address=here, by_code=Count("pk"))
    if hall_code:
        alike = verified.filter(with_hall_code=hall_code).aggregate(by_address=here, by_code=Count("pk"))
        minted = {"by_address": minted["by_address"] + alike["by_address"], "by_code": alike["by_code"]}
    return rules.Minting(
        **minted,
        budget=realm.minting_budget,
        needs_hall_code=realm.needs_hall_code,
        has_hall_code=bool(hall_code),
    )


def check_tries(realm: Realm, origin: str) -> None:
    """Refuse an address that has tried too many wrong codes of a kind."""
    recent = WrongTry.objects.filter(realm=realm, origin=origin, tried_at__gt=timezone.now() - TRY_MEMORY).count()
    if rules.is_worn_out(recent, realm.minting_budget):
        raise TooMany(
            "too-many-tries", _("Zu viele falsche Codes. Bitte warten Sie zehn Minuten oder fragen Sie am Empfang.")
        )


def _check_hall_code(realm: Realm, origin: str, hall_code: str) -> None:
    check_tries(realm, origin)
    if not random.compare_digest(hall_code.encode(), realm.hall_code.encode()):
        raise Invalid(
            "wrong-hall-code",
            _("Dieser Code stimmt nicht. Den aktuellen Code sehen Sie auf den Bildschirmen im Haus."),
            errors={"hall_code": _("Dieser Code stimmt nicht.")},
        )
