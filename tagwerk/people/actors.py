"""Who is acting: a device, somebody of the crew, a program, or nobody we know."""

from dataclasses import dataclass, field
from typing import Self

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.prepared import Prepared
from tagwerk.kit.refusals import Forbidden, Unauthenticated
from tagwerk.people import rules, tokens
from tagwerk.people.models import ApiToken, DeviceToken, Person, Realm, Role

_by_first_key: Prepared[DeviceToken] = Prepared(
    lambda digest, realm: DeviceToken.objects.live().filter(digest=digest, realm=realm).select_related("realm")
)
# The device on whose further phone this secret is; asked only when the first look found nothing.
_by_further_key: Prepared[DeviceToken] = Prepared(
    lambda digest, realm: DeviceToken.objects.live().filter(keys__digest=digest, realm=realm).select_related("realm")
)

COOKIE = "tw-"
SECURE_COOKIE = "__Host-tw-"


@dataclass(frozen=True)
class Actor:
    """Somebody as one realm knows them.

    `lacks_second_factor` marks somebody of the crew whose role does not count yet, because this session has
    not shown a second factor.
    """

    realm: Realm
    device: DeviceToken | None = None
    person: Person | None = None
    token: ApiToken | None = None
    roles: tuple[str, ...] = field(default=())
    lacks_second_factor: bool = False

    @property
    def mark(self) -> str:
        """Give the mark for the ledger: never a name."""
        # A moderator's browser may have a device as well: what the crew does is done by the person.
        for kind, row in (("person", self.person), ("token", self.token), ("device", self.device)):
            if row is not None:
                return f"{kind}:{row.pk}"
        return ""

    def may(self, needed: rules.RoleKind) -> bool:
        """Tell whether the actor's role is enough."""
        return rules.may(self.roles, needed)

    def as_device(self) -> DeviceToken:
        """Give the device; raises `Unauthenticated` when the actor is none."""
        if self.device is None:
            raise no_device()
        return self.device

    def needs(self, needed: rules.RoleKind) -> Self:
        """Give the actor back when the role is enough; else raise `Unauthenticated` or `Forbidden`."""
        if self.may(needed):
            return self
        if self.lacks_second_factor:
            raise Forbidden("second-factor", _("Bitte richten Sie zuerst den zweiten Schritt der Anmeldung ein."))
        if self.person is None and self.token is None and self.device is None:
            raise Unauthenticated("no-token", _("Dafür brauchen Sie ein Zugangstoken der Veranstaltung."))
        raise Forbidden("not-allowed", _("Dafür fehlt Ihnen bei dieser Veranstaltung die Berechtigung."))


def no_device() -> Unauthenticated:
    """Give the refusal for a device that is missing, foreign or revoked."""
    return Unauthenticated(
        "no-device",
        _("Dieses Gerät ist hier nicht (mehr) bekannt. Bitte laden Sie die Seite neu und tippen Sie noch einmal."),
    )


def over_https(request: HttpRequest) -> bool:
    """Tell whether the browser speaks https: to us, or to the proxy in front, as the settings say."""
    return request.is_secure() or settings.IS_HTTPS


def cookie_name(slug: str, *, secure: bool) -> str:
    """Give the name of the cookie that holds a device's token at one event."""
    return f"{SECURE_COOKIE if secure else COOKIE}{slug}"


def by_cookies(request: HttpRequest, realm: Realm) -> Actor:
    """Recognise a device by its cookie and the crew by their session."""
    secret = request.COOKIES.get(cookie_name(realm.slug, secure=over_https(request)), "")
    device = _device(realm, secret) if secret else None
    person = request.user if request.user.is_authenticated else None
    roles = _roles(person, realm)
    if person is None or not roles or is_trusted(request, person):
        return Actor(realm, device=device, person=person, roles=roles)
    return Actor(realm, device=device, person=person, lacks_second_factor=True)


def by_bearer(secret: str, realm: Realm) -> Actor:
    """Recognise a bearer token; raises `Unauthenticated` when it is unknown, foreign or revoked."""
    if secret.startswith(tokens.CREW):
        token = ApiToken.objects.live().filter(digest=tokens.digest(secret), realm=realm).first()
        if token is not None:
            return Actor(realm, token=token, roles=(token.kind,))
    else:
        device = _device(realm, secret)
        if device is not None:
            return Actor(realm, device=device)
    raise Unauthenticated(
        "bad-token", _("Dieses Token ist unbekannt, widerrufen oder gehört zu einer anderen Veranstaltung.")
    )


def _device(realm: Realm, secret: str) -> DeviceToken | None:
    digest = tokens.digest(secret)
    return _by_first_key.first(digest, realm.pk) or _by_further_key.first(digest, realm.pk)


def _roles(person: Person | None, realm: Realm) -> tuple[str, ...]:
    if person is None:
        return ()
    return tuple(Role.objects.filter(person=person, realm=realm).values_list("kind", flat=True))


def is_trusted(request: HttpRequest, person: Person) -> bool:
    """Tell whether a sign-in counts for crew pages: this session has shown a second factor (or it is the demo).

    That the account has one is not enough: a session from before, opened with a stolen password, stays outside.
    """
    if person.is_demo and settings.TAGWERK_DEMO:
        return True
    shown = any(record["method"] == "mfa" for record in get_authentication_records(request, person))
    return shown and is_mfa_enabled(person)


def trusted_person(request: HttpRequest) -> Person | None:
    """Give who has signed in, with the second step shown; None for everybody else."""
    person = request.user if request.user.is_authenticated else None
    return person if person is not None and is_trusted(request, person) else None


def rights_version(holder: str) -> int | None:
    """Give the version of a person's rights from a mark such as `person:3`; None when the account is gone."""
    kind, _colon, number = holder.partition(":")
    if kind != "person" or not number.isdigit():
        return None
    person = Person.objects.filter(pk=int(number), is_active=True).first()
    return person.rights_version if person else None
